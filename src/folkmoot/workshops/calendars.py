"""A session as a calendar file (RFC 5545), for people's own calendars.

Instants are given in UTC, so that no calendar has to know the body's time zone or its rules.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from folkmoot.publishing.addresses import absolute, host
from folkmoot.publishing.mail import Attachment

if TYPE_CHECKING:
    from folkmoot.workshops.models import Workshop

KIND = "text/calendar"


def calendar_file(
    workshop: Workshop, at: datetime, *, url: str = "", sequence: int = 0, is_off: bool = False
) -> str:
    """Return the session as a calendar with one event; one that is off takes an entry out again.

    `url` is the page it leads back to, the workshop's own unless given; never the joining link,
    as calendars are shared. `sequence` counts the changes, so that a newer file replaces an older.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Folkmoot//Workshops//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    address = url or absolute(workshop.url)
    event = Event()
    event.add("uid", f"workshop-{workshop.pk}@{host()}")
    event.add("sequence", sequence)
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", workshop.starts_at.astimezone(UTC))
    event.add("dtend", workshop.ends_at.astimezone(UTC))
    event.add("summary", workshop.title)
    event.add("location", workshop.where)
    event.add("description", f"{workshop.summary or workshop.asks}\n\n{address}")
    event.add("url", address)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    calendar.add_component(event)
    return calendar.to_ical().decode()


def attachment(text: str) -> Attachment:
    """Return a calendar file as it goes with a letter."""
    return Attachment("workshop.ics", text, KIND)
