"""Every write to a plan outside the page editor: checked, in a transaction, on the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.forms.models import model_to_dict

from folkmoot.accounts.audit import record
from folkmoot.plans import access
from folkmoot.plans.models import ProgressUpdate
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from django.db.models import Model

    from folkmoot.accounts.models import User
    from folkmoot.plans.models import Commitment, Milestone

Record = TypeVar("Record", bound="Model")


class ProgressError(ValueError):
    """What was reported cannot be so; the message says what, and what to do."""


def complete_milestone(milestone: Milestone, on: date, at: datetime, by: User) -> Milestone:
    """Say that a milestone was completed on a day, and return it.

    Raises PermissionDenied for somebody who may not change commitments, and ProgressError for a
    day still to come or a milestone that is completed already.
    """
    if not access.may_edit_commitments(by):
        raise PermissionDenied(f"{by} may not change commitments: ask for the permission.")
    if milestone.completed is not None:
        raise ProgressError(
            f"“{milestone.title}” was completed on {_day(milestone.completed)} already: "
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


def keep(
    save: Callable[[], Record], at: datetime, by: User | None, before: dict[str, Any] | None = None
) -> Record:
    """Save a checked record with its line in the audit record, and return it.

    `before` is what `told` gave of it before the change; None for a new record. A change that
    changes nothing is not recorded.
    """
    with transaction.atomic():
        kept = save()
        after = told(kept)
        name = kept._meta.verbose_name
        if before is None:
            record(f"{name} added", kept, at, by=by, after=after)
        elif before != after:
            was, became = changed(before, after)
            record(f"{name} changed", kept, at, by=by, before=was, after=became)
    return kept


def remove(kept: Model, at: datetime, by: User | None) -> None:
    """Delete a record; what it said stays in the audit record."""
    with transaction.atomic():
        record(f"{kept._meta.verbose_name} removed", kept, at, by=by, before=told(kept))
        kept.delete()


def told(kept: Model) -> dict[str, Any]:
    """Return what a record says, its children too, as the audit record keeps it."""
    if hasattr(kept, "serializable_data"):
        fields = kept.serializable_data()
        for many in kept._meta.many_to_many:
            fields[many.name] = sorted(getattr(kept, many.name).values_list("pk", flat=True))
    else:
        fields = model_to_dict(kept) | {"pk": kept.pk}
    told: dict[str, Any] = json.loads(json.dumps(fields, cls=DjangoJSONEncoder))
    return told


def changed(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was and what became of the fields that differ."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _check_past(on: date, at: datetime) -> None:
    if on > local(at).date():
        raise ProgressError(f"{_day(on)} is still to come: write the day on which it happened.")


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
