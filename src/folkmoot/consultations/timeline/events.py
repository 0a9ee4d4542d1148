"""The timeline: stages and events, where each stands by the clock, and promises kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any

from folkmoot.consultations.models import Stage, TimelineEvent
from folkmoot.consultations.timeline.days import clock, day, last_day
from folkmoot.consultations.timeline.standing import promise
from folkmoot.publishing.clock import local

Precision = TimelineEvent.Precision
Kind = TimelineEvent.LinkKind


class Status(Enum):
    """Where a timeline event stands by the clock; the value is the component's class."""

    HAPPENED = "happened"
    NOW = "now"
    COMING = "coming"


STATUS_WORDS = {
    Status.HAPPENED: "Happened",
    Status.NOW: "Happening now",
    Status.COMING: "Coming up",
}


def status(event: TimelineEvent, at: datetime) -> Status:
    """Return where an event stands: over from its end on, or from its instant if it has no end.

    An event of which only the month is known stands for the whole of that month.
    """
    span = begin_and_end(event)
    if span is None or at < span[0]:
        return Status.COMING
    return Status.NOW if at < span[1] else Status.HAPPENED


def status_word(event: TimelineEvent, at: datetime) -> str:
    """Return the status in words; a known month that is running is "This month"."""
    stands = status(event, at)
    if stands is Status.NOW and event.precision == Precision.MONTH and event.ends_at is None:
        return "This month"
    return STATUS_WORDS[stands]


def when(event: TimelineEvent) -> str:
    """Return when an event is, as precisely as it is known, in the body's time zone."""
    if event.precision == Precision.UNKNOWN or event.starts_at is None:
        return "Date to be confirmed"
    starts, ends = local(event.starts_at), local(event.ends_at) if event.ends_at else None
    if event.precision == Precision.MONTH:
        return _months(starts.date(), ends.date() if ends else None)
    if event.ends_at is None or ends is None:
        return day(starts.date())
    if starts.date() == ends.date():
        return f"{day(starts.date())}, {clock(event.starts_at)} to {clock(event.ends_at)}"
    return f"{day(starts.date())} to {day(last_day(event.ends_at))}"


def timeline(
    stages: Iterable[Stage], events: Iterable[TimelineEvent], at: datetime
) -> list[dict[str, Any]]:
    """Return the stages with their events, both in the order in which editors put them.

    A stage without events is left out; an event whose stage is gone keeps its stage's name, last.
    """
    of_title: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        of_title.setdefault(event.stage, []).append(_line(event, at))
    periods = {stage.title: _period(stage) for stage in stages}
    order = [title for title in periods if title in of_title]
    order += [title for title in of_title if title not in periods]
    return [
        {"title": title, "period": periods.get(title, ""), "events": of_title[title]}
        for title in order
    ]


def _period(stage: Stage) -> str:
    """Return the months of a stage as far as they are known; "" where none is."""
    if stage.starts_on is None:
        return f"until {stage.ends_on:%B %Y}" if stage.ends_on else ""
    if stage.ends_on is None:
        return f"from {stage.starts_on:%B %Y}"
    return _months(stage.starts_on, stage.ends_on)


def _months(first: date, last: date | None) -> str:
    """Return the months from a day to a day: "June 2021 to January 2022"."""
    months = [f"{each:%B %Y}" for each in (first, last) if each]
    return " to ".join(dict.fromkeys(months))


def _line(event: TimelineEvent, at: datetime) -> dict[str, Any]:
    page = event.link_page
    url = page.url if page is not None and page.live else event.link_url
    return {
        "title": event.title,
        "when": when(event),
        "status": status(event, at).value,
        "status_word": status_word(event, at),
        "note": event.note,
        "url": url or "",
        "link_text": _link_words(event, at),
        "promise": _promise_of(event, at),
    }


def _link_words(event: TimelineEvent, at: datetime) -> str:
    """Return what to do at the event's link: nobody can take part in what is over."""
    over = status(event, at) is Status.HAPPENED
    if over and event.link_text and event.link_kind in (Kind.REGISTER, Kind.TAKE_PART):
        return f"Read about {event.link_text}"
    return event.link_words


def _promise_of(event: TimelineEvent, at: datetime) -> str:
    if event.promised_on is None:
        return ""
    span = begin_and_end(event)
    kept_on = None
    if span is not None and status(event, at) is Status.HAPPENED:
        kept_on = last_day(span[1]) if event.precision == Precision.MONTH else local(span[0]).date()
    return promise(event.promised_on, kept_on, local(at).date())


def begin_and_end(event: TimelineEvent) -> tuple[datetime, datetime] | None:
    """Return from when until when an event is happening; None while its date is not known."""
    if event.precision == Precision.UNKNOWN or event.starts_at is None:
        return None
    last = event.ends_at or event.starts_at
    if event.precision == Precision.MONTH:
        return _first_of_month(event.starts_at), _first_of_month(last, months_later=1)
    return event.starts_at, last


def _first_of_month(at: datetime, months_later: int = 0) -> datetime:
    here = local(at)
    months = here.year * 12 + here.month - 1 + months_later
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=here.tzinfo)
