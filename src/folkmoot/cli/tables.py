"""Tables of the analyst's commands: read from CSV, XLSX or Parquet, and written in one piece.

What is read and what is refused is told in `docs/reference/commands.md`.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from folkmoot.core.cells import safe_text
from folkmoot.sources.spreadsheets import (
    BrokenTableError,
    Table,
    TableRow,
    open_table,
    place,
)

TEXT_SUFFIXES = {".csv": ",", ".txt": ",", ".tsv": "\t"}
SUFFIXES = (*TEXT_SUFFIXES, ".xlsx", ".parquet")
MOST_ROWS = 5_000_000
CHUNK_ROWS = 50_000
# How many columns a sentence lists.
LISTED = 40
SHEET_ROWS, SHEET_COLUMNS, CELL_CHARACTERS = 1_048_576, 16_384, 32_767
# Whole numbers above this lose digits in a spreadsheet.
LARGEST_WHOLE = 10**15
_IS_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*([eE][-+]?\d+)?%?").fullmatch


class TableError(ValueError):
    """A table cannot be read or written; the sentence says where, why, and what to do."""


def read_table(path: Path, *, as_text: bool = False) -> pl.DataFrame:
    """Return a file's table, one row for every row of the file, in its order.

    Columns of CSV and XLSX are text as it stands there, and nothing is guessed of it; those of
    Parquet have their types unless `as_text`. Raises TableError.
    """
    suffix = _known_suffix(path)
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is not there"
        raise TableError(f"The file {path} {what}: give the path of a table.")
    if suffix == ".parquet":
        frame = _read_parquet(path)
    else:
        with path.open("rb") as file:
            try:
                table = open_table(file, path.name, is_exact=True, most_rows=MOST_ROWS)
                frame = _frame(table, path.name)
            except BrokenTableError as error:
                raise TableError(str(error)) from error
    if not frame.height:
        raise TableError(f"“{path.name}” has a header and no rows: is it the right file?")
    if not as_text:
        return frame
    return pl.DataFrame({name: text_column(frame, name) for name in frame.columns})


def text_column(frame: pl.DataFrame, name: str) -> list[str]:
    """Return a column as text, "" where there is nothing.

    Raises TableError for a column that is not there, listing those that are.
    """
    column = frame[known_column(frame, name)]
    if column.dtype == pl.String:
        return column.fill_null("").to_list()
    if column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object):
        raise TableError(f"The column “{name}” holds {column.dtype} and no text: use another.")
    return [_text(value) for value in column.to_list()]


def known_column(frame: pl.DataFrame, name: str) -> str:
    """Return a column's name as the table has it. Raises TableError where there is none."""
    for asked in (name, " ".join(name.split())):
        if asked in frame.columns:
            return asked
    listed = ", ".join(frame.columns[:LISTED])
    more = f" and {frame.width - LISTED:,} more" if frame.width > LISTED else ""
    raise TableError(f"There is no column “{name}”: the columns are {listed}{more}.")


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as its suffix says, whole or not at all. Raises TableError.

    The same table gives the same bytes. In CSV and XLSX no text is ever a formula.
    """
    suffix = check_out(path)
    with replacing(path) as file:
        if suffix == ".parquet":
            frame.write_parquet(file)
        elif suffix == ".xlsx":
            _write_sheet(frame, path.name, file)
        else:
            _as_cells(frame).write_csv(file, separator=TEXT_SUFFIXES[suffix])


def check_out(path: Path) -> str:
    """Return the suffix of a file to be written. Raises TableError where it cannot be.

    For commands that work long before they write.
    """
    suffix = _known_suffix(path)
    check_folder(path)
    if path.is_dir():
        raise TableError(f"{path} is a folder: name a file in it.")
    return suffix


def check_folder(path: Path) -> None:
    """Raise TableError where the folder that a file shall be in is not there."""
    if not path.resolve().parent.is_dir():
        raise TableError(
            f"There is no folder {path.resolve().parent}: make it, or write elsewhere."
        )


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` once all of it is written, and not before."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _known_suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise TableError(
            f"“{path.name}” does not end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}: "
            "these are the tables that are read and written."
        )
    return suffix


def _read_parquet(path: Path) -> pl.DataFrame:
    try:
        with path.open("rb") as file:
            return pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError(
            f"“{path.name}” is broken, cut short or no Parquet file: export it again."
        ) from error


def _frame(table: Table, name: str) -> pl.DataFrame:
    rows = iter(table.rows)
    header = next((row for row in rows if any(cell.strip() for cell in row.cells)), None)
    if header is None:
        raise TableError(f"“{name}” is empty: export it again.")
    names = _column_names(header.cells)
    is_sheet = table.kind == "xlsx"
    if is_sheet:
        rows = _with_gaps(rows, header.number)
    chunks, chunk = [], list[tuple[str, ...]]()
    schema = dict.fromkeys(names, pl.String)
    for row in rows:
        if not row.cells and not is_sheet and len(names) > 1:
            # A line of text with nothing on it, not even a separator, is no row.
            continue
        chunk.append(_cells(row, len(names), name, pads=is_sheet or not row.cells))
        if len(chunk) == CHUNK_ROWS:
            chunks.append(pl.DataFrame(chunk, schema=schema, orient="row"))
            chunk = []
    chunks.append(pl.DataFrame(chunk, schema=schema, orient="row"))
    return pl.concat(chunks)


def _column_names(header: Sequence[str]) -> list[str]:
    """Return a name for every column: "(2)" behind the second of a name, its letters for none."""
    texts = [" ".join(cell.split()) for cell in header]
    while not texts[-1]:
        texts.pop()
    names: list[str] = []
    for column, text in enumerate(texts):
        shown = text or f"Column {place(column)}"
        name, number = shown, 1
        while name in names:
            number += 1
            name = f"{shown} ({number})"
        names.append(name)
    return names


def _with_gaps(rows: Iterable[TableRow], last: int) -> Iterator[TableRow]:
    """Put back a sheet's empty rows that have others below them."""
    for row in rows:
        for number in range(last + 1, row.number):
            yield TableRow(number, ())
        yield row
        last = row.number


