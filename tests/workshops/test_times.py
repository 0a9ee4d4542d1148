"""Sessions over midnight, and while the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.workshops.times import duration_words, moment_words, session_words, zone_words

LONDON = ZoneInfo("Europe/London")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "ends", "when", "takes"),
    [
        (
            utc(2021, 12, 2, 18),
            utc(2021, 12, 2, 19, 30),
            "Thursday 2 December 2021, 18:00 to 19:30",
            "1 hour 30 minutes",
        ),
        # In summer an evening in London is an hour earlier in UTC.
        (
            utc(2022, 6, 2, 17),
            utc(2022, 6, 2, 19),
            "Thursday 2 June 2022, 18:00 to 20:00",
            "2 hours",
        ),
        # Over midnight, and over the end of a year.
        (
            utc(2021, 12, 31, 22, 30),
            utc(2022, 1, 1, 0, 15),
            "Friday 31 December 2021, 22:30 to Saturday 1 January 2022, 00:15",
            "1 hour 45 minutes",
        ),
        # In UTC one day, in London two.
        (
            utc(2022, 6, 2, 22, 30),
            utc(2022, 6, 2, 23, 30),
            "Thursday 2 June 2022, 23:30 to Friday 3 June 2022, 00:30",
            "1 hour",
        ),
        # Up to midnight itself.
        (
            utc(2021, 12, 2, 22),
            utc(2021, 12, 3, 0),
            "Thursday 2 December 2021, 22:00 to Friday 3 December 2021, 00:00",
            "2 hours",
        ),
        # The hour that does not exist: 27 March 2022, 01:00 to 02:00 in London.
        (
            utc(2022, 3, 27, 0, 30),
            utc(2022, 3, 27, 1, 30),
            "Sunday 27 March 2022, 00:30 GMT to 02:30 BST",
            "1 hour",
        ),
        # The hour that comes twice: the clocks of London show an end before the start.
        (
            utc(2022, 10, 30, 0, 45),
            utc(2022, 10, 30, 1, 30),
            "Sunday 30 October 2022, 01:45 BST to 01:30 GMT",
            "45 minutes",
        ),
    ],
)
def test_a_session_is_told_in_the_body_s_time_and_takes_what_it_really_takes(
    starts, ends, when, takes
):
    assert session_words(starts, ends) == when
    assert duration_words(starts, ends) == takes


def test_length_is_right_between_two_times_of_one_zone():
    starts = datetime(2022, 10, 30, 0, 30, tzinfo=LONDON)
    ends = datetime(2022, 10, 30, 2, 30, tzinfo=LONDON)
    assert duration_words(starts, ends) == "3 hours"


@given(
    st.datetimes(
        min_value=datetime(2020, 1, 1),  # noqa: DTZ001 made aware by the strategy
        max_value=datetime(2035, 1, 1),  # noqa: DTZ001 made aware by the strategy
        timezones=st.just(UTC),
    ),
    st.integers(1, 36 * 60),
)
def test_whatever_the_session_its_words_hold_both_times_of_the_body(starts, minutes):
    ends = starts + timedelta(minutes=minutes)
    words = session_words(starts, ends)
    assert f"{starts.astimezone(LONDON):%H:%M}" in words
    assert f"{ends.astimezone(LONDON):%H:%M}" in words
    hours, left = divmod(minutes, 60)
    assert (f"{hours} hour" in duration_words(starts, ends)) == (hours > 0)
    assert (f"{left} minute" in duration_words(starts, ends)) == (left > 0)


def test_time_zone_and_moment_are_named_as_people_do(settings):
    assert zone_words() == "London time"
    assert moment_words(utc(2022, 6, 2, 16, 30)) == "17:30 on 2 June 2022"
