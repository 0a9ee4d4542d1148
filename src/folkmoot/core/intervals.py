"""Intervals of proportions. Sources and worked examples: `docs/methods/intervals.md`."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Interval:
    """A lower and an upper bound, in the unit of the estimate."""

    lower: float
    upper: float

    def holds(self, value: float) -> bool:
        """Return whether a value lies within the bounds."""
        return self.lower <= value <= self.upper


def wilson(share: float, base: float, confidence: float = 0.95) -> Interval:
    """Return the score interval of a share (0 to 1) of `base` independent answers.

    `base` may be an effective sample size and need not be whole. Raises ValueError for a base
    that is not positive or a share outside 0 to 1. Source: Wilson 1927.
    """
    if base <= 0 or not 0 <= share <= 1:
        raise ValueError("A Wilson interval needs a share of 0 to 1 and a positive base.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = share + z * z / (2 * base)
    reach = z * sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    scale = 1 + z * z / base
    # Centre and reach are equal at a share of 0 or 1, but for the last digit.
    lower = max(0.0, (centre - reach) / scale) if share else 0.0
    upper = min(1.0, (centre + reach) / scale) if share < 1 else 1.0
    return Interval(lower, upper)


def difference(
    later: float,
    later_base: float,
    earlier: float,
    earlier_base: float,
    confidence: float = 0.95,
) -> Interval:
    """Return the interval of `later` minus `earlier`, two independent shares.

    Newcombe's method 10: the square-and-add of two Wilson intervals. Source: Newcombe 1998.
    """
    first, second = wilson(later, later_base, confidence), wilson(earlier, earlier_base, confidence)
    gap = later - earlier
    return Interval(
        gap - sqrt((later - first.lower) ** 2 + (second.upper - earlier) ** 2),
        gap + sqrt((first.upper - later) ** 2 + (earlier - second.lower) ** 2),
    )
