"""Columns of periods as people and publishers write them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.periods import (
    Day,
    Month,
    Number,
    PeriodsError,
    Quarter,
    Week,
    Year,
    month_range,
    read_periods,
)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-10", "2024-1", "2024/10", "202410", "2024M10", "10/2024", "Oct 2024", "Oct-24"),
        *("October 2024", "2024 OCT", " october  2024 ", "Oct. 2024"),
    ],
)
def test_a_month_may_be_written_in_many_ways(text: str) -> None:
    assert read_periods([text]) == (Month(2024, 1 if text == "2024-1" else 10),)


@pytest.mark.parametrize("text", ["2024-Q4", "2024 Q4", "2024Q4", "Q4 2024", "q4-2024"])
def test_a_quarter_may_be_written_in_many_ways(text: str) -> None:
    assert read_periods([text]) == (Quarter(2024, 4),)


@pytest.mark.parametrize("text", ["2024-25-Q3", "2024-25 Q3", "2024/25 Q3"])
def test_a_quarter_of_a_financial_year_is_one_of_the_calendar(text: str) -> None:
    assert read_periods([text]) == (Quarter(2024, 4),)


@pytest.mark.parametrize(
    "text", ["2024-03-05", "2024-03-05T00:00:00", "2024-03-05 00:00:00", "5/3/2024", "5 March 2024"]
)
def test_a_day_is_written_day_first_or_as_a_computer_does(text: str) -> None:
    assert read_periods([text]) == (Day(date(2024, 3, 5)),)


@pytest.mark.parametrize(
    ("texts", "periods"),
    [
        (["2023", "2024"], (Year(2023), Year(2024))),
        (["2023/24", "2024/25"], (Year(2023, True), Year(2024, True))),
        (["2023-2024", "2024-2025"], (Year(2023, True), Year(2024, True))),
        # Months for themselves, financial years by what follows.
        (["2010-11", "2011-12"], (Year(2010, True), Year(2011, True))),
        (["2010-11", "2010-12"], (Month(2010, 11), Month(2010, 12))),
        (["1", "2", "3"], (Number(1), Number(2), Number(3))),
        (["2024-01-31", "2024-02-29"], (Month(2024, 1), Month(2024, 2))),
        (["31/3/2023", "30/6/2023"], (Quarter(2023, 1), Quarter(2023, 2))),
        (["2023-03-31", "2024-03-31"], (Year(2023), Year(2024))),
        (["2024-01-01", "2024-01-08"], (Week(date(2024, 1, 1)), Week(date(2024, 1, 8)))),
        (["2024-01-01", "2024-01-02"], (Day(date(2024, 1, 1)), Day(date(2024, 1, 2)))),
        ([], ()),
    ],
)
def test_days_and_years_stand_for_what_they_are_apart(
    texts: list[str], periods: tuple[object, ...]
) -> None:
    assert read_periods(texts) == periods


def test_four_weeks_are_no_month() -> None:
    days = [date(2024, 1, 1) + timedelta(days=28 * step) for step in range(6)]
    found = read_periods([day.isoformat() for day in days])
    assert found == tuple(Day(day, 28) for day in days)
    assert {after.ordinal - before.ordinal for before, after in pairwise(found)} == {1}


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        (["2024-01", "Febuary", "2024-03"], 1),
        (["2024-01", "2024-13"], 1),
        (["31/12/2024", "12/31/2024"], 1),
        (["2024-01", "2024-Q2", "2024-03"], 1),
        (["some", "words"], 0),
        (["2024-01-01", "2024-01-08", "2024-01-16", "2024-01-22"], 2),
    ],
)
def test_what_is_no_period_is_told_by_its_row(texts: list[str], place: int) -> None:
    with pytest.raises(PeriodsError) as refused:
        read_periods(texts)
    assert refused.value.place == place


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(2, 40))
def test_months_come_back_as_they_were_written(year: int, month: int, number: int) -> None:
    months = month_range(Month(year, month), Month(year, month).shift(number - 1))
    for write in (str, lambda each: each.label, lambda each: each.last_day.isoformat()):
        assert read_periods([write(each) for each in months]) == months


def test_every_period_has_its_words() -> None:
    assert (Year(2024, True).label, Year(2024).when, Year(2024).noun) == (
        "2024/25",
        "in 2024",
        "year",
    )
    assert (Day(date(2024, 3, 5)).when, Day(date(2024, 3, 5)).noun) == ("on 5 March 2024", "day")
    assert Day(date(2024, 3, 5), 28).noun == "time"
    assert Week(date(2024, 3, 5)).when == "in the week of 5 March 2024"
    assert (Number(3).when, Number(3).noun) == ("in period 3", "period")
    assert (Month(2024, 3).when, Month(2024, 3).noun) == ("in March 2024", "month")
    assert Quarter(2024, 1).when == "in January to March 2024"
