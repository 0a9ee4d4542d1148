"""Rows of a workbook (.xlsx), sheet by sheet."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from folkmoot.sources.spreadsheets.rows import (
    MOST_ROWS,
    BrokenTableError,
    TableRow,
    within_limits,
)

# What an XLSX may unpack to, in bytes: a million rows of answers take less.
MOST_UNPACKED = 1_000_000_000
MOST_TIMES_PACKED = 100
PACKED_LITTLE = 50_000_000


def read_sheets(
    file: BinaryIO, name: str, *, most_rows: int = MOST_ROWS
) -> dict[str, list[TableRow]]:
    """Return the rows of every sheet of a workbook, by the sheet's name. Empty rows are left out.

    Raises BrokenTableError for what is no workbook, or is broken.
    """
    file.seek(0)
    with _sheets_of(file, name) as sheets:
        return {sheet.title: list(_rows_of(sheet, name, most_rows)) for sheet in sheets}


def is_workbook(file: BinaryIO) -> bool:
    """Whether a file begins as a workbook (.xlsx) does."""
    file.seek(0)
    begins = file.read(2)
    file.seek(0)
    return begins == b"PK"


def first_sheet_rows(file: BinaryIO, name: str, most_rows: int) -> Iterator[TableRow]:
    """Yield the rows of the first sheet. Raises BrokenTableError for what is broken."""
    with _sheets_of(file, name) as sheets:
        yield from _rows_of(sheets[0], name, most_rows)


@contextlib.contextmanager
def _sheets_of(file: BinaryIO, name: str) -> Iterator[list[Any]]:
    """Open a workbook, and close it again; there is a sheet at least."""
    # Slow to import, and wanted for spreadsheets only.
    from openpyxl import load_workbook

    _refuse_bombs(file, name)
    try:
        # Formulas, not what they came to last: what one came to may be of another row.
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    except Exception as error:
        raise _broken(name) from error
    if not sheets:
        raise BrokenTableError(f"“{name}” has no sheet with rows: export it again.")
    try:
        yield sheets
    finally:
        book.close()


def _rows_of(sheet: Any, name: str, most_rows: int) -> Iterator[TableRow]:
    # What a product says of a sheet's size is often wrong.
    sheet.reset_dimensions()
    rows = sheet.iter_rows()
    while True:
        try:
            found = next(rows, None)
        except Exception as error:
            raise _broken(name) from error
        if found is None:
            return
        row = _spreadsheet_row(found)
        if row is None:
            continue
        within_limits(name, row.number, len(row.cells), most_rows)
        yield row


def _broken(name: str) -> BrokenTableError:
    return BrokenTableError(
        f"“{name}” is broken or cut short, so it was not read: download it again and choose that."
    )


def _spreadsheet_row(found: Iterable[Any]) -> TableRow | None:
    cells: list[str] = []
    faults: list[tuple[int, str]] = []
    number = 0
    for column, cell in enumerate(found):
        value = cell.value
        if value is None:
            cells.append("")
            continue
        number = number or cell.row
        if cell.data_type == "f":
            faults.append(
                (column, "The cell holds a formula: copy it and paste it as a value, then save.")
            )
            cells.append("")
        elif cell.data_type == "e":
            faults.append((column, f"The cell holds the error {value}: mend it, then save."))
            cells.append("")
        else:
            cells.append(_text(value))
    if not number or not (faults or any(cell.strip() for cell in cells)):
        return None
    return TableRow(number, tuple(cells), tuple(faults))


def _text(value: Any) -> str:
    """Return what a cell shows: a whole number without its point, an instant as ISO 8601."""
    if isinstance(value, str):
        # How XLSX writes marks that XML cannot: a line break of Windows, above all.
        return value.replace("_x000D_", "\r")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _refuse_bombs(file: BinaryIO, name: str) -> None:
    """Refuse an archive that unpacks to far more than it holds, before any of it is unpacked."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
            encrypted = any(part.flag_bits & 1 for part in parts)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(name) from error
    finally:
        file.seek(0)
    if encrypted:
        raise BrokenTableError(f"“{name}” is protected with a password: save it without one.")
    if "xl/workbook.xml" not in names:
        raise BrokenTableError(
            f"“{name}” is an archive and no spreadsheet: choose the CSV or XLSX file in it."
        )
    if unpacked > MOST_UNPACKED or (
        unpacked > PACKED_LITTLE and unpacked > MOST_TIMES_PACKED * max(size, 1)
    ):
        raise BrokenTableError(
            f"“{name}” unpacks to {unpacked // 1_000_000:,} MB from {size // 1_000:,} kB, which no "
            "table does, so it was not opened: export it again, or as CSV."
        )
