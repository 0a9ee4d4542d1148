"""Statistical process control: did a series change, or does it only vary?

XmR charts (individuals and moving range) after Wheeler, read by the four rules of NHS England's
Making Data Count. `docs/methods/xmr-charts.md` gives sources and departures.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, Flag, auto
from functools import reduce
from math import isfinite
from operator import or_

# Three standard deviations estimated as 3 / d2 mean moving ranges; d2 = 1.128 for two points.
LIMIT_PER_MEAN_MOVING_RANGE = 2.66
# Upper limit of moving ranges, in mean moving ranges (D4 for two points).
RANGE_LIMIT_PER_MEAN = 3.267
RUN_LENGTH = 7


class Direction(Enum):
    """The direction in which a change is an improvement."""

    DECREASE = "decrease"
    INCREASE = "increase"
    NEUTRAL = "neutral"


class Signal(Flag):
    """Which rules a point breaks."""

    NONE = 0
    OUTSIDE_LIMITS = auto()
    TREND = auto()
    TWO_OF_THREE = auto()
    ONE_SIDE = auto()


# All combinations at hand: joining flags one by one takes most of the time of a chart.
SIGNALS_OF_MARKS = {
    marks: reduce(or_, itertools.compress(Signal, marks), Signal.NONE)
    for marks in itertools.product((False, True), repeat=len(Signal))
}


class Variation(Enum):
    """What kind of variation a point shows; the value is the wording shown to the public."""

    COMMON_CAUSE = "Usual variation"
    IMPROVEMENT = "Improvement"
    CONCERN = "Concern"
    CHANGE = "Change, neither better nor worse by itself"


class Assurance(Enum):
    """Whether a target would be met if nothing changed."""

    CONSISTENT_PASS = "consistent_pass"
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """Centre line and natural process limits of an XmR chart, in the unit of the measure."""

    mean: float
    lower: float
    upper: float

    @property
    def sigma(self) -> float:
        """A third of the distance from the mean to a limit."""
        return (self.upper - self.mean) / 3


@dataclass(frozen=True, slots=True)
class Segment:
    """Points `first` to `last` (indices, both included) that share limits."""

    first: int
    last: int
    limits: ProcessLimits


@dataclass(frozen=True, slots=True)
class Point:
    """A value with the rules that it breaks. `side` is 1 for a high signal, -1 for a low one."""

    value: float
    limits: ProcessLimits
    signals: Signal
    side: int
    variation: Variation


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A series read by its own variation."""

    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    direction: Direction
    assurance: Assurance | None

    @property
    def limits(self) -> ProcessLimits:
        """The limits in force at the end of the series."""
        return self.segments[-1].limits


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
    mean = values[0] + sum(value - values[0] for value in values) / len(values)
    ranges = [abs(after - before) for before, after in itertools.pairwise(values)]
    mean_range = sum(ranges) / len(ranges)
    if screen_outliers:
        # Equal ranges are all kept: rounding must not screen them against their own mean.
        kept = [each for each in ranges if each <= RANGE_LIMIT_PER_MEAN * mean_range]
        mean_range = sum(kept) / len(kept)
    reach = LIMIT_PER_MEAN_MOVING_RANGE * mean_range
    return ProcessLimits(mean, mean - reach, mean + reach)


def seven_on_one_side(sides: Sequence[int]) -> list[int]:
    """Return 1 or -1 where a point ends seven or more on one side of the mean, else 0.

    `sides` holds 1 above, -1 below, 0 on the mean, which breaks a run.
    """
    return _ends_of_runs(sides, RUN_LENGTH)


def seven_point_trend(values: Sequence[float]) -> list[int]:
    """Return 1 or -1 where a point ends seven or more that all rise or all fall, else 0."""
    steps = [0] + [
        (after > before) - (after < before) for before, after in itertools.pairwise(values)
    ]
    # Seven points make six steps.
    return _ends_of_runs(steps, RUN_LENGTH - 1)[: len(values)]


