"""What an editor is warned of: a short window, public holidays, pre-election periods."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from tests.factories import make_pre_election_period

from folkmoot.consultations.calendar import public_holidays, warnings_between
from folkmoot.consultations.checks import Concern, Holiday, Period, window_warnings
from folkmoot.publishing.clock import instant

FIRST = date(2021, 11, 16)
MAYORAL = Period("Mayoral election of 2 May 2024", date(2024, 3, 18), date(2024, 5, 2))


def concerns(days: int, *, holidays: Any = (), elections: Any = ()) -> list[Concern]:
    last = FIRST + timedelta(days=days - 1)
    return [each.concern for each in window_warnings(FIRST, last, holidays, elections)]


@pytest.mark.parametrize(("days", "found"), [(1, [Concern.SHORT]), (41, [Concern.SHORT]), (42, [])])
def test_window_shorter_than_six_weeks_is_short(days: int, found: list[Concern]) -> None:
    assert concerns(days) == found


def test_short_window_says_how_short() -> None:
    (caution,) = window_warnings(FIRST, FIRST, [], [])
    assert "People have 1 day to answer, which is less than six weeks (42 days)" in caution.sentence


def test_window_that_ends_before_it_begins_is_left_to_the_form() -> None:
    assert window_warnings(FIRST, FIRST - timedelta(days=1), [], [MAYORAL]) == []


@pytest.mark.parametrize(
    ("on", "crossed"),
    [(-1, False), (0, True), (49, True), (50, False)],
)
def test_holidays_count_from_the_first_to_the_last_day(on: int, crossed: bool) -> None:
    holiday = Holiday(FIRST + timedelta(days=on), "Midsummer")
    assert (Concern.HOLIDAYS in concerns(50, holidays=[holiday])) is crossed


@pytest.mark.parametrize(
    ("first", "last", "crossed"),
    [
        (date(2024, 1, 8), date(2024, 3, 17), False),
        (date(2024, 1, 8), date(2024, 3, 18), True),
        (date(2024, 5, 2), date(2024, 7, 1), True),
        (date(2024, 5, 3), date(2024, 7, 1), False),
        (date(2024, 3, 25), date(2024, 5, 1), True),
    ],
)
def test_pre_election_period_counts_from_its_first_to_its_last_day(
    first: date, last: date, crossed: bool
) -> None:
    found = window_warnings(first, last, [], [MAYORAL])
    assert (Concern.ELECTION in [each.concern for each in found]) is crossed


def test_pre_election_period_is_named_with_its_days() -> None:
    (caution,) = window_warnings(date(2024, 3, 1), date(2024, 5, 1), [], [MAYORAL])
    assert caution.sentence == (
        "The consultation runs into the pre-election period “Mayoral election of 2 May 2024” "
        "(18 March 2024 to 2 May 2024): take advice before it opens."
    )


def test_bank_holidays_of_christmas_2021_are_the_substitute_days() -> None:
    # gov.uk/bank-holidays: Christmas Day and Boxing Day 2021 and New Year's Day 2022 fell on a
    # weekend, so that the holidays were 27 and 28 December and 3 January.
    found = public_holidays(date(2021, 11, 16), date(2022, 1, 21))
    assert found == [
        Holiday(date(2021, 12, 27), "Christmas Day, substitute day"),
        Holiday(date(2021, 12, 28), "Boxing Day, substitute day"),
        Holiday(date(2022, 1, 3), "New Year's Day, substitute day"),
    ]


@pytest.mark.parametrize(
    ("place", "on", "is_holiday"),
    [
        ("GB-SCT", date(2022, 1, 4), True),  # 2 January, substitute day, in Scotland only
        ("GB-ENG", date(2022, 1, 4), False),
        ("GB-NIR", date(2022, 3, 17), True),  # St Patrick's Day
        ("IE", date(2022, 3, 17), True),
        ("", date(2021, 12, 27), False),
    ],
)
def test_holidays_are_those_of_the_body(
    settings: Any, place: str, on: date, is_holiday: bool
) -> None:
    settings.FOLKMOOT_HOLIDAYS = place
    assert bool(public_holidays(on, on)) is is_holiday


@pytest.mark.parametrize("place", ["GB-LONDON", "ZZ"])
def test_unknown_place_is_named(settings: Any, place: str) -> None:
    settings.FOLKMOOT_HOLIDAYS = place
    with pytest.raises(ImproperlyConfigured, match=f"FOLKMOOT_HOLIDAYS names {place}"):
        public_holidays(FIRST, FIRST)


@pytest.mark.django_db
def test_unknown_place_keeps_nobody_from_editing(settings: Any) -> None:
    settings.FOLKMOOT_HOLIDAYS = "ZZ"
    (caution,) = warnings_between(instant("2021-11-16 09:00"), instant("2022-01-21 23:59"))
    assert caution.sentence.startswith("FOLKMOOT_HOLIDAYS names ZZ, which the list")


@pytest.mark.django_db
def test_draft_plan_of_2021_crossed_three_public_holidays() -> None:
    (caution,) = warnings_between(instant("2021-11-16 09:00"), instant("2022-01-21 23:59"))
    assert caution.sentence.startswith(
        "The consultation runs across 3 public holidays: Christmas Day, substitute day "
        "(27 December 2021), Boxing Day, substitute day (28 December 2021) and "
        "New Year's Day, substitute day (3 January 2022)."
    )


@pytest.mark.django_db
def test_window_that_ends_at_midnight_ends_the_day_before() -> None:
    make_pre_election_period(starts_on=date(2024, 3, 18))
    opens = instant("2024-01-08 09:00")
    assert warnings_between(opens, instant("2024-03-18 00:00")) == []
    (caution,) = warnings_between(opens, instant("2024-03-18 00:01"))
    assert caution.concern is Concern.ELECTION
