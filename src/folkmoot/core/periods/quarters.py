"""Quarters of the calendar year, also as those of the financial year are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from folkmoot.core.periods.months import MONTH_NAMES, Month

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_FINANCIAL_QUARTER = re.compile(r"(\d{4})-(\d{2})[- ]Q([1-4])")


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
    def when(self) -> str:
        """The quarter as it ends a sentence: "in October to December 2024"."""
        return f"in {self.label}"

    @property
    def noun(self) -> str:
        """What one of its kind is called."""
        return "quarter"

    @property
    def ordinal(self) -> int:
        """How many quarters have gone before it; one more for the next."""
        return self.year * 4 + self.quarter - 1

    @property
    def year_before(self) -> Quarter:
        """The same quarter a year before."""
        return Quarter(self.year - 1, self.quarter)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.quarter}"
