"""u′ charts: equal to what they must reduce to, by hand, and what is refused."""

from __future__ import annotations

import random
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.spc import Assurance, ChartKind, Direction, control_chart, rate_chart

counts = st.lists(st.integers(0, 5000), min_size=2, max_size=40)


@given(counts.filter(any), st.integers(1000, 10**7), st.booleans())
def test_where_all_populations_are_equal_it_is_the_xmr_chart_of_the_rates(
    values: list[int], population: int, screen: bool
) -> None:
    # Laney 2002: with equal populations σ of each point is one, and u′ an individuals chart.
    rates = rate_chart(
        values, [population] * len(values), Direction.DECREASE, screen_outliers=screen
    )
    plain = control_chart(
        [value / population * 1000 for value in values], Direction.DECREASE, screen_outliers=screen
    )
    for found, expected in zip(rates.points, plain.points, strict=True):
        assert found.limits.mean == pytest.approx(expected.limits.mean)
        assert found.limits.upper == pytest.approx(expected.limits.upper, abs=1e-9)
        assert found.limits.lower == pytest.approx(expected.limits.lower, abs=1e-9)


def test_limits_of_a_case_small_enough_to_do_by_hand() -> None:
    # 4 of 100 and 2 of 400: mean 6 / 500 = 0.012. Standard errors √(0.012 / 100) = 0.010954 and
    # √(0.012 / 400) = 0.005477, scores 2.5560 and −1.2780, moving range 3.8341, reach 10.1986.
    chart = rate_chart([4, 2], [100, 400], Direction.DECREASE)
    first, second = (point.limits for point in chart.points)
    assert [point.value for point in chart.points] == pytest.approx([40, 5])
    assert first.mean == pytest.approx(12)
    assert first.upper - 12 == pytest.approx(10.1986 * 10.954, rel=1e-4)
    assert second.upper - 12 == pytest.approx(10.1986 * 5.477, rel=1e-3)
    assert chart.limits == second
    assert chart.kind is ChartKind.RATES


def test_limits_are_narrower_where_more_people_are_counted() -> None:
    chart = rate_chart([50, 40, 900, 45], [10_000, 10_000, 200_000, 10_000], Direction.DECREASE)
    widths = [point.limits.upper - point.limits.lower for point in chart.points]
    assert widths[2] == pytest.approx(widths[0] / sqrt(20))


def test_thousands_that_vary_more_than_chance_alone_are_not_all_signals() -> None:
    # Counts of some 50,000 vary by 2% from month to month; Poisson would have them vary by 0.4%.
    rng = random.Random(2002)
    values = [round(50_000 * rng.gauss(1, 0.02)) for _ in range(48)]
    chart = rate_chart(values, [9_000_000] * 48, Direction.DECREASE)
    mean = sum(values) / 48
    beyond_poisson = sum(abs(value - mean) > 3 * sqrt(mean) for value in values)
    assert beyond_poisson > 10
    assert sum(point.side != 0 for point in chart.points) < 5


def test_a_growing_population_alone_is_no_change() -> None:
    populations = [100_000 + 1000 * month for month in range(36)]
    values = [round(each * 0.01) + (-1) ** month for month, each in enumerate(populations)]
    assert any(point.side for point in control_chart(values, Direction.DECREASE).points)
    assert not any(
        point.side for point in rate_chart(values, populations, Direction.DECREASE).points
    )


def test_rates_have_segments_baselines_and_targets_as_counts_have() -> None:
    values, populations = [10, 12, 10, 12, 50, 52, 50, 52], [1000] * 8
    chart = rate_chart(values, populations, Direction.DECREASE, rebase=[4], target=30)
    assert [segment.limits.mean for segment in chart.segments] == pytest.approx([11, 51])
    assert chart.assurance is Assurance.CONSISTENT_FAIL
    early = rate_chart(values, populations, Direction.DECREASE, baseline=4)
    assert early.limits.mean == pytest.approx(11)
    assert early.points[-1].side == 1


def test_a_series_without_an_event_has_no_signal() -> None:
    chart = rate_chart([0] * 12, [1000] * 12, Direction.DECREASE)
    assert (chart.limits.lower, chart.limits.upper) == (0, 0)
    assert not any(point.side for point in chart.points)


@pytest.mark.parametrize(
    ("values", "populations", "sentence"),
    [
        ([1, 2], [10], "a population for every count"),
        ([1, -2], [10, 10], "zero or more"),
        ([1, float("nan")], [10, 10], "zero or more"),
        ([1, 2], [10, 0], "above zero"),
        ([1], [10], "at least two points"),
    ],
)
def test_what_is_no_rate_is_refused(
    values: list[float], populations: list[float], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        rate_chart(values, populations, Direction.DECREASE)


def test_a_baseline_of_one_is_refused() -> None:
    with pytest.raises(ValueError, match="baseline needs at least two"):
        rate_chart([1, 2], [10, 10], Direction.DECREASE, baseline=1)
