"""Process limits against published examples, by hand, and what must always hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.spc.published import LIMITS, WHEELER_MEAN_MOVING_RANGE, LimitsCase

from folkmoot.core.spc import process_limits
from folkmoot.core.spc.limits import mean_moving_range

series = st.lists(st.integers(min_value=0, max_value=5000), min_size=2, max_size=60)
# Few different values give runs, trends and ties, which plain noise seldom does.
streaky = st.lists(st.integers(min_value=0, max_value=9), min_size=2, max_size=40)


@pytest.mark.parametrize("case", LIMITS, ids=lambda case: case.name)
def test_limits_are_those_that_are_published(case: LimitsCase) -> None:
    limits = process_limits(case.values, screen_outliers=case.screened)
    expected = (case.lower, case.mean, case.upper)
    assert (limits.lower, limits.mean, limits.upper) == pytest.approx(expected, abs=case.tolerance)


def test_the_mean_moving_range_is_that_which_wheeler_prints() -> None:
    values = LIMITS[-1].values
    assert mean_moving_range(values) == pytest.approx(WHEELER_MEAN_MOVING_RANGE, abs=0.005)
    # The last step, 1,737, lies above the limit of ranges: screening leaves it out.
    steps = [abs(after - before) for before, after in pairwise(values)]
    assert max(steps) == 1737
    screened = mean_moving_range(values, screen_outliers=True)
    assert screened == pytest.approx((sum(steps) - 1737) / 14)


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


@given(streaky, st.booleans())
def test_screening_never_widens_limits(values: list[int], screen: bool) -> None:
    plain, screened = process_limits(values), process_limits(values, screen_outliers=True)
    assert screened.mean == plain.mean
    assert screened.upper <= plain.upper + 1e-9
