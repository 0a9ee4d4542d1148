"""The reading of events too rare to count by the month, from the gaps between them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from folkmoot.core.periods import Period
from folkmoot.core.readings.reading import (
    FEWEST_POINTS,
    LEVEL,
    OPEN,
    VERDICTS,
    Reading,
    Tone,
    change_words,
)
from folkmoot.core.spc import ControlChart, Signal, Variation
from folkmoot.core.tables import format_count


def read_between(
    title: str, periods: Sequence[Period], chart: ControlChart, *, unit: str = "days"
) -> Reading:
    """Return the reading of rare events from the chart of the gaps between them.

    `periods` names the event at the end of each gap, oldest first; `unit` is what gaps are
    counted in. Fewer than twelve gaps give no reading but the sentence that there are too few.
    """
    last, number = chart.points[-1], len(chart.points)
    figure = (
        f"{title}: the latest {periods[-1].when}, {format_count(last.value)} {unit} after the one "
        "before."
    )
    if number < FEWEST_POINTS:
        return Reading(
            "Too few to tell",
            OPEN,
            Tone.UNKNOWN,
            f"{figure} There are {number + 1}, and it takes {FEWEST_POINTS + 1} to tell a change "
            "from chance.",
            f"{title}: too few to tell",
        )
    lower, upper = ceil(last.limits.lower), floor(last.limits.upper)
    usual = f"the usual {format_count(lower)} to {format_count(upper)} {unit} between two"
    if last.side == 0:
        return Reading(
            "As often as usual",
            LEVEL,
            Tone.COMMON,
            f"{figure} Within {usual}: no more than chance.",
            f"{title}: as often as usual",
        )
    # A longer gap is a rarer event: the words and the triangle are those of the events.
    word, shape, tone = change_words(-last.side, last.variation)
    if last.variation is Variation.CHANGE:
        word = "Rarer than usual" if last.side > 0 else "More often than usual"
    if Signal.OUTSIDE_LIMITS in last.signals:
        what = f"{'Longer' if last.side > 0 else 'Shorter'} than {usual}"
    else:
        what = (
            f"{'Further apart' if last.side > 0 else 'Closer together'} than before, though within "
            f"{usual}"
        )
    return Reading(
        word,
        shape,
        tone,
        f"{figure} {what}: {VERDICTS[last.variation]}.",
        f"{title}: {'rarer' if last.side > 0 else 'more often'} than usual",
        periods[-1],
    )
