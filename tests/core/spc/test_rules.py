"""The four rules against published cases, a slow reading by hand, and what must always hold."""

from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.core.spc.published import LIMITS, MARKED_IN_NHSPY, ONE_SIDE, TREND, TWO_OF_THREE

from folkmoot.core.spc import (
    Direction,
    ProcessLimits,
    Signal,
    Variation,
    control_chart,
    seven_on_one_side,
    seven_point_trend,
    two_of_three,
)

series = st.lists(st.integers(min_value=0, max_value=5000), min_size=2, max_size=60)
# Few different values give runs, trends and ties, which plain noise seldom does.
streaky = st.lists(st.integers(min_value=0, max_value=9), min_size=2, max_size=40)
directions = st.sampled_from(Direction)


def test_every_published_case_of_the_rules_holds() -> None:
    for sides, marks in ONE_SIDE:
        signed = [mark * side for mark, side in zip(marks, sides, strict=True)]
        assert seven_on_one_side(sides) == signed
    for values, marks in TREND:
        assert seven_point_trend(values) == list(marks)
    for near, sides, marks in TWO_OF_THREE:
        assert two_of_three(near, sides) == list(marks)


def test_every_published_special_cause_is_found() -> None:
    case = next(case for case in LIMITS if case.name == "nhspy demo")
    chart = control_chart(case.values, Direction.INCREASE, screen_outliers=case.screened)
    marked = [place for place, point in enumerate(chart.points) if point.side]
    assert marked == list(MARKED_IN_NHSPY)
    assert chart.points[MARKED_IN_NHSPY[0]].signals == Signal.OUTSIDE_LIMITS
    # None but that one is further than two standard deviations from the mean.
    far = [abs(point.value - point.limits.mean) > 2 * point.limits.sigma for point in chart.points]
    assert [place for place, is_far in enumerate(far) if is_far] == marked


def test_precedence_is_that_published() -> None:
    # Making Data Count: beyond a limit, trend, two of three, one side, and then common cause.
    assert list(Signal) == [
        Signal.OUTSIDE_LIMITS,
        Signal.TREND,
        Signal.TWO_OF_THREE,
        Signal.ONE_SIDE,
    ]


def test_a_point_below_the_mean_in_a_rising_run_counts_as_high() -> None:
    # A trend goes before the side of the mean: these rise, though the first lie far below.
    chart = control_chart([10, 20, 10, 20, 1, 2, 3, 4, 5, 6, 7], Direction.INCREASE)
    last = chart.points[-1]
    assert last.value < last.limits.mean
    assert last.signals == Signal.TREND | Signal.ONE_SIDE
    assert (last.side, last.variation) == (1, Variation.IMPROVEMENT)


def test_seven_of_a_run_are_all_marked() -> None:
    values = [3, 1, 2, 4, 1, 3, 2, 5, 6, 5, 6, 5, 6, 5]
    chart = control_chart(values, Direction.DECREASE)
    one_side = [Signal.ONE_SIDE in point.signals for point in chart.points]
    assert one_side[-7:] == [True] * 7
    assert {point.variation for point in chart.points[-7:]} == {Variation.CONCERN}


def test_six_on_one_side_are_not_a_signal() -> None:
    chart = control_chart([9, 1, 9, 1, 6, 7, 6, 7, 6, 7, 1, 9, 1], Direction.DECREASE)
    assert not any(Signal.ONE_SIDE in point.signals for point in chart.points)


def test_a_point_on_the_mean_breaks_a_run() -> None:
    assert seven_on_one_side([1, 1, 1, 0, 1, 1, 1, 1]) == [0] * 8
    assert seven_on_one_side([0] * 9) == [0] * 9


@given(st.floats(min_value=0, max_value=1e9), st.integers(min_value=2, max_value=80))
def test_equal_values_are_never_a_signal(value: float, number: int) -> None:
    chart = control_chart([value] * number, Direction.DECREASE)
    assert chart.limits == ProcessLimits(value, value, value)
    assert not any(point.side for point in chart.points)


# Scaling by a power of two is exact, so that no tie is broken by rounding.
@given(streaky, st.integers(min_value=-8, max_value=8), directions)
def test_signals_do_not_depend_on_the_unit(
    values: list[int], power: int, direction: Direction
) -> None:
    before = control_chart(values, direction)
    after = control_chart([value * 2.0**power for value in values], direction)
    assert [(each.signals, each.side, each.variation) for each in after.points] == [
        (each.signals, each.side, each.variation) for each in before.points
    ]


