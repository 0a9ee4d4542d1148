"""Series with a yearly pattern, read beside the same months of other years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.spc import (
    ChartKind,
    Direction,
    Signal,
    control_chart,
    seasonal_chart,
    seasonal_relatives,
)

SEASONS = [month % 12 + 1 for month in range(48)]
SHAPE = [60, 70, 90, 110, 130, 150, 150, 130, 110, 90, 60, 50]


def yearly(noise: int = 2) -> list[float]:
    """Return four years that repeat a summer peak, and vary a little about it."""
    return [
        SHAPE[place % 12] + (noise if (place + place // 12) % 2 else -noise) for place in range(48)
    ]


def test_relatives_of_a_case_small_enough_to_do_by_hand() -> None:
    # Two seasons of three years: means 10 and 30, the mean of both 20.
    assert seasonal_relatives([9, 30, 10, 31, 11, 29], [1, 2] * 3) == {1: 0.5, 2: 1.5}


def test_a_yearly_pattern_alone_is_no_change() -> None:
    values = yearly()
    assert any(point.side for point in control_chart(values, Direction.DECREASE).points)
    chart = seasonal_chart(values, SEASONS, Direction.DECREASE)
    assert chart.kind is ChartKind.SEASONAL
    assert not any(point.side for point in chart.points)


def test_a_figure_is_unusual_for_its_month_that_would_be_usual_for_another() -> None:
    values = yearly()
    values[-1] = 120.0
    plain = control_chart(values, Direction.DECREASE).points[-1]
    assert Signal.OUTSIDE_LIMITS not in plain.signals
    seasonal = seasonal_chart(values, SEASONS, Direction.DECREASE).points[-1]
    assert Signal.OUTSIDE_LIMITS in seasonal.signals
    assert seasonal.limits.lower < seasonal.limits.upper < 120


def test_the_average_of_each_month_is_that_of_its_own_years() -> None:
    values = yearly()
    chart = seasonal_chart(values, SEASONS, Direction.DECREASE)
    for month in range(12):
        assert chart.points[month].limits.mean == pytest.approx(sum(values[month::12]) / 4)


@given(st.lists(st.integers(50, 150), min_size=36, max_size=60))
def test_where_all_seasons_are_alike_it_is_the_plain_chart(values: list[int]) -> None:
    seasonal = seasonal_chart(values, [1] * len(values), Direction.INCREASE)
    plain = control_chart(values, Direction.INCREASE)
    assert [point.signals for point in seasonal.points] == [point.signals for point in plain.points]
    assert seasonal.limits.upper == pytest.approx(plain.limits.upper)


@pytest.mark.parametrize(
    ("values", "seasons", "sentence"),
    [
        ([1, 2, 3], [1, 2, 3], "three years or more"),
        ([], [], "three years or more"),
        ([0, 0, 0, 5, 5, 5], [1, 1, 1, 2, 2, 2], "a mean above zero"),
    ],
)
def test_too_few_years_and_empty_seasons_are_refused(
    values: list[float], seasons: list[int], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        seasonal_chart(values, seasons, Direction.DECREASE)
