"""Dates of consultations as a calendar takes them (iCalendar, RFC 5545)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from folkmoot.consultations import timeline
from folkmoot.consultations.models import Consultation, TimelineEvent
from folkmoot.publishing.addresses import absolute, host
from folkmoot.publishing.clock import local

DAY = timedelta(days=1)
READ_AGAIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a date: two days (the last one included), or two instants.

    `name` lasts, so that a calendar moves what it has instead of adding it again. `ends` is None
    for something of one day, or of one instant. `kind` is "opening", "closing" or "event".
    """

    name: str
    kind: str
    title: str
    starts: date | datetime
    ends: date | datetime | None
    url: str
    changed: datetime
    text: str = ""
    place: str = ""

    def lasts_to(self, at: datetime) -> bool:
        """Return whether it lasts to an instant, or comes after it."""
        last = self.ends or self.starts
        return last >= at if isinstance(last, datetime) else last >= local(at).date()


# Given consultations and the instant, what a higher room has in their calendars.
Source = Callable[[Sequence[Consultation], datetime], Iterable[Dated]]

_SOURCES: list[Source] = []


def register_calendar(source: Source) -> None:
    """Add what a higher room dates, such as workshops, to the calendars of consultations.

    Called in `AppConfig.ready()`; registering the same function twice has no effect.
    """
    if source not in _SOURCES:
        _SOURCES.append(source)


def dates(consultations: Sequence[Consultation], at: datetime) -> list[Dated]:
    """Return openings, closings and events of consultations, in the order of their days.

    An event of which only the month is known, or nothing, is left out. One query, and those of
    the registered rooms, however many consultations there are.
    """
    found = [each for consultation in consultations for each in _turns(consultation)]
    found += _events(consultations)
    for source in _SOURCES:
        found += source(consultations, at)
    return sorted(found, key=lambda each: (_day(each.starts), each.name))


def calendar(title: str, dated: Iterable[Dated]) -> bytes:
    """Return what is dated as an iCalendar file: instants in UTC, whole days as days."""
    made = Calendar()
    made.add("prodid", "-//Folkmoot//Consultations//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", title)
    made.add("x-wr-calname", title)
    made.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    for each in dated:
        made.add_component(_entry(each))
    return bytes(made.to_ical())


def _entry(dated: Dated) -> Event:
    entry = Event()
    entry.add("uid", f"{dated.name}@{host()}")
    entry.add("dtstamp", dated.changed.astimezone(UTC))
    entry.add("last-modified", dated.changed.astimezone(UTC))
    if isinstance(dated.starts, datetime):
        entry.add("dtstart", dated.starts.astimezone(UTC))
        if isinstance(dated.ends, datetime):
            entry.add("dtend", dated.ends.astimezone(UTC))
    else:
        entry.add("dtstart", dated.starts)
        # The end of whole days is the day after the last.
        entry.add("dtend", (dated.ends or dated.starts) + DAY)
        entry.add("transp", "TRANSPARENT")
    entry.add("summary", dated.title)
    entry.add("description", f"{dated.text}\n\n{absolute(dated.url)}".strip())
    entry.add("url", absolute(dated.url))
    if dated.place:
        entry.add("location", dated.place)
    return entry


def _turns(consultation: Consultation) -> Iterator[Dated]:
    for kind, word, starts in (
        ("opening", "Opens", consultation.opens_at),
        ("closing", "Closes", consultation.closes_at),
    ):
        yield Dated(
            name=f"consultation-{consultation.pk}-{kind}",
            kind=kind,
            title=f"{word}: {consultation.title}",
            starts=starts,
            ends=None,
            url=consultation.url or "",
            changed=published(consultation),
            text=consultation.summary,
        )


def _events(consultations: Sequence[Consultation]) -> Iterator[Dated]:
    by_key = {each.pk: each for each in consultations}
    events = TimelineEvent.objects.filter(
        consultation__in=by_key, precision=TimelineEvent.Precision.DAY, starts_at__isnull=False
    )
    told: Counter[str] = Counter()
    for event in events.select_related("link_page").order_by("consultation", "sort_order", "pk"):
        consultation = by_key[event.consultation_id]
        # The keys of a page's parts change when it is published again, so it is named by its
        # title, and by which of that title it is.
        stem = f"{consultation.pk}-{hashlib.sha256(event.title.encode()).hexdigest()[:12]}"
        told[stem] += 1
        starts, ends = _span(event)
        page = event.link_page
        linked = (page.url if page is not None and page.live else None) or event.link_url
        yield Dated(
            name=f"event-{stem}-{told[stem]}",
            kind="event",
            title=event.title,
            starts=starts,
            ends=ends,
            url=linked or consultation.url or "",
            changed=published(consultation),
            text=". ".join(part for part in (consultation.title, event.note) if part),
        )


def _span(event: TimelineEvent) -> tuple[date | datetime, date | datetime | None]:
    """Return a beginning and an end as precisely as the page shows them."""
    assert event.starts_at is not None  # asked for in the query
    starts, ends = local(event.starts_at), local(event.ends_at) if event.ends_at else None
    if ends is None:
        return starts.date(), None
    if starts.date() == ends.date():
        return starts, ends
    return starts.date(), timeline.last_day(ends)


def published(consultation: Consultation) -> datetime:
    """Return when the page of a consultation was published last."""
    return (
        consultation.last_published_at or consultation.first_published_at or consultation.opens_at
    )


def _day(at: date | datetime) -> date:
    return local(at).date() if isinstance(at, datetime) else at
