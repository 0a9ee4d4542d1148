"""The sheets of a workbook as rows of text, and back."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from openpyxl import load_workbook

from folkmoot.responses.xlsform.findings import WorkbookRefusedError

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 5_000, 200
WIDTHS = {"label": 50, "hint": 40, "relevant": 40, "constraint": 40, "type": 28, "name": 24}
WIDTH = 18


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its number in the spreadsheet, and what stands in it by its column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns, as their heads say, and its rows that are not empty."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def read_sheets(content: bytes) -> dict[str, Sheet]:
    """Return the sheets of a workbook by their names in small letters.

    Raises WorkbookRefusedError for what is no .xlsx, is too large, or has no sheet "survey".
    """
    if len(content) > LARGEST_FILE:
        raise WorkbookRefusedError(
            f"The file has {len(content) // 1_000_000} MB and an XLSForm has no more than "
            f"{LARGEST_FILE // 1024 // 1024}: take pictures and other sheets out of it."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile:
        raise WorkbookRefusedError(
            "The file is no Excel workbook (.xlsx), or it is protected by a password: open it in "
            "a spreadsheet and save it as .xlsx without a password."
        ) from None
    if unpacked > LARGEST_UNPACKED:
        raise WorkbookRefusedError(
            "The file is far larger unpacked than an XLSForm can be: save its sheets survey, "
            "choices and settings as a new workbook."
        )
    try:
        with warnings.catch_warnings():
            # It says which styles and extensions it leaves out; only the cells are read.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = {
                sheet.title.strip().lower(): _sheet(sheet)
                for sheet in book.worksheets
                if sheet.title.strip().lower() in {SURVEY, CHOICES, SETTINGS, "external_choices"}
            }
    except WorkbookRefusedError:
        raise
    except Exception as error:
        # Whatever a damaged workbook makes its reader raise, the file is what is wrong.
        raise WorkbookRefusedError(
            "The workbook is damaged and cannot be read: open it in a spreadsheet, save it again "
            "as .xlsx, and choose that file."
        ) from error
    if SURVEY not in sheets:
        raise WorkbookRefusedError(
            "The workbook has no sheet named survey, so it is no XLSForm: name the sheet with "
            "the questions survey."
        )
    for column in ("type", "name"):
        if column not in sheets[SURVEY].columns:
            raise WorkbookRefusedError(
                f"The sheet survey has no column {column} in its first row: write type, name and "
                "label as the heads of its columns."
            )
    return sheets


def _sheet(sheet: Any) -> Sheet:
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    heads = [_text(cell).strip() for cell in next(rows, ())]
    columns = [" ".join(head.split()) if "::" in head else _plain(head) for head in heads]
    found = []
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise WorkbookRefusedError(
                f"The sheet {sheet.title} has more than {MOST_ROWS} rows: take out those that no "
                "survey needs."
            )
        texts = {
            column: text
            for column, cell in zip(columns, cells, strict=False)
            if column and (text := _text(cell))
        }
        if texts:
            found.append(Row(number, texts))
    return Sheet(tuple(column for column in columns if column), tuple(found))


def _plain(head: str) -> str:
    return "_".join(head.lower().split())


def _text(cell: Any) -> str:
    """Return a cell as it was meant: 1 and not 1.0, a day as YYYY-MM-DD, without control codes."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").strip()
    return "".join(mark for mark in text if mark in "\n\t" or ord(mark) >= 32)


def write_sheets(sheets: Mapping[str, tuple[Sequence[str], Sequence[Mapping[str, str]]]]) -> bytes:
    """Return a workbook: by the name of each sheet its columns, and its rows by column.

    The same sheets give the same bytes. Every cell is text: none is ever a formula.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 no time of anybody's
    head = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for name, (columns, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDTHS.get(column, WIDTH))
            sheet.write_string(0, place, column, head)
            for number, row in enumerate(rows, start=1):
                if text := row.get(column, ""):
                    sheet.write_string(number, place, text, wrapped)
    book.close()
    return out.getvalue()
