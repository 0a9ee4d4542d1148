"""A reading: what the statistics say of a measure, in one sentence of a fixed grammar.

Two points are never picked and compared by hand: a monthly count is read by its control chart, a
rolling survey figure by all points four quarters apart. See `docs/methods/reading.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil, floor

from folkmoot.core.intervals import Interval, difference
from folkmoot.core.periods import Month
from folkmoot.core.spc import ControlChart, Direction, Point, ProcessLimits, Signal, Variation
from folkmoot.core.tables import MINUS, format_count, format_percent

# Below this many months limits are too uncertain to tell change from chance.
FEWEST_POINTS = 12
# A clustered, weighted survey tells less than its number of interviews; see the method page.
DESIGN_EFFECT = 1.5
QUARTERS_APART = 4
# The comparisons that are always made, in this order; none is picked for its result.
YEARS_COMPARED = (1, 3)
_YEARS = {1: "one", 3: "three"}


class Tone(Enum):
    """How a reading is shown: a colour, always with a shape and a word."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"
    COMMON = "common"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """What happened, whether it is more than chance, and since when.

    `word` is for a tile ("Getting worse"), `sentence` for a page, `headline` for over a chart.
    `since` is the first month of the change that still holds, None where there is none.
    """

    word: str
    shape: str
    tone: Tone
    sentence: str
    headline: str
    since: Month | None = None


def read_series(
    title: str, unit: str, months: Sequence[Month], chart: ControlChart | None
) -> Reading:
    """Return the reading of a monthly count from its control chart.

    `months` names the points of `chart`, oldest first, without gaps. Fewer than twelve points
    (`chart` may then be None) give no reading but the sentence that there are too few.
    """
    if chart is None or len(chart.points) < FEWEST_POINTS:
        return Reading(
            "Too few months to tell",
            "\N{WHITE DIAMOND}",
            Tone.UNKNOWN,
            f"{title}: there are figures for {len(months)} month{'s' * (len(months) != 1)}, and it "
            f"takes {FEWEST_POINTS} "
            "to tell a change from chance.",
            f"{title}: too few months to tell",
        )
    last, month = chart.points[-1], months[-1]
    figure = f"{title}: {format_count(last.value)} {unit} in {month.label}."
    usual = _usual_range(last)
    if last.side == 0:
        return Reading(
            "Within its usual range",
            "\N{BLACK DIAMOND}",
            Tone.COMMON,
            f"{figure} Within its usual range of {usual}: no more than chance.",
            _headline_of_usual(title, months, chart),
        )
    since = months[_start_of_change(chart)]
    word, shape, tone = _change(last.side, last.variation)
    what = _what_happened(last, since)
    verdict = {
        Variation.IMPROVEMENT: "an improvement, and more than chance",
        Variation.CONCERN: "a change for the worse, and more than chance",
        Variation.CHANGE: "a change, more than chance, that is neither better nor worse by itself",
    }[last.variation]
    return Reading(
        word,
        shape,
        tone,
        f"{figure} {what}, the usual range being {usual}: {verdict}.",
        f"{title}: {word.lower()} since {since.label}",
        since,
    )


def read_survey(
    title: str,
    months: Sequence[Month],
    shares: Sequence[float],
    bases: Sequence[float | None],
    direction: Direction,
    *,
    design_effect: float = DESIGN_EFFECT,
) -> Reading:
    """Return the reading of a survey share whose points are rolling 12 months.

    Such points share interviews with their neighbours, so that a control chart would see change
    where there is none; points four quarters apart share none. `shares` are 0 to 1, one a
    quarter; `bases` numbers of interviews. The latest is always compared with those one and three
    years before, by the 95% interval of the difference on effective sample sizes; the shortest
    time over which it differs gives the reading.
    """
    figure = f"{title}: {format_percent(shares[-1])} in the 12 months to {months[-1].label}."
    sentences, gaps = [], []
    for years in YEARS_COMPARED:
        before = months[-1].shift(-12 * years)
        place = months.index(before) if before in months else None
        base, base_before = bases[-1], bases[place] if place is not None else None
        if place is None or not base or not base_before:
            continue
        gap = difference(
            shares[-1], base / design_effect, shares[place], base_before / design_effect
        )
        gaps.append((years, place, gap))
        ago = "a year before" if years == 1 else f"{_YEARS[years]} years before"
        then = f"{format_percent(shares[place])} {ago}"
        points = _points_interval(gap)
        sentences.append(
            f"It was {then}; the difference ({points}) is within what asking other people could "
            "give."
            if gap.holds(0)
            else f"It {'rose' if gap.lower > 0 else 'fell'} from {then}; the difference ({points}) "
            "is more than chance."
        )
    if not gaps:
        return Reading(
            "Too little to tell",
            "\N{WHITE DIAMOND}",
            Tone.UNKNOWN,
            f"{figure} There is no comparable figure a year before, so nothing can be said of "
            "change.",
            f"{title}: too little to tell",
        )
    sentence = " ".join([figure, *sentences])
    changed = next((each for each in gaps if not each[2].holds(0)), None)
    if changed is None:
        return Reading(
            "No clear change",
            "\N{BLACK DIAMOND}",
            Tone.COMMON,
            sentence,
            f"{title}: no clear change in {_YEARS[gaps[-1][0]]} year{'s' * (gaps[-1][0] > 1)}",
        )
    years, place, gap = changed
    side = 1 if gap.lower > 0 else -1
    variation = Variation.CHANGE
    if direction is not Direction.NEUTRAL:
        better = (side > 0) == (direction is Direction.INCREASE)
        variation = Variation.IMPROVEMENT if better else Variation.CONCERN
    word, shape, tone = _change(side, variation)
    if years > 1:
        direction_word = "Higher" if side > 0 else "Lower"
        word = f"{direction_word} than {_YEARS[years]} years before"
    over = "over the year" if years == 1 else f"over {_YEARS[years]} years"
    change = "higher" if side > 0 else "lower"
    return Reading(word, shape, tone, sentence, f"{title}: {change} {over}", months[place])


