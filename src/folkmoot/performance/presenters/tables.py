"""The numbers of a measure as a table and as rows of a CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.html import format_html

from folkmoot.core.periods import Month
from folkmoot.core.rates import Rate
from folkmoot.core.readings import (
    format_figure,
    limits_of_figures,
    mean_of_counts,
    point_words,
)
from folkmoot.core.revisions import Mark
from folkmoot.core.spc import Point
from folkmoot.core.tables import Table, format_count
from folkmoot.performance.displays import RATE_DIGITS, Rates, RollingYear
from folkmoot.performance.presenters.words import NOT_AVAILABLE, capital, format_value
from folkmoot.performance.readings import MeasureFigures

Marks = Mapping[Month, Mark]
# Gives the address of every value that was given for a month.
AddressOf = Callable[[Month], str]
SETTLED = "Status"
OF_MARKS = {
    Mark.PROVISIONAL: "[p] provisional: no later release has confirmed the figure yet.",
    Mark.REVISED: "[r] revised: the release before gave another figure.",
}


def table(
    figures: MeasureFigures, marks: Marks | None = None, address_of: AddressOf | None = None
) -> Table:
    """Return the numbers behind a measure's chart, newest first.

    `marks` say which are revised or provisional; each leads to where every value of its month is.
    """
    seen, title = figures.observed, f"{figures.measure.title}, {figures.area.name}"
    if seen is None:
        return Table(title, ("Period", "Value"), ())
    if figures.is_survey:
        return _survey_table(figures, title, marks or {}, address_of)
    unit = capital(figures.unit) or "Value"
    if figures.chart is None:
        rows = [
            (month.label, format_count(value))
            for month, value in zip(seen.months, seen.values, strict=True)
        ]
        return _marked(Table(title, ("Month", unit), tuple(rows)), seen.months, marks, address_of)
    points = zip(seen.months, figures.chart.points, strict=True)
    printed = [
        (month.label, format_count(point.value), *_limits(point), point_words(point))
        for month, point in points
    ]
    headers = ("Month", unit, "Lower limit", "Average", "Upper limit", "Reading")
    return _marked(Table(title, headers, tuple(printed)), seen.months, marks, address_of)


def _survey_table(
    figures: MeasureFigures, title: str, marks: Marks, address_of: AddressOf | None
) -> Table:
    seen = figures.observed
    assert seen is not None
    rows = [
        (month.label, format_value(figures, value), format_count(base) if base else NOT_AVAILABLE)
        for month, value, base in zip(seen.months, seen.values, seen.bases, strict=True)
    ]
    headers = ("12 months to", "Share of people asked", "Interviews")
    notes = ("[x] not available.",) if any(row[2] == NOT_AVAILABLE for row in rows) else ()
    return _marked(Table(title, headers, tuple(rows), notes), seen.months, marks, address_of)


def rates_table(found: Rates) -> Table:
    """Return rates with their intervals and the residents they are counted among, newest first."""
    seen, chart = found.figures.observed, found.figures.chart
    assert seen is not None
    assert chart is not None
    rows = [
        (
            month.label,
            format_figure(each.value, RATE_DIGITS),
            _interval(each),
            format_count(value),
            format_count(each.population.residents),
            f"{each.population.month.label}{'' if each.population.is_matched else '*'}",
            point_words(point),
        )
        for month, value, each, point in zip(
            seen.months, seen.values, found.rates, chart.points, strict=True
        )
    ]
    is_later = any(not each.population.is_matched for each in found.rates)
    note = "* The latest estimate before the month: none of its own year is held."
    return Table(
        f"{found.figures.measure.title}, {found.figures.area.name}, per {found.per:,} residents",
        (
            "Month",
            f"Per {found.per:,} residents",
            "95% interval",
            capital(found.figures.measure.unit) or "Count",
            "Residents",
            "Residents as of",
            "Reading",
        ),
        tuple(reversed(rows)),
        (note,) if is_later else (),
    )


def rolling_table(found: RollingYear) -> Table:
    """Return sums over twelve months, newest first."""
    return Table(
        f"{found.figures.measure.title}, {found.figures.area.name}, sums over 12 months",
        ("12 months to", capital(found.figures.unit)),
        tuple((month.label, format_count(value)) for month, value in reversed(found.sums)),
    )


def csv_rows(figures: MeasureFigures, marks: Marks | None = None) -> Iterator[list[Any]]:
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
        "mark",
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
        mark = (marks or {}).get(month)
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
            mark.value if mark else "",
            release.title,
            release.released_on.isoformat(),
            release.licence,
        ]


def rates_rows(found: Rates) -> Iterator[list[Any]]:
    """Yield the header and the rows of the CSV of rates, oldest first, unrounded."""
    yield [
        "measure",
        "area_code",
        "area",
        "period",
        "count",
        f"rate_per_{found.per}_residents",
        "interval_lower",
        "interval_upper",
        "residents",
        "residents_as_of",
        "source",
        "released_on",
        "source_of_residents",
        "licence",
    ]
    figures, seen, release = found.figures, found.figures.observed, found.figures.release
    assert seen is not None
    assert release is not None
    for month, value, each in zip(seen.months, seen.values, found.rates, strict=True):
        yield [
            figures.measure.slug,
            figures.area.code,
            figures.area.name,
            str(month),
            round(value),
            f"{each.value:.6f}",
            f"{each.interval.lower:.6f}",
            f"{each.interval.upper:.6f}",
            round(each.population.residents),
            str(each.population.month),
            release.title,
            release.released_on.isoformat(),
            f"{found.population.title}, {found.population.released_on.isoformat()}",
            release.licence,
        ]


def rolling_rows(found: RollingYear) -> Iterator[list[Any]]:
    """Yield the header and the rows of the CSV of sums over twelve months, oldest first."""
    yield ["measure", "area_code", "area", "twelve_months_to", "sum", "source", "released_on"]
    figures, release = found.figures, found.figures.release
    assert release is not None
    for month, value in found.sums:
        yield [
            figures.measure.slug,
            figures.area.code,
            figures.area.name,
            str(month),
            round(value),
            release.title,
            release.released_on.isoformat(),
        ]


def _limits(point: Point) -> tuple[str, str, str]:
    lower, upper = limits_of_figures(point.limits)
    return lower, mean_of_counts(point.limits), upper


def _interval(each: Rate) -> str:
    return (
        f"{format_figure(each.interval.lower, RATE_DIGITS)} to "
        f"{format_figure(each.interval.upper, RATE_DIGITS)}"
    )


def _marked(
    plain: Table,
    months: tuple[Month, ...],
    marks: Marks | None,
    address_of: AddressOf | None,
) -> Table:
    """Return a table newest first, with a column that says how far each figure is settled.

    The column is left out where no figure bears a mark.
    """
    if not any(month in (marks or {}) for month in months) or marks is None:
        return Table(plain.caption, plain.headers, tuple(reversed(plain.rows)), plain.notes)
    rows = [
        (*row[:2], _mark(marks.get(month), month, address_of), *row[2:])
        for row, month in zip(plain.rows, months, strict=True)
    ]
    shown = [OF_MARKS[mark] for mark in Mark if mark in marks.values()]
    return Table(
        plain.caption,
        (*plain.headers[:2], SETTLED, *plain.headers[2:]),
        tuple(reversed(rows)),
        (*plain.notes, *shown),
    )


def _mark(mark: Mark | None, month: Month, address_of: AddressOf | None) -> str:
    if mark is None:
        return ""
    words = f"{mark.value} {mark.word}"
    if address_of is None:
        return words
    return format_html(
        '<a href="{}">{}<span class="visually-hidden">: every value of {}</span></a>',
        address_of(month),
        words,
        month.label,
    )
