"""From observations to what the statistics say of each measure of a plan."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from django.core.cache import cache

from folkmoot.core.periods import Month, months_between
from folkmoot.core.readings import OPEN, Reading, Tone, read_between, read_series, read_survey
from folkmoot.core.spc import (
    ControlChart,
    Direction,
    control_chart,
    days_between,
    is_rare,
    rebases,
    spread_over_months,
    t_chart,
    with_room,
)
from folkmoot.core.trajectory import between
from folkmoot.performance.models import Area, Release
from folkmoot.performance.querysets import Observed, latest_releases, observed
from folkmoot.performance.rebasing import ByHand, rebased_by_hand
from folkmoot.plans.models import Measure, Plan
from folkmoot.publishing.clock import local
from folkmoot.publishing.purging import edition
from folkmoot.sources.registry import series_named

if TYPE_CHECKING:
    from folkmoot.sources.tables import Break

# Five years: long enough for stable limits, short enough that an old level has left the picture.
MONTHS_SHOWN = 60
# Of so few there are not two gaps to compare.
FEWEST_EVENTS = 3
# Figures are right within a minute of an import by another process.
READINGS_SECONDS = 60
TOTAL = Area.Kind.TOTAL


@dataclass(frozen=True, slots=True)
class MeasureFigures:
    """A measure for one area: what was observed, its chart, and the reading.

    `chart` is None for a survey, whose rolling windows never stand on a control chart, and for
    events too rare to count by the month, of which the time between them is read;
    `observed` is None where no release known by then holds a figure for the area.
    """

    measure: Measure
    area: Area
    observed: Observed | None
    chart: ControlChart | None
    reading: Reading | None

    @property
    def is_survey(self) -> bool:
        """Whether the values are shares of people asked, not counts."""
        series = series_named(self.measure.series)
        return series is not None and series.is_rolling

    @property
    def is_given(self) -> bool:
        """Whether the measure is given for the area at all."""
        return self.measure.is_given_for(self.area.name, self.area.code, self.area.slug)

    @property
    def unit(self) -> str:
        """What the values count: the measure's own word, or that of its series."""
        series = series_named(self.measure.series)
        return self.measure.unit or (series.unit if series else "")

    @property
    def target(self) -> float | None:
        """The target that holds for the area."""
        return _target(self.measure, self.area)

    @property
    def way(self) -> tuple[tuple[Month, float], ...]:
        """The way to the target through the months observed; level where none was set."""
        if self.target is None or self.observed is None:
            return ()
        first, last = self.observed.months[0], self.observed.months[-1]
        if self.measure.trajectory:
            return between(self.measure.target_points, first, last)
        return (first, self.target), (last, self.target)

    @property
    def release(self) -> Release | None:
        """The release that the figures come from."""
        return self.observed.release if self.observed else None


def figures_of(
    measures: Iterable[Measure], area: Area, known_on: date, up_to: Month | None = None
) -> list[MeasureFigures]:
    """Return figures and reading of each measure for an area, as known on a day. Three queries."""
    return figures_in(measures, [area], known_on, up_to)


def figures_in(
    measures: Iterable[Measure],
    areas: Collection[Area],
    known_on: date,
    up_to: Month | None = None,
) -> list[MeasureFigures]:
    """Return figures and reading of each measure for each of some areas. Three queries."""
    measures = list(measures)
    releases = latest_releases(known_on)
    cells = observed(
        {measure.series for measure in measures if measure.series}, areas, releases, up_to
    )
    by_hand = rebased_by_hand(measures, areas, known_on)
    return [
        _figures(
            measure,
            area,
            cells.get((measure.series, area.slug)),
            by_hand.get((measure.pk, area.pk), []),
        )
        for measure in measures
        for area in areas
    ]


def _figures(
    measure: Measure, area: Area, cell: Observed | None, by_hand: ByHand
) -> MeasureFigures:
    figures = MeasureFigures(measure, area, None, None, None)
    series = series_named(measure.series) if measure.series else None
    if cell is None or series is None or not figures.is_given:
        return figures
    direction = Direction(measure.better)
    if series.is_rolling:
        reading = read_survey(
            measure.title,
            cell.months,
            cell.values,
            cell.bases,
            direction,
            target=figures.target,
        )
        return MeasureFigures(measure, area, cell, None, reading)
    breaks = [(mark.month, _broken(mark)) for mark in series.breaks]
    shown = _shown(cell, measure.baseline, {month for month, _ in breaks})
    if is_rare(shown.values):
        return MeasureFigures(
            measure, area, shown, None, _read_rare(measure, shown, breaks, by_hand)
        )
    chart = None
    if len(shown.values) > 1:
        chart = _chart(measure, shown, breaks, by_hand, figures.target)
    reading = read_series(measure.title, figures.unit, shown.months, chart)
    return MeasureFigures(measure, area, shown, chart, reading)


