"""The reading of a survey share whose points each cover the twelve months before."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.core.intervals import Interval, difference, wilson
from folkmoot.core.periods import Month
from folkmoot.core.readings.reading import LEVEL, OPEN, Reading, Tone, change_words
from folkmoot.core.spc import Direction, Variation
from folkmoot.core.tables import MINUS, format_percent

# A clustered, weighted survey tells less than its number of interviews; see the method page.
DESIGN_EFFECT = 1.5
QUARTERS_APART = 4
# The comparisons that are always made, in this order; none is picked for its result.
YEARS_COMPARED = (1, 3)
_YEARS = {1: "one", 3: "three"}


def read_survey(
    title: str,
    months: Sequence[Month],
    shares: Sequence[float],
    bases: Sequence[float | None],
    direction: Direction,
    *,
    design_effect: float = DESIGN_EFFECT,
    target: float | None = None,
) -> Reading:
    """Return the reading of a survey share whose points are rolling 12 months.

    Such points share interviews with their neighbours, so that a control chart would see change
    where there is none; points four quarters apart share none. `shares` are 0 to 1, one a
    quarter; `bases` numbers of interviews. The latest is always compared with those one and three
    years before, by the 95% interval of the difference on effective sample sizes; the shortest
    time over which it differs gives the reading. A `target`, 0 to 1, is held against the interval
    of the latest share.
    """
    figure = f"{title}: {format_percent(shares[-1])} in the 12 months to {months[-1].label}."
    against = _against(target, shares[-1], bases[-1], design_effect, direction)
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
            OPEN,
            Tone.UNKNOWN,
            " ".join(
                (
                    figure,
                    "There is no comparable figure a year before, so nothing can be said of "
                    "change.",
                    *against,
                )
            ),
            f"{title}: too little to tell",
        )
    sentence = " ".join([figure, *sentences, *against])
    changed = next((each for each in gaps if not each[2].holds(0)), None)
    if changed is None:
        return Reading(
            "No clear change",
            LEVEL,
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
    word, shape, tone = change_words(side, variation)
    if years > 1:
        direction_word = "Higher" if side > 0 else "Lower"
        word = f"{direction_word} than {_YEARS[years]} years before"
    over = "over the year" if years == 1 else f"over {_YEARS[years]} years"
    change = "higher" if side > 0 else "lower"
    return Reading(word, shape, tone, sentence, f"{title}: {change} {over}", months[place])


def _against(
    target: float | None,
    share: float,
    base: float | None,
    design_effect: float,
    direction: Direction,
) -> list[str]:
    """Return a sentence on the target; none without a target, a base or a better direction."""
    if target is None or not base or direction is Direction.NEUTRAL:
        return []
    interval = wilson(share, base / design_effect)
    if interval.holds(target):
        return [
            f"Whether the target of {format_percent(target)} is met cannot be told: with other "
            f"people asked it could be {format_percent(interval.lower)} to "
            f"{format_percent(interval.upper)}."
        ]
    is_met = (share > target) == (direction is Direction.INCREASE)
    return [
        f"The target of {format_percent(target)} is {'met' if is_met else 'missed'}, by more than "
        "chance."
    ]


def _points_interval(gap: Interval) -> str:
    def points(share: float) -> str:
        value = round(share * 100, 1)
        return f"{'+' if value > 0 else MINUS if value < 0 else ''}{abs(value):.1f}"

    return f"{points(gap.lower)} to {points(gap.upper)} percentage points"
