"""Keep and remove the records of a plan, each with its line in the audit record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.forms.models import model_to_dict

from folkmoot.accounts.audit import record

if TYPE_CHECKING:
    from django.db.models import Model

    from folkmoot.accounts.models import User

Record = TypeVar("Record", bound="Model")


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