@given(streaky)
def test_turning_the_values_over_turns_every_side_over(values: list[int]) -> None:
    before = control_chart(values, Direction.INCREASE)
    after = control_chart([-value for value in values], Direction.INCREASE)
    assert [each.side for each in after.points] == [-each.side for each in before.points]
    assert [each.signals for each in after.points] == [each.signals for each in before.points]


@given(streaky)
def test_what_is_better_one_way_is_worse_the_other(values: list[int]) -> None:
    up = control_chart(values, Direction.INCREASE).points
    down = control_chart(values, Direction.DECREASE).points
    swapped = {
        Variation.IMPROVEMENT: Variation.CONCERN,
        Variation.CONCERN: Variation.IMPROVEMENT,
        Variation.COMMON_CAUSE: Variation.COMMON_CAUSE,
    }
    assert [swapped[each.variation] for each in up] == [each.variation for each in down]


def marked_by_chance(number: int, length: int, window: int = 1) -> tuple[float, float]:
    """Return the shares of last points and of all points marked in series without any change.

    Each point is the mean of the last `window` draws from one normal distribution.
    """
    rng = random.Random(1924)
    last = marked = 0
    for _ in range(number):
        draws = [rng.gauss(0, 1) for _ in range(length + window - 1)]
        values = [sum(draws[place : place + window]) / window for place in range(length)]
        points = control_chart(values, Direction.NEUTRAL).points
        last += points[-1].side != 0
        marked += sum(point.side != 0 for point in points)
    return last / number, marked / (number * length)


def test_chance_is_as_seldom_taken_for_change_as_the_method_page_says() -> None:
    last, overall = marked_by_chance(1000, 60)
    assert 0.005 < last < 0.03
    assert 0.04 < overall < 0.065


def test_rolling_figures_would_be_marked_by_chance_far_too_often() -> None:
    last, _ = marked_by_chance(500, 37, window=4)
    assert last > 0.2


def slowly_read(values: list[int], limits: ProcessLimits) -> list[tuple[set[str], int]]:
    """Return rules broken and side of each point, looking at every window that could hold it."""
    number = len(values)
    sigma = (limits.upper - limits.mean) / 3

    def side(value: float) -> int:
        return 1 if value > limits.mean else -1 if value < limits.mean else 0

    read = []
    for place, value in enumerate(values):
        broken: list[tuple[str, int]] = []
        if value > limits.upper:
            broken.append(("outside", 1))
        if value < limits.lower:
            broken.append(("outside", -1))
        sevens = [
            values[first : first + 7]
            for first in range(place - 6, place + 1)
            if first >= 0 and first + 7 <= number
        ]
        if any(seven == sorted(set(seven)) for seven in sevens):
            broken.append(("trend", 1))
        elif any(seven == sorted(set(seven), reverse=True) for seven in sevens):
            broken.append(("trend", -1))
        for first in range(place - 2, place + 1):
            three = values[first : first + 3] if first >= 0 else []
            near = [
                each
                for each in three
                if limits.lower <= each <= limits.upper and abs(each - limits.mean) > 2 * sigma
            ]
            if len(three) == 3 and len(near) >= 2 and len({side(each) for each in three}) == 1:
                broken.append(("two of three", side(value)))
                break
        if any({side(each) for each in seven} in ({1}, {-1}) for seven in sevens):
            broken.append(("one side", side(value)))
        read.append(({name for name, _ in broken}, broken[0][1] if broken else 0))
    return read


RULES = {
    Signal.OUTSIDE_LIMITS: "outside",
    Signal.TREND: "trend",
    Signal.TWO_OF_THREE: "two of three",
    Signal.ONE_SIDE: "one side",
}


@given(st.one_of(streaky, series))
def test_rules_agree_with_a_slow_reading_of_every_window(values: list[int]) -> None:
    # Equal seventh points, where a rise turns at once into a fall, belong to both runs.
    assume(not turns_at_once(values))
    chart = control_chart(values, Direction.DECREASE)
    found = [
        ({name for rule, name in RULES.items() if rule in point.signals}, point.side)
        for point in chart.points
    ]
    assert found == slowly_read(values, chart.limits)


def turns_at_once(values: list[int]) -> bool:
    """Return whether seven rise to a point from which seven fall, or the other way round."""
    ends = seven_point_trend(values)
    return any(
        ends[place] and place + 6 < len(ends) and ends[place + 6] == -ends[place]
        for place in range(len(ends))
    )
