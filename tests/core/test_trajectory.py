"""The way to a target, as a chart of some months shows it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from folkmoot.core.periods import Month
from folkmoot.core.trajectory import between

JANUARY = Month(2024, 1)
WAY = ((JANUARY, 100.0), (JANUARY.shift(10), 80.0), (JANUARY.shift(12), 70.0))


def test_between_two_points_the_way_is_straight() -> None:
    shown = between(WAY, JANUARY.shift(5), JANUARY.shift(11))
    assert shown == ((JANUARY.shift(5), 90.0), (JANUARY.shift(10), 80.0), (JANUARY.shift(11), 75.0))


def test_before_its_first_month_it_says_nothing_and_after_its_last_the_figure_is_kept() -> None:
    shown = between(WAY, JANUARY.shift(-6), JANUARY.shift(20))
    assert shown[0] == (JANUARY, 100.0)
    assert shown[-1] == (JANUARY.shift(20), 70.0)
    assert between(WAY, JANUARY.shift(-6), JANUARY.shift(-1)) == ()
    assert between((), JANUARY, JANUARY.shift(3)) == ()


@given(some.integers(-20, 30), some.integers(0, 30))
def test_every_point_shown_lies_within_the_months_and_the_figures(start: int, length: int) -> None:
    first = JANUARY.shift(start)
    last = first.shift(length)
    shown = between(WAY, first, last)
    assert all(first <= month <= last and 70 <= value <= 100 for month, value in shown)
    assert [month for month, _ in shown] == sorted({month for month, _ in shown})
