"""When things of a consultation happen, in words: state, promises, and the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from folkmoot.consultations.models import Consultation, State, TimelineEvent
from folkmoot.publishing.clock import local

SMALLEST = timedelta(microseconds=1)
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DAYS_A_WEEK = 7
DAYS_A_MONTH = 31  # the longest, so that earliness is never overstated
Precision = TimelineEvent.Precision


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


def state_sentence(consultation: Consultation, at: datetime) -> str:
    """Return in words where a consultation stands at an instant, in the body's time zone."""
    state = consultation.state(at)
    if state is State.COMING:
        return f"Opens on {_weekday(consultation.opens_at, at)} at {clock(consultation.opens_at)}."
    if state is State.OPEN:
        return _open_sentence(consultation.closes_at, at)
    closed = f"Closed on {day(last_day(consultation.closes_at))}."
    promised_on = consultation.answer_promised_on
    today = local(at).date()
    if state is State.PUBLISHED and consultation.outcome_at is not None:
        answered_on = local(consultation.outcome_at).date()
        answer = f"{closed} The answer was published on {day(answered_on)}."
        return f"{answer} {promise(promised_on, answered_on, today)}." if promised_on else answer
    if promised_on is None:
        return f"{closed} Being analysed."
    if promised_on < today:
        overdue = day_count((today - promised_on).days)
        return (
            f"{closed} Being analysed; an answer was promised by {day(promised_on)} "
            f"and is overdue by {overdue}."
        )
    return f"{closed} Being analysed; an answer is promised by {day(promised_on)}."


def _open_sentence(closes_at: datetime, at: datetime) -> str:
    left = (last_day(closes_at) - local(at).date()).days
    at_midnight = last_day(closes_at) != local(closes_at).date()
    when = "at midnight" if at_midnight else f"at {clock(closes_at)}"
    if left <= 0:
        return f"Closes today {when}."
    on = _weekday(closes_at - SMALLEST, at)
    if left == 1:
        return f"Open for 1 more day. Closes tomorrow, {on}, {when}."
    return f"Open for {left} more days. Closes {on} {when}."


def promise(promised_on: date, kept_on: date | None, today: date) -> str:
    """Return what was promised for a day and what became of it, without a full stop.

    `kept_on` is None while it is not kept. Earliness is rounded down, lateness is exact.
    """
    promised = f"Promised by {day(promised_on)}"
    if kept_on is not None:
        if kept_on > promised_on:
            return f"{promised}. Late by {day_count((kept_on - promised_on).days)}"
        early = (promised_on - kept_on).days
        return f"{promised}. Kept, {_span(early)} early" if early else f"{promised}. Kept"
    if today > promised_on:
        return f"{promised}. Overdue by {day_count((today - promised_on).days)}"
    return promised


def _span(days: int) -> str:
    """Return a number of days in the largest unit that does not overstate it."""
    if days >= 2 * DAYS_A_MONTH:
        return _counted(days // DAYS_A_MONTH, "month")
    if days >= 2 * DAYS_A_WEEK or days == DAYS_A_WEEK:
        return _counted(days // DAYS_A_WEEK, "week")
    return _counted(days, "day")


def _counted(number: int, unit: str) -> str:
    word = WORDS[number] if number < len(WORDS) else f"{number}"
    return f"{word} {unit}{'' if number == 1 else 's'}"


def day_count(number: int) -> str:
    """Return a number of days with its unit: "1 day", "5 days"."""
    return f"{number:,} day{'' if number == 1 else 's'}"


def status(event: TimelineEvent, at: datetime) -> Status:
    """Return where an event stands: over from its end on, or from its instant if it has no end.

    An event of which only the month is known stands for the whole of that month.
    """
    span = _begin_and_end(event)
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
        months = [f"{each:%B %Y}" for each in (starts, ends) if each]
        return " to ".join(dict.fromkeys(months))
    if event.ends_at is None or ends is None:
        return day(starts.date())
    if starts.date() == ends.date():
        return f"{day(starts.date())}, {clock(event.starts_at)} to {clock(event.ends_at)}"
    return f"{day(starts.date())} to {day(last_day(event.ends_at))}"


def timeline(events: Iterable[TimelineEvent], at: datetime) -> list[dict[str, Any]]:
    """Return the stages with their events, in the order in which editors put them."""
    stages: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        stages.setdefault(event.stage, []).append(_line(event, at))
    return [{"title": title, "events": lines} for title, lines in stages.items()]


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
        "link_text": event.link_text,
        "promise": _promise_of(event, at),
    }


def _promise_of(event: TimelineEvent, at: datetime) -> str:
    if event.promised_on is None:
        return ""
    span = _begin_and_end(event)
    kept_on = None
    if span is not None and status(event, at) is Status.HAPPENED:
        kept_on = last_day(span[1]) if event.precision == Precision.MONTH else span[0]
    if isinstance(kept_on, datetime):
        kept_on = local(kept_on).date()
    return promise(event.promised_on, kept_on, local(at).date())


def _begin_and_end(event: TimelineEvent) -> tuple[datetime, datetime] | None:
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


def last_day(ends_at: datetime) -> date:
    """Return the last day of something that is over at an instant: midnight ends the day before."""
    return local(ends_at - SMALLEST).date()


def day(on: date) -> str:
    """Return a day as the public reads it: "21 January 2022"."""
    return f"{on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """Return a day with its month cut short: "21 Jan 2022"."""
    return f"{on.day} {on:%b %Y}"


def clock(at: datetime) -> str:
    """Return a time of the day in the body's time zone: "18:00"."""
    return f"{local(at):%H:%M}"


def _weekday(instant: datetime, at: datetime) -> str:
    """Return "Friday 21 January", with the year where it is not the year of `at`."""
    here = local(instant)
    year = "" if here.year == local(at).year else f" {here.year}"
    return f"{here:%A} {here.day} {here:%B}{year}"
