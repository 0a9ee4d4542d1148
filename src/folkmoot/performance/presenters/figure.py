"""The figure of a measure: its chart, its words, its source."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe

from folkmoot.core import charts
from folkmoot.performance.presenters.tables import table
from folkmoot.performance.presenters.words import release_line
from folkmoot.performance.readings import MeasureFigures
from folkmoot.sources.registry import series_named


def figure(figures: MeasureFigures, csv_url: str) -> dict[str, Any] | None:
    """Return the figure of a measure: chart, table of the same numbers, text, source, CSV."""
    seen, reading, release = figures.observed, figures.reading, figures.release
    if seen is None or reading is None or release is None:
        return None
    first, last = seen.months[0].label, seen.months[-1].label
    series = series_named(figures.measure.series)
    unit = series.unit if series else ""
    how_often = "each quarter, rolling 12 months" if figures.is_survey else "each month"
    wide, narrow = chart_svg(figures), chart_svg(figures, width=210, height=220)
    return {
        "id": f"figure-{figures.measure.slug}",
        "headline": reading.headline,
        "subtitle": f"{unit[:1].upper()}{unit[1:]}, {how_often}, {figures.area.name}, "
        f"{first} to {last}",
        "svg": mark_safe(wide),
        "svg_narrow": mark_safe(narrow),
        "description": describe(figures),
        "source": release_line(release),
        "csv_url": csv_url,
        "table": table(figures),
    }


def chart_svg(
    figures: MeasureFigures,
    *,
    width: int = 470,
    height: int = 250,
    palette: charts.Palette = charts.Palette.PAGE,
) -> str:
    """Return the chart of a measure; empty where there is nothing to draw."""
    seen, reading = figures.observed, figures.reading
    if seen is None or reading is None:
        return ""
    words: dict[str, Any] = {"title": reading.headline, "description": describe(figures)}
    size: dict[str, Any] = {"width": width, "height": height}
    if figures.chart is None:
        if not figures.is_survey:
            return ""
        return charts.survey_svg(
            seen.months, seen.values, seen.bases, palette=palette, **words, **size
        )
    series = series_named(figures.measure.series)
    breaks = [(mark.month, mark.label) for mark in series.breaks] if series else []
    return charts.control_chart_svg(
        seen.months, figures.chart, breaks=breaks, palette=palette, **words, **size
    )


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
    return ""
