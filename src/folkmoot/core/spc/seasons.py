"""Series with a yearly pattern, each month compared with the same months of other years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from folkmoot.core.spc.chart import (
    ChartKind,
    ControlChart,
    Point,
    Segment,
    finished_chart,
    kinds_of,
)
from folkmoot.core.spc.limits import ProcessLimits, process_limits
from folkmoot.core.spc.rules import Direction, broken_rules

FEWEST_YEARS = 3


def seasonal_relatives(values: Sequence[float], seasons: Sequence[int]) -> dict[int, float]:
    """Return how each season's mean relates to the mean of all: 1.2 is a fifth above.

    `seasons` names the season of each value, such as the month's number. Raises ValueError for a
    season with fewer than three values, or with a mean that is not above zero.
    Source: Wheeler, Making Sense of Data, 2003, on seasonal relatives.
    """
    found: dict[int, list[float]] = defaultdict(list)
    for value, season in zip(values, seasons, strict=True):
        found[season].append(value)
    if not found or min(map(len, found.values())) < FEWEST_YEARS:
        raise ValueError("Seasons need three years or more of every season.")
    means = {season: sum(each) / len(each) for season, each in found.items()}
    if min(means.values()) <= 0:
        raise ValueError("Seasons need a mean above zero in every season.")
    # The mean of the seasons, not of all values, so that an incomplete year tips no balance.
    overall = sum(means.values()) / len(means)
    return {season: mean / overall for season, mean in means.items()}


def seasonal_chart(
    values: Sequence[float],
    seasons: Sequence[int],
    direction: Direction,
    *,
    screen_outliers: bool = False,
    target: float | None = None,
) -> ControlChart:
    """Return the chart of a series whose seasons are taken out before it is read.

    Each value is divided by its season's relative, the rules read what is left, and each point's
    limits are put back in its own season. So a February is usual or not among Februaries.
    Raises ValueError as `seasonal_relatives` does.
    """
    relatives = seasonal_relatives(values, seasons)
    scales = [relatives[season] for season in seasons]
    plain = [value / scale for value, scale in zip(values, scales, strict=True)]
    limits = process_limits(plain, screen_outliers=screen_outliers)
    kinds = kinds_of(direction)
    points = [
        Point(
            value,
            ProcessLimits(limits.mean * scale, limits.lower * scale, limits.upper * scale),
            signals,
            side,
            kinds[side],
        )
        for value, scale, (signals, side) in zip(
            values, scales, broken_rules(plain, limits), strict=True
        )
    ]
    segment = Segment(0, len(values) - 1, points[-1].limits)
    return finished_chart([segment], points, direction, target, ChartKind.SEASONAL)
