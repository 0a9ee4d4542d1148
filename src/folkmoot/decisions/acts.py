"""Every write to decisions: taken, changed, withdrawn. Each is in the audit record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from folkmoot.accounts.audit import record
from folkmoot.decisions.models import Decision, SectionChange
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation
    from folkmoot.plans.models import Commitment, Section
    from folkmoot.themes.models import Theme


class DecisionError(ValueError):
    """A decision cannot stand as given; `problems` has a sentence for each field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def problems(
    consultation: Consultation,
    *,
    themes: Iterable[Theme],
    reason: str,
    decided_on: date,
    sections: Iterable[Section],
    commitments: Iterable[Commitment],
    on: date,
) -> dict[str, str]:
    """Return what is wrong with a decision, a sentence for each field; empty where nothing is."""
    themes = list(themes)
    found: dict[str, str] = {}
    strangers = [each for each in themes if not _is_child(each.frame.survey, consultation)]
    if not themes:
        found["themes"] = "Choose the theme that it answers: a decision needs at least one."
    elif strangers:
        found["themes"] = (
            f"“{strangers[0].label}” was said in another consultation: "
            f"choose themes of “{consultation.title}”."
        )
    if not reason.strip():
        found["reason"] = "Give the reason, in plain words, to the people who asked."
    if decided_on > on:
        found["decided_on"] = (
            f"{decided_on.day} {decided_on:%B %Y} lies in the future: "
            "write the day on which it was decided."
        )
    plan = consultation.statutory_plan
    outside = [each for each in sections if not _is_child(each, plan)]
    if outside:
        found["section_changes"] = (
            f"Section “{outside[0]}” is in another plan: choose sections of “{plan.title}”."
        )
    foreign = [each for each in commitments if each.plan_id != plan.pk]
    if foreign:
        found["commitments"] = (
            f"“{foreign[0].title}” is a commitment of another plan: choose those of “{plan.title}”."
        )
    return found


def take_decision(
    consultation: Consultation,
    *,
    title: str,
    outcome: str,
    reason: str,
    themes: Iterable[Theme],
    decided_by: str,
    decided_on: date,
    at: datetime,
    by: User | None = None,
    changes: Iterable[tuple[Section, str]] = (),
    commitments: Iterable[Commitment] = (),
    slug: str = "",
    order: int = 0,
) -> Decision:
    """Keep a decision with the sections it changed and the commitments that follow from it.

    `changes` are pairs of a section and what it says now that the draft did not. Raises
    DecisionError for a decision without a theme of that consultation or without a reason, for one
    taken in the future, and for sections or commitments of another plan.
    """
    themes, changes, commitments = list(themes), list(changes), list(commitments)
    wrong = problems(
        consultation,
        themes=themes,
        reason=reason,
        decided_on=decided_on,
        sections=[section for section, _ in changes],
        commitments=commitments,
        on=local(at).date(),
    )
    if wrong:
        raise DecisionError(wrong)

    def save() -> Decision:
        decision = Decision(
            consultation=consultation,
            title=title,
            slug=slug or slugify(title)[:80].strip("-"),
            outcome=outcome,
            reason=reason,
            decided_by=decided_by,
            decided_on=decided_on,
            order=order,
        )
        decision.section_changes = [
            SectionChange(section=section, change=change, sort_order=place)
            for place, (section, change) in enumerate(changes)
        ]
        decision.save()
        decision.themes.set(themes)
        decision.commitments.set(commitments)
        return decision

    return keep_decision(save, at, by)


def keep_decision(
    save: Callable[[], Decision],
    at: datetime,
    by: User | None = None,
    before: dict[str, Any] | None = None,
) -> Decision:
    """Save a decision that was checked, with its line in the audit record, and return it.

    `before` is what `told` gave of it before the change; None for a new one.
    """
    with transaction.atomic():
        decision = save()
        act = "decision taken" if before is None else "decision changed"
        record(act, decision, at, by=by, before=before, after=told(decision))
    return decision


def withdraw_decision(decision: Decision, at: datetime, by: User | None = None) -> None:
    """Delete a decision; what it said stays in the audit record."""
    with transaction.atomic():
        record("decision withdrawn", decision, at, by=by, before=told(decision))
        decision.delete()


def told(decision: Decision) -> dict[str, Any]:
    """Return what a decision says, as the audit record keeps it."""
    return {
        "consultation": decision.consultation.title,
        "title": decision.title,
        "outcome": decision.outcome,
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "decided_on": decision.decided_on.isoformat(),
        "themes": sorted(theme.label for theme in decision.themes.all()),
        "commitments": sorted(each.title for each in decision.commitments.all()),
        "sections": {str(each.section): each.change for each in decision.section_changes.all()},
    }


def _is_child(page: Any, parent: Any) -> bool:
    """Whether a page stands directly under another."""
    return bool(page.path[: -page.steplen] == parent.path)
