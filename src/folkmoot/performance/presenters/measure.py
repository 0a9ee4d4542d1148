"""A measure's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from folkmoot.core.periods import Month
from folkmoot.performance.models import Dashboard
from folkmoot.performance.presenters.figure import figure
from folkmoot.performance.presenters.filters import filters, query_of
from folkmoot.performance.presenters.words import format_value, period_label
from folkmoot.performance.querysets import latest_releases
from folkmoot.performance.readings import MeasureFigures
from folkmoot.publishing.clock import local
from folkmoot.sources.registry import series_named


def measure_page(
    page: Dashboard, figures: MeasureFigures, up_to: Month | None, at: datetime
) -> dict[str, Any]:
    """Return what a measure's page prints."""
    query = query_of(figures.area, up_to)
    releases = set(latest_releases(local(at).date()).values())
    series = series_named(figures.measure.series)
    own = {release for release in releases if series and release.source == series.source}
    return {
        "measure": figures.measure,
        "figures": figures,
        "area": figures.area,
        "reading": figures.reading,
        "value": format_value(figures, figures.observed.values[-1]) if figures.observed else None,
        "period": period_label(figures),
        "figure": figure(figures, f"{page.url}{figures.measure.slug}/table.csv{query}"),
        "release": figures.release,
        "known": local(at).date(),
        "query": query,
        **filters(figures.area, up_to, own),
    }
