"""The numbers of a comparison, as a table and as a CSV of the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from folkmoot.core.funnel import OUTER
from folkmoot.core.tables import Table, format_count
from folkmoot.performance.comparing.compared import Comparison, Row
from folkmoot.performance.comparing.words import interval_words, per_words, period_words, printed
from folkmoot.performance.presenters.words import capital, unit_of

NONE = "[x]"


def table(comparison: Comparison) -> Table:
    """Return every area with what is compared and what may be said of it."""
    caption = f"{comparison.measure.title} by area, {period_words(comparison)}"
    if comparison.is_survey:
        headers = ("Area", "Share of people asked", "95% interval", "Interviews", "Reading")
        rows = tuple(
            (
                row.area.name,
                printed(comparison, row.value) if row.value is not None else NONE,
                interval_words(comparison, row) or NONE,
                format_count(row.among) if row.among else NONE,
                row.verdict or row.missing,
            )
            for row in comparison.rows
        )
        return Table(caption, headers, rows, _notes(comparison))
    count = capital(unit_of(comparison.measure))
    if comparison.funnel is None:
        rows_of_counts = tuple((row.area.name, _count(row), row.missing) for row in comparison.rows)
        return Table(caption, ("Area", count, "Note"), rows_of_counts, _notes(comparison))
    headers_of_rates = (
        "Area",
        count,
        "Residents",
        capital(per_words(comparison)),
        "95% interval",
        "Place, from to",
        "Reading",
    )
    rated = tuple(_rated(comparison, row) for row in comparison.rows)
    return Table(caption, headers_of_rates, rated, _notes(comparison))


def _rated(comparison: Comparison, row: Row) -> tuple[str, ...]:
    if row.value is None:
        mark = row.missing.split(" ", 1)[0]
        return (row.area.name, _count(row), mark, mark, mark, mark, row.missing)
    return (
        row.area.name,
        _count(row),
        format_count(row.among or 0),
        printed(comparison, row.value),
        interval_words(comparison, row),
        str(row.placed),
        f"{row.verdict}. {row.caveat}." if row.caveat else row.verdict,
    )


def _count(row: Row) -> str:
    return format_count(row.count) if row.count is not None else NONE


def _notes(comparison: Comparison) -> tuple[str, ...]:
    missing = {row.missing.split(" ", 1)[0] for row in comparison.rows if row.missing}
    meanings = {"[x]": "[x] not available.", "[z]": "[z] not applicable."}
    return tuple(meanings[mark] for mark in sorted(missing))


def csv_rows(comparison: Comparison) -> Iterator[list[Any]]:
    """Yield the header and a row for each area, unrounded, in the order of the page."""
    yield [
        "measure",
        "area_code",
        "area",
        "first_month",
        "last_month",
        "count",
        "share",
        "residents_or_interviews",
        "per",
        "rate",
        "lower_95",
        "upper_95",
        "lower_99_8_limit",
        "upper_99_8_limit",
        "place_from",
        "place_to",
        "reading",
        "note",
        "population_of",
        "source",
        "released_on",
        "licence",
    ]
    for row in comparison.rows:
        release = row.figures.release or comparison.whole.release
        limits = None
        if comparison.funnel is not None and row.among:
            limits = comparison.funnel.limits(row.among, OUTER)
        is_rate = not comparison.is_survey
        yield [
            comparison.measure.slug,
            row.area.code,
            row.area.name,
            str(comparison.first),
            str(comparison.last),
            _exact(row.count, 0),
            "" if is_rate else _exact(row.value, 4),
            _exact(row.among, 0),
            f"{comparison.per:.0f}" if is_rate and row.value is not None else "",
            _exact(row.value, 4) if is_rate else "",
            _exact(row.interval.lower if row.interval else None, 4),
            _exact(row.interval.upper if row.interval else None, 4),
            _exact(limits.lower * comparison.per if limits else None, 4),
            _exact(limits.upper * comparison.per if limits else None, 4),
            row.placed.first if row.placed else "",
            row.placed.last if row.placed else "",
            row.verdict,
            row.caveat or row.missing,
            str(comparison.population.month) if comparison.population and row.among else "",
            release.title if release else "",
            release.released_on.isoformat() if release else "",
            release.licence if release else "",
        ]


def _exact(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