def _cells(row: TableRow, width: int, name: str, *, pads: bool) -> tuple[str, ...]:
    """Return a row as wide as the header. Raises TableError where it cannot be."""
    for column, sentence in row.faults:
        raise TableError(f"“{name}”, row {row.number}, column {place(column)}: {sentence}")
    cells = row.cells
    is_longer = len(cells) > width and any(cell.strip() for cell in cells[width:])
    if is_longer or (len(cells) < width and not pads):
        more = "more" if is_longer else "fewer"
        raise TableError(
            f"“{name}”, row {row.number}: the row has {len(cells):,} cells and the header "
            f"{width:,}, so {more} than there are columns: a quotation mark or a separator is "
            "missing before it. Export the file again."
        )
    return (*cells[:width], *("",) * (width - len(cells)))


def _text(value: Any) -> str:
    """Return a typed value as a spreadsheet's cell is read: 3.0 as "3", a day as ISO 8601."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _as_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table with every text such that no spreadsheet takes it for a formula."""
    columns = {}
    for name in frame.columns:
        if frame[name].dtype.is_numeric():
            columns[safe_text(name)] = frame[name]
        else:
            texts = text_column(frame, name)
            columns[safe_text(name)] = pl.Series(
                [_as_cell(text) or None for text in texts], dtype=pl.String
            )
    return pl.DataFrame(columns)


def _as_cell(text: str) -> str:
    """Return a text that is no formula. A number is none, nor what has its apostrophe already."""
    if text[:1] in ("'", "[") or _IS_NUMBER(text):
        return text
    return safe_text(text)


def _number(text: str) -> float | None:
    """Return the number that a cell says, if a spreadsheet would write it in the same way."""
    if not _IS_NUMBER(text):
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if _text(number) == text else None


def _write_sheet(frame: pl.DataFrame, name: str, file: BinaryIO) -> None:
    # Slow to import, and wanted for spreadsheets only.
    import xlsxwriter

    if frame.height >= SHEET_ROWS or frame.width > SHEET_COLUMNS:
        raise TableError(
            f"“{name}” would have {frame.height:,} rows and {frame.width:,} columns, more than a "
            "sheet takes: write CSV or Parquet."
        )
    cells = _as_cells(frame)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 no time of anybody's
        sheet = book.add_worksheet("Table")
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(cells.columns):
            sheet.write_string(0, column, title)
        for row, values in enumerate(cells.iter_rows(), start=1):
            for column, value in enumerate(values):
                _write_cell(sheet, row, column, value, name)


def _write_cell(sheet: Any, row: int, column: int, value: str | float | None, name: str) -> None:
    number = _number(value) if isinstance(value, str) else value
    if value is None or (isinstance(number, float) and not math.isfinite(number)):
        return
    if number is not None:
        sheet.write_number(row, column, number)
        return
    if sheet.write_string(row, column, value):
        raise TableError(
            f"“{name}”, row {row + 1}, column {place(column)}: the text has more than the "
            f"{CELL_CHARACTERS:,} characters that a cell holds: write CSV or Parquet."
        )
