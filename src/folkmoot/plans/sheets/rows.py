"""What stands of a plan's commitments now, as the rows of the sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from folkmoot.plans.models import Commitment, Milestone, ProgressUpdate

if TYPE_CHECKING:
    from folkmoot.plans.models import Plan

Rows = dict[str, dict[str, str]]


def rows_of(plan: Plan, on: date) -> Rows:
    """Return every commitment ("C12") and milestone ("M34") by its key, each field as text.

    A day is as in ISO 8601. Three queries, however many there are.
    """
    updates = ProgressUpdate.objects.filter(withdraws=None, withdrawn_by=None).order_by("on", "id")
    commitments = (
        Commitment.objects.filter(plan=plan)
        .prefetch_related("forecasts", Prefetch("progress_updates", updates))
        .order_by("order", "id")
    )
    rows: Rows = {}
    for each in commitments:
        last = [update.on for update in each.progress_updates.all()][-1:]
        rows[f"C{each.pk}"] = {
            "title": each.title,
            "lead": each.lead,
            "last_on": _text(last[0] if last else None),
            **_days(each, on),
        }
    milestones = Milestone.objects.filter(commitment__plan=plan).select_related("commitment")
    for step in milestones.order_by("commitment__order", "commitment_id", "sort_order", "id"):
        rows[f"M{step.pk}"] = {
            "commitment": step.commitment.title,
            "title": step.title,
            **_days(step, on),
        }
    return rows


def of_commitments(rows: Mapping[str, dict[str, str]]) -> Rows:
    """Return the rows that are commitments."""
    return {key: row for key, row in rows.items() if key.startswith("C")}


def of_milestones(rows: Mapping[str, dict[str, str]]) -> Rows:
    """Return the rows that are milestones."""
    return {key: row for key, row in rows.items() if key.startswith("M")}


def _days(work: Commitment | Milestone, on: date) -> dict[str, str]:
    return {
        "due": _text(work.due),
        "standing": work.standing(on).value,
        "forecast": _text(work.forecast),
        "completed": _text(work.completed),
        "lateness": plain(work.lateness),
    }


def plain(text: str) -> str:
    """Return a text with one kind of line break, and without space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(on: date | None) -> str:
    return on.isoformat() if on else ""
