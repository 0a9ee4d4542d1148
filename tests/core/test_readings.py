"""The grammar of readings: what is said, in which words, and since when."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.intervals import difference
from folkmoot.core.periods import Month, month_range
from folkmoot.core.readings import (
    DESIGN_EFFECT,
    FEWEST_POINTS,
    Reading,
    Tone,
    limits_of_counts,
    mean_of_counts,
    point_words,
    read_series,
    read_survey,
    usual_range,
)
from folkmoot.core.spc import Direction, ProcessLimits, Signal, control_chart

FIRST = Month(2023, 1)
# Goes up and down by chance only: every month on the other side of the average.
QUIET = [100, 120] * 10
# So wide that one far point leaves the average between them.
WIDE = [100, 300] * 10


def read(values: list[int], direction: Direction = Direction.DECREASE) -> Reading:
    months = month_range(FIRST, FIRST.shift(len(values) - 1))
    return read_series("Thefts", "offences", months, control_chart(values, direction))


def test_within_its_usual_range() -> None:
    reading = read(QUIET)
    assert (reading.word, reading.tone, reading.since) == (
        "Within its usual range",
        Tone.COMMON,
        None,
    )
    assert reading.sentence == (
        "Thefts: 120 offences in August 2024. Within its usual range of 57 to 163: "
        "no more than chance."
    )
    assert reading.headline == "Thefts: within its usual range all along"


def test_within_its_usual_range_after_a_change() -> None:
    reading = read([*WIDE[:10], 1100, *WIDE[:10]])
    assert reading.tone is Tone.COMMON
    assert reading.headline == (
        "Thefts: within its usual range, after signs above it until November 2023"
    )


@pytest.mark.parametrize(
    ("direction", "word", "tone", "verdict"),
    [
        (
            Direction.DECREASE,
            "Getting worse",
            Tone.CONCERN,
            "a change for the worse, and more than chance",
        ),
        (Direction.INCREASE, "Improving", Tone.IMPROVEMENT, "an improvement, and more than chance"),
        (Direction.NEUTRAL, "More than usual", Tone.NEUTRAL, "neither better nor worse by itself"),
    ],
)
def test_above_its_usual_range(direction: Direction, word: str, tone: Tone, verdict: str) -> None:
    reading = read([*QUIET, 400], direction)
    assert (reading.word, reading.tone, reading.shape) == (word, tone, "▲")
    assert reading.since == Month(2024, 9)
    assert "Thefts: 400 offences in September 2024. Above its usual range" in reading.sentence
    assert verdict in reading.sentence
    assert reading.headline == f"Thefts: {word.lower()} since September 2024"


@pytest.mark.parametrize(
    ("direction", "word", "tone"),
    [
        (Direction.DECREASE, "Improving", Tone.IMPROVEMENT),
        (Direction.INCREASE, "Getting worse", Tone.CONCERN),
        (Direction.NEUTRAL, "Less than usual", Tone.NEUTRAL),
    ],
)
def test_below_its_usual_range(direction: Direction, word: str, tone: Tone) -> None:
    reading = read([*[1000, 1040] * 10, 300], direction)
    assert (reading.word, reading.tone, reading.shape) == (word, tone, "▼")
    assert "Below its usual range" in reading.sentence


def test_rising_month_after_month() -> None:
    reading = read([*QUIET, 100, 104, 108, 112, 116, 120, 124])
    assert reading.since == Month(2024, 9)
    assert "Rising month after month since September 2024" in reading.sentence


def test_falling_month_after_month() -> None:
    reading = read([*QUIET, 121, 116, 112, 108, 104, 100, 98])
    assert "Falling month after month since September 2024" in reading.sentence
    assert reading.tone is Tone.IMPROVEMENT


def test_higher_than_usual() -> None:
    reading = read([*QUIET, 118, 124, 119, 123, 118, 125, 119])
    # The last quiet month was high as well, and so the run begins with it.
    assert reading.since == Month(2024, 8)
    assert "Higher than usual since August 2024" in reading.sentence


def test_a_rise_is_not_dated_from_the_high_months_before_it() -> None:
    high = [160, 170, 160, 172, 160, 171, 162]
    reading = read([*[100, 180] * 12, *high, 150, 152, 154, 156, 158, 160, 162])
    assert reading.since == Month(2025, 8)
    assert "Rising month after month since August 2025" in reading.sentence


@given(st.lists(st.integers(0, 12), min_size=FEWEST_POINTS, max_size=40), st.booleans())
def test_every_sentence_holds_for_all_months_since(values: list[int], rising: bool) -> None:
    # Runs at the end make the rare sentences common.
    values = [*values, *(range(3, 11) if rising else ())]
    reading = read(values)
    chart = control_chart(values, Direction.DECREASE)
    if reading.since is None:
        assert chart.points[-1].side == 0
        return
    place = (reading.since.year - FIRST.year) * 12 + reading.since.month - FIRST.month
    since = values[place:]
    if "Rising" in reading.sentence:
        assert all(after > before for before, after in pairwise(since))
    elif "Falling" in reading.sentence:
        assert all(after < before for before, after in pairwise(since))
    elif "Higher than usual" in reading.sentence:
        assert min(since) > chart.limits.mean
    elif "Lower than usual" in reading.sentence:
        assert max(since) < chart.limits.mean
    else:
        assert Signal.OUTSIDE_LIMITS in chart.points[-1].signals


@given(
    st.lists(st.integers(0, 3000), min_size=FEWEST_POINTS, max_size=70),
    st.sampled_from(Direction),
)
def test_every_reading_keeps_to_the_grammar(values: list[int], direction: Direction) -> None:
    reading = read(values, direction)
    assert re.fullmatch(
        r"Thefts: [\d,]+ offences in [A-Z][a-z]+ \d{4}\. (Within its usual range of [\d,]+ to "
        r"[\d,]+: no more than chance\.|((Above|Below) its usual range, with signs of it|"
        r"(Rising|Falling) month after month|(Higher|Lower) than usual) since [A-Z][a-z]+ \d{4}, "
        r"the usual range being [\d,]+ to [\d,]+: an? (improvement|change)[a-z ,]+\.)",
        reading.sentence,
    )
    assert (reading.tone is Tone.COMMON) == (reading.since is None)


@pytest.mark.parametrize("number", [0, 1, 11])
def test_too_few_months_to_tell(number: int) -> None:
    values = QUIET[:number]
    chart = control_chart(values, Direction.DECREASE) if number > 1 else None
    months = month_range(FIRST, FIRST.shift(number - 1))
    reading = read_series("Thefts", "offences", months, chart)
    assert (reading.tone, reading.since) == (Tone.UNKNOWN, None)
    assert reading.sentence == (
        f"Thefts: there are figures for {number} month{'s' * (number != 1)}, and it takes 12 to "
        "tell a change from chance."
    )
    assert read(QUIET[:12]).tone is not Tone.UNKNOWN


def test_the_usual_range_of_a_count_does_not_go_below_zero() -> None:
    chart = control_chart([0, 9] * 8, Direction.DECREASE)
    assert chart.limits.lower < 0
    assert usual_range(chart) == "0 to 28"


@given(st.lists(st.integers(0, 60), min_size=2, max_size=40))
def test_a_count_beyond_a_limit_lies_outside_the_printed_range(values: list[int]) -> None:
    chart = control_chart(values, Direction.DECREASE)
    lower, upper = (float(bound) for bound in limits_of_counts(chart.limits))
    assert lower <= upper
    for point in chart.points:
        outside = Signal.OUTSIDE_LIMITS in point.signals
        assert outside == (not lower <= point.value <= upper)


def test_limits_between_two_counts_keep_a_decimal() -> None:
    assert limits_of_counts(ProcessLimits(7.5, 7.4, 7.6)) == ("7.4", "7.6")
    assert limits_of_counts(ProcessLimits(2114.9, 1585.6, 2644.2)) == ("1,586", "2,644")
    assert limits_of_counts(ProcessLimits(1, -0.9, 1.9)) == ("0", "1")
    assert mean_of_counts(ProcessLimits(0.18, -0.9, 1.2)) == "0.2"
    assert mean_of_counts(ProcessLimits(2114.9, 1585.6, 2644.2)) == "2,115"


def test_words_of_a_point_name_every_rule_that_it_breaks() -> None:
    chart = control_chart([*WIDE, 1100], Direction.DECREASE)
    assert point_words(chart.points[0]) == "Within the usual range"
    assert point_words(chart.points[-1]) == "Concern: above the upper limit"
    values = [*[10, 20] * 4, 1, 2, 3, 4, 5, 6, 7]
    words = point_words(control_chart(values, Direction.NEUTRAL).points[-1])
    assert words == (
        "Change: one of seven or more in a row that rise or fall, "
        "one of seven or more on one side of the average"
    )


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
