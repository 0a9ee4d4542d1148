"""Intervals against the examples that their authors print, and what must always hold."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.intervals import Interval, difference, wilson

shares = st.floats(min_value=0, max_value=1)
bases = st.floats(min_value=1, max_value=1e6)


# Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
@pytest.mark.parametrize(
    ("count", "base", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(
    count: int, base: int, lower: float, upper: float
) -> None:
    found = wilson(count / base, base)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.00005)


# Newcombe, "Interval estimation for the difference between independent proportions", 1998,
# table II, method 10.
@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_difference_gives_the_published_intervals(
    first: tuple[int, int], second: tuple[int, int], lower: float, upper: float
) -> None:
    found = difference(first[0] / first[1], first[1], second[0] / second[1], second[1])
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.00005)


@pytest.mark.parametrize(("share", "base"), [(0.5, 0), (0.5, -3), (-0.1, 10), (1.1, 10)])
def test_impossible_shares_and_bases_are_refused(share: float, base: float) -> None:
    with pytest.raises(ValueError, match="share of 0 to 1 and a positive base"):
        wilson(share, base)
    with pytest.raises(ValueError, match="share of 0 to 1 and a positive base"):
        difference(0.5, 10, share, base)


def test_bounds_lie_within() -> None:
    interval = Interval(0.1, 0.3)
    assert interval.holds(0.1)
    assert interval.holds(0.3)
    assert not interval.holds(0.30001)
    assert not interval.holds(0.09999)


def test_more_confidence_takes_a_wider_interval() -> None:
    narrow, wide = wilson(0.4, 100, 0.9), wilson(0.4, 100, 0.99)
    assert wide.lower < narrow.lower < narrow.upper < wide.upper


@given(bases)
def test_nobody_and_everybody_lie_within_their_own_intervals(base: float) -> None:
    assert wilson(0, base).lower == 0
    assert wilson(1, base).upper == 1


@given(shares, bases)
def test_bounds_solve_the_equation_that_wilson_began_with(share: float, base: float) -> None:
    # The bounds are the shares that lie 1.96 of their own standard errors from what was found.
    found = wilson(share, base)
    assert 0 <= found.lower <= share + 1e-9
    assert share - 1e-9 <= found.upper <= 1
    for bound in (found.lower, found.upper):
        reach = 1.959964 * sqrt(bound * (1 - bound) / base)
        assert abs(share - bound) == pytest.approx(reach, abs=1e-6)


@given(shares, bases)
def test_the_other_share_has_the_other_interval(share: float, base: float) -> None:
    found, other = wilson(share, base), wilson(1 - share, base)
    assert (other.lower, other.upper) == pytest.approx((1 - found.upper, 1 - found.lower), abs=1e-9)


@given(shares, bases, shares, bases)
def test_the_difference_turned_round_is_its_opposite(
    later: float, later_base: float, earlier: float, earlier_base: float
) -> None:
    found = difference(later, later_base, earlier, earlier_base)
    turned = difference(earlier, earlier_base, later, later_base)
    assert (turned.lower, turned.upper) == pytest.approx((-found.upper, -found.lower), abs=1e-12)
    assert -1 - 1e-9 <= found.lower <= later - earlier <= found.upper <= 1 + 1e-9


@given(shares, bases)
def test_no_difference_lies_within_the_interval_of_equal_shares(share: float, base: float) -> None:
    assert difference(share, base, share, base).holds(0)
