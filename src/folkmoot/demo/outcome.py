"""What the answers led to: themes found by machine and confirmed by a person, and decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from folkmoot.consultations.models import Consultation
from folkmoot.decisions.acts import take_decision
from folkmoot.demo.answers import Topics
from folkmoot.demo.building import Building
from folkmoot.demo.pack import PackError
from folkmoot.plans.models import Commitment, Plan, Section
from folkmoot.publishing.clock import instant
from folkmoot.responses.models import Survey
from folkmoot.themes.acts import confirm_frame, rename_theme, suggest_themes
from folkmoot.themes.models import AssignedTheme, CodeFrame, Theme

# A theme answers to a topic when at least this share of what people wrote on the topic is in it.
LEAST_SHARE = 0.3


def analyse(
    building: Building, survey: Survey, topics: Topics, announce: Callable[[str], None]
) -> dict[str, Theme]:
    """Find the themes of two questions, confirm those of the first, and return its theme by topic.

    The second stays the machine's suggestion, so that both standings can be seen.
    """
    defined = building.pack.decisions
    announce("Finding themes in the answers")
    frame = suggest_themes(
        survey, defined["question"], instant(defined["analysed_at"]), building.analyst
    )
    suggest_themes(
        survey, defined["draft_question"], instant(defined["draft_analysed_at"]), building.analyst
    )
    wanted = {topic for decision in defined["decisions"] for topic in decision["topics"]}
    themes = themes_by_topic(frame, topics, wanted | set(defined["names"]))
    confirmed_at = instant(defined["confirmed_at"])
    for topic, name in defined["names"].items():
        rename_theme(themes[topic], name, building.analyst, confirmed_at)
    confirm_frame(frame, building.analyst, confirmed_at)
    return themes


def themes_by_topic(frame: CodeFrame, topics: Topics, wanted: set[str]) -> dict[str, Theme]:
    """Return, for each topic wanted, the theme that holds most of the answers about it.

    Raises PackError for a topic of which no theme holds at least LEAST_SHARE.
    """
    placed: dict[str, Counter[int]] = {topic: Counter() for topic in wanted}
    rows = AssignedTheme.objects.filter(assignment__frame=frame, stands=True, place=1).values_list(
        "assignment__answer__response__submitted_at", "theme_id"
    )
    for submitted_at, theme in rows:
        about = topics.get((submitted_at, frame.question))
        if about and about[0] in placed:
            placed[about[0]][theme] += 1
    themes = {theme.pk: theme for theme in frame.themes.all()}
    found = {}
    for topic in sorted(wanted):
        best = placed[topic].most_common(1)
        share = best[0][1] / placed[topic].total() if best else 0.0
        if share < LEAST_SHARE:
            raise PackError(
                f"decisions.yaml: no theme of '{frame.question}' gathers what people wrote on "
                f"'{topic}' (the best holds {share:.0%} of it): choose another topic."
            )
        found[topic] = themes[best[0][0]]
    return found


def add_decisions(
    building: Building,
    consultation: Consultation,
    plan: Plan,
    themes: dict[str, Theme],
    commitments: dict[str, Commitment],
) -> None:
    """Take the decisions of the pack, each on the themes that the machine found."""
    defined = building.pack.decisions
    sections = {section.number: section for section in Section.objects.child_of(plan)}
    for order, decision in enumerate(defined["decisions"]):
        answered = {themes[topic].pk: themes[topic] for topic in decision["topics"]}
        take_decision(
            consultation,
            title=decision["title"],
            slug=decision["slug"],
            outcome=decision["outcome"],
            reason=decision["reason"],
            themes=answered.values(),
            changes=_changes(decision, sections),
            commitments=[commitments[slug] for slug in decision["commitments"]],
            decided_by=defined["decided_by"],
            decided_on=decision["decided_on"],
            order=order,
            at=consultation.outcome_at or building.at,
            by=building.staff,
        )


def _changes(decision: dict[str, Any], sections: dict[str, Section]) -> list[tuple[Section, str]]:
    unknown = [row["number"] for row in decision["sections"] if row["number"] not in sections]
    if unknown:
        raise PackError(
            f"decisions.yaml: '{decision['title']}' changes section {unknown[0]}, "
            "which plan.yaml does not have."
        )
    return [(sections[row["number"]], row["change"]) for row in decision["sections"]]
