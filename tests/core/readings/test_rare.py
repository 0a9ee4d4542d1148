"""Readings of rare events, from the gaps between them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.periods import Day
from folkmoot.core.readings import Reading, Tone, read_between
from folkmoot.core.spc import Direction, g_chart, t_chart

USUAL = [30, 20, 25, 30, 22, 28, 30, 24, 26, 27, 25, 29]


def read(gaps: list[int], direction: Direction = Direction.DECREASE) -> Reading:
    days, day = [], date(2023, 1, 1)
    for gap in gaps:
        day += timedelta(days=gap)
        days.append(Day(day))
    return read_between("Homicide", days, t_chart(gaps, direction))


def test_as_often_as_usual() -> None:
    reading = read(USUAL)
    assert (reading.word, reading.tone) == ("As often as usual", Tone.COMMON)
    assert re.fullmatch(
        r"Homicide: the latest on 13 November 2023, 29 days after the one before\. Within the "
        r"usual \d+ to \d+ days between two: no more than chance\.",
        reading.sentence,
    ), reading.sentence


@pytest.mark.parametrize(
    ("direction", "word", "tone"),
    [
        (Direction.DECREASE, "Improving", Tone.IMPROVEMENT),
        (Direction.INCREASE, "Getting worse", Tone.CONCERN),
        (Direction.NEUTRAL, "Rarer than usual", Tone.NEUTRAL),
    ],
)
def test_a_long_gap_is_told_as_fewer_events(direction: Direction, word: str, tone: Tone) -> None:
    reading = read([*USUAL, 400], direction)
    assert (reading.word, reading.tone, reading.shape) == (word, tone, "▼")
    assert "Longer than the usual" in reading.sentence
    assert reading.headline == "Homicide: rarer than usual"


def test_a_short_gap_is_told_as_more_events() -> None:
    reading = read([*[300, 280, 310, 290] * 3, 1])
    assert (reading.tone, reading.shape) == (Tone.CONCERN, "▲")
    assert "Shorter than the usual" in reading.sentence
    assert reading.headline == "Homicide: more often than usual"


def test_gaps_that_lie_to_one_side_are_told() -> None:
    reading = read([*[100, 20] * 8, *[60, 70] * 4])
    assert "Further apart than before, though within the usual" in reading.sentence


def test_cases_may_be_counted_in_place_of_days() -> None:
    gaps = [4, 6, 5] * 5
    days = [Day(date(2024, 1, 1 + place)) for place in range(15)]
    chart = g_chart(gaps, Direction.NEUTRAL)
    reading = read_between("Complaints", days, chart, unit="cases")
    assert "5 cases after the one before. Within the usual 0 to 21 cases" in reading.sentence


def test_too_few_events_to_tell() -> None:
    reading = read(USUAL[:11])
    assert reading.tone is Tone.UNKNOWN
    assert "There are 12, and it takes 13 to tell a change from chance." in reading.sentence


@given(st.lists(st.integers(0, 400), min_size=2, max_size=40), st.sampled_from(Direction))
def test_every_reading_can_be_read_aloud(gaps: list[int], direction: Direction) -> None:
    assert re.fullmatch(r"[A-Za-z0-9 ,.:]+", read(gaps, direction).sentence)
