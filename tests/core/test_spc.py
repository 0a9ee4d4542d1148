"""Control charts against published examples, a slow reading by hand, and what must always hold."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from folkmoot.core.spc import (
    Assurance,
    Direction,
    ProcessLimits,
    Signal,
    Variation,
    assurance,
    control_chart,
    process_limits,
    seven_on_one_side,
    seven_point_trend,
    two_of_three,
)

# Wheeler, Making Sense of Data, 2003, page 382: figures to check software with.
WHEELER = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285]
WHEELER += [3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
# NHSRplotthedots, "Deviations from Excel defaults", 2021.
DEVIATIONS = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]

counts = st.integers(min_value=0, max_value=5000)
series = st.lists(counts, min_size=2, max_size=60)
# Few different values give runs, trends and ties, which plain noise seldom does.
streaky = st.lists(st.integers(min_value=0, max_value=9), min_size=2, max_size=40)
directions = st.sampled_from(Direction)


def test_limits_are_those_that_wheeler_prints() -> None:
    limits = process_limits(WHEELER)
    assert limits.mean == pytest.approx(4135.5)
    assert limits.lower == pytest.approx(3188.72, abs=0.005)
    assert limits.upper == pytest.approx(5082.28, abs=0.005)


@pytest.mark.parametrize(
    ("screen", "lower", "upper"), [(True, -0.72, 4.60), (False, -3.06, 6.95)], ids=["R", "workbook"]
)
def test_limits_screen_outlying_ranges_only_when_asked(
    screen: bool, lower: float, upper: float
) -> None:
    limits = process_limits(DEVIATIONS, screen_outliers=screen)
    assert limits.mean == pytest.approx(1.94, abs=0.006)
    assert limits.lower == pytest.approx(lower, abs=0.006)
    assert limits.upper == pytest.approx(upper, abs=0.006)


def test_limits_of_a_case_small_enough_to_do_by_hand() -> None:
    # Mean 4; moving ranges 2 and 4, mean 3; reach 2.66 x 3 = 7.98.
    limits = process_limits([4, 6, 2])
    assert (limits.lower, limits.mean, limits.upper) == pytest.approx((-3.98, 4, 11.98))
    assert limits.sigma == pytest.approx(2.66)


@pytest.mark.parametrize("values", [[], [3]])
def test_limits_need_two_values(values: list[float]) -> None:
    with pytest.raises(ValueError, match="at least two values"):
        process_limits(values)


@pytest.mark.parametrize("gap", [float("nan"), float("inf")])
def test_limits_take_no_gap_for_a_number(gap: float) -> None:
    with pytest.raises(ValueError, match="a number for every period"):
        process_limits([3, gap, 4])


@pytest.mark.parametrize("baseline", [-3, 0, 1])
def test_a_baseline_of_fewer_than_two_points_is_refused(baseline: int) -> None:
    with pytest.raises(ValueError, match="baseline needs at least two"):
        control_chart([1, 2, 3, 4], Direction.DECREASE, baseline=baseline)


@pytest.fixture(scope="session")
def published(shared_data: Path) -> dict[str, Any]:
    """The worked examples gathered from the published tools."""
    path = shared_data / "spc" / "worked-examples.json"
    examples: dict[str, Any] = json.loads(path.read_text())
    return examples


def test_every_published_case_of_limits_holds(published: dict[str, Any]) -> None:
    assert len(published["limits"]) >= 5
    for case in published["limits"]:
        limits = process_limits(case["y"], screen_outliers=case["screen_outliers"])
        expected = (case["lpl"], case["mean"], case["upl"])
        found = (limits.lower, limits.mean, limits.upper)
        assert found == pytest.approx(expected, abs=case["tol"]), case["id"]
        if "mr_mean" in case:
            steps = zip(case["y"], case["y"][1:], strict=False)
            mean_range = sum(abs(after - before) for before, after in steps) / (len(case["y"]) - 1)
            assert mean_range == pytest.approx(case["mr_mean"], abs=case["tol"])


def test_every_published_special_cause_is_found(published: dict[str, Any]) -> None:
    cases = [case for case in published["limits"] if "special_cause_index" in case]
    assert cases
    for case in cases:
        chart = control_chart(
            case["y"], Direction.INCREASE, screen_outliers=case["screen_outliers"]
        )
        marked = [place for place, point in enumerate(chart.points) if point.side]
        outside = [
            place
            for place, point in enumerate(chart.points)
            if Signal.OUTSIDE_LIMITS in point.signals
        ]
        close = [
            place
            for place, point in enumerate(chart.points)
            if place not in outside
            and abs(point.value - point.limits.mean) > 2 * point.limits.sigma
        ]
        assert marked == case["special_cause_index"], case["id"]
        assert outside == case["outside_limits_index"], case["id"]
        assert close == case["close_to_limits_index"], case["id"]


def test_every_published_case_of_the_rules_holds(published: dict[str, Any]) -> None:
    rules = published["rules"]
    for sides, marks in rules["seven_point_one_side_mean"]["cases"]:
        assert seven_on_one_side(sides) == [
            mark * side for mark, side in zip(marks, sides, strict=True)
        ]
    for values, marks in rules["seven_point_trend"]["cases"]:
        assert seven_point_trend(values) == marks
    for near, sides, marks in rules["two_in_three"]["cases"]:
        assert two_of_three(near, sides) == marks
    assert [len(rule["cases"]) for rule in rules.values()] == [5, 7, 9]


def test_every_published_case_of_assurance_holds(published: dict[str, Any]) -> None:
    for case in published["assurance"]["cases"]:
        limits = ProcessLimits((case["lpl"] + case["upl"]) / 2, case["lpl"], case["upl"])
        for direction in Direction:
            expected = case[direction.value]
            found = assurance(limits, case["target"], direction)
            assert (found.value if found else None) == expected


def test_precedence_is_that_published(published: dict[str, Any]) -> None:
    names = [name.split(" (")[0] for name in published["precedence"]]
    assert names == [
        "outside_limits",
        "7 Point Trend",
        "2 in 3 Above/Below CL",
        "7 Points Above/Below CL",
        "Common Cause",
    ]
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


def test_a_point_on_a_limit_lies_within() -> None:
    limits = ProcessLimits(5, 2, 8)
    assert assurance(limits, 8, Direction.INCREASE) is Assurance.INCONSISTENT
    assert assurance(limits, 2, Direction.DECREASE) is Assurance.INCONSISTENT


def test_a_target_below_the_limits_is_always_met_where_more_is_better() -> None:
    chart = control_chart([10, 11, 10, 11], Direction.INCREASE, target=3)
    assert chart.assurance is Assurance.CONSISTENT_PASS
    chart = control_chart([10, 11, 10, 11], Direction.DECREASE, target=3)
    assert chart.assurance is Assurance.CONSISTENT_FAIL
    assert control_chart([10, 11], Direction.NEUTRAL, target=3).assurance is None
    assert control_chart([10, 11], Direction.INCREASE).assurance is None


def test_each_segment_has_its_own_limits_and_runs_do_not_cross() -> None:
    values = [1, 2, 1, 2, 51, 52, 51, 52]
    chart = control_chart(values, Direction.DECREASE, rebase=[4])
    assert [(each.first, each.last) for each in chart.segments] == [(0, 3), (4, 7)]
    assert [each.limits.mean for each in chart.segments] == [1.5, 51.5]
    assert chart.limits == chart.segments[-1].limits
    assert not any(point.side for point in chart.points)


def test_a_trend_does_not_run_across_a_rebase() -> None:
    rising = list(range(1, 9))
    assert any(point.signals for point in control_chart(rising, Direction.DECREASE).points)
    halves = control_chart(rising, Direction.DECREASE, rebase=[4]).points
    assert not any(Signal.TREND in point.signals for point in halves)


def test_a_baseline_gives_limits_that_later_points_are_read_by() -> None:
    chart = control_chart([4, 6, 2, 50], Direction.DECREASE, baseline=3)
    assert chart.limits == process_limits([4, 6, 2])
    assert Signal.OUTSIDE_LIMITS in chart.points[-1].signals


@pytest.mark.parametrize("start", [-1, 4, 9])
def test_a_rebase_outside_the_series_is_refused(start: int) -> None:
    with pytest.raises(ValueError, match="outside the series"):
        control_chart([1, 2, 3, 4], Direction.DECREASE, rebase=[start])


def test_a_segment_of_one_point_is_refused() -> None:
    with pytest.raises(ValueError, match="at least two values"):
        control_chart([1, 2, 3, 4], Direction.DECREASE, rebase=[3])


@given(st.floats(min_value=0, max_value=1e9), st.integers(min_value=2, max_value=80))
def test_equal_values_are_never_a_signal(value: float, number: int) -> None:
    chart = control_chart([value] * number, Direction.DECREASE)
    assert chart.limits == ProcessLimits(value, value, value)
    assert not any(point.side for point in chart.points)


@given(series, st.integers(min_value=-1000, max_value=1000), st.booleans())
def test_limits_move_with_the_values(values: list[int], shift: int, screen: bool) -> None:
    before = process_limits(values, screen_outliers=screen)
    after = process_limits([value + shift for value in values], screen_outliers=screen)
    assert after.mean == pytest.approx(before.mean + shift, abs=1e-6)
    assert after.lower == pytest.approx(before.lower + shift, abs=1e-6)
    assert after.upper == pytest.approx(before.upper + shift, abs=1e-6)


@given(series, st.floats(min_value=0.01, max_value=100))
def test_limits_grow_with_the_values(values: list[int], factor: float) -> None:
    before = process_limits(values)
    after = process_limits([value * factor for value in values])
    assert after.mean == pytest.approx(before.mean * factor, abs=1e-6)
    assert after.lower == pytest.approx(before.lower * factor, abs=1e-6)
    assert after.upper == pytest.approx(before.upper * factor, abs=1e-6)


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


@given(streaky, st.booleans())
def test_screening_never_widens_limits(values: list[int], screen: bool) -> None:
    plain, screened = process_limits(values), process_limits(values, screen_outliers=True)
    assert screened.mean == plain.mean
    assert screened.upper <= plain.upper + 1e-9


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
