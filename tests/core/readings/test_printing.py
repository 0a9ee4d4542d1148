"""Figures, limits and points as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.readings import (
    format_figure,
    limits_of_counts,
    limits_of_figures,
    mean_of_counts,
    point_words,
    usual_range,
)
from folkmoot.core.spc import Direction, ProcessLimits, Signal, control_chart

# So wide that one far point leaves the average between them.
WIDE = [100, 300] * 10


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [(1971, 0, "1,971"), (1971.46, 1, "1,971.5"), (-3.2, 1, "\N{MINUS SIGN}3.2"), (-0.2, 0, "0")],
)
def test_a_figure_has_as_many_decimals_as_its_series(
    value: float, digits: int, printed: str
) -> None:
    assert format_figure(value, digits) == printed


def test_limits_are_rounded_inwards_to_the_decimals_of_their_series() -> None:
    limits = ProcessLimits(2.0, 1.234, 2.987)
    assert limits_of_figures(limits, 1) == ("1.3", "2.9")
    assert limits_of_figures(limits, 2) == ("1.24", "2.98")
    # 0.07 × 100 is a little more than 7 in floating point, and still a limit of 0.07.
    assert limits_of_figures(ProcessLimits(0.1, 0.07, 0.29), 2) == ("0.07", "0.29")


def test_limits_are_cut_at_zero_unless_figures_may_be_below_it() -> None:
    limits = ProcessLimits(1, -3.2, 5.2)
    assert limits_of_figures(limits) == ("0", "5")
    assert limits_of_figures(limits, is_signed=True) == ("\N{MINUS SIGN}3", "5")


def test_the_usual_range_of_a_count_does_not_go_below_zero() -> None:
    chart = control_chart([0, 9] * 8, Direction.DECREASE)
    assert chart.limits.lower < 0
    assert usual_range(chart) == "0 to 28"


@given(st.lists(st.integers(0, 60), min_size=2, max_size=40))
def test_a_count_beyond_a_limit_lies_outside_the_printed_range(values: list[int]) -> None:
    chart = control_chart(values, Direction.DECREASE)
    lower, upper = (float(bound) for bound in limits_of_counts(chart.limits))
    assert lower <= upper
    for point in chart.points:
        outside = Signal.OUTSIDE_LIMITS in point.signals
        assert outside == (not lower <= point.value <= upper)


def test_limits_between_two_counts_keep_a_decimal() -> None:
    assert limits_of_counts(ProcessLimits(7.5, 7.4, 7.6)) == ("7.4", "7.6")
    assert limits_of_counts(ProcessLimits(2114.9, 1585.6, 2644.2)) == ("1,586", "2,644")
    assert limits_of_counts(ProcessLimits(1, -0.9, 1.9)) == ("0", "1")
    assert mean_of_counts(ProcessLimits(0.18, -0.9, 1.2)) == "0.2"
    assert mean_of_counts(ProcessLimits(2114.9, 1585.6, 2644.2)) == "2,115"


def test_words_of_a_point_name_every_rule_that_it_breaks() -> None:
    chart = control_chart([*WIDE, 1100], Direction.DECREASE)
    assert point_words(chart.points[0]) == "Within the usual range"
    assert point_words(chart.points[-1]) == "Concern: above the upper limit"
    values = [*[10, 20] * 4, 1, 2, 3, 4, 5, 6, 7]
    words = point_words(control_chart(values, Direction.NEUTRAL).points[-1])
    assert words == (
        "Change: one of seven or more in a row that rise or fall, "
        "one of seven or more on one side of the average"
    )
