"""The line, the spread of areas around it, and who lies outside."""

from __future__ import annotations

from math import asin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.funnel import (
    INNER,
    OUTER,
    Position,
    poisson_limits,
    rate_funnel,
    share_funnel,
)

# Twelve areas of one size: the scores of the two that lie farthest out at each end are drawn in.
SIZES = [1000.0] * 12
SPREAD_OUT = [25, 36, 49, 64, 81, 100, 121, 144, 169, 196, 225, 256]


def test_areas_that_differ_by_chance_have_the_exact_limits() -> None:
    funnel = rate_funnel([98, 104, 101, 95, 107, 99], [1000.0] * 6)
    assert funnel.is_exact
    assert funnel.line == pytest.approx(604 / 6000)
    limits = funnel.limits(1000, OUTER)
    exact = poisson_limits(604 / 6, OUTER)
    assert (limits.lower, limits.upper) == pytest.approx((exact.lower / 1000, exact.upper / 1000))


def test_a_spread_is_what_chance_leaves_worked_by_hand() -> None:
    funnel = rate_funnel(SPREAD_OUT, SIZES)
    line = sum(SPREAD_OUT) / 12_000
    scores = [2 * (sqrt(count) - sqrt(line * 1000)) for count in SPREAD_OUT]
    # A tenth of twelve is one area at each end: it counts as the next.
    scores[0], scores[-1] = scores[1], scores[-2]
    dispersion = sum(score**2 for score in scores) / 12
    assert funnel.dispersion == pytest.approx(dispersion)
    # All weights are 4000, so the moment estimate is (12 d - 11) / (48000 - 4000).
    assert funnel.spread**2 == pytest.approx((12 * dispersion - 11) / 44_000)
    reach = 3.090232 * sqrt(1 / 4000 + funnel.spread**2)
    limits = funnel.limits(1000, OUTER)
    assert limits.upper == pytest.approx((sqrt(line) + reach) ** 2, rel=1e-6)
    assert limits.lower == pytest.approx(max(0.0, sqrt(line) - reach) ** 2, rel=1e-5)


def test_one_outlier_does_not_hide_itself_by_widening_the_limits() -> None:
    counts = [98, 104, 101, 95, 107, 99, 102, 97, 103, 100, 96, 400]
    funnel = rate_funnel(counts, SIZES, sets_line=[True] * 11 + [False])
    assert funnel.is_exact
    assert funnel.position(400, 1000) is Position.ABOVE
    # Even where it helps to set the line, it is the only one beyond.
    together = rate_funnel(counts, SIZES)
    outside = [count for count in counts if together.position(count, 1000).side]
    assert outside == [400]


def test_an_area_that_does_not_set_the_line_leaves_it_where_it_is() -> None:
    kept = rate_funnel([100, 110], [1000, 1000])
    beside = rate_funnel([100, 110, 9000], [1000, 1000, 1000], sets_line=[True, True, False])
    assert beside == kept


@pytest.mark.parametrize(
    ("count", "position"),
    [
        (66, Position.BELOW),
        (76, Position.LOWERED),
        (100, Position.WITHIN),
        (123, Position.RAISED),
        (140, Position.ABOVE),
    ],
)
def test_a_position_says_on_which_side_of_which_limits(count: int, position: Position) -> None:
    funnel = rate_funnel([100] * 8, [1000.0] * 8)
    assert funnel.position(count, 1000) is position
    assert position.side == {"A": 1, "B": -1}.get(position.value[0], 0)


def test_a_small_area_needs_a_greater_difference_than_a_large_one() -> None:
    funnel = rate_funnel([100, 1000], [1000, 10_000])
    assert funnel.position(15, 100) is Position.WITHIN
    assert funnel.position(1500, 10_000) is Position.ABOVE


def test_shares_keep_to_0_and_1_and_are_widened_on_their_own_scale() -> None:
    counts, bases = [10, 200, 390, 30, 370, 210], [400.0] * 6
    funnel = share_funnel(counts, bases)
    assert not funnel.is_exact
    assert funnel.line == pytest.approx(1210 / 2400)
    middle = asin(sqrt(1210 / 2400))
    score = 2 * sqrt(400) * (asin(sqrt(390 / 400)) - middle)
    assert funnel.dispersion > score**2 / 6
    limits = funnel.limits(400, OUTER)
    assert 0 <= limits.lower < funnel.line < limits.upper <= 1
    exact = share_funnel([200, 202], [400, 400])
    assert exact.is_exact
    assert exact.position(250, 400) is Position.ABOVE


def test_no_event_anywhere_puts_nobody_outside() -> None:
    funnel = rate_funnel([0, 0, 0], [1000, 2000, 3000])
    assert funnel.line == 0
    assert funnel.position(0, 1000) is Position.WITHIN


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(100, 400_000)), min_size=2, max_size=40),
    st.integers(100, 400_000),
)
def test_the_inner_limits_lie_within_the_outer_ones(
    areas: list[tuple[int, int]], size: int
) -> None:
    funnel = rate_funnel([count for count, _ in areas], [among for _, among in areas])
    outer, inner = funnel.limits(size, OUTER), funnel.limits(size, INNER)
    assert 0 <= outer.lower <= inner.lower <= inner.upper <= outer.upper
    assert inner.lower <= funnel.line + 1e-12
    assert inner.upper >= funnel.line


def test_what_is_no_count_of_anybody_is_refused() -> None:
    with pytest.raises(ValueError, match="counts of zero or more"):
        rate_funnel([-1, 2], [10, 10])
    with pytest.raises(ValueError, match="among more than none"):
        rate_funnel([1, 2], [10, 0])
    with pytest.raises(ValueError, match="make its line"):
        rate_funnel([1], [10], sets_line=[False])
    with pytest.raises(ValueError, match="not smaller"):
        share_funnel([11], [10])
