"""A CSV or XLSX file as rows of text, one after the other, however large it is.

Nothing is believed of a file but its bytes: what it is, how it is encoded and by what its cells
are divided is found out from its beginning, and said in a sentence where it cannot be.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, BinaryIO

HEAD_BYTES = 65_536
CHUNK_BYTES = 1 << 20
LONGEST_CELL = 2_000_000
MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000
# What an XLSX may unpack to, in bytes: a million rows of answers take less.
MOST_UNPACKED = 1_000_000_000
MOST_TIMES_PACKED = 100
PACKED_LITTLE = 50_000_000
DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TABLES = {
    b"\xd0\xcf\x11\xe0": "an Excel file of the old kind (.xls): save it as .xlsx or CSV",
    b"%PDF": "a PDF: export the table as CSV or XLSX",
    b"SQLite format 3": "a database: export the table as CSV or XLSX",
}
# Beyond the module's own limit of 131,072: a submission may be a whole report.
csv.field_size_limit(LONGEST_CELL)


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


def open_table(
    file: BinaryIO, name: str, *, is_exact: bool = False, most_rows: int = MOST_ROWS
) -> Table:
    """Return a file's rows. `file` is read from its beginning and must stay open meanwhile.

    Where `is_exact`, a text file keeps its empty rows, and marks of quotation that are neither
    closed nor doubled are refused: read leniently, they could swallow rows.

    Raises BrokenTableError here for what is no table at all, and while its rows are read for what
    is broken further down.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if not head.strip(b"\0 \r\n\t"):
        raise BrokenTableError(f"“{name}” is empty: export it again and choose the new file.")
    for begins, what in _NOT_TABLES.items():
        if head.startswith(begins):
            raise BrokenTableError(f"“{name}” is {what}.")
    if head.startswith(b"PK"):
        return Table("xlsx", "", _spreadsheet_rows(file, name, most_rows))
    encoding = _encoding(file, head, name)
    return Table("csv", encoding, _csv_rows(file, name, encoding, is_exact, most_rows))


def place(column: int) -> str:
    """Return a column's letters in a spreadsheet: "A" of 0, "AB" of 27."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _encoding(file: BinaryIO, head: bytes, name: str) -> str:
    """Return how a text file is encoded: by its mark, its NULs, or by what its bytes can be.

    The whole file is looked at, as the first letter that tells may come late.
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    pairs = len(head) // 2
    # Latin letters in UTF-16 have a NUL beside each.
    if pairs and head[1 : 2 * pairs : 2].count(0) > 0.4 * pairs:
        return "utf-16-le"
    if pairs and head[0 : 2 * pairs : 2].count(0) > 0.4 * pairs:
        return "utf-16-be"
    found = next((each for each in ("utf-8", "cp1252") if _is_written_in(file, each)), "")
    if not found:
        raise BrokenTableError(
            f"“{name}” is written in an encoding that is not known: save it as CSV in UTF-8."
        )
    return found


def _is_written_in(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def _csv_rows(
    file: BinaryIO, name: str, encoding: str, is_exact: bool, most_rows: int
) -> Iterator[TableRow]:
    opened = io.TextIOWrapper(file, encoding=encoding, newline="")
    number = 0
    try:
        delimiter = _delimiter(opened.read(HEAD_BYTES // 4))
        opened.seek(0)
        reader = csv.reader(opened, delimiter=delimiter, strict=is_exact)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                raise BrokenTableError(
                    f"“{name}”, row {number + 1}: the row cannot be read, as a quotation mark is "
                    f"missing or a cell is longer than {LONGEST_CELL:,} characters. "
                    "Export the file again."
                ) from error
            number += 1
            _within_limits(name, number, len(cells), most_rows)
            whole = "".join(cells)
            if not is_exact and (not whole or whole.isspace()):
                continue
            yield TableRow(number, tuple(cells), _nul_faults(cells) if "\0" in whole else ())
    except UnicodeError as error:
        raise BrokenTableError(
            f"“{name}” begins in {encoding.removesuffix('-sig').upper()} and goes on in another "
            f"encoding after row {number}: open it, save it as CSV in UTF-8 and choose that."
        ) from error
    finally:
        # The wrapper would close what it was lent; who left off reading may have closed it.
        with contextlib.suppress(ValueError):
            opened.detach()


def _nul_faults(cells: Iterable[str]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (column, "The cell holds a NUL, which no text does: export the file again.")
        for column, cell in enumerate(cells)
        if "\0" in cell
    )


def _delimiter(start: str) -> str:
    """Return what divides the cells: what the first line has most of, outside quotation marks."""
    line: list[str] = []
    is_quoted = False
    for mark in start:
        if mark == '"':
            is_quoted = not is_quoted
        elif mark in "\r\n" and not is_quoted:
            if "".join(line).strip():
                break
            line = []
        elif not is_quoted:
            line.append(mark)
    return max(DELIMITERS, key=line.count)


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


def _spreadsheet_rows(file: BinaryIO, name: str, most_rows: int) -> Iterator[TableRow]:
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
        _within_limits(name, row.number, len(row.cells), most_rows)
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


def _within_limits(name: str, number: int, width: int, most_rows: int) -> None:
    if number > most_rows:
        raise BrokenTableError(
            f"“{name}” has more than {most_rows:,} rows: divide it and import the parts."
        )
    if width > MOST_COLUMNS:
        raise BrokenTableError(
            f"“{name}”, row {number}: the row has {width:,} cells and the most is "
            f"{MOST_COLUMNS:,}; export the file again."
        )
