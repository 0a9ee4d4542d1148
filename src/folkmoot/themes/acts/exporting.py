"""A list of answers taken out as a file: in the audit record, with who and how many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.accounts.audit import record

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Survey


def note_export(
    survey: Survey, question: str, many: int, filters: Collection[str], by: User, at: datetime
) -> None:
    """Note that somebody takes out a list of answers, by which filters, and never for which words.

    Nothing is kept of the file itself.
    """
    with transaction.atomic():
        after = {"question": question, "answers": many, "filters": sorted(filters)}
        record("answers exported", survey, at, by=by, after=after)
