"""Large counts as rates of what they are counted among: u′ charts."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, sqrt

from folkmoot.core.spc.chart import (
    ChartKind,
    ControlChart,
    Point,
    Segment,
    finished_chart,
    kinds_of,
    spans,
)
from folkmoot.core.spc.limits import LIMIT_PER_MEAN_MOVING_RANGE, ProcessLimits, mean_moving_range
from folkmoot.core.spc.rebasing import Rebase
from folkmoot.core.spc.rules import Direction, broken_rules


def rate_chart(
    counts: Sequence[float],
    populations: Sequence[float],
    direction: Direction,
    *,
    per: float = 1000,
    baseline: int | None = None,
    rebase: Sequence[int | Rebase] = (),
    screen_outliers: bool = False,
    target: float | None = None,
) -> ControlChart:
    """Return Laney's u′ chart of counts per so many of a population.

    A plain u chart takes a count for Poisson, whose limits are far too narrow for thousands;
    u′ widens (or narrows) them by the variation that the standardised rates really show. The
    limits of a point follow its population. Where all populations are equal, this is the XmR
    chart of the rates. A trend is looked for in the rates, the other rules in what is
    standardised. `baseline`, `rebase` and the rest are as in `control_chart`. Raises ValueError
    where a count is negative or not finite, a population is not positive, or there are fewer
    than two. Source: Laney, Quality Engineering 14, 2002.
    """
    _refuse_unsound(counts, populations)
    if baseline is not None and baseline < 2:
        raise ValueError("A baseline needs at least two points.")
    segments: list[Segment] = []
    points: list[Point] = []
    kinds = kinds_of(direction)
    for start, end, why in spans(len(counts), rebase):
        own, among = counts[start:end], populations[start:end]
        if len(own) < 2:
            raise ValueError("A segment of rates needs at least two points.")
        mean = sum(own[:baseline]) / sum(among[:baseline])
        # Without an event there is nothing to standardise: all rates are equal.
        spreads = [sqrt(mean / each) or 1.0 for each in among]
        scores = [
            (count / each - mean) / spread
            for count, each, spread in zip(own, among, spreads, strict=True)
        ]
        reach = LIMIT_PER_MEAN_MOVING_RANGE * mean_moving_range(
            scores[:baseline], screen_outliers=screen_outliers
        )
        rates = [count / each * per for count, each in zip(own, among, strict=True)]
        broken = broken_rules(scores, ProcessLimits(0.0, -reach, reach), trend_of=rates)
        for rate, spread, (signals, side) in zip(rates, spreads, broken, strict=True):
            limits = ProcessLimits(
                mean * per, (mean - reach * spread) * per, (mean + reach * spread) * per
            )
            points.append(Point(rate, limits, signals, side, kinds[side]))
        segments.append(Segment(start, end - 1, points[-1].limits, why))
    return finished_chart(segments, points, direction, target, ChartKind.RATES)


def _refuse_unsound(counts: Sequence[float], populations: Sequence[float]) -> None:
    if len(counts) != len(populations):
        raise ValueError("Rates need a population for every count.")
    if not all(isfinite(count) and count >= 0 for count in counts):
        raise ValueError("Rates need a count of zero or more for every period.")
    if not all(isfinite(each) and each > 0 for each in populations):
        raise ValueError("Rates need a population above zero for every period.")
