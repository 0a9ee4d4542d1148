"""Months and quarters: written, counted and put into words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.periods import Month, Quarter, month_range, months_between

months = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))
quarters = st.builds(Quarter, st.integers(1900, 2100), st.integers(1, 4))
steps = st.integers(min_value=-1200, max_value=1200)


def test_a_month_in_words_and_days() -> None:
    month = Month.parse(" 2024-02 ")
    assert (month.label, str(month)) == ("February 2024", "2024-02")
    assert (month.first_day, month.last_day) == (date(2024, 2, 1), date(2024, 2, 29))
    assert Month(2023, 2).last_day == date(2023, 2, 28)
    assert Month.from_date(date(2024, 2, 29)) == month


@pytest.mark.parametrize(
    "text", ["", "2024-13", "2024-00", "24-01", "2024-1", "May 2024", "0999-01"]
)
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is not a month: write it like 2024-10"):
        Month.parse(text)


@pytest.mark.parametrize(("year", "number"), [(2024, 0), (2024, 13), (999, 1), (10000, 1)])
def test_impossible_periods_cannot_be_made(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="There is no month"):
        Month(year, number)
    with pytest.raises(ValueError, match="There is no quarter"):
        Quarter(year, number)


@given(months, steps)
def test_shifting_and_counting_undo_each_other(month: Month, step: int) -> None:
    assert months_between(month, month.shift(step)) == step
    assert month.shift(step).shift(-step) == month
    assert (month.shift(step) > month) == (step > 0)


@given(months)
def test_a_month_follows_the_one_before_without_a_gap(month: Month) -> None:
    assert month.last_day + timedelta(days=1) == month.shift(1).first_day
    assert Month.parse(str(month)) == month


def test_a_range_has_both_ends() -> None:
    assert [str(each) for each in month_range(Month(2023, 11), Month(2024, 1))] == [
        "2023-11",
        "2023-12",
        "2024-01",
    ]
    assert month_range(Month(2024, 1), Month(2024, 1)) == (Month(2024, 1),)
    assert month_range(Month(2024, 2), Month(2024, 1)) == ()


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2024-Q4", Quarter(2024, 4)),
        (" 2024-q1 ", Quarter(2024, 1)),
        ("2024-25-Q1", Quarter(2024, 2)),
        ("2024-25-Q3", Quarter(2024, 4)),
        # The last quarter of a financial year lies in the next calendar year.
        ("2024-25 Q4", Quarter(2025, 1)),
        ("1999-00-Q4", Quarter(2000, 1)),
    ],
)
def test_quarters_of_both_kinds_of_year(text: str, quarter: Quarter) -> None:
    assert Quarter.parse(text) == quarter


@pytest.mark.parametrize("text", ["", "2024-Q5", "2024-26-Q1", "2024", "Q1 2024", "0999-Q1"])
def test_what_is_not_a_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a quarter: write it like 2024-Q4"):
        Quarter.parse(text)


def test_a_quarter_in_words() -> None:
    quarter = Quarter(2024, 4)
    assert quarter.label == "October to December 2024"
    assert quarter.months == (Month(2024, 10), Month(2024, 11), Month(2024, 12))
    assert quarter.year_before == Quarter(2023, 4)


@given(quarters)
def test_quarters_are_read_as_they_are_written(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == quarter
    assert months_between(quarter.year_before.months[0], quarter.months[0]) == 12
