"""The numbers of a measure as a table and as rows of a CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from folkmoot.core.readings import limits_of_counts, mean_of_counts, point_words
from folkmoot.core.tables import Table, format_count
from folkmoot.performance.presenters.words import NOT_AVAILABLE, format_value
from folkmoot.performance.readings import MeasureFigures
from folkmoot.sources.registry import series_named


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
