"""Events too rare to count by the month: the time, or the cases, between one and the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import isfinite, sqrt
from statistics import median

from folkmoot.core.periods import Month
from folkmoot.core.spc.chart import (
    ChartKind,
    ControlChart,
    Point,
    Segment,
    finished_chart,
    kinds_of,
)
from folkmoot.core.spc.limits import ProcessLimits, process_limits
from folkmoot.core.spc.rules import Direction, Signal, broken_rules

# Turns waiting times, which are exponential where events are rare, into nearly normal values.
EXPONENT = 1 / 3.6
# With more empty months than this, a count by the month says little.
MOST_EMPTY_SHARE = 0.25


def is_rare(counts: Sequence[float]) -> bool:
    """Whether more than a quarter of all periods are without an event.

    Source: Provost and Murray, The Health Care Data Guide, 2011.
    """
    return sum(count == 0 for count in counts) > MOST_EMPTY_SHARE * len(counts)


def days_between(days: Sequence[date]) -> tuple[int, ...]:
    """Return the days from each event to the next; `days` are in any order."""
    return tuple((after - before).days for before, after in pairwise(sorted(days)))


def spread_over_months(months: Sequence[Month], counts: Sequence[int]) -> tuple[date, ...]:
    """Return days for events of which only the month is known, spread evenly over each month.

    A single event falls in the middle of its month, so that a gap may be out by a month.
    """
    days = []
    for month, count in zip(months, counts, strict=True):
        length = (month.last_day - month.first_day).days + 1
        days += [
            month.first_day + timedelta(days=int((number + 0.5) / count * length))
            for number in range(count)
        ]
    return tuple(days)


def t_chart(gaps: Sequence[float], direction: Direction) -> ControlChart:
    """Return the chart of the time between one rare event and the next.

    `gaps` are oldest first; `direction` is that of the events: where fewer are better, longer
    gaps are an improvement. The gaps are read on Nelson's scale, the power 1 / 3.6, by an XmR
    chart and its four rules, and the limits put back into days. Raises ValueError for fewer than
    two gaps, or a negative one. Source: Nelson, Journal of Quality Technology 26, 1994.
    """
    _refuse_unsound(gaps)
    scaled = [gap**EXPONENT for gap in gaps]
    limits = process_limits(scaled)
    shown = ProcessLimits(
        *(max(0.0, each) ** (1 / EXPONENT) for each in (limits.mean, limits.lower, limits.upper))
    )
    broken = broken_rules(scaled, limits)
    return _between(gaps, shown, broken, direction, ChartKind.DAYS_BETWEEN)


def g_chart(gaps: Sequence[int], direction: Direction) -> ControlChart:
    """Return the chart of the cases without an event between one rare event and the next.

    `gaps` are counts, oldest first; `direction` is that of the events. The upper limit is the mean
    and three standard deviations of the geometric distribution, √(mean (mean + 1)); there is no
    lower one. The centre is the median, as two thirds of such gaps lie below their mean, and the
    rule of two of three is left out. Raises ValueError for fewer than two gaps, or a negative one.
    Source: Benneyan, Health Care Management Science 4, 2001.
    """
    _refuse_unsound(gaps)
    mean = sum(gaps) / len(gaps)
    limits = ProcessLimits(float(median(gaps)), 0.0, mean + 3 * sqrt(mean * (mean + 1)))
    broken = broken_rules(gaps, limits, has_near=False)
    return _between(gaps, limits, broken, direction, ChartKind.CASES_BETWEEN)


def _refuse_unsound(gaps: Sequence[float]) -> None:
    if len(gaps) < 2:
        raise ValueError("A chart of gaps needs at least three events.")
    if not all(isfinite(gap) and gap >= 0 for gap in gaps):
        raise ValueError("A gap between two events is zero or more: put the events in order.")


def _between(
    gaps: Sequence[float],
    limits: ProcessLimits,
    broken: Sequence[tuple[Signal, int]],
    direction: Direction,
    kind: ChartKind,
) -> ControlChart:
    turned = {
        Direction.DECREASE: Direction.INCREASE,
        Direction.INCREASE: Direction.DECREASE,
        Direction.NEUTRAL: Direction.NEUTRAL,
    }[direction]
    kinds = kinds_of(turned)
    points = [
        Point(gap, limits, signals, side, kinds[side])
        for gap, (signals, side) in zip(gaps, broken, strict=True)
    ]
    return finished_chart([Segment(0, len(gaps) - 1, limits)], points, turned, None, kind)
