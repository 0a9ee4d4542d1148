"""Readings of survey shares: two comparisons, always the same, each with its interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.intervals import difference
from folkmoot.core.periods import Month
from folkmoot.core.readings import DESIGN_EFFECT, Reading, Tone, read_survey
from folkmoot.core.spc import Direction

QUARTERS = tuple(Month(2020, 3).shift(3 * step) for step in range(17))


def survey(
    latest: float,
    year_before: float,
    three_before: float,
    *,
    base: float | None = 3200,
    direction: Direction = Direction.INCREASE,
) -> Reading:
    shares = [0.5] * len(QUARTERS)
    shares[-1], shares[-5], shares[-13] = latest, year_before, three_before
    bases = [base] * len(QUARTERS)
    return read_survey("Trust the police", QUARTERS, shares, bases, direction)


def test_a_survey_that_does_not_clearly_change() -> None:
    reading = survey(0.50, 0.51, 0.49)
    assert (reading.word, reading.tone, reading.since) == ("No clear change", Tone.COMMON, None)
    assert reading.sentence.startswith("Trust the police: 50% in the 12 months to March 2024. ")
    assert reading.sentence.count("is within what asking other people could give") == 2
    assert "51% a year before" in reading.sentence
    assert "49% three years before" in reading.sentence
    assert reading.headline == "Trust the police: no clear change in three years"


@pytest.mark.parametrize(
    ("latest", "direction", "word", "tone", "shape"),
    [
        (0.60, Direction.INCREASE, "Improving", Tone.IMPROVEMENT, "▲"),
        (0.60, Direction.DECREASE, "Getting worse", Tone.CONCERN, "▲"),
        (0.40, Direction.INCREASE, "Getting worse", Tone.CONCERN, "▼"),
        (0.40, Direction.NEUTRAL, "Less than usual", Tone.NEUTRAL, "▼"),
    ],
)
def test_a_survey_that_changes_over_one_year(
    latest: float, direction: Direction, word: str, tone: Tone, shape: str
) -> None:
    reading = survey(latest, 0.5, latest, direction=direction)
    assert (reading.word, reading.tone, reading.shape) == (word, tone, shape)
    assert reading.since == Month(2023, 3)
    assert f"It {'rose' if latest > 0.5 else 'fell'} from 50% a year before" in reading.sentence
    assert reading.headline.endswith("over the year")


def test_a_survey_that_changes_over_three_years_only() -> None:
    reading = survey(0.50, 0.51, 0.60)
    assert reading.word == "Lower than three years before"
    assert (reading.tone, reading.since) == (Tone.CONCERN, Month(2021, 3))
    assert "It fell from 60% three years before" in reading.sentence
    assert reading.headline == "Trust the police: lower over three years"


def test_a_survey_reads_by_effective_sample_sizes() -> None:
    # A difference that independent answers would bear out, and a clustered survey does not.
    assert not difference(0.528, 3200, 0.50, 3200).holds(0)
    assert difference(0.528, 3200 / DESIGN_EFFECT, 0.50, 3200 / DESIGN_EFFECT).holds(0)
    assert survey(0.528, 0.50, 0.528).tone is Tone.COMMON
    bounds = difference(0.60, 3200 / DESIGN_EFFECT, 0.50, 3200 / DESIGN_EFFECT)
    printed = f"(+{bounds.lower * 100:.1f} to +{bounds.upper * 100:.1f} percentage points)"
    assert printed in survey(0.60, 0.50, 0.50).sentence


def test_a_survey_without_a_base_or_a_year_before_says_nothing_of_change() -> None:
    for reading in (
        survey(0.60, 0.40, 0.40, base=None),
        read_survey("Trust", QUARTERS[:3], [0.1, 0.5, 0.9], [900] * 3, Direction.INCREASE),
    ):
        assert (reading.tone, reading.since) == (Tone.UNKNOWN, None)
        assert "nothing can be said of change" in reading.sentence


def test_a_survey_of_two_years_is_read_over_one() -> None:
    reading = read_survey("Trust", QUARTERS[:8], [0.5] * 8, [3200.0] * 8, Direction.INCREASE)
    assert reading.headline == "Trust: no clear change in one year"
    assert "three years" not in reading.sentence


shares = st.floats(min_value=0, max_value=1)


@given(shares, shares, shares, st.floats(min_value=20, max_value=1e5))
def test_no_change_is_told_whose_interval_holds_none(
    latest: float, year_before: float, three_before: float, base: float
) -> None:
    reading = survey(latest, year_before, three_before, base=base)
    effective = base / DESIGN_EFFECT
    told = [
        not difference(latest, effective, before, effective).holds(0)
        for before in (year_before, three_before)
    ]
    assert (reading.tone is Tone.COMMON) == (not any(told))
    assert reading.sentence.count("is more than chance") == sum(told)
    if told[0]:
        assert (reading.tone is Tone.IMPROVEMENT) == (latest > year_before)


@pytest.mark.parametrize(
    ("target", "direction", "sentence"),
    [
        (0.45, Direction.INCREASE, "The target of 45% is met, by more than chance."),
        (0.55, Direction.INCREASE, "The target of 55% is missed, by more than chance."),
        (0.55, Direction.DECREASE, "The target of 55% is met, by more than chance."),
        (
            0.51,
            Direction.INCREASE,
            "Whether the target of 51% is met cannot be told: with other people asked it could be "
            "48% to 52%.",
        ),
    ],
)
def test_a_target_is_held_against_the_interval_of_the_latest_share(
    target: float, direction: Direction, sentence: str
) -> None:
    reading = read_survey("Trust", QUARTERS[:8], [0.5] * 8, [3200.0] * 8, direction, target=target)
    assert reading.sentence.endswith(f" {sentence}")


def test_a_target_says_nothing_without_a_base_or_where_neither_is_better() -> None:
    for base, direction in ((None, Direction.INCREASE), (3200.0, Direction.NEUTRAL)):
        reading = read_survey("Trust", QUARTERS[:8], [0.5] * 8, [base] * 8, direction, target=0.9)
        assert "target" not in reading.sentence
