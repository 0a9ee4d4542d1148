"""A column of periods as people and publishers write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

from folkmoot.core.periods.months import MONTH_NAMES, Month
from folkmoot.core.periods.others import Day, Number, Period, Week, Year
from folkmoot.core.periods.quarters import Quarter

_MONTHS = {name[:3].lower(): place for place, name in enumerate(MONTH_NAMES, start=1)}
_WORD = r"(?P<name>[A-Za-z]{3,9})\.?"
_MONTH_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})[-/.]?M?(?P<month>\d{2})",
        r"(?P<year>\d{4})[-/.](?P<month>\d)",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        rf"{_WORD}[-/ ]?(?P<year>\d{{4}}|\d{{2}})",
        rf"(?P<year>\d{{4}})[-/ ]?{_WORD}",
    )
)
_DAY_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})",
        rf"(?P<day>\d{{1,2}})[- ]{_WORD}[- ](?P<year>\d{{4}}|\d{{2}})",
    )
)
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])|Q([1-4])[- ]?(\d{4})", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(r"(\d{4})[-/](\d{2}|\d{4})")
_PERIODS_WRITTEN = "2024-10 for a month, 2024-Q4 for a quarter or 2024-10-31 for a day"


class PeriodsError(ValueError):
    """A column cannot be read as periods; `place` is the row of it that is told, from 0."""

    def __init__(self, place: int, sentence: str) -> None:
        self.place = place
        super().__init__(sentence)


def read_periods(texts: Sequence[str]) -> tuple[Period, ...]:
    """Return the periods that a column names, all of one kind, in its order.

    Days a month, a quarter or a year apart stand for it. Where a column could be of two kinds,
    such as 2011-12, it is of the one in which its periods follow each other. Raises
    PeriodsError for the first text that is none of the kind which most of the others are.
    """
    if not texts:
        return ()
    plain = [" ".join(text.split()) for text in texts]
    best: tuple[int, list[Period | None]] = (-1, [])
    whole: list[list[Period]] = []
    for parse in _KINDS:
        found = [parse(text) for text in plain]
        known = [period for period in found if period is not None]
        if len(known) == len(plain):
            whole.append(known)
        if len(known) > best[0]:
            best = (len(known), found)
    if not whole:
        place = best[1].index(None) if best[0] else 0
        raise PeriodsError(
            place, f"“{texts[place]}” is no period: write {_PERIODS_WRITTEN}, all in one way."
        )
    whole = [_of_days(each) if isinstance(each[0], Day) else each for each in whole]
    return tuple(next((each for each in whole if _follow_each_other(each)), whole[0]))


def _follow_each_other(periods: Sequence[Period]) -> bool:
    ordinals = sorted(period.ordinal for period in periods)
    return all(after - before == 1 for before, after in pairwise(ordinals))


def _month(text: str) -> Month | None:
    for form in _MONTH_FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            number = _month_number(parts)
            year = _full_year(parts["year"])
            if 1 <= number <= 12 and year >= 1000:
                return Month(year, number)
    return None


def _quarter(text: str) -> Quarter | None:
    if found := _QUARTER.fullmatch(text):
        year, number = int(found[1] or found[4]), int(found[2] or found[3])
        return Quarter(year, number) if year >= 1000 else None
    try:
        return Quarter.parse(text.replace("/", "-"))
    except ValueError:
        return None


def _day(text: str) -> Day | None:
    for form in _DAY_FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            try:
                day = date(_full_year(parts["year"]), _month_number(parts), int(parts["day"]))
            except ValueError:
                continue
            return Day(day)
    return None


def _year(text: str) -> Year | None:
    if re.fullmatch(r"\d{4}", text) and 1800 <= int(text) <= 2200:
        return Year(int(text))
    return None


def _financial_year(text: str) -> Year | None:
    if found := _FINANCIAL_YEAR.fullmatch(text):
        year, following = int(found[1]), found[2]
        if str(year + 1).endswith(following):
            return Year(year, is_financial=True)
    return None


def _number(text: str) -> Number | None:
    return Number(int(text)) if re.fullmatch(r"\d{1,9}", text) else None


_KINDS: tuple[Callable[[str], Period | None], ...] = (
    _month,
    _quarter,
    _day,
    _year,
    _financial_year,
    _number,
)


def _month_number(parts: dict[str, str]) -> int:
    if parts.get("month"):
        return int(parts["month"])
    name = parts["name"].lower()
    number = _MONTHS.get(name[:3], 0)
    # "Sept" is written too; "Marvel" is no month.
    return number if number and MONTH_NAMES[number - 1].lower().startswith(name) else 0


def _full_year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _of_days(periods: Sequence[Period]) -> list[Period]:
    """Return what days stand for by how far they are apart: months, quarters, years, weeks."""
    days = [period.day for period in periods if isinstance(period, Day)]
    steps = [(after - before).days for before, after in pairwise(sorted(set(days)))]
    step = median_low(steps) if steps else 1
    at_ends = all((day + timedelta(days=1)).day == 1 for day in days)
    in_fours = not at_ends and all(each % 28 == 0 for each in steps)
    if 28 <= step <= 31 and not in_fours:
        return [Month.from_date(day) for day in days]
    if 89 <= step <= 92:
        return [Quarter(day.year, (day.month + 2) // 3) for day in days]
    if 365 <= step <= 366:
        return [Year(day.year) for day in days]
    for place, day in enumerate(days):
        if (day - days[0]).days % step:
            raise PeriodsError(
                place,
                f"{Day(day).label} is not a multiple of {step} days from {Day(days[0]).label}: "
                "give one figure for each period, all equally far apart.",
            )
    # Counted from the first day, so that the next is always one more.
    if step == 7:
        return [Week(day) for day in days]
    return [Day(day, step) for day in days]
