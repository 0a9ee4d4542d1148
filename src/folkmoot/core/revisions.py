"""What a later release says differently: revised figures, new ones, and those no longer given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from folkmoot.core.periods import Month

# A share is stored as a fraction; the last digits of its computation are no revision.
SAME = 1e-9


class Mark(Enum):
    """How far a figure is settled; the value is the shorthand of the Analysis Function."""

    PROVISIONAL = "[p]"
    REVISED = "[r]"

    @property
    def word(self) -> str:
        """The mark in a word."""
        return "provisional" if self is Mark.PROVISIONAL else "revised"


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure of one month as an earlier and a later release give it."""

    month: Month
    before: float
    after: float

    @property
    def change(self) -> float:
        """By how much the later release gives more."""
        return self.after - self.before

    @property
    def relative(self) -> float | None:
        """The change as a part of the earlier figure; None where that was zero."""
        return self.change / self.before if self.before else None


def is_revised(before: float, after: float) -> bool:
    """Whether two releases give different figures."""
    return abs(after - before) > SAME


def revisions(before: Mapping[Month, float], after: Mapping[Month, float]) -> tuple[Revision, ...]:
    """Return the months that both releases give, and give differently, largest change first.

    Of equal changes the later month comes first.
    """
    found = [
        Revision(month, before[month], value)
        for month, value in after.items()
        if month in before and is_revised(before[month], value)
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.change), -each.month.ordinal)))


def no_longer_given(before: Mapping[Month, float], after: Mapping[Month, float]) -> list[Month]:
    """Return the months that the earlier release gives and the later leaves out within its span.

    A file of the latest months alone leaves out all that is older; that takes nothing back.
    """
    if not after:
        return []
    return sorted(month for month in before if month not in after and month > min(after))


def marks(before: Mapping[Month, float] | None, after: Mapping[Month, float]) -> dict[Month, Mark]:
    """Return which months of a release are revised or provisional, against the release before.

    Revised: the release before gave another figure. Provisional: the month is later than any that
    it gave, so no second release has confirmed it. Where there is no release before (None), none
    is marked: nothing is known of how figures settle.
    """
    if not before:
        return {}
    last = max(before)
    found = {each.month: Mark.REVISED for each in revisions(before, after)}
    return found | {month: Mark.PROVISIONAL for month in after if month > last}
