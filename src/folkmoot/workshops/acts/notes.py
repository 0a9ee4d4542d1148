"""What came of a session: notes for the office, points for the register of responses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations import intake
from folkmoot.workshops import access
from folkmoot.workshops.models import Point, SessionNotes, Workshop

if TYPE_CHECKING:
    from folkmoot.accounts.models import User


class PointsRefusedError(ValueError):
    """Points cannot be recorded; the sentence says which and why, and nothing was saved."""


@dataclass(frozen=True, slots=True)
class NotedPoint:
    """A point as an officer noted it."""

    text: str
    raised_by: int | None = None
    about: str = ""
    is_generated: bool = False


def keep_notes(workshop: Workshop, text: str, at: datetime, by: User) -> SessionNotes:
    """Keep the notes of a session in place of earlier ones. Raises PermissionDenied."""
    if not access.may_record_points(by):
        raise PermissionDenied(f"{by} may not keep the notes of a workshop.")
    with transaction.atomic():
        notes, _ = SessionNotes.objects.update_or_create(
            workshop=workshop, defaults={"text": text, "changed_at": at}
        )
        # Notes may name people, and the audit record may not.
        record("workshop notes kept", workshop, at, by=by, after={"characters": len(text)})
    return notes


def record_points(
    workshop: Workshop, points: Sequence[NotedPoint], at: datetime, by: User
) -> list[Point]:
    """Hand the points of a session to the register of responses, all or none; return them.

    Each is a response of its own there, with the channel "workshop", and read and coded with all
    others. Raises PermissionDenied, and PointsRefusedError before the session has started, for no
    point at all, and for one that the register refuses.
    """
    if not access.may_record_points(by):
        raise PermissionDenied(f"{by} may not record the points of a workshop.")
    if not access.may_note_points(workshop, at):
        raise PointsRefusedError(
            "Points can be recorded once the session has started, and not of one called off: "
            "nothing was saved."
        )
    if not points:
        raise PointsRefusedError("Write at least one point: nothing was saved.")
    handed_in = [intake.Point(point.text, point.is_generated) for point in points]
    with transaction.atomic():
        try:
            references = intake.record_points(workshop.consultation, handed_in, at, by=by)
        except ValueError as error:
            raise PointsRefusedError(str(error)) from error
        kept = Point.objects.bulk_create(
            Point(
                workshop=workshop,
                text=point.text,
                raised_by=point.raised_by,
                about=point.about,
                reference=reference,
                recorded_at=at,
            )
            for point, reference in zip(points, references, strict=True)
        )
        record("workshop points recorded", workshop, at, by=by, after={"points": len(kept)})
    return kept
