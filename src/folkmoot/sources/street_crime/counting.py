"""Counts of street-level crime as one expression, on whichever engine.

A row becomes 64 bits for its Crime ID and a byte or two for each of month, force and type, so that
an archive of years is compared with itself and no file is read twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import polars as pl

from folkmoot.sources.engine import Engine
from folkmoot.sources.street_crime.series import COLUMNS

CELL = ("month", "force", "type")


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of the rows of files.

    `cells` has a row for each file (its number), month, force and type: rows, those that have a
    number, those without a place. `repeated` has how many rows of a month, force and type are
    of a crime that stands elsewhere too. `elsewhere` has the district of rows that lie in
    another than their force's, by force.
    """

    cells: pl.DataFrame
    repeated: pl.DataFrame
    elsewhere: pl.DataFrame


def counted(
    engine: Engine,
    paths: Sequence[Path],
    choices: Mapping[str, Sequence[str]],
    districts: Mapping[str, str],
) -> Counted:
    """Return the counts of files that are named by five digits, such as 00012.csv.

    `districts` are the forces whose area is one district, and its name. Raises what the engine
    does where it cannot read a file.
    """
    rows = engine.kept(_rows(engine, engine.read_csv(paths, COLUMNS, choices), districts))
    return Counted(
        cells=engine.frame(_cells(rows)),
        repeated=engine.frame(_repeated(engine, rows)),
        elsewhere=engine.frame(_elsewhere(rows)) if districts else pl.DataFrame(),
    )


def _rows(engine: Engine, read: ir.Table, districts: Mapping[str, str]) -> ir.Table:
    """Return of each row what is counted, and the digest of its number where it has one."""
    number, force = read["Crime ID"], read["Falls within"]
    rows = {
        "file": read["filename"].right(9).left(5).cast("int32"),
        "crime": ibis.cases((number != "", engine.digest(number))),
        "month": read["Month"],
        "force": force,
        "type": read["Crime type"],
        "unplaced": read["Longitude"].nullif("").isnull(),
    }
    if districts:
        place = read["LSOA name"]
        lies_elsewhere = [
            ((force == name) & ~place.startswith(f"{own} "), place)
            for name, own in districts.items()
        ]
        rows["elsewhere"] = ibis.cases(*lies_elsewhere)
    return read.select(**rows)


def _cells(rows: ir.Table) -> ir.Table:
    return rows.group_by("file", *CELL).agg(
        rows=rows.count(),
        numbered=rows["crime"].count(),
        unplaced=rows["unplaced"].sum(),
    )


def _repeated(engine: Engine, rows: ir.Table) -> ir.Table:
    """Return how many rows are of a crime counted before: in an earlier month, or in that one.

    Where a crime stands twice in its first month, the first force and type of the alphabet count.
    """
    several = rows.semi_join(engine.repeated(rows, "crime"), "crime")
    cells = several.group_by("crime", *CELL).agg(times=several.count())
    place = ibis.row_number().over(group_by=cells["crime"], order_by=[cells[name] for name in CELL])
    # The first place among a crime's rows is 0, and one row of it is the one that counts.
    placed = cells.mutate(again=cells["times"] - ibis.ifelse(place == 0, 1, 0))
    return placed.group_by(*CELL).agg(again=placed["again"].sum())


def _elsewhere(rows: ir.Table) -> ir.Table:
    found = rows.filter(rows["elsewhere"].notnull())
    # Names of LSOAs are that of their district and a few signs.
    named = found.mutate(district=found["elsewhere"].re_replace(r" \w+$", ""))
    return named.group_by("force", "district").agg(rows=named.count())
