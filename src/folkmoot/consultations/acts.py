"""Writes to a consultation outside the page editor."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations import access
from folkmoot.consultations.timeline import clock, day
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation


class ClosingError(ValueError):
    """The closing time cannot be moved there; the message says why, and what to do."""


def move_closing(
    consultation: Consultation, closes_at: datetime, at: datetime, by: User
) -> Consultation:
    """Move the instant at which a consultation closes, publish that, and return the page.

    Raises PermissionDenied for somebody who may not publish it, and ClosingError for an instant
    that has passed or comes before the opening, and for a consultation that was answered.
    """
    if not access.may_move_closing(by, consultation):
        raise PermissionDenied(f"{by} may not move the closing of “{consultation.title}”.")
    if consultation.outcome_at is not None and at >= consultation.outcome_at:
        raise ClosingError(
            f"“{consultation.title}” was answered on {day(local(consultation.outcome_at).date())}: "
            "open a new consultation instead."
        )
    if closes_at <= consultation.opens_at:
        raise ClosingError(
            f"“{consultation.title}” opens on {day(local(consultation.opens_at).date())} at "
            f"{clock(consultation.opens_at)}: choose a closing time after that."
        )
    if closes_at <= at:
        raise ClosingError(
            f"{day(local(closes_at).date())} at {clock(closes_at)} has passed: "
            "people must know beforehand when it closes, so choose a time to come."
        )
    before = consultation.closes_at
    with transaction.atomic():
        consultation.closes_at = closes_at
        consultation.save_revision(user=by).publish(user=by)
        record(
            "closing time moved",
            consultation,
            at,
            by=by,
            before={"closes_at": before.isoformat()},
            after={"closes_at": closes_at.isoformat()},
        )
    return consultation
