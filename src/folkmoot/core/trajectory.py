"""The way to a target: figures that were set for some months, and those between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from folkmoot.core.periods import Month, months_between

Points = tuple[tuple[Month, float], ...]


def between(points: Sequence[tuple[Month, float]], first: Month, last: Month) -> Points:
    """Return the part of a trajectory from one month to another, in the unit of its figures.

    `points` are its months and figures, oldest first; between two of them it is straight. Before
    its first month it says nothing, and after its last the figure is to be kept. Empty where it
    begins after `last`.
    """
    if not points or points[0][0] > last:
        return ()
    ends = (max(first, points[0][0]), last)
    inside = {month: value for month, value in points if ends[0] <= month <= ends[1]}
    inside |= {month: _at(points, month) for month in ends}
    return tuple(sorted(inside.items()))


def _at(points: Sequence[tuple[Month, float]], month: Month) -> float:
    """Return the figure of a month at or after the first of the points."""
    for (start, low), (end, high) in pairwise(points):
        if start <= month < end:
            return low + (high - low) * months_between(start, month) / months_between(start, end)
    return points[-1][1]
