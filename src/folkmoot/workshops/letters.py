"""What people are written: each letter from a template, with the calendar file it needs."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.publishing import mail
from folkmoot.publishing.addresses import absolute
from folkmoot.workshops.calendars import attachment, calendar_file
from folkmoot.workshops.times import moment_words, session_words, zone_words

if TYPE_CHECKING:
    from folkmoot.workshops.models import Registration, Workshop

TEMPLATES = "workshops/letters"
# Letters that put the session into a calendar, and those that take it out.
WITH_ENTRY = frozenset({"confirmed", "promoted", "again", "changed"})
TAKE_OUT = frozenset({"cancelled", "calledoff"})
REPLACE = frozenset({"changed", "cancelled", "calledoff"})


def write(letter: str, registration: Registration, at: datetime) -> None:
    """Write somebody a letter, inside the transaction of its cause, and note that they know.

    Somebody whose address is unknown (a walk-in) is written nothing.
    """
    workshop = registration.workshop
    if letter in REPLACE:
        registration.sequence += 1
    registration.told, registration.written_at = mark(workshop), at
    registration.save()
    if not registration.email:
        return
    mail.send(
        registration.email,
        f"{TEMPLATES}/{letter}",
        context(registration),
        attachments=_attachments(letter, registration, at),
    )


def context(registration: Registration) -> dict[str, Any]:
    """Return what the letters say of somebody's place."""
    workshop = registration.workshop
    url = workshop.place_url(registration.key)
    return {
        "workshop": workshop,
        "registration": registration,
        "when": session_words(workshop.starts_at, workshop.ends_at),
        "zone": zone_words(),
        "joins_from": moment_words(workshop.joins_from),
        "url": url,
        "cancel_url": f"{url}cancel/",
        "workshop_url": absolute(workshop.url),
        "consultation_url": absolute(workshop.consultation.url),
    }


def mark(workshop: Workshop) -> str:
    """Return a mark of the session that changes when people have to be told again."""
    said = [
        workshop.starts_at.isoformat(),
        workshop.ends_at.isoformat(),
        workshop.held,
        "" if workshop.is_online else workshop.address.strip(),
        workshop.called_off_because,
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _attachments(letter: str, registration: Registration, at: datetime) -> list[mail.Attachment]:
    is_off = letter in TAKE_OUT
    if not is_off and (letter not in WITH_ENTRY or not registration.has_place):
        return []
    workshop = registration.workshop
    # A calendar may be shared, so an entry does not lead to the page by which a place is given
    # back; the letter itself does.
    text = calendar_file(workshop, at, sequence=registration.sequence, is_off=is_off)
    return [attachment(text)]
