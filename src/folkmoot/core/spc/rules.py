"""The four rules of Making Data Count, and what a point that breaks one of them is called."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from enum import Enum, Flag, auto
from functools import reduce
from operator import or_

from folkmoot.core.spc.limits import ProcessLimits

RUN_LENGTH = 7


class Direction(Enum):
    """The direction in which a change is an improvement."""

    DECREASE = "decrease"
    INCREASE = "increase"
    NEUTRAL = "neutral"


class Signal(Flag):
    """Which rules a point breaks, in order of precedence."""

    NONE = 0
    OUTSIDE_LIMITS = auto()
    TREND = auto()
    TWO_OF_THREE = auto()
    ONE_SIDE = auto()


# What every combination of marks comes to: which rules are broken, and the side of the first of
# them. At hand, as joining flags one by one takes most of the time of a chart.
BROKEN_BY_MARKS = {
    marks: (
        reduce(or_, itertools.compress(Signal, marks), Signal.NONE),
        next(filter(None, marks), 0),
    )
    for marks in itertools.product((-1, 0, 1), repeat=len(Signal))
}


class Variation(Enum):
    """What kind of variation a point shows; the value is the wording shown to the public."""

    COMMON_CAUSE = "Usual variation"
    IMPROVEMENT = "Improvement"
    CONCERN = "Concern"
    CHANGE = "Change, neither better nor worse by itself"


def variation(side: int, direction: Direction) -> Variation:
    """Return what a signal on a side means: 1 is high, -1 low, 0 none."""
    if side == 0:
        return Variation.COMMON_CAUSE
    if direction is Direction.NEUTRAL:
        return Variation.CHANGE
    is_better = (side > 0) == (direction is Direction.INCREASE)
    return Variation.IMPROVEMENT if is_better else Variation.CONCERN


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
    if sum(near) < 2:
        return marks
    for last in range(2, len(near)):
        # The rarer of the two first.
        if near[last - 2] + near[last - 1] + near[last] < 2:
            continue
        if abs(sides[last - 2] + sides[last - 1] + sides[last]) == 3:
            marks[last - 2 : last + 1] = (1, 1, 1)
    return marks


def broken_rules(
    values: Sequence[float],
    limits: ProcessLimits,
    *,
    trend_of: Sequence[float] | None = None,
    has_near: bool = True,
) -> list[tuple[Signal, int]]:
    """Return which rules each value breaks and on which side, in order of precedence.

    The side is 1 for a high signal, -1 for a low one, 0 for none: that of the first rule broken.
    `trend_of` are the values that a trend is looked for in, where they are not `values`. Without
    `has_near` the rule of two of three is left out: limits that lie unevenly about the centre
    have no zone near them.
    """
    mean, lower, upper = limits.mean, limits.lower, limits.upper
    sides = [(value > mean) - (value < mean) for value in values]
    outside = [(value > upper) - (value < lower) for value in values]
    trend = _spread_back(seven_point_trend(values if trend_of is None else trend_of))
    one_side = _spread_back(seven_on_one_side(sides))
    two_sigma = 2 * limits.sigma
    near = [
        1 if not beyond and abs(value - mean) > two_sigma and has_near else 0
        for value, beyond in zip(values, outside, strict=True)
    ]
    close = two_of_three(near, sides)
    sided = [mark * side for mark, side in zip(close, sides, strict=True)]
    return [BROKEN_BY_MARKS[marks] for marks in zip(outside, trend, sided, one_side, strict=True)]


def _ends_of_runs(marks: Sequence[int], length: int) -> list[int]:
    """Return the mark where it is the same for at least `length` places up to there, else 0."""
    run, before, ends = 0, None, []
    for mark in marks:
        run = run + 1 if mark == before else 1
        before = mark
        ends.append(mark if run >= length else 0)
    return ends


def _spread_back(ends: list[int]) -> list[int]:
    """Return marks on all seven points of a run, from marks on its seventh and later ones."""
    if not any(ends):
        return ends
    marks, before = list(ends), 0
    for place, mark in enumerate(ends):
        # Further on in a run, all before it are marked already.
        if mark and mark != before:
            for member in range(place - RUN_LENGTH + 1, place):
                marks[member] = marks[member] or mark
        before = mark
    return marks
