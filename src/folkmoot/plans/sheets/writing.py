"""The sheets as a workbook and as CSV. No text in them is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter

from folkmoot.core.cells import safe_text
from folkmoot.plans.sheets.columns import (
    EXPORT,
    KEY,
    MILESTONES,
    SHEETS,
    UPDATES,
    Column,
    SheetKind,
)
from folkmoot.plans.sheets.rows import of_commitments, of_milestones

# The mark by which spreadsheets know UTF-8.
BOM = "\ufeff"
READ_ME = "Read me"
# Rows below the commitments, for those of which more than one thing is reported.
FREE_ROWS = 50
GUIDE = (
    "Change the white columns of the three sheets, save, and import the file where it came from.",
    "Grey columns are locked: they say which row is which. Leave the key and the export alone.",
    "A row that you leave as it is changes nothing, nor does a row or a sheet that you take out.",
    "Write days like 2024-03-31 or 31 March 2024.",
    "What is expected late, or is past due and not completed, needs the reason in plain words.",
    "New updates: write the day and what came of it beside the commitment. For a second update of "
    "the same commitment write its key in a free row below. An update is never changed afterwards.",
    "Write no formulas: they are refused.",
)


def cells_of(
    kind: SheetKind, rows: Mapping[str, dict[str, str]], export: str
) -> Iterator[dict[str, str]]:
    """Yield the rows of a sheet, each by field."""
    chosen = of_milestones(rows) if kind is MILESTONES else of_commitments(rows)
    for key, row in chosen.items():
        yield {KEY: key, EXPORT: export} | {
            column.field: row[column.field] for column in kind.columns if column.field in row
        }


def write_csv(kind: SheetKind, rows: Mapping[str, dict[str, str]], export: str) -> bytes:
    """Return one sheet as CSV in UTF-8, with the mark that spreadsheets know it by."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.printed for column in kind.columns])
    for row in cells_of(kind, rows, export):
        writer.writerow([safe_text(row.get(column.field, "")) for column in kind.columns])
    return f"{BOM}{out.getvalue()}".encode()


def write_workbook(rows: Mapping[str, dict[str, str]], export: str) -> bytes:
    """Return all sheets as a workbook, locked columns protected without a password.

    The same rows give the same bytes.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 no time of anybody's
    formats = _formats(book)
    for kind in SHEETS:
        _write_sheet(book, formats, kind, list(cells_of(kind, rows, export)))
    guide = book.add_worksheet(READ_ME)
    guide.set_column(0, 0, 100)
    for number, line in enumerate(GUIDE):
        guide.write_string(number, 0, line, formats["text"])
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    of_cell = {"text_wrap": True, "valign": "top"}
    grey = {"bg_color": "#E9E6DF", "locked": True}
    open_ = {"locked": False}
    day = {"num_format": "yyyy-mm-dd", "align": "left"}
    return {
        "head": book.add_format({"bold": True, "bottom": 1, **of_cell}),
        "text": book.add_format(of_cell | open_),
        "day": book.add_format(of_cell | open_ | day),
        "locked text": book.add_format(of_cell | grey),
        "locked day": book.add_format(of_cell | grey | day),
    }


def _write_sheet(
    book: Any, formats: Mapping[str, Any], kind: SheetKind, rows: list[dict[str, str]]
) -> None:
    sheet = book.add_worksheet(kind.name)
    sheet.freeze_panes(1, 3)
    free = FREE_ROWS if kind is UPDATES else 0
    for place, column in enumerate(kind.columns):
        sheet.write_string(0, place, column.printed, formats["head"])
        sheet.set_column(place, place, column.width)
        form = _format(formats, column)
        for number, row in enumerate(rows, start=1):
            _write_cell(sheet, number, place, row.get(column.field, ""), column, form)
        for number in range(len(rows) + 1, len(rows) + 1 + free):
            is_open = column.field == KEY or not column.is_locked
            sheet.write_blank(number, place, None, formats["text"] if is_open else form)
        if column.is_day and not column.is_locked and rows:
            _ask_for_days(sheet, place, len(rows) + free)
    sheet.autofilter(0, 0, max(len(rows), 1), len(kind.columns) - 1)
    # Without a password: it keeps from slips, and whoever has to can lift it.
    allowed = {"autofilter": True, "format_columns": True, "format_rows": True}
    sheet.protect("", allowed)


def _format(formats: Mapping[str, Any], column: Column) -> Any:
    what = "day" if column.is_day else "text"
    return formats[f"locked {what}" if column.is_locked else what]


def _write_cell(sheet: Any, number: int, place: int, text: str, column: Column, form: Any) -> None:
    if not text:
        sheet.write_blank(number, place, None, form)
    elif column.is_day:
        sheet.write_datetime(number, place, date.fromisoformat(text), form)
    else:
        sheet.write_string(number, place, safe_text(text), form)


def _ask_for_days(sheet: Any, place: int, last: int) -> None:
    """Let the spreadsheet itself say that a cell takes a day."""
    asked = {
        "validate": "date",
        "criteria": ">=",
        "value": date(1990, 1, 1),
        "error_type": "warning",
        "error_title": "Is this a day?",
        "error_message": "Write a day like 2024-03-31.",
    }
    sheet.data_validation(1, place, last, place, asked)
