"""The dashboard: a tile for each measure."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.safestring import mark_safe

from folkmoot.core import charts
from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Dashboard
from folkmoot.performance.presenters.filters import filters, query_of
from folkmoot.performance.presenters.words import format_value, period_label, release_line
from folkmoot.performance.readings import MeasureFigures
from folkmoot.publishing.clock import local


def tile(figures: MeasureFigures, address: str) -> dict[str, Any]:
    """Return what one tile of the dashboard prints."""
    seen, reading, chart = figures.observed, figures.reading, figures.chart
    printed: dict[str, Any] = {"measure": figures.measure, "url": address}
    if seen is None or reading is None:
        return printed
    if chart is not None:
        svg = charts.sparkline_svg(chart, title=reading.headline)
    else:
        svg = charts.survey_sparkline_svg(seen.values, title=reading.headline)
    return printed | {
        "value": format_value(figures, seen.values[-1]),
        "period": period_label(figures),
        "reading": reading,
        "sparkline": mark_safe(svg),
    }


def dashboard(
    page: Dashboard,
    figures: list[MeasureFigures],
    area: Area | None,
    up_to: Month | None,
    at: datetime,
) -> dict[str, Any]:
    """Return what the dashboard prints: tiles by priority, filters, releases, day."""
    query = query_of(area, up_to)
    groups = [
        {
            "priority": priority,
            "tiles": [tile(each, f"{page.url}{each.measure.slug}/{query}") for each in part],
        }
        for priority, part in groupby(figures, key=lambda each: each.measure.outcome.priority)
    ]
    releases = {each.release for each in figures if each.release is not None}
    return {
        "groups": groups,
        "area": area,
        "known": local(at).date(),
        "releases": sorted(releases, key=lambda release: release.title),
        "release_lines": sorted(release_line(release) for release in releases),
        **filters(area, up_to, releases),
    }
