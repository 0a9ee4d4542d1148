"""Change what is promised, say by when it is expected, and report what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.core.days import day_in_words
from folkmoot.plans import access
from folkmoot.plans.acts.records import changed, keep, told
from folkmoot.plans.models import Commitment, Forecast, Milestone, ProgressUpdate
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.accounts.models import User


class ProgressError(ValueError):
    """What was reported cannot be so; the message says what, and what to do."""


def keep_commitment(
    save: Callable[[], Commitment],
    at: datetime,
    by: User | None,
    before: dict[str, Any] | None = None,
) -> Commitment:
    """Save a checked commitment as `keep` does, with every forecast that is new."""
    with transaction.atomic():
        kept = keep(save, at, by, before)
        say_forecasts(kept, local(at).date())
    return kept


def say_forecasts(commitment: Commitment, on: date) -> list[Forecast]:
    """Add the forecasts of a commitment and of its milestones that differ from the last ones said.

    Returns those that were added. A forecast is said again where its reason is another.
    """
    last: dict[int | None, Forecast] = {}
    for each in Forecast.objects.filter(commitment=commitment).order_by("said_on", "id"):
        last[each.milestone_id] = each
    milestones = Milestone.objects.filter(commitment=commitment)
    now_said: list[tuple[Milestone | None, Commitment | Milestone]] = [(None, commitment)]
    now_said += [(milestone, milestone) for milestone in milestones]
    added = []
    for milestone, work in now_said:
        said = last.get(milestone.pk if milestone else None)
        was = (said.expected, said.reason) if said else (None, "")
        reason = work.lateness if work.forecast else ""
        if was != (work.forecast, reason):
            added.append(
                Forecast.objects.create(
                    commitment=commitment,
                    milestone=milestone,
                    said_on=on,
                    expected=work.forecast,
                    reason=reason,
                )
            )
    return added


def complete_milestone(milestone: Milestone, on: date, at: datetime, by: User) -> Milestone:
    """Say that a milestone was completed on a day, and return it.

    Raises PermissionDenied for somebody who may not change commitments, and ProgressError for a
    day still to come or a milestone that is completed already.
    """
    if not access.may_edit_commitments(by):
        raise PermissionDenied(f"{by} may not change commitments: ask for the permission.")
    if milestone.completed is not None:
        raise ProgressError(
            f"“{milestone.title}” was completed on {day_in_words(milestone.completed)} already: "
            "change the day in the commitment if it is wrong."
        )
    _check_past(on, at)
    before = told(milestone)
    with transaction.atomic():
        milestone.completed = on
        milestone.save(update_fields=["completed"])
        was, became = changed(before, told(milestone))
        record("milestone completed", milestone, at, by=by, before=was, after=became)
    return milestone


def report_progress(
    commitment: Commitment, text: str, on: date, at: datetime, by: User
) -> ProgressUpdate:
    """Add what is reported of a commitment on a day, and return it.

    Raises PermissionDenied for somebody who may not report, and ProgressError for an empty text
    or a day still to come.
    """
    if not access.may_report_progress(by):
        raise PermissionDenied(f"{by} may not report progress: ask for the permission.")
    if not text.strip():
        raise ProgressError(f"Write what came of “{commitment.title}”: the text is empty.")
    _check_past(on, at)

    def save() -> ProgressUpdate:
        return ProgressUpdate.objects.create(commitment=commitment, on=on, text=text)

    return keep(save, at, by)


def _check_past(on: date, at: datetime) -> None:
    if on > local(at).date():
        raise ProgressError(
            f"{day_in_words(on)} is still to come: write the day on which it happened."
        )
