"""The figure of a measure: its chart, its words, its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import mark_safe

from folkmoot.core import charts
from folkmoot.core.periods import Month
from folkmoot.core.spc import ChartKind
from folkmoot.core.tables import Table
from folkmoot.performance.displays import RATE_DIGITS, Rates, RollingYear
from folkmoot.performance.explaining import Explained
from folkmoot.performance.presenters import tables
from folkmoot.performance.presenters.tables import AddressOf, Marks
from folkmoot.performance.presenters.words import capital, release_line
from folkmoot.performance.readings import MeasureFigures
from folkmoot.sources.registry import series_named

WIDE = {"width": 470, "height": 250}
NARROW = {"width": 210, "height": 220}
Pins = Sequence[tuple[Month, str]]
Drawing = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that is drawn when it is needed: `draw` takes a size and a palette."""

    slug: str
    headline: str
    subtitle: str
    description: str
    source: str
    csv_url: str
    table: Table
    draw: Drawing

    def printed(self) -> dict[str, Any]:
        """Return what a page prints, drawn for a desk and for a phone."""
        return {
            "id": f"figure-{self.slug}",
            "headline": self.headline,
            "subtitle": self.subtitle,
            "svg": mark_safe(self.draw(**WIDE)),
            "svg_narrow": mark_safe(self.draw(**NARROW)),
            "description": self.description,
            "source": self.source,
            "csv_url": self.csv_url,
            "table": self.table,
        }


def figure(
    figures: MeasureFigures,
    csv_url: str,
    *,
    marks: Marks | None = None,
    address_of: AddressOf | None = None,
    pins: Pins = (),
) -> Figure | None:
    """Return the figure of a measure: chart, table of the same numbers, text, source, CSV."""
    seen, reading, release = figures.observed, figures.reading, figures.release
    if seen is None or reading is None or release is None:
        return None
    how_often = "each quarter, rolling 12 months" if figures.is_survey else "each month"
    if figures.chart is not None and figures.chart.kind is ChartKind.SEASONAL:
        how_often = "each month, read against the same months of other years"

    def draw(**size: Any) -> str:
        return chart_svg(figures, pins=pins, **size)

    return _figure(
        figures,
        csv_url,
        headline=reading.headline,
        subtitle=f"{capital(figures.unit)}, {how_often}",
        description=describe(figures),
        draw=draw,
        table=tables.table(figures, marks, address_of),
    )


def rolling_figure(found: RollingYear, csv_url: str) -> Figure:
    """Return the figure of sums over twelve months, whose headline says nothing of change."""
    figures, (last, value) = found.figures, found.sums[-1]
    headline = f"{figures.measure.title}: {value:,.0f} in the 12 months to {last.label}"
    words = charts.describe_rolling(figures.measure.title, figures.area.name, found.sums)

    def draw(**size: Any) -> str:
        return charts.rolling_svg(
            found.sums, title=headline, description=words, breaks=breaks_of(figures), **size
        )

    return _figure(
        figures,
        csv_url,
        headline=headline,
        subtitle=f"{capital(figures.unit)}, sum of 12 months, for showing only",
        description=words,
        draw=draw,
        table=tables.rolling_table(found),
        months=[month for month, _ in found.sums],
    )


def rates_figure(found: Rates, csv_url: str) -> Figure:
    """Return the figure of rates by residents."""
    figures = found.figures
    seen, chart, reading = figures.observed, figures.chart, figures.reading
    assert seen is not None
    assert chart is not None
    assert reading is not None
    words = charts.describe_control_chart(
        figures.measure.title, figures.area.name, seen.months, chart, reading, digits=RATE_DIGITS
    )

    def draw(**size: Any) -> str:
        return charts.control_chart_svg(
            seen.months,
            chart,
            title=reading.headline,
            description=words,
            breaks=breaks_of(figures),
            digits=RATE_DIGITS,
            **size,
        )

    shown = _figure(
        figures,
        csv_url,
        headline=reading.headline,
        subtitle=f"{capital(figures.unit)}, per {found.per:,} residents, each month",
        description=words,
        draw=draw,
        table=tables.rates_table(found),
    )
    residents = (
        f"Residents: {found.population.publisher}, {found.population.title}, release of "
        f"{found.population.released_on:%B %Y}."
    )
    return replace(shown, source=f"{shown.source} {residents}")


def _figure(
    figures: MeasureFigures,
    csv_url: str,
    *,
    headline: str,
    subtitle: str,
    description: str,
    draw: Drawing,
    table: Table,
    months: Sequence[Month] = (),
) -> Figure:
    seen, release = figures.observed, figures.release
    assert seen is not None
    assert release is not None
    span = months or seen.months
    return Figure(
        slug=figures.measure.slug,
        headline=headline,
        subtitle=f"{subtitle}, {figures.area.name}, {span[0].label} to {span[-1].label}",
        description=description,
        source=release_line(release),
        csv_url=csv_url,
        table=table,
        draw=draw,
    )


def chart_svg(
    figures: MeasureFigures,
    *,
    width: int = WIDE["width"],
    height: int = WIDE["height"],
    palette: charts.Palette = charts.Palette.PAGE,
    pins: Pins = (),
) -> str:
    """Return the chart of a measure; empty where there is nothing to draw."""
    seen, reading = figures.observed, figures.reading
    if seen is None or reading is None:
        return ""
    words: dict[str, Any] = {"title": reading.headline, "description": describe(figures)}
    size: dict[str, Any] = {"width": width, "height": height, "palette": palette}
    if figures.is_survey:
        return charts.survey_svg(seen.months, seen.values, seen.bases, **words, **size)
    if figures.chart is None:
        return charts.counts_svg(seen.months, seen.values, **words, **size)
    return charts.control_chart_svg(
        seen.months,
        figures.chart,
        breaks=breaks_of(figures),
        pins=pins,
        way=figures.way,
        **words,
        **size,
    )


def pins_of(commentary: Sequence[Explained]) -> list[tuple[Month, str]]:
    """Return the months that somebody explains, numbered as they are listed."""
    return [(each.month, str(number)) for number, each in enumerate(commentary, start=1)]


def breaks_of(figures: MeasureFigures) -> list[tuple[Month, str]]:
    """Return the months from which figures are recorded differently, with what the rule says."""
    series = series_named(figures.measure.series)
    return [(mark.month, mark.label) for mark in series.breaks] if series else []


def describe(figures: MeasureFigures) -> str:
    """Return in words what the chart of a measure shows; empty where there is none."""
    seen, reading = figures.observed, figures.reading
    if seen is None or reading is None:
        return ""
    title, area = figures.measure.title, figures.area.name
    if figures.chart is not None:
        return charts.describe_control_chart(title, area, seen.months, figures.chart, reading)
    if figures.is_survey:
        return charts.describe_survey(title, area, seen.months, seen.values, reading, seen.bases)
    return charts.describe_counts(title, area, seen.months, seen.values)
