"""Areas in order of their rates, with every place that each could have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.intervals import Interval


@dataclass(frozen=True, slots=True)
class Placed:
    """The highest and the lowest place that an area could have; 1 is the highest value."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


def places(intervals: Sequence[Interval]) -> list[Placed]:
    """Return the places that each area could have, by its interval and those of the others.

    Only areas whose intervals lie wholly above an area are certain to come before it, and only
    those wholly below certain to come after.
    """
    return [
        Placed(
            1 + sum(other.lower > own.upper for other in intervals),
            len(intervals) - sum(other.upper < own.lower for other in intervals),
        )
        for own in intervals
    ]
