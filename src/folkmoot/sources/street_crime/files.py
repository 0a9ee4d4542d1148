"""Street-level files before and after an engine: their header, their forces, their first fault."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from folkmoot.sources.errors import SourceError
from folkmoot.sources.sheets import AGAIN, HEADER_BYTES, refuse_kinds
from folkmoot.sources.street_crime.series import COLUMNS, MONTHS, TYPES

PLACES = 4096
BLOCK = 4096
_FORCE = COLUMNS.index("Falls within")


def refuse_header(name: str, path: Path) -> None:
    """Raise SourceError where the first line is not the header of a street-level file."""
    with path.open("rb") as file:
        start = file.read(HEADER_BYTES)
    refuse_kinds(name, start)
    header = next(csv.reader(start.decode("utf-8-sig", errors="replace").splitlines()[:1]), [])
    for place, expected in enumerate(COLUMNS):
        given = header[place] if place < len(header) else ""
        if given.strip() != expected:
            raise SourceError(
                name,
                f"column {place + 1} is named '{given}' where a street-level file has {expected}",
                "give the street-level files (outcomes and stop and search are others)",
                row=1,
                column=given or expected,
            )
    if len(header) > len(COLUMNS):
        more = header[len(COLUMNS)]
        raise SourceError(
            name,
            f"column {len(COLUMNS) + 1} is named '{more}' where a street-level file has no more",
            "restore the header as it was published",
            row=1,
            column=more or None,
        )


def forces_seen(path: Path) -> set[str]:
    """Return the forces at the beginning of a file and at places spread over it.

    Most files have one force; in a file of several one may be missed, and what stands in a cell
    with a comma may be taken for one.
    """
    size = path.stat().st_size
    seen: set[str] = set()
    with path.open("rb") as file:
        for start in range(0, size, max(size // PLACES, BLOCK)):
            file.seek(start)
            lines = file.read(BLOCK).split(b"\n")[1:-1]
            cells = [line.split(b",", _FORCE + 1) for line in lines]
            seen |= {
                each[_FORCE].strip(b'"').decode("utf-8", errors="replace")
                for each in cells
                if len(each) > _FORCE
            }
    return seen - {""}


def first_fault(name: str, path: Path) -> SourceError | None:
    """Return what is wrong with the first row that is not sound, in plain Python and so slowly."""
    months, types = frozenset(MONTHS), frozenset(TYPES)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            next(reader, None)
            for row in reader:
                for problem, remedy, column in _faults(row, months, types):
                    return SourceError(name, problem, remedy, row=reader.line_num, column=column)
        except csv.Error as error:
            return SourceError(
                name,
                f"the row cannot be read as CSV, or the file is cut off ({error})",
                AGAIN,
                row=reader.line_num,
            )
    return None


def _faults(
    row: Sequence[str], months: frozenset[str], types: frozenset[str]
) -> Iterator[tuple[str, str, str | None]]:
    """Yield what is wrong with a row, what to do, and the column; an empty line is no row."""
    if not row:
        return
    if len(row) != len(COLUMNS):
        cells = f"{len(row)} {'cell' if len(row) == 1 else 'cells'}"
        problem = f"the row has {cells} where the header has {len(COLUMNS)}"
        yield problem, AGAIN, COLUMNS[len(row)] if len(row) < len(COLUMNS) else None
        return
    cells_of = dict(zip(COLUMNS, row, strict=True))
    for column, is_sound, problem in (
        ("Month", cells_of["Month"] in months, "is not a month such as 2024-10"),
        ("Falls within", cells_of["Falls within"].strip() != "", "is no force"),
        ("Crime type", cells_of["Crime type"] in types, "is not a type that Folkmoot knows"),
    ):
        if not is_sound:
            remedy = "check the row, or download the file again"
            yield f"'{cells_of[column]}' {problem}", remedy, column
