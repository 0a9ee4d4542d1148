"""Days and times of the clock as the public reads them, in the body's time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from folkmoot.publishing.clock import local

SMALLEST = timedelta(microseconds=1)
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DAYS_A_WEEK = 7
DAYS_A_MONTH = 31  # the longest, so that earliness is never overstated


def day(on: date) -> str:
    """Return a day as the public reads it: "21 January 2022"."""
    return f"{on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """Return a day with its month cut short: "21 Jan 2022"."""
    return f"{on.day} {on:%b %Y}"


def day_in_year(on: date, year: int) -> str:
    """Return a day without its year where that is `year`: "14 January"."""
    return f"{on.day} {on:%B}" if on.year == year else day(on)


def clock(at: datetime) -> str:
    """Return a time of the day in the body's time zone: "18:00"."""
    return f"{local(at):%H:%M}"


def weekday(instant: datetime, at: datetime) -> str:
    """Return "Friday 21 January", with the year where it is not the year of `at`."""
    here = local(instant)
    return f"{here:%A} {day_in_year(here.date(), local(at).year)}"


def last_day(ends_at: datetime) -> date:
    """Return the last day of something that is over at an instant: midnight ends the day before."""
    return local(ends_at - SMALLEST).date()


def day_count(number: int) -> str:
    """Return a number of days with its unit: "1 day", "5 days"."""
    return f"{number:,} day{'' if number == 1 else 's'}"


def span(days: int) -> str:
    """Return a number of days in the largest unit that does not overstate it: "three weeks"."""
    if days >= 2 * DAYS_A_MONTH:
        return _counted(days // DAYS_A_MONTH, "month")
    if days >= 2 * DAYS_A_WEEK or days == DAYS_A_WEEK:
        return _counted(days // DAYS_A_WEEK, "week")
    return _counted(days, "day")


def _counted(number: int, unit: str) -> str:
    word = WORDS[number] if number < len(WORDS) else f"{number}"
    return f"{word} {unit}{'' if number == 1 else 's'}"
