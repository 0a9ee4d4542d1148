"""What every period can say of itself, and the kinds that are neither month nor quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from folkmoot.core.periods.months import MONTH_NAMES


class Period(Protocol):
    """A time that a figure is for.

    `label` names it ("October 2024"), `when` ends a sentence ("in October 2024"), `noun` is what
    one of its kind is called. `ordinal` is one more for the next period than for this.
    """

    @property
    def label(self) -> str: ...

    @property
    def when(self) -> str: ...

    @property
    def noun(self) -> str: ...

    @property
    def ordinal(self) -> int: ...


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A calendar year, or the financial year that begins in it."""

    year: int
    is_financial: bool = False

    @property
    def label(self) -> str:
        """The year as it is written: "2024", or "2024/25" for a financial year."""
        following = f"/{(self.year + 1) % 100:02d}" if self.is_financial else ""
        return f"{self.year}{following}"

    @property
    def when(self) -> str:
        """The year as it ends a sentence."""
        return f"in {self.label}"

    @property
    def noun(self) -> str:
        """What one of its kind is called."""
        return "year"

    @property
    def ordinal(self) -> int:
        """The year itself."""
        return self.year


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day, in a series that has one every `step` days."""

    day: date
    step: int = 1

    @property
    def label(self) -> str:
        """The day in words, such as "3 October 2024"."""
        return f"{self.day.day} {MONTH_NAMES[self.day.month - 1]} {self.day.year}"

    @property
    def when(self) -> str:
        """The day as it ends a sentence."""
        return f"on {self.label}"

    @property
    def noun(self) -> str:
        """What one of its kind is called."""
        return "day" if self.step == 1 else "time"

    @property
    def ordinal(self) -> int:
        """How many steps have gone before it."""
        return self.day.toordinal() // self.step


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """The seven days from `first_day` on."""

    first_day: date

    @property
    def label(self) -> str:
        """The week in words, such as "the week of 3 October 2024"."""
        return f"the week of {Day(self.first_day).label}"

    @property
    def when(self) -> str:
        """The week as it ends a sentence."""
        return f"in {self.label}"

    @property
    def noun(self) -> str:
        """What one of its kind is called."""
        return "week"

    @property
    def ordinal(self) -> int:
        """How many weeks have gone before it."""
        return self.first_day.toordinal() // 7


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A period that is only counted: the first, the second."""

    number: int

    @property
    def label(self) -> str:
        """The period in words."""
        return f"period {self.number}"

    @property
    def when(self) -> str:
        """The period as it ends a sentence."""
        return f"in {self.label}"

    @property
    def noun(self) -> str:
        """What one of its kind is called."""
        return "period"

    @property
    def ordinal(self) -> int:
        """The number itself."""
        return self.number
