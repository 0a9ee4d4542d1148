"""The commitments and milestones that somebody has to look after, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from folkmoot.core.standing import Standing, needs_reason
from folkmoot.plans.models import Commitment, Milestone, ProgressUpdate
from folkmoot.plans.presenters.commitments import timing
from folkmoot.plans.presenters.words import counted, day, days

if TYPE_CHECKING:
    from folkmoot.plans.models import Plan

SOON_DAYS = 30
STALE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Work:
    """A commitment, or a milestone of one, with the day of the last update of the commitment."""

    commitment: Commitment
    milestone: Milestone | None
    last_update: date | None

    @property
    def itself(self) -> Commitment | Milestone:
        """What is due."""
        return self.milestone or self.commitment

    def is_overdue(self, on: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.itself.standing(on) is Standing.OVERDUE

    def is_due_soon(self, on: date) -> bool:
        """Whether its day comes within the next 30 days and it is not done."""
        is_done = self.itself.standing(on) is Standing.COMPLETED
        return not is_done and 0 <= (self.itself.due - on).days <= SOON_DAYS

    def is_stale(self, on: date) -> bool:
        """Whether it is a commitment of which nothing was reported for 90 days; ever, for none."""
        if self.milestone or self.commitment.standing(on) is Standing.COMPLETED:
            return False
        return self.last_update is None or (on - self.last_update).days >= STALE_DAYS


def works(plan: Plan, on: date) -> list[Work]:
    """Return the commitments of a plan, each followed by its milestones. Four queries."""
    updates = ProgressUpdate.objects.filter(on__lte=on, withdraws=None, withdrawn_by=None)
    commitments = (
        Commitment.objects.filter(plan=plan)
        .prefetch_related("forecasts", Prefetch("progress_updates", updates.order_by("on", "id")))
        .order_by("order", "id")
    )
    steps: dict[int, list[Milestone]] = {}
    for step in Milestone.objects.filter(commitment__plan=plan).order_by("sort_order", "id"):
        steps.setdefault(step.commitment_id, []).append(step)
    found = []
    for each in commitments:
        last = [update.on for update in each.progress_updates.all()][-1:]
        known = last[0] if last else None
        found.append(Work(each, None, known))
        found += [Work(each, step, known) for step in steps.get(each.pk, [])]
    return found


def due_page(plan: Plan, on: date) -> dict[str, Any]:
    """Return what the officer's list prints: three groups, each with the oldest day first."""
    every = works(plan, on)
    groups = [
        ("Overdue", "overdue", [each for each in every if each.is_overdue(on)]),
        (
            f"Due in the next {SOON_DAYS} days",
            "soon",
            [each for each in every if each.is_due_soon(on)],
        ),
        (
            f"Not updated for {STALE_DAYS} days",
            "stale",
            [each for each in every if each.is_stale(on)],
        ),
    ]
    return {
        "on": day(on),
        "groups": [
            {"title": title, "slug": slug, "number": len(found), "rows": _rows(found, on)}
            for title, slug, found in groups
        ],
        "commitments": counted(sum(each.milestone is None for each in every), "commitment"),
    }


def _rows(found: Sequence[Work], on: date) -> list[dict[str, Any]]:
    return [_row(each, on) for each in _by_day(found)]


def _by_day(found: Iterable[Work]) -> list[Work]:
    return sorted(found, key=lambda each: (each.itself.due, each.commitment.order))


def _row(work: Work, on: date) -> dict[str, Any]:
    it = work.itself
    is_silent = not it.lateness and needs_reason(it.due, it.forecast, it.completed, on)
    return {
        "commitment": work.commitment,
        "milestone": work.milestone,
        "lead": work.commitment.lead,
        "due": day(it.due),
        "timing": timing(it.due, it.forecast, it.completed, on),
        "has_no_reason": is_silent,
        "last_update": _last(work.last_update, on),
    }


def _last(update: date | None, on: date) -> str:
    if update is None:
        return "Never"
    return f"{day(update)}, {days((on - update).days)} ago" if update < on else f"{day(update)}"
