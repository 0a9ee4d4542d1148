"""What the page of an equality impact assessment prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from folkmoot.consultations import querysets, timeline
from folkmoot.consultations.models import EqualityImpact
from folkmoot.consultations.presenters.lists import counted

if TYPE_CHECKING:
    from folkmoot.consultations.models import EqualityImpactAssessment

Characteristic = EqualityImpact.Characteristic
TONES = {
    EqualityImpact.Effect.POSITIVE: "brand",
    EqualityImpact.Effect.NEGATIVE: "strong",
    EqualityImpact.Effect.BOTH: "strong",
    EqualityImpact.Effect.NONE: "",
}


def assessment_page(assessment: EqualityImpactAssessment) -> dict[str, Any]:
    """Return the impacts in the order of the Act, what is not assessed, and the other versions."""
    found = {impact.characteristic: impact for impact in assessment.impacts.all()}
    parent = assessment.get_parent()
    versions = querysets.assessments_of(parent)
    newest = versions[0] if versions else assessment
    return {
        "about": parent,
        "version": f"Version {assessment.version}",
        "assessed_on": timeline.day(assessment.assessed_on),
        "impacts": [
            {
                "characteristic": label,
                "effect": found[key].get_effect_display(),
                "tone": TONES[EqualityImpact.Effect(found[key].effect)],
                "evidence": found[key].evidence,
                "impact": found[key].impact,
                "mitigation": found[key].mitigation or "No action is needed.",
                "action_by": found[key].action_by,
                "due": timeline.day(due) if (due := found[key].due) else "",
            }
            for key, label in Characteristic.choices
            if key in found
        ],
        "missing": [label for key, label in Characteristic.choices if key not in found],
        "counts": _counts(list(found.values())),
        "superseded_by": newest if newest.version > assessment.version else None,
        "other_versions": [each for each in versions if each.pk != assessment.pk],
    }


def _counts(impacts: list[EqualityImpact]) -> str:
    """Return how many characteristics a negative impact was found for, and how many were read."""
    harmed = sum(
        impact.effect in (EqualityImpact.Effect.NEGATIVE, EqualityImpact.Effect.BOTH)
        for impact in impacts
    )
    read = counted(len(impacts), "characteristic")
    if not harmed:
        return f"{read} assessed; no negative impact found"
    return f"{read} assessed; a negative impact found for {harmed}"
