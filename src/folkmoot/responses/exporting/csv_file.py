"""An export as CSV, line by line: UTF-8, commas, one header."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from folkmoot.core.cells import safe_text
from folkmoot.publishing.clock import local
from folkmoot.responses.exporting.columns import Column, Shape
from folkmoot.responses.exporting.layout import Cell, Row
from folkmoot.responses.exporting.missing import MARKS

# The mark by which spreadsheets know UTF-8.
BOM = "\ufeff"
LINES_AT_ONCE = 200
TRUE, FALSE = "1", "0"


def csv_pieces(
    columns: Sequence[Column], rows: Iterable[Row], *, in_words: bool = False, bom: bool = True
) -> Iterator[str]:
    """Yield a CSV piece by piece, some hundred lines each; never all of it at once."""
    written: list[str] = []
    # A writer hands each line to `write` whole.
    writer = csv.writer(_Lines(written))
    writer.writerow([column.name for column in columns])
    prints = [_printer(column, in_words=in_words) for column in columns]
    if bom:
        written.insert(0, BOM)
    for row in rows:
        writer.writerow([show(cell) for show, cell in zip(prints, row, strict=True)])
        if len(written) >= LINES_AT_ONCE:
            yield "".join(written)
            written.clear()
    yield "".join(written)


def write_csv(
    file: BinaryIO,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    in_words: bool = False,
    bom: bool = True,
) -> None:
    """Write an export as CSV to a file open for bytes."""
    for piece in csv_pieces(columns, rows, in_words=in_words, bom=bom):
        file.write(piece.encode())


class _Lines:
    def __init__(self, written: list[str]) -> None:
        self.write = written.append


def _printer(column: Column, *, in_words: bool) -> Callable[[Cell], str]:
    """Return what makes the text of a cell of a column."""
    if column.shape is Shape.INSTANT:
        return _instant
    said = _Said(MARKS)  # type: ignore[arg-type]
    if column.shape is Shape.FLAG:
        said |= {True: TRUE, False: FALSE}
    for code, label in column.labels:
        said[code] = safe_text(label if in_words else code)
    return said.__getitem__


class _Said(dict[Cell, str]):
    """The text of the cells that a column has again and again; others are made as they come."""

    def __missing__(self, cell: Cell) -> str:
        return safe_text(cell) if cell.__class__ is str else str(cell)


def _instant(cell: Cell) -> str:
    return local(cell).isoformat() if isinstance(cell, datetime) else str(cell)
