"""Rates: the right year's population, an interval, and none where a rate would mislead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.periods import Month
from folkmoot.core.rates import Population, count_interval, population_for, rate

ESTIMATES = {Month(2020, 6): 1000.0, Month(2021, 6): 1100.0, Month(2022, 6): 1200.0}
MATCHED = Population(8000.0, Month(2022, 6), True)


@pytest.mark.parametrize(
    ("month", "residents", "is_matched"),
    [
        (Month(2021, 1), 1100, True),
        (Month(2021, 12), 1100, True),
        (Month(2022, 3), 1200, True),
        (Month(2024, 10), 1200, False),
    ],
)
def test_a_month_is_counted_among_the_residents_of_its_own_year(
    month: Month, residents: float, is_matched: bool
) -> None:
    found = population_for(month, ESTIMATES)
    assert found is not None
    assert (found.residents, found.is_matched) == (residents, is_matched)


def test_there_is_no_population_before_the_first() -> None:
    assert population_for(Month(2019, 12), ESTIMATES) is None
    assert population_for(Month(2019, 12), {}) is None


# Exact Poisson limits as tables print them, such as Pearson and Hartley, Biometrika Tables for
# Statisticians I, 1966, table 40; Byar's approximation is within a hundredth of most.
@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(5, 1.62, 11.67), (10, 4.80, 18.39), (20, 12.22, 30.89), (50, 37.11, 65.92)],
)
def test_an_interval_is_near_the_exact_one_that_tables_print(
    count: int, lower: float, upper: float
) -> None:
    found = count_interval(count)
    assert found.lower == pytest.approx(lower, abs=0.03)
    assert found.upper == pytest.approx(upper, abs=0.03)


def test_no_event_has_an_interval_from_zero() -> None:
    found = count_interval(0)
    assert found.lower == 0
    assert found.upper == pytest.approx(3.69, abs=0.1)


@given(st.integers(0, 100_000))
def test_a_count_lies_within_its_interval(count: int) -> None:
    assert count_interval(count).holds(count)


def test_a_rate_is_a_count_per_so_many_residents() -> None:
    found = rate(40, MATCHED)
    assert found.value == pytest.approx(5)
    assert found.interval.lower < 5 < found.interval.upper
    assert found.population is MATCHED
    assert rate(40, MATCHED, per=100_000).value == pytest.approx(500)


def test_what_is_no_place_has_no_rate() -> None:
    with pytest.raises(ValueError, match="no place with residents has no rate"):
        rate(40, MATCHED, is_place=False)


def test_a_place_of_many_visitors_has_no_rate_without_the_caveat() -> None:
    with pytest.raises(ValueError, match="needs that caveat"):
        rate(40, MATCHED, has_footfall=True)
    found = rate(40, MATCHED, has_footfall=True, caveat="Most people there do not live there.")
    assert found.caveat == "Most people there do not live there."


def test_nobody_and_fewer_than_none_are_refused() -> None:
    with pytest.raises(ValueError, match="needs residents"):
        rate(40, Population(0, Month(2022, 6), True))
    with pytest.raises(ValueError, match="not negative"):
        count_interval(-1)
