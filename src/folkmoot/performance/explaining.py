"""Which signals are explained, what is said of them, and which wait for an explanation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Commentary
from folkmoot.performance.readings import MeasureFigures, figures_in
from folkmoot.plans.models import Measure
from folkmoot.publishing.clock import instant, next_midnight


@dataclass(frozen=True, slots=True)
class Explained:
    """What is said of one figure now, and what was said before, newest first."""

    month: Month
    said: Commentary
    earlier: tuple[Commentary, ...]

    @property
    def anchor(self) -> str:
        """The name of its place on a page, to which its pin on the chart leads."""
        return f"commentary-{self.month}"


@dataclass(frozen=True, slots=True)
class Signal:
    """A change that still holds at the end of a series, and what was said of it, if anything."""

    figures: MeasureFigures
    since: Month
    latest: Month
    explained: Explained | None

    @property
    def month(self) -> Month:
        """The month to explain: that of which something is said, or in which the change began.

        A survey's change is seen between points far apart, and belongs to the latest.
        """
        if self.explained is not None:
            return self.explained.month
        return self.latest if self.figures.is_survey else self.since


def commentary_of(figures: MeasureFigures, known_on: date) -> list[Explained]:
    """Return what is said of the figures that a page shows, newest month first. One query."""
    if figures.observed is None:
        return []
    said = _said([figures.measure], [figures.area], known_on)
    months = set(figures.observed.months)
    shown = [each for (_, _, month), each in said.items() if month in months]
    return sorted(shown, key=lambda each: each.month, reverse=True)


def said_of(measure: Measure, area: Area, month: Month, known_on: date) -> Explained | None:
    """Return what is said of one figure; None where nothing is. One query."""
    return _said([measure], [area], known_on).get((measure.pk, area.pk, month))


def signals(measures: Iterable[Measure], areas: Collection[Area], known_on: date) -> list[Signal]:
    """Return every change that holds at the end of the newest releases, by measure and area.

    One that began in a month is explained by what was said of that month or a later one. Four
    queries.
    """
    measures = list(measures)
    said: dict[tuple[int, int], list[Explained]] = defaultdict(list)
    for (measure_id, area_id, _), each in _said(measures, areas, known_on).items():
        said[measure_id, area_id].append(each)
    found = []
    for figures in figures_in(measures, areas, known_on):
        since = figures.reading.since if figures.reading else None
        if figures.observed is None or not isinstance(since, Month):
            continue
        latest = figures.observed.months[-1]
        spoken = said[figures.measure.pk, figures.area.pk]
        words = [each for each in spoken if since <= each.month <= latest]
        newest = max(words, key=lambda each: each.month, default=None)
        found.append(Signal(figures, since, latest, newest))
    return found


def _said(
    measures: Iterable[Measure], areas: Collection[Area], known_on: date
) -> dict[tuple[int, int, Month], Explained]:
    """Return what is said of figures by the keys of measure and area and the month. One query."""
    rows = Commentary.objects.filter(
        measure__in=[measure.pk for measure in measures],
        area__in=[area.pk for area in areas],
        written_at__lt=next_midnight(instant(known_on.isoformat())),
    ).order_by("-version")
    versions: dict[tuple[int, int, Month], list[Commentary]] = defaultdict(list)
    for row in rows:
        versions[row.measure_id, row.area_id, Month.from_date(row.period)].append(row)
    return {
        key: Explained(key[2], newest, tuple(earlier))
        for key, (newest, *earlier) in versions.items()
    }
