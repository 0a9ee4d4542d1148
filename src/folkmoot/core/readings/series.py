"""The reading of a series of figures from its control chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from folkmoot.core.periods import Period
from folkmoot.core.readings.printing import format_figure, limits_of_figures
from folkmoot.core.readings.reading import (
    FEWEST_POINTS,
    LEVEL,
    OPEN,
    VERDICTS,
    Reading,
    Tone,
    change_words,
)
from folkmoot.core.readings.targets import target_sentence
from folkmoot.core.spc import ChartKind, ControlChart, Point, Segment, Signal


def read_series(
    title: str,
    unit: str,
    periods: Sequence[Period],
    chart: ControlChart | None,
    *,
    digits: int = 0,
) -> Reading:
    """Return the reading of a series from its control chart.

    `periods` names the points of `chart`, oldest first, without gaps; figures are printed with
    `digits` decimals. Fewer than twelve points since limits were last counted anew (`chart` may
    then be None) give no reading but the sentence that there are too few.
    """
    if chart is None:
        return _too_few(title, periods, "", None)
    words = _Words(periods, chart, digits)
    last = chart.points[-1]
    value = " ".join(filter(None, (format_figure(last.value, digits), unit)))
    figure = f"{title}: {value} {periods[-1].when}."
    segment = chart.segments[-1]
    if segment.last - segment.first + 1 < FEWEST_POINTS:
        return _too_few(title, periods, figure, segment)
    closing = [target_sentence(chart, periods[-1], digits), words.counted_anew()]
    if last.side == 0:
        what = f"Within {words.usual_range()}: no more than chance."
        return Reading(
            "Within its usual range",
            LEVEL,
            Tone.COMMON,
            " ".join(filter(None, (figure, what, *closing))),
            _headline_of_usual(title, periods, chart),
        )
    since = periods[_start_of_change(chart)]
    word, shape, tone = change_words(last.side, last.variation)
    what = f"{words.what_happened()}: {VERDICTS[last.variation]}."
    return Reading(
        word,
        shape,
        tone,
        " ".join(filter(None, (figure, what, *closing))),
        f"{title}: {word.lower()} since {since.label}",
        since,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The parts of a sentence about one chart."""

    periods: Sequence[Period]
    chart: ControlChart
    digits: int

    def usual_range(self) -> str:
        """The limits at the end, as a part of a sentence."""
        is_signed = min(point.value for point in self.chart.points) < 0
        limits = self.chart.points[-1].limits
        lower, upper = limits_of_figures(limits, self.digits, is_signed=is_signed)
        season = " for the time of year" if self.chart.kind is ChartKind.SEASONAL else ""
        return f"its usual range of {lower} to {upper}{season}"

    def what_happened(self) -> str:
        """What the last point and those before it did, and since when."""
        points, last = self.chart.points, self.chart.points[-1]
        since = self.periods[_start_of_change(self.chart)].label
        if Signal.OUTSIDE_LIMITS in last.signals:
            return self._beyond(since)
        if Signal.TREND in last.signals:
            way = "Rising" if last.side > 0 else "Falling"
            aside = ", season aside," if self.chart.kind is ChartKind.SEASONAL else ""
            what = f"{way}{aside} every {self.periods[-1].noun} since {since}"
        else:
            what = f"{'Higher' if points[-1].side > 0 else 'Lower'} than usual since {since}"
        return f"{what}, though within {self.usual_range()}"

    def _beyond(self, since: str) -> str:
        place = _start_of(self.chart, _is_beyond)
        is_alone = place == len(self.periods) - 1
        is_high = self.chart.points[-1].side > 0
        where = f"{'above' if is_high else 'below'} {self.usual_range()}"
        beyond_since = self.periods[place].label
        if beyond_since != since:
            when = f"this {self.periods[-1].noun}" if is_alone else f"since {beyond_since}"
            return (
                f"{'Higher' if is_high else 'Lower'} than usual since {since}, and {where} {when}"
            )
        when = f", this {self.periods[-1].noun} alone" if is_alone else f" since {since}"
        return f"{where[0].upper()}{where[1:]}{when}"

    def counted_anew(self) -> str:
        """From when the usual range is counted, where that is not from the beginning."""
        segment = self.chart.segments[-1]
        if segment.rebase is None or segment.first == 0:
            return ""
        reason = segment.rebase.reason.rstrip(".")
        because = f": {reason}" if reason else ""
        return f"The usual range is counted anew from {self.periods[segment.first].label}{because}."


def _too_few(
    title: str, periods: Sequence[Period], figure: str, segment: Segment | None
) -> Reading:
    number = len(periods) if segment is None else segment.last - segment.first + 1
    noun = periods[-1].noun if periods else "month"
    count = f"{number} {noun}{'s' * (number != 1)}"
    if segment is not None and segment.first:
        since = periods[segment.first].label
        reason = segment.rebase.reason.rstrip(".") if segment.rebase else ""
        because = f": {reason}" if reason else ""
        sentence = (
            f"{figure} Figures are counted anew from {since}{because}. That is {count}, and it "
            f"takes {FEWEST_POINTS} to tell a change from chance."
        )
    else:
        sentence = (
            f"{title}: there are figures for {count}, and it takes {FEWEST_POINTS} to tell a "
            "change from chance."
        )
    return Reading(
        f"Too few {noun}s to tell",
        OPEN,
        Tone.UNKNOWN,
        sentence,
        f"{title}: too few {noun}s to tell",
    )


def _is_beyond(point: Point, last: Point) -> bool:
    return Signal.OUTSIDE_LIMITS in point.signals and point.side == last.side


def _is_level(point: Point, last: Point) -> bool:
    """Whether a marked point lies on the side of the average that the last one lies on."""
    return point.side == last.side and (point.value - point.limits.mean) * last.side > 0


def _start_of(chart: ControlChart, holds: Callable[[Point, Point], bool]) -> int:
    """Return how far back from the last point of a chart something holds without a break."""
    points, last = chart.points, chart.points[-1]
    place = len(points) - 1
    while place > chart.segments[-1].first and holds(points[place - 1], last):
        place -= 1
    return place


def _start_of_change(chart: ControlChart) -> int:
    """Return the index at which the change that holds at the end began.

    The sentence must hold for every point since: a rise or fall reaches back as far as it goes
    on, a level only over points that lie on that side of the average themselves.
    """
    points, last = chart.points, chart.points[-1]
    if Signal.OUTSIDE_LIMITS in last.signals or Signal.TREND not in last.signals:
        return _start_of(chart, _is_level)
    place = len(points) - 1
    while (
        place > chart.segments[-1].first and _rises(points[place - 1], points[place]) == last.side
    ):
        place -= 1
    return place


def _rises(before: Point, after: Point) -> int:
    """Return 1 where a point is above the one before by the measure of their usual level."""
    step = after.value * before.limits.mean - before.value * after.limits.mean
    if before.limits.mean == after.limits.mean:
        step = after.value - before.value
    return (step > 0) - (step < 0)


def _headline_of_usual(title: str, periods: Sequence[Period], chart: ControlChart) -> str:
    """Return a headline that also tells of the last change, where the chart shows one."""
    for place in range(len(chart.points) - 1, chart.segments[-1].first - 1, -1):
        side = chart.points[place].side
        if side:
            where = "above" if side > 0 else "below"
            return (
                f"{title}: within its usual range, after signs {where} it until "
                f"{periods[place].label}"
            )
    first = chart.segments[-1].first
    if first:
        return f"{title}: within its usual range since {periods[first].label}"
    return f"{title}: within its usual range all along"
