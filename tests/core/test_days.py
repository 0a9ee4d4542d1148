"""Days as people and spreadsheets write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from folkmoot.core.days import DayError, are_day_first, read_day

LAST_OF_MARCH = date(2024, 3, 31)
DAYS = some.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-31",
        "2024-03-31T00:00:00",
        "2024-03-31 00:00",
        "31/03/2024",
        "31.3.2024",
        "31-03-2024",
        "31 March 2024",
        "31 mar 2024",
        "31st March, 2024",
        "31-Mar-2024",
        "  31   March  2024 ",
    ],
)
def test_a_day_is_read_however_it_is_written_here(text: str) -> None:
    assert read_day(text) == LAST_OF_MARCH


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/2024", "may be 3 April 2024 or 4 March 2024"),
        ("12/31/2024", "with the month first"),
        ("31/02/2024", "no day of the calendar"),
        ("2024-02-30", "no day of the calendar"),
        ("31 Mai 2024", "no day of the calendar"),
        ("31/03/24", "year of two figures"),
        ("2024-03-31T14:30:00", "is no day"),
        ("next spring", "is no day"),
        ("45382", "is no day"),
        ("", "is no day"),
    ],
)
def test_what_may_be_two_days_or_none_is_refused_with_what_to_write(text: str, said: str) -> None:
    with pytest.raises(DayError, match=said) as refused:
        read_day(text)
    assert "write it like 2024-03-31" in str(refused.value)


def test_figures_that_are_one_day_either_way_are_read() -> None:
    assert read_day("03/03/2024") == date(2024, 3, 3)


def test_figures_are_read_day_first_where_that_is_known() -> None:
    assert read_day("03/04/2024", is_day_first=True) == date(2024, 4, 3)
    with pytest.raises(DayError, match="month first"):
        read_day("12/31/2024", is_day_first=True)


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([("31/12/2022", date(2022, 12, 31))], True),
        ([("03/04/2024", date(2024, 4, 3))], True),
        ([("04/03/2024", date(2024, 4, 3))], False),
        ([("31/12/2022", date(2022, 12, 31)), ("04/03/2024", date(2024, 4, 3))], False),
        ([("12/31/2022", date(2022, 12, 31))], False),
        # Somebody's new day tells nothing of how the file is written.
        ([("31/12/2022", date(2022, 11, 30))], False),
        ([("03/03/2024", date(2024, 3, 3))], False),
        ([("2024-04-03", date(2024, 4, 3))], False),
        ([], False),
    ],
)
def test_days_that_are_known_tell_how_a_file_writes_them(
    pairs: list[tuple[str, date]], told: bool
) -> None:
    assert are_day_first(pairs) is told


@given(DAYS)
def test_every_day_comes_back_from_how_a_spreadsheet_writes_it(on: date) -> None:
    for text in (on.isoformat(), f"{on.isoformat()}T00:00:00", f"{on.day} {on:%B %Y}"):
        assert read_day(text) == on
    assert read_day(f"{on:%d/%m/%Y}", is_day_first=True) == on


@given(DAYS)
def test_figures_are_never_read_as_another_day(on: date) -> None:
    try:
        read = read_day(f"{on:%d/%m/%Y}")
    except DayError:
        assert on.day <= 12
        assert on.day != on.month
    else:
        assert read == on
        assert on.day > 12 or on.day == on.month
