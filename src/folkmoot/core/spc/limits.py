"""How far a series varies by itself: the limits of an XmR chart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

# Three standard deviations estimated as 3 / d2 mean moving ranges; d2 = 1.128 for two points.
LIMIT_PER_MEAN_MOVING_RANGE = 2.66
# Upper limit of moving ranges, in mean moving ranges (D4 for two points).
RANGE_LIMIT_PER_MEAN = 3.267


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """Centre line and natural process limits of a chart, in the unit of the measure."""

    mean: float
    lower: float
    upper: float

    @property
    def sigma(self) -> float:
        """A third of the distance from the mean to a limit."""
        return (self.upper - self.mean) / 3


def process_limits(values: Sequence[float], *, screen_outliers: bool = False) -> ProcessLimits:
    """Return the mean and the natural process limits of a series.

    `values` holds one value per period, oldest first, without gaps. With `screen_outliers`,
    moving ranges above their own upper limit are left out once, as NHSRplotthedots does and the
    Making Data Count workbook does not. The lower limit of a count may come out below zero: who
    prints it cuts it there. Raises ValueError for fewer than two values, or one that is not a
    finite number. Source: Wheeler, Making Sense of Data, 2003.
    """
    if len(values) < 2:
        raise ValueError("Process limits need at least two values.")
    if not all(map(isfinite, values)):
        raise ValueError("Process limits need a number for every period: leave no gap in a series.")
    # Counted from the first value, so that rounding cannot move the mean of equal values off them.
    first = values[0]
    mean = first + sum([value - first for value in values]) / len(values)
    reach = LIMIT_PER_MEAN_MOVING_RANGE * mean_moving_range(values, screen_outliers=screen_outliers)
    return ProcessLimits(mean, mean - reach, mean + reach)


def mean_moving_range(values: Sequence[float], *, screen_outliers: bool = False) -> float:
    """Return the mean distance from one value to the next, outlying ones left out on demand."""
    ranges = [abs(after - before) for before, after in itertools.pairwise(values)]
    mean_range = sum(ranges) / len(ranges)
    if screen_outliers:
        # Equal ranges are all kept: rounding must not screen them against their own mean.
        kept = [each for each in ranges if each <= RANGE_LIMIT_PER_MEAN * mean_range]
        mean_range = sum(kept) / len(kept)
    return mean_range