def two_of_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Return 1 for every point of three on one side of the mean, two of them near the limit.

    `near` holds 1 where a point lies between two and three standard deviations from the mean.
    """
    marks = [0] * len(near)
    for last in range(2, len(near)):
        window = range(last - 2, last + 1)
        same_side = abs(sides[last - 2] + sides[last - 1] + sides[last]) == 3
        if same_side and near[last - 2] + near[last - 1] + near[last] >= 2:
            for place in window:
                marks[place] = 1
    return marks


def assurance(limits: ProcessLimits, target: float, direction: Direction) -> Assurance | None:
    """Return whether a target lies outside the limits, and on which side; None if neutral."""
    if direction is Direction.NEUTRAL:
        return None
    if limits.lower <= target <= limits.upper:
        return Assurance.INCONSISTENT
    passes_above = direction is Direction.INCREASE
    return (
        Assurance.CONSISTENT_PASS
        if (limits.lower > target) == passes_above
        else Assurance.CONSISTENT_FAIL
    )


def control_chart(
    values: Sequence[float],
    direction: Direction,
    *,
    baseline: int | None = None,
    rebase: Sequence[int] = (),
    screen_outliers: bool = False,
    target: float | None = None,
) -> ControlChart:
    """Return the chart of a series: limits by segment, and each point with its signals.

    `values` holds one value per period, oldest first, without gaps. `rebase` holds the indices at
    which a new segment with limits of its own begins; `baseline` is the number of first points of
    each segment that its limits come from (all, where None). Signals never run across segments.
    Raises ValueError for a segment or a baseline of fewer than two points.
    """
    if baseline is not None and baseline < 2:
        raise ValueError("A baseline needs at least two points.")
    starts = sorted({0, *rebase})
    if any(not 0 <= start < len(values) for start in starts):
        raise ValueError("A rebase lies outside the series.")
    ends = [*starts[1:], len(values)]
    segments: list[Segment] = []
    points: list[Point] = []
    for start, end in zip(starts, ends, strict=True):
        part = values[start:end]
        base = part[:baseline]
        limits = process_limits(base, screen_outliers=screen_outliers)
        segments.append(Segment(start, end - 1, limits))
        points.extend(_read(part, limits, direction))
    result = None if target is None else assurance(segments[-1].limits, target, direction)
    return ControlChart(tuple(segments), tuple(points), direction, result)


def _read(values: Sequence[float], limits: ProcessLimits, direction: Direction) -> list[Point]:
    sides = [(value > limits.mean) - (value < limits.mean) for value in values]
    outside = [(value > limits.upper) - (value < limits.lower) for value in values]
    two_sigma = 2 * limits.sigma
    near = [
        int(not beyond and abs(value - limits.mean) > two_sigma)
        for value, beyond in zip(values, outside, strict=True)
    ]
    trend = _spread_back(seven_point_trend(values))
    one_side = _spread_back(seven_on_one_side(sides))
    close = two_of_three(near, sides)
    kinds = {side: _variation(side, direction) for side in (-1, 0, 1)}
    points = []
    for place, value in enumerate(values):
        # In order of precedence: the side of the first rule broken is that of the point.
        marks = (outside[place], trend[place], close[place] * sides[place], one_side[place])
        side = next((mark for mark in marks if mark), 0)
        signals = SIGNALS_OF_MARKS[tuple(map(bool, marks))]
        points.append(Point(value, limits, signals, side, kinds[side]))
    return points


def _variation(side: int, direction: Direction) -> Variation:
    if side == 0:
        return Variation.COMMON_CAUSE
    if direction is Direction.NEUTRAL:
        return Variation.CHANGE
    is_better = (side > 0) == (direction is Direction.INCREASE)
    return Variation.IMPROVEMENT if is_better else Variation.CONCERN


def _ends_of_runs(marks: Sequence[int], length: int) -> list[int]:
    """Return the mark where it is the same for at least `length` places up to there, else 0."""
    run, ends = 0, []
    for place, mark in enumerate(marks):
        run = run + 1 if place and mark == marks[place - 1] else 1
        ends.append(mark if run >= length else 0)
    return ends


def _spread_back(ends: Sequence[int]) -> list[int]:
    """Return marks on all seven points of a run, from marks on its seventh and later ones."""
    marks = list(ends)
    for place, mark in enumerate(ends):
        if mark:
            for member in range(place - RUN_LENGTH + 1, place):
                marks[member] = marks[member] or mark
    return marks