def usual_range(chart: ControlChart) -> str:
    """Return the limits in force at the end of a chart of counts: "1,165 to 2,491"."""
    return _usual_range(chart.points[-1])


def limits_of_counts(limits: ProcessLimits) -> tuple[str, str]:
    """Return the least and the greatest whole count within the limits, as printed.

    Rounded outwards, a count just beyond a limit would seem to lie within. No count is below
    zero. With one decimal where no whole count lies between them.
    """
    lower, upper = ceil(max(0.0, limits.lower)), floor(limits.upper)
    if lower > upper:
        return f"{limits.lower:,.1f}", f"{limits.upper:,.1f}"
    return format_count(lower), format_count(upper)


def mean_of_counts(limits: ProcessLimits) -> str:
    """Return the average of counts as printed: whole, or with a decimal where it is small."""
    return f"{limits.mean:.1f}" if limits.mean < 10 else format_count(limits.mean)


def point_words(point: Point) -> str:
    """Return what one point of a chart says, for the column of a table."""
    if point.side == 0:
        return "Within the usual range"
    parts = []
    if Signal.OUTSIDE_LIMITS in point.signals:
        parts.append("above the upper limit" if point.side > 0 else "below the lower limit")
    if Signal.TREND in point.signals:
        parts.append("one of seven or more in a row that rise or fall")
    if Signal.TWO_OF_THREE in point.signals:
        parts.append("one of three with two near a limit")
    if Signal.ONE_SIDE in point.signals:
        parts.append("one of seven or more on one side of the average")
    sentence = ", ".join(parts)
    return f"{point.variation.value.split(',')[0]}: {sentence}"


def _usual_range(point: Point) -> str:
    return " to ".join(limits_of_counts(point.limits))


def _start_of_change(chart: ControlChart) -> int:
    """Return the index at which the change that holds at the end began.

    The sentence must hold for every month since: a rise or fall reaches back as far as it goes
    on, a level only over points that lie on that side of the average themselves.
    """
    points, first = chart.points, chart.segments[-1].first
    last = points[-1]
    place = len(points) - 1
    outside = Signal.OUTSIDE_LIMITS in last.signals
    while place > first:
        point, before = points[place], points[place - 1]
        if not outside and Signal.TREND in last.signals:
            goes_on = (point.value - before.value) * last.side > 0
        else:
            goes_on = before.side == last.side and (
                outside or (before.value - before.limits.mean) * last.side > 0
            )
        if not goes_on:
            break
        place -= 1
    return place


def _what_happened(last: Point, since: Month) -> str:
    if Signal.OUTSIDE_LIMITS in last.signals:
        return (
            f"{'Above' if last.side > 0 else 'Below'} its usual range, with signs of it since "
            f"{since.label}"
        )
    if Signal.TREND in last.signals:
        return f"{'Rising' if last.side > 0 else 'Falling'} month after month since {since.label}"
    return f"{'Higher' if last.side > 0 else 'Lower'} than usual since {since.label}"


def _change(side: int, variation: Variation) -> tuple[str, str, Tone]:
    shape = "\N{BLACK UP-POINTING TRIANGLE}" if side > 0 else "\N{BLACK DOWN-POINTING TRIANGLE}"
    if variation is Variation.IMPROVEMENT:
        return "Improving", shape, Tone.IMPROVEMENT
    if variation is Variation.CONCERN:
        return "Getting worse", shape, Tone.CONCERN
    return "More than usual" if side > 0 else "Less than usual", shape, Tone.NEUTRAL


def _headline_of_usual(title: str, months: Sequence[Month], chart: ControlChart) -> str:
    """Return a headline that also tells of the last change, where the chart shows one."""
    for place in range(len(chart.points) - 1, chart.segments[-1].first - 1, -1):
        side = chart.points[place].side
        if side:
            where = "above" if side > 0 else "below"
            return (
                f"{title}: within its usual range, after signs {where} it until "
                f"{months[place].label}"
            )
    return f"{title}: within its usual range all along"


def _points_interval(gap: Interval) -> str:
    def points(share: float) -> str:
        value = round(share * 100, 1)
        return f"{'+' if value > 0 else MINUS if value < 0 else ''}{abs(value):.1f}"

    return f"{points(gap.lower)} to {points(gap.upper)} percentage points"
