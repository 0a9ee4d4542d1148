"""Rows of a file as text, where a cell of them stands, and how many there may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST_CELL = 2_000_000
MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000


class BrokenTableError(ValueError):
    """A file cannot be read as a table; the sentence says where, why, and what to do."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as it stands in the file.

    `number` is that of the spreadsheet's row, from 1; in a CSV, where a cell may hold line breaks,
    the row counts once. `faults` are (column from 0, sentence) for cells that cannot be read.
    """

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: what it is, and its rows once, in order. Empty rows are left out.

    Rows are as long as they are written: a spreadsheet leaves out what is empty at their end.
    """

    kind: str
    encoding: str
    rows: Iterator[TableRow]


def place(column: int) -> str:
    """Return a column's letters in a spreadsheet: "A" of 0, "AB" of 27."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def within_limits(name: str, number: int, width: int, most_rows: int) -> None:
    """Raise BrokenTableError for a row beyond the most, or with more cells than the most."""
    if number > most_rows:
        raise BrokenTableError(
            f"“{name}” has more than {most_rows:,} rows: divide it and import the parts."
        )
    if width > MOST_COLUMNS:
        raise BrokenTableError(
            f"“{name}”, row {number}: the row has {width:,} cells and the most is "
            f"{MOST_COLUMNS:,}; export the file again."
        )
