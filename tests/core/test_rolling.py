"""Sums over twelve months, for showing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.periods import Month
from folkmoot.core.rolling import rolling_sums

FIRST = Month(2020, 1)


def months(number: int) -> list[Month]:
    return [FIRST.shift(step) for step in range(number)]


def test_each_sum_is_of_the_twelve_months_up_to_it() -> None:
    found = rolling_sums(months(13), [*range(1, 14)])
    assert found == ((Month(2020, 12), 78.0), (Month(2021, 1), 90.0))


def test_less_than_a_year_has_no_sum() -> None:
    assert rolling_sums(months(11), [1] * 11) == ()


def test_a_missing_month_leaves_a_hole_and_no_smaller_sum() -> None:
    shown = [month for month in months(26) if month != Month(2020, 6)]
    found = dict(rolling_sums(shown, [1] * 25))
    assert min(found) == Month(2021, 6)
    assert set(found.values()) == {12.0}


@given(values=st.lists(st.integers(0, 1000), min_size=12, max_size=60))
def test_neighbouring_sums_differ_by_the_month_that_comes_and_the_one_that_goes(
    values: list[int],
) -> None:
    found = rolling_sums(months(len(values)), values)
    assert len(found) == len(values) - 11
    for place in range(1, len(found)):
        assert found[place][1] - found[place - 1][1] == values[place + 11] - values[place - 1]
