"""Figures and readings to what pages, files and other rooms print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.utils.safestring import mark_safe

from folkmoot.core import charts
from folkmoot.core.periods import Month
from folkmoot.core.readings import Tone, limits_of_counts, mean_of_counts, point_words
from folkmoot.core.tables import Table, format_count, format_percent
from folkmoot.performance.models import Area, Dashboard, Release
from folkmoot.performance.querysets import latest_releases
from folkmoot.performance.readings import (
    READINGS_SECONDS,
    MeasureFigures,
    readings_of_plan,
)
from folkmoot.plans.models import Measure
from folkmoot.publishing.clock import local
from folkmoot.publishing.purging import edition
from folkmoot.sources.registry import series_named

MONTHS_OFFERED = 60
NOT_AVAILABLE = "[x]"
# Worst first: an account that hides what deteriorates is none.
ORDER_OF_TONES = (Tone.CONCERN, Tone.IMPROVEMENT, Tone.NEUTRAL, Tone.COMMON, Tone.UNKNOWN)


def format_value(figures: MeasureFigures, value: float) -> str:
    """Return a value as it is printed: "1,971" for a count, "47%" for a share."""
    return format_percent(value) if figures.is_survey else format_count(value)


def period_label(figures: MeasureFigures) -> str:
    """Return the latest period with its unit: "February 2025, offences recorded"."""
    seen, series = figures.observed, series_named(figures.measure.series)
    if seen is None or series is None:
        return ""
    label = seen.months[-1].label
    return f"{'12 months to ' if series.is_rolling else ''}{label}, {series.unit}"


def release_line(release: Release) -> str:
    """Return where a figure comes from, in the words that stand under a chart."""
    return (
        f"Source: {release.publisher}, {release.title}, release of {release.released_on:%B %Y}. "
        f"{release.status[:1].upper()}{release.status[1:]}. {release.licence}."
    )


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
    query = _query(area, up_to)
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


def filters(area: Area | None, up_to: Month | None, releases: set[Release]) -> dict[str, Any]:
    """Return what the filter form offers: areas with residents, and the last months."""
    latest = max((Month.from_date(release.last_period) for release in releases), default=None)
    months = [latest.shift(-back) for back in range(MONTHS_OFFERED)] if latest else []
    if up_to and up_to not in months:
        months.append(up_to)
    return {
        "areas": list(Area.objects.exclude(kind=Area.Kind.PSEUDO).order_by("-kind", "name")),
        "months": [(str(month), month.label) for month in months],
        "up_to": str(up_to) if up_to else "",
    }


def measure_page(
    page: Dashboard, figures: MeasureFigures, up_to: Month | None, at: datetime
) -> dict[str, Any]:
    """Return what a measure's page prints."""
    query = _query(figures.area, up_to)
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


def table(figures: MeasureFigures) -> Table:
    """Return the numbers behind a measure's chart, newest first."""
    seen, title = figures.observed, f"{figures.measure.title}, {figures.area.name}"
    if seen is None:
        return Table(title, ("Period", "Value"), ())
    if figures.chart is None:
        rows = [
            (
                month.label,
                format_value(figures, value),
                format_count(base) if base else NOT_AVAILABLE,
            )
            for month, value, base in zip(seen.months, seen.values, seen.bases, strict=True)
        ]
        headers = ("12 months to", "Share of people asked", "Interviews")
        notes = ("[x] not available.",) if any(row[2] == NOT_AVAILABLE for row in rows) else ()
        return Table(title, headers, tuple(reversed(rows)), notes)
    series = series_named(figures.measure.series)
    unit = series.unit if series else "value"
    points = zip(seen.months, figures.chart.points, strict=True)
    rows_of_chart = [
        (
            month.label,
            format_count(point.value),
            limits_of_counts(point.limits)[0],
            mean_of_counts(point.limits),
            limits_of_counts(point.limits)[1],
            point_words(point),
        )
        for month, point in points
    ]
    headers_of_chart = (
        "Month",
        f"{unit[:1].upper()}{unit[1:]}",
        "Lower limit",
        "Average",
        "Upper limit",
        "Reading",
    )
    return Table(title, headers_of_chart, tuple(reversed(rows_of_chart)))


def csv_rows(figures: MeasureFigures) -> Iterator[list[Any]]:
    """Yield the header and the rows of a measure's CSV, oldest first, unrounded."""
    yield [
        "measure",
        "area_code",
        "area",
        "period",
        "value",
        "base",
        "lower_limit",
        "average",
        "upper_limit",
        "reading",
        "source",
        "released_on",
        "licence",
    ]
    seen, release = figures.observed, figures.release
    if seen is None or release is None:
        return
    points = figures.chart.points if figures.chart else (None,) * len(seen.months)
    for month, value, base, point in zip(seen.months, seen.values, seen.bases, points, strict=True):
        limits = point.limits if point else None
        yield [
            figures.measure.slug,
            figures.area.code,
            figures.area.name,
            str(month),
            value if figures.is_survey else round(value),
            "" if base is None else round(base),
            f"{max(0.0, limits.lower):.1f}" if limits else "",
            f"{limits.mean:.1f}" if limits else "",
            f"{limits.upper:.1f}" if limits else "",
            point_words(point) if point else "",
            release.title,
            release.released_on.isoformat(),
            release.licence,
        ]


def measure_reading(measure: Measure, at: datetime) -> dict[str, Any] | None:
    """Return the compact reading of a measure for other rooms; None where there is none.

    Keys: title, url, word, shape, tone, sentence, period, value.
    """
    plan_id = measure.outcome.priority.plan_id
    figures = readings_of_plan(plan_id, at).get(measure.pk)
    page = dashboard_of(plan_id)
    if figures is None or figures.reading is None or figures.observed is None or page is None:
        return None
    return {
        "title": measure.title,
        "url": f"{page}{measure.slug}/",
        "word": figures.reading.word,
        "shape": figures.reading.shape,
        "tone": figures.reading.tone.value,
        "sentence": figures.reading.sentence,
        "period": period_label(figures),
        "value": format_value(figures, figures.observed.values[-1]),
    }


def dashboard_of(plan_id: int) -> str | None:
    """Return the address of a plan's dashboard; None where it has none. Kept for a minute."""
    key = f"dashboard-of:{edition()}:{plan_id}"
    address: str | None = cache.get(key)
    if address is None:
        page = Dashboard.objects.live().filter(statutory_plan_id=plan_id).first()
        address = (page.url or "") if page else ""
        cache.set(key, address, READINGS_SECONDS)
    return address or None


def _query(area: Area | None, up_to: Month | None) -> str:
    """Return the query that keeps an area and a month from page to page."""
    chosen = {}
    if area is not None and area.kind != Area.Kind.TOTAL:
        chosen["area"] = area.slug
    if up_to is not None:
        chosen["to"] = str(up_to)
    return f"?{urlencode(chosen)}" if chosen else ""
