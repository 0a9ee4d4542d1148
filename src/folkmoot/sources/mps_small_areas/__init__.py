"""MPS recorded crime below the borough: by ward, and by small area of the census (LSOA).

The files are laid out like those of boroughs, one row a category and area, one column a month. An
offence that nobody could place is in no row of them, so that they add up to less than a borough:
nothing is added up here, and there is no total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from folkmoot.core.periods import Month
from folkmoot.sources import mps_categories
from folkmoot.sources.mps_months import refuse_misfits
from folkmoot.sources.mps_small_areas.notes import notes
from folkmoot.sources.mps_small_areas.part import MAJOR, MINOR, Level, Part, read_part
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import ReleaseTable, Series, Source, tidy

__all__ = ["MAJOR", "MINOR", "Level", "read", "series_of"]


def series_of(level: Level, source: str) -> tuple[Series, ...]:
    """Return the series of a level."""
    return tuple(
        replace(
            one,
            key=f"{level.kind}-{one.key}",
            title=f"{one.title} ({level.places})",
            source=source,
        )
        for one in mps_categories.SERIES
        if one.key not in level.left_out
    )


def read(sheets: Sequence[Sheet], source: Source, level: Level) -> ReleaseTable:
    """Return the observations of one release from one or both of its files.

    A category without a row for a place counts zero in the months of the file, as no file holds a
    row of zeros; a place without any row has no figure. A month without an offence in any place
    was not counted, and has no figure either. Raises SourceError.
    """
    parts = sorted((read_part(sheet, level) for sheet in sheets), key=lambda part: part.months[0])
    keys = len(parts[0].sheet.header) - len(parts[0].months)
    refuse_misfits([(part.sheet, part.months) for part in parts], keys)
    known = {code: area for part in parts for code, area in part.areas.items()}
    areas = tuple(sorted(known.values(), key=lambda area: area.code))
    frames, empty = [], []
    for part in parts:
        months, zeros = _counted_months(part)
        empty += zeros
        frames.append(_observations(part, months, source.series))
    return ReleaseTable(
        source=source,
        files=tuple(part.sheet.file for part in parts),
        areas=areas,
        observations=tidy(pl.concat(frames), source.series, areas),
        notes=tuple(notes(parts, level, empty)),
    )


def _counted_months(part: Part) -> tuple[list[Month], list[Month]]:
    """Return the months with an offence anywhere, and those without."""
    totals = part.counts.select(pl.col([str(month) for month in part.months]).sum()).row(0)
    pairs = list(zip(part.months, totals, strict=True))
    return [month for month, total in pairs if total], [
        month for month, total in pairs if not total
    ]


def _observations(part: Part, counted: Sequence[Month], series: Sequence[Series]) -> pl.DataFrame:
    """Return one row per series, place and month of a file."""
    months = [str(month) for month in counted]
    listed_here = part.counts["category"].unique().to_list()
    pairs = [
        (one.key, category)
        for one in series
        for category in ([name.upper() for name in one.categories] or listed_here)
    ]
    members = pl.DataFrame(pairs, schema=["series", "category"], orient="row")
    sums = (
        part.counts.join(members, on="category")
        .group_by("series", "area_code")
        .agg(pl.col(months).sum())
    )
    grid = (
        sums.select("series").unique().join(pl.DataFrame({"area_code": [*part.areas]}), how="cross")
    )
    return (
        grid.join(sums, on=["series", "area_code"], how="left")
        .with_columns(pl.col(months).fill_null(0))
        .unpivot(index=["series", "area_code"], variable_name="period", value_name="value")
        .with_columns(base=pl.lit(None, dtype=pl.Float64))
    )
