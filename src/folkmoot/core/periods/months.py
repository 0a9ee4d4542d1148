"""Calendar months, counted and put into words."""

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

    @property
    def when(self) -> str:
        """The month as it ends a sentence: "in October 2024"."""
        return f"in {self.label}"

    @property
    def noun(self) -> str:
        """What one of its kind is called."""
        return "month"

    @property
    def ordinal(self) -> int:
        """How many months have gone before it; one more for the next."""
        return self.year * 12 + self.month - 1

    def shift(self, months: int) -> Month:
        """Return the month so many months later; earlier where the number is negative."""
        count = self.ordinal + months
        return Month(count // 12, count % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_between(first: Month, last: Month) -> int:
    """Return by how many months `last` follows `first`; negative where it comes before."""
    return last.ordinal - first.ordinal


def month_range(first: Month, last: Month) -> tuple[Month, ...]:
    """Return all months from `first` to `last`, both included; none where last comes first."""
    return tuple(first.shift(step) for step in range(months_between(first, last) + 1))
