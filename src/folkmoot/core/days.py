"""Days as people and spreadsheets write them, read without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
HOW_TO_WRITE = "write it like 2024-03-31 or 31 March 2024"
# A spreadsheet gives a day as an instant at midnight.
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_FIGURES = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_SHORT = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]+([A-Za-z]{3,9})\.?,?[ \-]+(\d{4})")


class DayError(ValueError):
    """What was written is no day, or may be two; the message says which, and what to write."""


@dataclass(frozen=True, slots=True)
class InFigures:
    """A day written in figures, such as 03/04/2024, read with the day first and the month first.

    Each is None where it would be no day.
    """

    day_first: date | None
    month_first: date | None


def day_in_words(on: date) -> str:
    """Return a day as the public reads it: "21 January 2022"."""
    return f"{on.day} {on:%B %Y}"


def read_day(text: str, *, is_day_first: bool = False) -> date:
    """Return the day that a text says.

    Understands ISO 8601 (2024-03-31), the month in words (31 March 2024, 31-Mar-2024) and, in
    figures, the day first (31/03/2024). Figures that could be two days (03/04/2024) are refused
    unless `is_day_first` says how they were written. Raises DayError.
    """
    written = " ".join(text.split())
    found = in_figures(written)
    if found is None:
        return _named_day(written)
    if found.day_first is None:
        if found.month_first is None:
            raise DayError(f"“{written}” is no day of the calendar: {HOW_TO_WRITE}.")
        raise DayError(
            f"“{written}” is written with the month first, which is not read here: {HOW_TO_WRITE}."
        )
    if not is_day_first and found.month_first not in (None, found.day_first):
        raise DayError(
            f"“{written}” may be {day_in_words(found.day_first)} or "
            f"{day_in_words(found.month_first)}: {HOW_TO_WRITE}."
        )
    return found.day_first


def in_figures(text: str) -> InFigures | None:
    """Return both readings of a day written like 03/04/2024; None for what is written otherwise."""
    found = _FIGURES.fullmatch(text.strip())
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    return InFigures(_day(year, second, first), _day(year, first, second))


def are_day_first(pairs: Iterable[tuple[str, date]]) -> bool:
    """Return whether days in figures are known to be written day first.

    `pairs` holds what is written, and the day that it is known to stand for. One that could be
    read only one way, or as another day, tells; 03/03/2024 does not.
    """
    told = False
    for text, known in pairs:
        found = in_figures(text)
        if found is None or found.day_first == found.month_first:
            continue
        if found.month_first == known:
            return False
        told = told or found.day_first == known
    return told


def _named_day(written: str) -> date:
    if found := _ISO.fullmatch(written):
        year, month, day = (int(part) for part in found.groups())
        on = _day(year, month, day)
    elif found := _WORDS.fullmatch(written):
        on = _day(int(found[3]), _month(found[2]), int(found[1]))
    elif _SHORT.fullmatch(written):
        raise DayError(f"“{written}” has a year of two figures: {HOW_TO_WRITE}.")
    else:
        raise DayError(f"“{written[:60]}” is no day: {HOW_TO_WRITE}.")
    if on is None:
        raise DayError(f"“{written}” is no day of the calendar: {HOW_TO_WRITE}.")
    return on


def _month(name: str) -> int:
    """Return the number of a month by its name or the beginning of it; 0 for what is none."""
    named = name.lower()
    return next((number for number, each in enumerate(MONTHS, 1) if each.startswith(named)), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