def _target(measure: Measure, area: Area) -> float | None:
    """Return the target of a measure for an area: that of the whole is none of its parts.

    A measure that is given for some areas alone has its target for these.
    """
    return measure.target if area.kind == TOTAL or measure.area_names else None


def _broken(mark: Break) -> str:
    """Return why limits begin anew at a break, as a part of a sentence."""
    return mark.label[:1].lower() + mark.label[1:]


def _chart(
    measure: Measure,
    shown: Observed,
    breaks: Sequence[tuple[Month, str]],
    by_hand: ByHand,
    target: float | None,
) -> ControlChart:
    """Return the chart of what is shown: begun anew at breaks and where somebody decided it."""
    baseline = measure.baseline
    is_fixed = baseline is not None and baseline[0] == shown.months[0]
    return control_chart(
        shown.values,
        Direction(measure.better),
        baseline=months_between(*baseline) + 1 if baseline and is_fixed else None,
        rebase=with_room(rebases(shown.months, breaks, by_hand), len(shown.months)),
        screen_outliers=measure.screens,
        target=target,
    )


def _read_rare(
    measure: Measure, shown: Observed, breaks: Sequence[tuple[Month, str]], by_hand: ByHand
) -> Reading:
    """Return the reading of events too rare to count by the month, since limits last began anew.

    Only the month of each is known, so that a gap may be out by a month.
    """
    begun = rebases(shown.months, breaks, by_hand)
    start = begun[-1].at if begun else 0
    months = shown.months[start:]
    counts = [round(value) for value in shown.values[start:]]
    events = [month for month, count in zip(months, counts, strict=True) for _ in range(count)]
    anew = f" Counted since {months[0].label}: {begun[-1].reason.rstrip('.')}." if begun else ""
    if len(events) < FEWEST_EVENTS:
        return Reading(
            "Too few to tell",
            OPEN,
            Tone.UNKNOWN,
            f"{measure.title}: {len(events) or 'none'} in the {len(months)} months from "
            f"{months[0].label} to {months[-1].label}, too few to tell a change from chance.{anew}",
            f"{measure.title}: too few to tell",
        )
    chart = t_chart(days_between(spread_over_months(months, counts)), Direction(measure.better))
    reading = read_between(measure.title, events[1:], chart)
    return replace(reading, sentence=reading.sentence + anew)


def _shown(
    cell: Observed, baseline: tuple[Month, Month] | None, breaks: Collection[Month]
) -> Observed:
    """Return the last unbroken run of five years, or from the baseline on where it holds one.

    A missing month is not a zero, so that a run begins after it. A single month before a break
    compares with nothing and is left out.
    """
    months, start = cell.months, 0
    for place in range(len(months) - 1, 0, -1):
        if months[place - 1].shift(1) != months[place]:
            start = place
            break
    if baseline is not None and baseline[0] in months[start:]:
        start = months.index(baseline[0])
    else:
        start = max(start, len(months) - MONTHS_SHOWN)
        if len(months) > start + 1 and months[start + 1] in breaks:
            start += 1
    return Observed(
        cell.series, cell.release, months[start:], cell.values[start:], cell.bases[start:]
    )


def measures_of(plan: Plan) -> list[Measure]:
    """Return the measures of a plan in the order of its priorities, each with its priority."""
    return list(
        Measure.objects.filter(outcome__priority__plan=plan)
        .select_related("outcome__priority")
        .order_by("outcome__priority__order", "outcome__order", "order", "id")
    )


# Figures of a plan by its key, each with the mark by which the cache knows them to be current.
_KEPT: dict[int, tuple[str, dict[int, MeasureFigures]]] = {}


def whole_area() -> Area | None:
    """Return the area that the plan is for as a whole; None before any import."""
    return Area.objects.filter(kind=TOTAL).order_by("id").first()


def readings_of_plan(plan_id: int, at: datetime) -> dict[int, MeasureFigures]:
    """Return figures of every measure of a plan for the whole area, by the measure's key.

    Kept for a minute, so that the many pages that show one reading do not compute all again. The
    cache holds a mark alone and this process the figures: a page shows twenty of them, and to
    unpack them all each time would take twenty times as long as the page.
    """
    known_on = local(at).date()
    key = f"readings:{os.getpid()}:{edition()}:{plan_id}:{known_on}"
    kept = _KEPT.get(plan_id)
    if kept is not None and cache.get(key) == kept[0]:
        return kept[1]
    area = whole_area()
    measures = measures_of(Plan.objects.get(pk=plan_id)) if area else []
    known = figures_of(measures, area, known_on) if area else []
    figures = {each.measure.pk: each for each in known}
    mark = token_hex(8)
    _KEPT[plan_id] = mark, figures
    cache.set(key, mark, READINGS_SECONDS)
    return figures
