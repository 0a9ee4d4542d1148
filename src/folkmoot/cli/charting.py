"""A column of figures from a table to its control chart, for a reader or a program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

from folkmoot.cli.tables import TableError, read_table, text_column
from folkmoot.core.periods import Period, PeriodsError, read_periods
from folkmoot.core.readings import (
    Reading,
    format_figure,
    limits_of_figures,
    point_words,
    read_series,
)
from folkmoot.core.spc import ControlChart, Direction, Signal, control_chart

MOST_DIGITS = 3
# As the rules are named where their worked examples were published.
RULES = {
    Signal.OUTSIDE_LIMITS: "outside_limits",
    Signal.TREND: "seven_point_trend",
    Signal.TWO_OF_THREE: "two_in_three",
    Signal.ONE_SIDE: "seven_point_one_side_mean",
}
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}([,. '\u2019\u00a0\u202f]\d{3})+([.,]\d+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")


@dataclass(frozen=True, slots=True)
class Figures:
    """A series as a table gives it: `labels` are its periods as written, oldest first."""

    name: str
    labels: tuple[str, ...]
    periods: tuple[Period, ...]
    values: tuple[float, ...]
    digits: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Charted:
    """A series with its chart, its reading, and what a reader should know of both."""

    figures: Figures
    chart: ControlChart
    reading: Reading
    baseline: int | None
    is_screened: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    label: str
    period: Period
    value: float | None
    digits: int


def read_figures(path: Path, period: str, value: str) -> Figures:
    """Return one column of a table by its column of periods. Raises TableError.

    Rows may be in any order. A period without a figure is left out at the ends of the series and
    refused within it: what is missing is not zero.
    """
    frame = read_table(path, as_text=True)
    rows = _rows(text_column(frame, period), text_column(frame, value), period, value)
    notes = []
    if any(after.period.ordinal < before.period.ordinal for before, after in pairwise(rows)):
        rows.sort(key=lambda row: row.period.ordinal)
        notes.append("Rows are read in the order of their periods, not of the file.")
    _refuse_gaps(rows)
    known = [place for place, row in enumerate(rows) if row.value is not None]
    if len(known) < 2:
        count = "one figure" if known else "no figure"
        raise TableError(
            f"There is {count} in the column “{value}”: a chart needs at least two, and a reading "
            "twelve."
        )
    left_out = [row.label for row in (*rows[: known[0]], *rows[known[-1] + 1 :])]
    if left_out:
        notes.append(f"Left out, as there is no figure at the end: {', '.join(left_out)}.")
    rows = rows[known[0] : known[-1] + 1]
    for row in rows:
        if row.value is None:
            raise TableError(
                f"Row {row.number}: there is no figure for “{row.label}”, and what is missing is "
                "not zero: give it, or only the rows after it."
            )
    values = tuple(row.value for row in rows if row.value is not None)
    negative = sum(each < 0 for each in values)
    if negative:
        notes.append(
            f"{negative:,} of {len(values):,} figures are below zero: if they are counts, the "
            "table is wrong."
        )
    return Figures(
        name=value,
        labels=tuple(row.label for row in rows),
        periods=tuple(row.period for row in rows),
        values=values,
        digits=min(MOST_DIGITS, max(row.digits for row in rows)),
        notes=tuple(notes),
    )


def _rows(periods: Sequence[str], values: Sequence[str], period: str, value: str) -> list[_Row]:
    numbered = [
        (number, label.strip(), cell.strip())
        for number, (label, cell) in enumerate(zip(periods, values, strict=True), start=2)
        if label.strip() or cell.strip()
    ]
    for number, label, _ in numbered:
        if not label:
            raise TableError(f"Row {number}: the column “{period}” is empty: name the period.")
    try:
        found = read_periods([label for _, label, _ in numbered])
    except PeriodsError as error:
        number = numbered[error.place][0]
        raise TableError(f"Row {number}, column “{period}”: {error}") from error
    return [
        _Row(number, label, each, *_figure(cell, number, value))
        for (number, label, cell), each in zip(numbered, found, strict=True)
    ]


def _figure(cell: str, row: int, column: str) -> tuple[float | None, int]:
    """Return a cell's number and its decimals. Raises TableError for what is none."""
    if not cell:
        return None, 0
    text = cell.replace("\N{MINUS SIGN}", "-")
    where = f"Row {row}, column “{column}”: “{cell}”"
    if _NUMBER.fullmatch(text) and isfinite(float(text)):
        decimals = text.split("e")[0].split("E")[0].partition(".")[2].rstrip("0")
        return float(text), len(decimals)
    if _GROUPED.fullmatch(text):
        raise TableError(
            f"{where} has a separator of thousands, or a decimal comma: write digits alone, with a "
            "point before decimals, such as 1234.5."
        )
    if _DECIMAL_COMMA.fullmatch(text):
        raise TableError(f"{where} has a decimal comma: write {text.replace(',', '.')}.")
    raise TableError(
        f"{where} is no number: write it like 1234.5, or leave the cell empty where there is none."
    )


