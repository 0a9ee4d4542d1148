"""Months and quarters: the periods that figures are published for."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_FINANCIAL_QUARTER = re.compile(r"(\d{4})-(\d{2})[- ]Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; months are ordered, and `shift` counts from one to another."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1000 <= self.year <= 9999):
            raise ValueError(f"There is no month {self.month} of {self.year}.")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Return the month that "2024-10" names. Raises ValueError with a sentence."""
        found = _MONTH.fullmatch(text.strip())
        if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1000:
            raise ValueError(f"'{text}' is not a month: write it like 2024-10.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def from_date(cls, day: date) -> Month:
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def label(self) -> str:
        """The month in words, such as "October 2024"."""
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"

    def shift(self, months: int) -> Month:
        """Return the month so many months later; earlier where the number is negative."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_between(first: Month, last: Month) -> int:
    """Return by how many months `last` follows `first`; negative where it comes before."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_range(first: Month, last: Month) -> tuple[Month, ...]:
    """Return all months from `first` to `last`, both included; none where last comes first."""
    return tuple(first.shift(step) for step in range(months_between(first, last) + 1))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the calendar year: 1 is January to March."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not (1 <= self.quarter <= 4 and 1000 <= self.year <= 9999):
            raise ValueError(f"There is no quarter {self.quarter} of {self.year}.")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Return the quarter that "2024-Q4" names, or "2024-25-Q3", which is the same.

        The second form counts quarters of the financial year from April. Raises ValueError with
        a sentence for anything else.
        """
        text = text.strip().upper()
        if (found := _QUARTER.fullmatch(text)) and int(found[1]) >= 1000:
            return cls(int(found[1]), int(found[2]))
        if (found := _FINANCIAL_QUARTER.fullmatch(text)) and int(found[1]) >= 1000:
            year, following, number = int(found[1]), int(found[2]), int(found[3])
            if following == (year + 1) % 100:
                return cls(year, number + 1) if number < 4 else cls(year + 1, 1)
        raise ValueError(
            f"'{text}' is not a quarter: write it like 2024-Q4 (October to December 2024), "
            "or 2024-25-Q3 for the third quarter of a financial year."
        )

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """The three months of the quarter."""
        first = Month(self.year, self.quarter * 3 - 2)
        return first, first.shift(1), first.shift(2)

    @property
    def label(self) -> str:
        """The quarter in words, such as "October to December 2024"."""
        first, _, last = self.months
        return f"{MONTH_NAMES[first.month - 1]} to {last.label}"

    @property
    def year_before(self) -> Quarter:
        """The same quarter a year before."""
        return Quarter(self.year - 1, self.quarter)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.quarter}"
