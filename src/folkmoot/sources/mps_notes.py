"""What is odd about the files of an MPS borough release, though all of it can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from folkmoot.core.periods import Month
from folkmoot.sources.mps_categories import SERIES
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import SourceArea, listed, months_in_words


@dataclass(frozen=True, slots=True)
class Part:
    """One file: `counts` has the columns category, area_code and one a month ("YYYY-MM")."""

    sheet: Sheet
    months: tuple[Month, ...]
    areas: dict[str, SourceArea]
    counts: pl.DataFrame

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.sheet.file.name


def notes(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return a sentence for everything odd about the files of one release."""
    return tuple(
        note
        for found in (
            _whole(parts),
            *(_of_part(part) for part in parts),
            _between(parts),
            _breaks(parts),
        )
        for note in found
    )


def _whole(parts: Sequence[Part]) -> Iterator[str]:
    if len(parts) == 1:
        part = parts[0]
        yield (
            f"This is one file, {part.months[0].label} to {part.months[-1].label}, and a release "
            "has two: what the other holds is not available, not zero."
        )


def _of_part(part: Part) -> Iterator[str]:
    column = part.sheet.header[2]
    titles = sum(row[1] != row[1].upper() for row in part.sheet.rows)
    case = "Title Case" if titles else "UPPER CASE"
    yield (
        f"{part.name}: boroughs stand in the column {column}, categories in {case}, which is the "
        f"wording {'before' if titles else 'since'} the recording system CONNECT."
    )
    columns = [str(month) for month in part.months]
    totals = part.counts.group_by("area_code").agg(pl.col(columns).sum()).sort("area_code")
    for code, *values in totals.iter_rows():
        area = part.areas[code]
        if area.kind == "pseudo":
            yield (
                f"{part.name}: {area.name} is no place with residents. Its {sum(values):,} "
                "offences count in London’s total and have no rate."
            )
        empty = [month for month, value in zip(part.months, values, strict=True) if value == 0]
        if empty:
            yield (
                f"{part.name}: {area.name} has no offence at all in {months_in_words(empty)}: "
                "zeros that the publisher gives, and likely a change of recording."
            )
    rows = part.counts.height
    cells = part.counts["category"].n_unique() * len(part.areas)
    if rows < cells:
        yield (
            f"{part.name}: {cells - rows:,} of {cells:,} pairs of category and area have no row, "
            "which means no offence in any month of the file: they count as zero."
        )


def _between(parts: Sequence[Part]) -> Iterator[str]:
    if len(parts) < 2:
        return
    older, newer = parts[0], parts[-1]
    for one, other in ((older, newer), (newer, older)):
        only = sorted(
            name.capitalize() for name in {*one.counts["category"]} - {*other.counts["category"]}
        )
        if only:
            yield (
                f"{len(only)} {'category is' if len(only) == 1 else 'categories are'} in "
                f"{one.name} and not in {other.name}: {listed(only)}."
            )
        for code in sorted(set(one.areas) - set(other.areas)):
            yield (
                f"{one.areas[code].name} is in {one.name} and has no row in {other.name}: no "
                "figure is available for its months there."
            )


def _breaks(parts: Sequence[Part]) -> Iterator[str]:
    first, last = parts[0].months[0], parts[-1].months[-1]
    titles: dict[tuple[Month, str], list[str]] = {}
    for series in SERIES:
        for mark in series.breaks:
            if first < mark.month <= last:
                titles.setdefault((mark.month, mark.note), []).append(series.title)
    for (month, note), which in sorted(titles.items()):
        series_told = "nearly every series" if len(which) > len(SERIES) / 2 else listed(which)
        yield f"Break in {month.label}, in {series_told}: {note}"