def _refuse_gaps(rows: Sequence[_Row]) -> None:
    for before, after in pairwise(rows):
        step = after.period.ordinal - before.period.ordinal
        if step == 0:
            first, second = sorted((before.number, after.number))
            raise TableError(
                f"“{after.label}” stands in row {first} and in row {second}: keep one figure for "
                "each period."
            )
        if step > 1:
            noun = after.period.noun
            missing = f"a {noun} is" if step == 2 else f"{step - 1:,} {noun}s are"
            raise TableError(
                f"Between “{before.label}” (row {before.number}) and “{after.label}” (row "
                f"{after.number}) {missing} missing, and what is missing is not zero: give the "
                "figures, or only the rows after the gap."
            )


def charted(
    figures: Figures,
    direction: Direction,
    *,
    target: float | None = None,
    baseline: int | None = None,
    rebase: Sequence[str] = (),
    screen_outliers: bool = False,
) -> Charted:
    """Return the chart and the reading of a series. Raises TableError for options that misfit."""
    number = len(figures.values)
    if target is not None and not isfinite(target):
        raise TableError("The target is no number: write it like 1234.5.")
    if baseline is not None and baseline > number:
        raise TableError(
            f"The baseline is to be the first {baseline:,} periods, and there are {number:,}: "
            "make it shorter."
        )
    starts = sorted({_place(figures, period) for period in rebase})
    for start, end in pairwise(sorted({0, *starts, number})):
        if end - start < 2:
            raise TableError(
                f"Limits counted anew from “{figures.labels[start]}” would rest on one figure: "
                "rebase where at least two follow, and better twelve."
            )
    chart = control_chart(
        figures.values,
        direction,
        baseline=baseline,
        rebase=starts,
        screen_outliers=screen_outliers,
        target=target,
    )
    title = figures.name[:1].upper() + figures.name[1:]
    notes = list(figures.notes)
    if target is not None and direction is Direction.NEUTRAL:
        notes.append(
            "Whether the target would be met is not said: give --improvement increase or decrease."
        )
    return Charted(
        figures=figures,
        chart=chart,
        reading=read_series(title, "", figures.periods, chart, digits=figures.digits),
        baseline=baseline,
        is_screened=screen_outliers,
        notes=tuple(notes),
    )


def _place(figures: Figures, text: str) -> int:
    """Return which period of a series a text names, written in any way."""
    if text in figures.labels:
        return figures.labels.index(text)
    try:
        *_, asked = read_periods([*figures.labels, text])
    except PeriodsError:
        asked = None
    for place, period in enumerate(figures.periods):
        if period == asked:
            return place
    raise TableError(
        f"There is no period “{text}” to rebase at: name one from “{figures.labels[0]}” to "
        f"“{figures.labels[-1]}”."
    )


def as_json_object(result: Charted) -> dict[str, Any]:
    """Return the results for another program; the keys are told in `docs/reference/commands.md`."""
    figures, chart = result.figures, result.chart
    return {
        "segments": [
            {
                "first": figures.labels[segment.first],
                "last": figures.labels[segment.last],
                "mean": segment.limits.mean,
                "lower": segment.limits.lower,
                "upper": segment.limits.upper,
            }
            for segment in chart.segments
        ],
        "points": [
            {
                "period": label,
                "value": int(point.value) if point.value.is_integer() else point.value,
                "mean": point.limits.mean,
                "lower": point.limits.lower,
                "upper": point.limits.upper,
                "signals": [name for rule, name in RULES.items() if rule in point.signals],
                "side": {1: "high", -1: "low", 0: None}[point.side],
                "variation": point.variation.name.lower(),
            }
            for label, point in zip(figures.labels, chart.points, strict=True)
        ],
        "assurance": chart.assurance.value if chart.assurance else None,
        "improvement": chart.direction.value,
        "target": chart.target,
        "baseline": result.baseline,
        "screened": result.is_screened,
        "reading": result.reading.sentence,
        "notes": list(result.notes),
    }


def summary(result: Charted) -> str:
    """Return the chart as a table for a reader, and below it the reading in a sentence."""
    figures, digits = result.figures, result.figures.digits
    is_signed = min(figures.values) < 0
    header = ("Period", figures.name, "Lower", "Average", "Upper", "Reading")
    rows = [
        (
            label,
            format_figure(point.value, digits),
            limits_of_figures(point.limits, digits, is_signed=is_signed)[0],
            format_figure(point.limits.mean, digits + (point.limits.mean < 10)),
            limits_of_figures(point.limits, digits, is_signed=is_signed)[1],
            point_words(point),
        )
        for label, point in zip(figures.labels, result.chart.points, strict=True)
    ]
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(5)]
    lines = [_line(row, widths) for row in (header, *rows)]
    return "\n".join([*lines, "", result.reading.sentence])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    period, *numbers = (
        cell.ljust(width) if place == 0 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=False))
    )
    return "  ".join((period, *numbers, row[5])).rstrip()
