"""From observations to what the statistics say of each measure of a plan."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from django.core.cache import cache

from folkmoot.core.periods import Month
from folkmoot.core.readings import Reading, read_series, read_survey
from folkmoot.core.spc import ControlChart, Direction, control_chart
from folkmoot.performance.models import Area, Release
from folkmoot.performance.querysets import Observed, latest_releases, observed
from folkmoot.plans.models import Measure, Plan
from folkmoot.publishing.clock import local
from folkmoot.publishing.purging import edition
from folkmoot.sources.registry import series_named

# Five years: long enough for stable limits, short enough that an old level has left the picture.
MONTHS_SHOWN = 60
# Figures are right within a minute of an import by another process.
READINGS_SECONDS = 60
TOTAL = Area.Kind.TOTAL


@dataclass(frozen=True, slots=True)
class MeasureFigures:
    """A measure for one area: what was observed, its chart, and the reading.

    `chart` is None for a survey, whose rolling windows never stand on a control chart;
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
    def release(self) -> Release | None:
        """The release that the figures come from."""
        return self.observed.release if self.observed else None


def figures_of(
    measures: Iterable[Measure], area: Area, known_on: date, up_to: Month | None = None
) -> list[MeasureFigures]:
    """Return figures and reading of each measure for an area, as known on a day. Two queries."""
    measures = list(measures)
    releases = latest_releases(known_on)
    cells = observed(
        {measure.series for measure in measures if measure.series}, [area], releases, up_to
    )
    return [_figures(measure, area, cells.get((measure.series, area.slug))) for measure in measures]


def _figures(measure: Measure, area: Area, cell: Observed | None) -> MeasureFigures:
    series = series_named(measure.series) if measure.series else None
    if cell is None or series is None:
        return MeasureFigures(measure, area, None, None, None)
    direction = Direction(measure.better)
    if series.is_rolling:
        reading = read_survey(measure.title, cell.months, cell.values, cell.bases, direction)
        return MeasureFigures(measure, area, cell, None, reading)
    shown = _last(cell, MONTHS_SHOWN)
    chart = control_chart(shown.values, direction) if len(shown.values) > 1 else None
    reading = read_series(measure.title, series.unit, shown.months, chart)
    return MeasureFigures(measure, area, shown, chart, reading)


def _last(cell: Observed, months: int) -> Observed:
    """Return the last unbroken run of at most `months` months: a missing month is not a zero."""
    start = max(0, len(cell.months) - months)
    for place in range(len(cell.months) - 1, start, -1):
        if cell.months[place - 1].shift(1) != cell.months[place]:
            start = place
            break
    return Observed(
        cell.series, cell.release, cell.months[start:], cell.values[start:], cell.bases[start:]
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
