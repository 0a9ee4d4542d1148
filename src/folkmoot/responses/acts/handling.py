"""What officers do with responses that have come: flag, note, merge, withdraw, restore.

Nothing is deleted, and every act can be undone. What is typed as a reason stays in the audit
record, which keeps it for good: forms ask that it names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.responses import access
from folkmoot.responses.acts.standing import standing_changed
from folkmoot.responses.models import (
    OFFICER_KINDS,
    Flag,
    FlagKind,
    Note,
    Response,
    Standing,
)

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

LONGEST_REASON = 500
LONGEST_NOTE = 20_000
MOST_AT_ONCE = 500


class HandlingError(Exception):
    """An act on responses is refused; its message says what to do. Nothing was changed."""


def flag_responses(
    responses: Sequence[Response], kind: str, reason: str, by: User, at: datetime
) -> int:
    """Flag responses and return how many were; those that have such a flag already keep it."""
    _check(by, responses)
    if kind not in OFFICER_KINDS:
        raise HandlingError("Choose what to flag the responses for.")
    said = _reason(reason) if kind != FlagKind.CAMPAIGN or reason.strip() else "Part of a campaign"
    with transaction.atomic():
        keys = [response.pk for response in responses]
        flagged = set(
            Flag.objects.raised()
            .filter(response__in=keys, kind=kind)
            .values_list("response_id", flat=True)
        )
        fresh = [response for response in responses if response.pk not in flagged]
        Flag.objects.bulk_create(
            Flag(response=each, kind=kind, reason=said, made_at=at, made_by=by) for each in fresh
        )
        for each in fresh:
            record("response flagged", each, at, by=by, after={"kind": kind, "reason": said})
    return len(fresh)


def clear_flag(flag: Flag, by: User, at: datetime) -> None:
    """Clear a flag; one that was cleared before stays as it is."""
    _check(by)
    with transaction.atomic():
        cleared = Flag.objects.raised().filter(pk=flag.pk).update(cleared_at=at, cleared_by=by)
        if cleared:
            told = {"kind": flag.kind, "reason": flag.reason}
            record("response flag cleared", flag.response, at, by=by, before=told)


def add_note(response: Response, text: str, by: User, at: datetime) -> Note:
    """Add a note to a response. The audit record tells that, not what it says."""
    _check(by)
    if not text.strip():
        raise HandlingError("Write the note before you add it.")
    if len(text) > LONGEST_NOTE:
        raise HandlingError(
            f"The note has {len(text):,} characters: shorten it to {LONGEST_NOTE:,}."
        )
    with transaction.atomic():
        note = Note.objects.create(
            response=response, text=text.strip(), written_by=by, written_at=at
        )
        record("response note added", response, at, by=by, after={"note": note.pk})
    return note


def merge(
    stands: Response, duplicates: Iterable[Response], reason: str, by: User, at: datetime
) -> int:
    """Let one response of a person stand, the others be duplicates of it; return how many.

    All are kept, each linked to the one that stands. They must count, and answer the same survey
    (or be letters to the same consultation).
    """
    others = sorted({each.pk for each in duplicates} - {stands.pk})
    _check(by, others)
    if not others:
        raise HandlingError("Choose two responses or more: one to count, and its duplicates.")
    said = _reason(reason)
    with transaction.atomic():
        locked = {
            each.pk: each
            for each in Response.objects.select_for_update(of=("self",))
            .filter(pk__in=[stands.pk, *others])
            .order_by("pk")
        }
        kept = locked[stands.pk]
        for each in locked.values():
            if each.standing != Standing.STANDS:
                raise HandlingError(
                    f"{each.reference} does not count any more "
                    f"({each.get_standing_display().lower()}): leave it out, or restore it first."
                )
            if (each.consultation_id, each.survey_id) != (kept.consultation_id, kept.survey_id):
                raise HandlingError(
                    f"{each.reference} and {kept.reference} answer different surveys: "
                    "both count. Leave one out."
                )
        for key in others:
            duplicate = locked[key]
            duplicate.standing, duplicate.instead = Standing.DUPLICATE, kept
            duplicate.save(update_fields=["standing", "instead"])
            told = {"instead": kept.reference, "reason": said}
            record("response merged", duplicate, at, by=by, after=told)
        merged = {"duplicates": [locked[key].reference for key in others], "reason": said}
        record("response stands for duplicates", kept, at, by=by, after=merged)
        standing_changed([kept.pk, *others])
    return len(others)


def withdraw_on_request(response: Response, reason: str, by: User, at: datetime) -> None:
    """Withdraw a response as its sender asked. It is kept, and counts no more."""
    _check(by)
    said = _reason(reason)
    with transaction.atomic():
        kept = _locked(response)
        if kept.standing != Standing.STANDS:
            raise HandlingError(
                f"{kept.reference} does not count any more "
                f"({kept.get_standing_display().lower()}): there is nothing to withdraw."
            )
        kept.standing = Standing.WITHDRAWN
        kept.save(update_fields=["standing"])
        record("response withdrawn on request", kept, at, by=by, after={"reason": said})
        standing_changed([kept.pk])


def restore(response: Response, reason: str, by: User, at: datetime) -> None:
    """Let a response that was withdrawn or merged count again: what undoes either."""
    _check(by)
    said = _reason(reason)
    with transaction.atomic():
        kept = _locked(response)
        if kept.standing not in (Standing.WITHDRAWN, Standing.DUPLICATE):
            raise HandlingError(f"{kept.reference} {_why_not(kept)}: there is nothing to restore.")
        if kept.erased_at is not None:
            raise HandlingError(f"{kept.reference} was erased: what it said is gone for good.")
        before = {
            "standing": kept.standing,
            "instead": kept.instead.reference if kept.instead else None,
        }
        kept.standing, kept.instead = Standing.STANDS, None
        kept.save(update_fields=["standing", "instead"])
        record("response restored", kept, at, by=by, before=before, after={"reason": said})
        standing_changed([kept.pk])


def _check(by: User, chosen: Sequence[object] = ()) -> None:
    if not access.may_handle_responses(by):
        raise PermissionDenied
    if len(chosen) > MOST_AT_ONCE:
        raise HandlingError(f"Choose {MOST_AT_ONCE} responses at most at once.")


def _reason(typed: str) -> str:
    said = " ".join(typed.split())
    if not said:
        raise HandlingError("Say why, in one sentence: the audit record keeps it.")
    if len(said) > LONGEST_REASON:
        raise HandlingError(
            f"The reason has {len(said)} characters: shorten it to {LONGEST_REASON}."
        )
    return said


def _locked(response: Response) -> Response:
    return Response.objects.select_for_update(of=("self",)).get(pk=response.pk)


def _why_not(response: Response) -> str:
    if response.standing == Standing.REPLACED:
        return "was replaced by its sender, whose later response counts"
    return "counts"
