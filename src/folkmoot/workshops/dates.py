"""Workshops in calendars of consultations, and as search engines read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import Left, Length

from folkmoot.consultations.diary import Dated, register_calendar
from folkmoot.consultations.models import TimelineEvent
from folkmoot.publishing.addresses import absolute
from folkmoot.workshops.models import Session, Workshop

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

SCHEMA = "https://schema.org"


def dated(consultations: Sequence[Consultation], at: datetime) -> Iterator[Dated]:
    """Give the workshops of consultations, but those that their timeline leads to and dates itself.

    One query however many there are. One that is called off is left out.
    """
    by_path = {consultation.path: consultation for consultation in consultations}
    on_a_timeline = TimelineEvent.objects.filter(
        link_page__isnull=False, precision=TimelineEvent.Precision.DAY
    )
    workshops = (
        Workshop.objects.live()
        .filter(called_off_because="")
        .annotate(above=Left("path", Length(F("path")) - Workshop.steplen))
        .filter(above__in=by_path)
        .exclude(pk__in=on_a_timeline.values("link_page"))
        .order_by("starts_at", "pk")
    )
    for workshop in workshops:
        consultation = by_path[workshop.above]
        yield Dated(
            name=f"workshop-{workshop.pk}",
            kind="event",
            title=workshop.title,
            starts=workshop.starts_at,
            ends=workshop.ends_at,
            url=workshop.url,
            changed=workshop.last_published_at or workshop.starts_at,
            text=f"{consultation.title}. {workshop.asks}",
            place=workshop.where,
        )


def event(workshop: Workshop, at: datetime) -> list[dict[str, Any]]:
    """Return a workshop as an Event of schema.org; nothing once it is over.

    Where an online one is, is its page: the joining link is for those with a place.
    """
    session = workshop.session(at)
    if session is Session.OVER or at >= workshop.ends_at:
        return []
    address = absolute(workshop.url)
    place: dict[str, str] = {"@type": "VirtualLocation", "url": address}
    if not workshop.is_online:
        place = {"@type": "Place", "name": workshop.where, "address": workshop.where}
    mode = "Online" if workshop.is_online else "Offline"
    status = "Cancelled" if session is Session.CALLED_OFF else "Scheduled"
    return [
        {
            "@type": "Event",
            "@id": address,
            "name": workshop.title,
            "description": workshop.summary or workshop.asks,
            "startDate": workshop.starts_at.isoformat(),
            "endDate": workshop.ends_at.isoformat(),
            "eventStatus": f"{SCHEMA}/Event{status}",
            "eventAttendanceMode": f"{SCHEMA}/{mode}EventAttendanceMode",
            "location": place,
            "maximumAttendeeCapacity": workshop.capacity,
            "isAccessibleForFree": True,
            "organizer": {
                "@type": "GovernmentOrganization",
                "name": workshop.consultation.run_by,
            },
            "url": address,
        }
    ]


def register() -> None:
    """Let the calendars of consultations hold their workshops."""
    register_calendar(dated)
