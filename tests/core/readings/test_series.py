"""The grammar of readings: what is said, in which words, and since when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.periods import Month, Period, Quarter, Week, month_range
from folkmoot.core.readings import FEWEST_POINTS, Reading, Tone, read_series
from folkmoot.core.spc import (
    ControlChart,
    Direction,
    Rebase,
    Signal,
    control_chart,
    rate_chart,
    seasonal_chart,
)

FIRST = Month(2023, 1)
# Goes up and down by chance only: every month on the other side of the average.
QUIET = [100, 120] * 10
# So wide that one far point leaves the average between them.
WIDE = [100, 300] * 10


def months_of(chart: ControlChart) -> Sequence[Month]:
    return month_range(FIRST, FIRST.shift(len(chart.points) - 1))


def read(
    values: Sequence[float],
    direction: Direction = Direction.DECREASE,
    *,
    target: float | None = None,
    rebase: Sequence[int | Rebase] = (),
) -> Reading:
    chart = control_chart(values, direction, target=target, rebase=rebase)
    return read_series("Thefts", "offences", months_of(chart), chart)


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


# Every way in which a series can end, with the words for it.
HIGH = {
    "alone": [*QUIET, 400],
    "beyond since": [*WIDE, 900, 900],
    "beyond after a level": [*QUIET, 121, 124, 122, 123, 121, 125, 175],
    "level": [*QUIET, 118, 124, 119, 123, 118, 125, 119],
    "trend": [*QUIET, 100, 104, 108, 112, 116, 120, 124],
}
ENDINGS = {
    "alone": "{Beyond} its usual range of {limits}, this month alone",
    "beyond since": "{Beyond} its usual range of {limits} since September 2024",
    "beyond after a level": (
        "{Level} than usual since August 2024, and {beyond} its usual range of {limits} this month"
    ),
    "level": "{Level} than usual since August 2024, though within its usual range of {limits}",
    "trend": "{Trend} every month since September 2024, though within its usual range of {limits}",
}
WAYS = {
    1: {"Beyond": "Above", "beyond": "above", "Level": "Higher", "Trend": "Rising"},
    -1: {"Beyond": "Below", "beyond": "below", "Level": "Lower", "Trend": "Falling"},
}
VERDICTS = {
    Tone.IMPROVEMENT: "a real improvement, not chance.",
    Tone.CONCERN: "a real change for the worse, not chance.",
    Tone.NEUTRAL: "a real change, not chance, and neither better nor worse by itself.",
}
TONES = {
    (1, Direction.INCREASE): (Tone.IMPROVEMENT, "Improving"),
    (1, Direction.DECREASE): (Tone.CONCERN, "Getting worse"),
    (1, Direction.NEUTRAL): (Tone.NEUTRAL, "More than usual"),
    (-1, Direction.INCREASE): (Tone.CONCERN, "Getting worse"),
    (-1, Direction.DECREASE): (Tone.IMPROVEMENT, "Improving"),
    (-1, Direction.NEUTRAL): (Tone.NEUTRAL, "Less than usual"),
}


def turned(values: Sequence[int], side: int) -> list[int]:
    """Return a series as it is, or upside down and far from zero."""
    return [value if side > 0 else 2000 - value for value in values]


@pytest.mark.parametrize(
    ("ending", "side", "direction"), list(product(HIGH, (1, -1), Direction)), ids=str
)
def test_every_change_has_its_words(ending: str, side: int, direction: Direction) -> None:
    values = turned(HIGH[ending], side)
    reading = read(values, direction)
    tone, word = TONES[side, direction]
    limits = r"[\d,]+ to [\d,]+"
    what = ENDINGS[ending].format(**WAYS[side], limits=limits)
    figure = f"Thefts: {values[-1]:,} offences in [A-Z][a-z]+ 202[45]."
    assert re.fullmatch(f"{figure} {what}: {VERDICTS[tone]}", reading.sentence), reading.sentence
    assert (reading.tone, reading.word) == (tone, word)
    assert reading.shape == ("▲" if side > 0 else "▼")
    assert reading.since is not None
    assert reading.headline == f"Thefts: {word.lower()} since {reading.since.label}"


@pytest.mark.parametrize("direction", [Direction.INCREASE, Direction.DECREASE])
@pytest.mark.parametrize(
    ("target", "prospect"),
    [
        (40, "met every month"),
        (105, "met more often than not, and missed by chance"),
        (115, "met only by luck"),
        (400, "missed every month"),
    ],
)
def test_a_usual_level_is_held_against_the_target(
    direction: Direction, target: int, prospect: str
) -> None:
    # Seen from a series for which more is better; turned over where less is.
    is_up = direction is Direction.INCREASE
    values = QUIET if is_up else [520 - value for value in QUIET]
    target = target if is_up else 520 - target
    sentence = read(values, direction, target=target).sentence
    told = f"no more than chance. At this level the target of {target:,} would be {prospect}."
    assert sentence.endswith(told)


@pytest.mark.parametrize(
    ("last", "target", "sentence"),
    [
        # 400 or 10 after months of 100 and 120, where less is better.
        (400, 30, "was missed in September 2024, and at its usual level would be missed every"),
        (400, 250, "was missed in September 2024, but at its usual level would be met every"),
        (10, 20, "was met in September 2024, but at its usual level would be missed every"),
        (10, 300, "was met in September 2024, and at its usual level would be met every"),
        (10, 100, "was met in September 2024, and at its usual level would be met only by luck"),
        (400, 130, "was missed in September 2024, and at its usual level would be met more often"),
    ],
)
def test_after_a_change_the_figure_and_the_usual_level_are_told_apart(
    last: int, target: int, sentence: str
) -> None:
    reading = read([*QUIET, last], target=target)
    assert f"chance. The target of {target:,} {sentence}" in reading.sentence


def test_a_neutral_measure_says_nothing_of_a_target() -> None:
    assert "target" not in read(QUIET, Direction.NEUTRAL, target=100).sentence


def test_the_sentence_says_from_when_its_range_is_counted_and_why() -> None:
    values = [*[40, 60] * 6, *QUIET]
    for reason, told in (
        ("New recording system.", "counted anew from January 2024: New recording system."),
        ("", "counted anew from January 2024."),
    ):
        reading = read(values, rebase=[Rebase(12, reason)])
        assert reading.sentence.endswith(f"no more than chance. The usual range is {told}")
        assert reading.headline == "Thefts: within its usual range since January 2024"


def test_a_segment_too_short_to_tell_says_so() -> None:
    reading = read([*QUIET, 400, 410, 405], rebase=[Rebase(20, "New recording system")])
    assert reading.tone is Tone.UNKNOWN
    assert reading.sentence == (
        "Thefts: 405 offences in November 2024. Figures are counted anew from September 2024: "
        "New recording system. That is 3 months, and it takes 12 to tell a change from chance."
    )


def test_a_rise_is_not_dated_from_the_high_months_before_it() -> None:
    high = [160, 170, 160, 172, 160, 171, 162]
    reading = read([*[100, 180] * 12, *high, 150, 152, 154, 156, 158, 160, 162])
    assert reading.since == Month(2025, 8)
    assert "Rising every month since August 2025" in reading.sentence


def test_a_season_is_named_with_its_range() -> None:
    shape = [60, 70, 90, 110, 130, 150, 150, 130, 110, 90, 60, 50]
    values = [shape[place % 12] + (2 if (place + place // 12) % 2 else -2) for place in range(48)]
    seasons = [place % 12 for place in range(48)]
    chart = seasonal_chart(values, seasons, Direction.DECREASE)
    reading = read_series("Thefts", "offences", months_of(chart), chart)
    assert "Within its usual range of" in reading.sentence
    assert "for the time of year: no more than chance." in reading.sentence
    chart = seasonal_chart([*values[:-1], 120], seasons, Direction.DECREASE)
    reading = read_series("Thefts", "offences", months_of(chart), chart)
    assert "for the time of year, this month alone: a real change" in reading.sentence
    noisy = [shape[p % 12] * (1.04 if (p + p // 12) % 2 else 0.96) for p in range(41)]
    rising = [*noisy, *(shape[p % 12] * (0.91 + 0.03 * (p - 41)) for p in range(41, 48))]
    chart = seasonal_chart(rising, seasons, Direction.DECREASE)
    reading = read_series("Thefts", "offences", months_of(chart), chart)
    assert "Rising, season aside, every month since June 2026" in reading.sentence


def test_a_rate_is_read_with_its_decimals() -> None:
    populations = [1_000_000 + 500 * month for month in range(24)]
    counts = [9000 + 40 * (-1) ** month for month in range(24)]
    chart = rate_chart(counts, populations, Direction.DECREASE)
    reading = read_series("Thefts", "per 1,000 people", months_of(chart), chart, digits=2)
    assert reading.sentence.startswith("Thefts: 8.86 per 1,000 people in December 2024. ")
    assert re.search(r"usual range of 8\.\d\d to 9\.\d\d", reading.sentence)


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        ([Quarter(2019 + q // 4, q % 4 + 1) for q in range(21)], ("in January to March 2024",)),
        (
            [Week(date.fromordinal(date(2024, 1, 1).toordinal() + 7 * week)) for week in range(21)],
            ("in the week of 20 May 2024", "this week alone"),
        ),
    ],
)
def test_other_periods_have_their_own_words(
    periods: Sequence[Period], words: tuple[str, ...]
) -> None:
    chart = control_chart([*QUIET, 400], Direction.DECREASE)
    reading = read_series("Thefts", "", periods, chart)
    assert reading.sentence.startswith(f"Thefts: 400 {words[0]}. Above its usual range")
    assert all(each in reading.sentence for each in words)


@given(st.lists(st.integers(0, 12), min_size=FEWEST_POINTS, max_size=40), st.booleans())
def test_every_sentence_holds_for_all_months_since(values: list[int], rising: bool) -> None:
    # Runs at the end make the rare sentences common.
    values = [*values, *(range(3, 11) if rising else ())]
    reading = read(values)
    chart = control_chart(values, Direction.DECREASE)
    if reading.since is None:
        assert chart.points[-1].side == 0
        return
    place = reading.since.ordinal - FIRST.ordinal
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
        outside = [Signal.OUTSIDE_LIMITS in point.signals for point in chart.points[place:]]
        assert all(outside)
        assert ("alone" in reading.sentence) == (len(outside) == 1)


SPOKEN = re.compile(r"[A-Za-z0-9 ,.:]+")


@given(
    st.lists(st.integers(0, 3000), min_size=FEWEST_POINTS, max_size=70),
    st.sampled_from(Direction),
    st.one_of(st.none(), st.integers(0, 4000)),
    st.booleans(),
)
def test_every_reading_keeps_to_the_grammar_and_can_be_read_aloud(
    values: list[int], direction: Direction, target: int | None, rebased: bool
) -> None:
    values = [*([7, 9] * 3 if rebased else []), *values]
    rebase = [Rebase(6, "New counting")] if rebased else []
    reading = read(values, direction, target=target, rebase=rebase)
    month = r"[A-Z][a-z]+ \d{4}"
    usual = r"its usual range of [\d,.]+ to [\d,.]+"
    assert re.fullmatch(
        rf"Thefts: [\d,]+ offences in {month}\. "
        rf"(Within {usual}: no more than chance\."
        rf"|((Above|Below) {usual}(, this month alone| since {month})"
        rf"|(Higher|Lower) than usual since {month}, and (above|below) {usual} "
        rf"(this month|since {month})"
        rf"|((Rising|Falling) every month|(Higher|Lower) than usual) since {month}, "
        rf"though within {usual}): a real [a-z ,]+\.)"
        rf"( At this level the target of [\d,]+ would be [a-z ,]+\."
        rf"| The target of [\d,]+ was (met|missed) in {month}, (and|but) at its usual level "
        rf"would be [a-z ,]+\.)?"
        rf"( The usual range is counted anew from {month}: New counting\.)?",
        reading.sentence,
    ), reading.sentence
    assert SPOKEN.fullmatch(reading.sentence)
    assert (reading.tone is Tone.COMMON) == (reading.since is None)
    assert ("target" in reading.sentence) == (
        target is not None and direction is not Direction.NEUTRAL
    )
    assert ("counted anew" in reading.sentence) == rebased


@given(st.lists(st.integers(0, 3000), min_size=FEWEST_POINTS, max_size=40))
def test_the_same_figures_always_give_the_same_words(values: list[int]) -> None:
    assert read(values) == read(list(values))


@given(st.lists(st.integers(0, 300), min_size=FEWEST_POINTS, max_size=40))
def test_no_earlier_figure_is_ever_named(values: list[int]) -> None:
    # Figures told are the last and the two limits: no month is picked to compare with.
    sentence = re.sub(r"[A-Z][a-z]+ \d{4}", "", read(values, target=None).sentence)
    assert len(re.findall(r"\d[\d,]*(?:\.\d+)?", sentence)) == 3


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
