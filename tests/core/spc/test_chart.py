"""Charts: segments, baselines, rebasing, and assurance against a target."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.spc.published import ASSURANCE

from folkmoot.core.spc import (
    Assurance,
    Direction,
    ProcessLimits,
    Rebase,
    Signal,
    assurance,
    control_chart,
    process_limits,
)


def test_every_published_case_of_assurance_holds() -> None:
    for lower, upper, target, increase, decrease in ASSURANCE:
        limits = ProcessLimits((lower + upper) / 2, lower, upper)
        assert assurance(limits, target, Direction.INCREASE) is Assurance(increase)
        assert assurance(limits, target, Direction.DECREASE) is Assurance(decrease)
        assert assurance(limits, target, Direction.NEUTRAL) is None


@pytest.mark.parametrize("baseline", [-3, 0, 1])
def test_a_baseline_of_fewer_than_two_points_is_refused(baseline: int) -> None:
    with pytest.raises(ValueError, match="baseline needs at least two"):
        control_chart([1, 2, 3, 4], Direction.DECREASE, baseline=baseline)


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


def test_assurance_is_that_of_the_last_segment() -> None:
    values = [1, 2, 1, 2, 51, 52, 51, 52]
    rebased = control_chart(values, Direction.INCREASE, rebase=[4], target=30)
    assert rebased.assurance is Assurance.CONSISTENT_PASS
    assert rebased.target == 30
    whole = control_chart(values, Direction.INCREASE, target=30)
    assert whole.assurance is Assurance.INCONSISTENT


def test_a_segment_says_why_it_begins() -> None:
    why = Rebase(4, "The new reporting line opened", date(2024, 5, 1))
    chart = control_chart([1, 2, 1, 2, 51, 52, 51, 52], Direction.DECREASE, rebase=[why])
    assert [segment.rebase for segment in chart.segments] == [None, why]


def test_one_point_after_a_break_compares_with_nothing_before_it() -> None:
    chart = control_chart(
        [10, 12, 11, 90], Direction.DECREASE, rebase=[Rebase(3, "New recording system")]
    )
    assert chart.limits == ProcessLimits(90, 90, 90)
    assert not any(point.side for point in chart.points)


def test_a_decision_cannot_leave_one_point_alone() -> None:
    by_hand = Rebase(3, "It looks different", date(2024, 5, 1))
    with pytest.raises(ValueError, match="at least two values"):
        control_chart([10, 12, 11, 90], Direction.DECREASE, rebase=[by_hand])
