"""What a file is, found out from its beginning."""

from __future__ import annotations

from typing import BinaryIO

from folkmoot.sources.spreadsheets.rows import MOST_ROWS, BrokenTableError, Table
from folkmoot.sources.spreadsheets.text_files import HEAD_BYTES, csv_rows, encoding_of
from folkmoot.sources.spreadsheets.workbooks import first_sheet_rows

_NOT_TABLES = {
    b"\xd0\xcf\x11\xe0": "an Excel file of the old kind (.xls): save it as .xlsx or CSV",
    b"%PDF": "a PDF: export the table as CSV or XLSX",
    b"SQLite format 3": "a database: export the table as CSV or XLSX",
}


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
        return Table("xlsx", "", first_sheet_rows(file, name, most_rows))
    encoding = encoding_of(file, head, name)
    return Table("csv", encoding, csv_rows(file, name, encoding, is_exact, most_rows))
