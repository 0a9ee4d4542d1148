"""Rare events by the gaps between them, against published figures and by hand."""

from __future__ import annotations

from datetime import date
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.periods import Month, month_range
from folkmoot.core.spc import (
    ChartKind,
    Direction,
    Signal,
    Variation,
    days_between,
    g_chart,
    is_rare,
    process_limits,
    spread_over_months,
    t_chart,
)
from folkmoot.core.spc.rare import EXPONENT

# Montgomery, Introduction to Statistical Quality Control, 6th edition, 2009, example 7.6: hours
# between failures of a valve, and the same on the scale of the power 0.2777.
HOURS = (286, 948, 536, 124, 816, 729, 4, 143, 431, 8)
HOURS += (2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96)
SCALED = (4.80986, 6.70903, 5.72650, 3.81367, 6.43541, 6.23705, 1.46958, 3.96768, 5.39007, 1.78151)
SCALED += (9.09619, 5.89774, 3.38833, 4.51095, 5.91690, 5.59189, 7.16124, 7.18601, 9.09083, 3.55203)


def test_the_scale_of_gaps_is_that_which_montgomery_prints() -> None:
    assert [hour**EXPONENT for hour in HOURS] == pytest.approx(list(SCALED), rel=1e-3)


def test_the_valve_fails_as_often_as_it_did() -> None:
    # Montgomery's own conclusion from the chart: a state of control.
    chart = t_chart(HOURS, Direction.DECREASE)
    assert chart.kind is ChartKind.DAYS_BETWEEN
    assert not any(point.side for point in chart.points)
    limits = process_limits(SCALED)
    assert chart.limits.mean == pytest.approx(limits.mean**3.6, rel=5e-3)
    assert chart.limits.upper == pytest.approx(limits.upper**3.6, rel=5e-3)
    # On his scale the lower limit is below zero, so there is none in hours.
    assert limits.lower < 0
    assert chart.limits.lower == 0


def test_a_long_gap_is_better_where_fewer_events_are() -> None:
    gaps = [30, 20, 25, 30, 22, 28, 30, 24, 26, 27, 25, 29, 400]
    (fewer, more, neutral) = (
        t_chart(gaps, direction).points[-1]
        for direction in (Direction.DECREASE, Direction.INCREASE, Direction.NEUTRAL)
    )
    assert fewer.side == more.side == 1
    assert Signal.OUTSIDE_LIMITS in fewer.signals
    assert (fewer.variation, more.variation) == (Variation.IMPROVEMENT, Variation.CONCERN)
    assert neutral.variation is Variation.CHANGE


def test_events_that_come_thick_are_a_concern() -> None:
    gaps = [300, 280, 310, 290, 320, 280, 305, 295, 300, 1, 1]
    last = t_chart(gaps, Direction.DECREASE).points[-1]
    assert (last.side, last.variation) == (-1, Variation.CONCERN)


def test_limits_of_cases_between_are_those_of_the_geometric_distribution() -> None:
    # Benneyan 2001: mean 4, so 4 + 3 √(4 × 5) = 17.416; the median of these is 3.
    chart = g_chart([1, 2, 3, 4, 10], Direction.DECREASE)
    assert chart.kind is ChartKind.CASES_BETWEEN
    assert (chart.limits.lower, chart.limits.mean) == (0, 3)
    assert chart.limits.upper == pytest.approx(4 + 3 * sqrt(20))


def test_cases_between_are_read_without_a_zone_near_the_limits() -> None:
    chart = g_chart([3, 2, 4, 3, 2, 60, 3, 2, 55, 56], Direction.DECREASE)
    assert not any(Signal.TWO_OF_THREE in point.signals for point in chart.points)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=40))
def test_no_gap_lies_below_the_lower_limit_of_cases(gaps: list[int]) -> None:
    for point in g_chart(gaps, Direction.DECREASE).points:
        assert not (Signal.OUTSIDE_LIMITS in point.signals and point.side < 0)


@pytest.mark.parametrize("gaps", [[], [3]])
def test_fewer_than_three_events_make_no_chart(gaps: list[int]) -> None:
    for chart in (t_chart, g_chart):
        with pytest.raises(ValueError, match="at least three events"):
            chart(gaps, Direction.DECREASE)


@pytest.mark.parametrize("gap", [-1, float("nan"), float("inf")])
def test_events_out_of_order_are_refused(gap: float) -> None:
    with pytest.raises(ValueError, match="put the events in order"):
        t_chart([3, gap], Direction.DECREASE)


def test_days_between_events_come_from_their_days_in_any_order() -> None:
    days = [date(2024, 3, 1), date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]
    assert days_between(days) == (31, 29, 0)


def test_events_of_a_month_are_spread_evenly_over_it() -> None:
    months = month_range(Month(2024, 1), Month(2024, 3))
    assert spread_over_months(months, [1, 0, 2]) == (
        date(2024, 1, 16),
        date(2024, 3, 8),
        date(2024, 3, 24),
    )


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_every_event_stays_in_its_month(counts: list[int]) -> None:
    months = month_range(Month(2020, 1), Month(2020, 1).shift(len(counts) - 1))
    days = spread_over_months(months, counts)
    assert [sum(Month.from_date(day) == month for day in days) for month in months] == counts
    assert list(days) == sorted(days)


def test_counts_are_rare_with_more_than_a_quarter_of_empty_months() -> None:
    assert not is_rare([0, 1, 2, 3])
    assert is_rare([0, 0, 2, 3])
