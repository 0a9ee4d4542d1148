"""A consultation as search engines read it: a service of a public body, and its dated events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.consultations.diary import Dated, dates
from folkmoot.publishing.addresses import absolute

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation


def consultation(page: Consultation, at: datetime) -> list[dict[str, Any]]:
    """Return a GovernmentService, available while the consultation is open, and its Events.

    Events that are over are left out: search engines list what people can still go to.
    """
    body = {"@type": "GovernmentOrganization", "name": page.run_by}
    address = absolute(page.url or "")
    service: dict[str, Any] = {
        "@type": "GovernmentService",
        "@id": address,
        "name": page.title,
        "serviceType": "Public consultation",
        "url": address,
        "provider": body,
        "isAccessibleForFree": True,
        "hoursAvailable": {
            "@type": "OpeningHoursSpecification",
            "validFrom": page.opens_at.isoformat(),
            "validThrough": page.closes_at.isoformat(),
        },
    }
    if page.summary:
        service["description"] = page.summary
    if page.area:
        service["areaServed"] = page.area
    coming = [each for each in dates([page], at) if each.kind == "event" and each.lasts_to(at)]
    return [service, *(event(each, body) for each in coming)]


def event(dated: Dated, organiser: Mapping[str, str]) -> dict[str, Any]:
    """Return something with a date as an Event: a day as a day, an instant with its offset."""
    address = absolute(dated.url)
    thing: dict[str, Any] = {
        "@type": "Event",
        "name": dated.title,
        "startDate": dated.starts.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "url": address,
        "organizer": dict(organiser),
    }
    if dated.ends is not None:
        thing["endDate"] = dated.ends.isoformat()
    if dated.text:
        thing["description"] = dated.text
    if dated.place:
        thing["location"] = {"@type": "Place", "name": dated.place, "address": dated.place}
    return thing
