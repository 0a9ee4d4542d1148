"""What a spreadsheet that came back changes against its export, and what in it cannot be read.

Nothing is asked of what stands now: that is for `checking`.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping

from folkmoot.plans.sheets.cells import EXPORT_AGAIN, SheetReader, head_of
from folkmoot.plans.sheets.columns import SHEETS, SheetKind
from folkmoot.plans.sheets.edits import Fault, ReadFile
from folkmoot.plans.sheets.rows import Rows
from folkmoot.plans.sheets.writing import READ_ME
from folkmoot.sources.spreadsheets import (
    BrokenTableError,
    TableRow,
    is_workbook,
    open_table,
    read_sheets,
)

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
_MARK = re.compile(r"E[0-9]{1,9}")


def read_file(
    content: bytes, name: str, exports_of: Callable[[Collection[str]], Mapping[str, Rows]]
) -> ReadFile:
    """Return what a file changes. `exports_of` gives the rows of exports by their marks ("E7")."""
    read = ReadFile(name, hashlib.sha256(content).hexdigest())
    if len(content) > MOST_BYTES:
        read.faults.append(
            Fault("", None, "", f"“{name}” is larger than 5 MB: choose the file that was exported.")
        )
        return read
    try:
        tables = _tables(io.BytesIO(content), name)
    except BrokenTableError as error:
        read.faults.append(Fault("", None, "", str(error)))
        return read
    found = _known_sheets(tables, read)
    exports = exports_of(_marks(found.values()))
    for kind, rows in found.items():
        SheetReader(kind, rows, exports, read).read()
    if not found:
        names = ", ".join(f"“{each.name}”" for each in SHEETS)
        read.faults.append(
            Fault("", None, "", f"“{name}” has none of the sheets {names}: choose an export.")
        )
    return read


def _tables(file: io.BytesIO, name: str) -> dict[str, list[TableRow]]:
    if is_workbook(file):
        return read_sheets(file, name, most_rows=MOST_ROWS)
    return {"": list(open_table(file, name, most_rows=MOST_ROWS).rows)}


def _known_sheets(
    tables: Mapping[str, list[TableRow]], read: ReadFile
) -> dict[SheetKind, list[TableRow]]:
    """Return the sheets that are ours, by their headings: a CSV has no name, and names change."""
    found: dict[SheetKind, list[TableRow]] = {}
    for name, rows in tables.items():
        kind = _kind(name, rows)
        if kind is None:
            if any(name == each.name for each in SHEETS):
                says = f"The sheet has lost its headings: {EXPORT_AGAIN}."
                read.faults.append(Fault(name, 1, "", says))
            elif name and name != READ_ME and rows:
                read.remarks.append(f"The sheet “{name}” is none of the export’s, and is left out.")
        elif kind in found:
            says = f"There are two sheets of the kind “{kind.name}”: keep one of them."
            read.faults.append(Fault(name or kind.name, None, "", says))
        else:
            found[kind] = rows
    return found


def _marks(sheets: Iterable[list[TableRow]]) -> set[str]:
    """Return whatever in a file may be the mark of an export."""
    cells = (cell.strip().upper() for rows in sheets for row in rows for cell in row.cells)
    return {cell for cell in cells if _MARK.fullmatch(cell)}


def _kind(name: str, rows: list[TableRow]) -> SheetKind | None:
    """Return the sheet of ours that has most of the headings of the first row, three at least.

    Where two have as many, because a column was taken out, its name tells.
    """
    heads = {head_of(cell) for cell in rows[0].cells} if rows else set()
    alike = [(len(heads & {head_of(each.head) for each in kind.columns}), kind) for kind in SHEETS]
    most, kind = max(alike, key=lambda each: (each[0], each[1].name == name))
    return kind if most > 2 else None
