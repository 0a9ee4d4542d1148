"""Write to the audit record."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from folkmoot.accounts.models import AuditRecord

if TYPE_CHECKING:
    from folkmoot.accounts.models import User


def record(
    act: str,
    on: models.Model,
    at: datetime,
    *,
    by: User | None = None,
    by_name: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditRecord:
    """Add one line to the audit record, inside the transaction of the act it tells of.

    `by` is the member of staff; a resident or the site itself is named by `by_name` ("a
    respondent", "the site"), never by a personal detail. Raises RuntimeError outside a
    transaction: an act and its record are committed together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"'{act}' was recorded outside a transaction; wrap the act in atomic().")
    return AuditRecord.objects.create(
        at=at,
        act=act,
        by=by,
        by_name=by_name or (str(by) if by else "the site"),
        record_type=on._meta.label,
        record_id=str(on.pk),
        record_name=str(on)[:300],
        before=before,
        after=after,
    )
