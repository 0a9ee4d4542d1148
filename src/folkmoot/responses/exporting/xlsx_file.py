"""An export as a workbook: the responses, the data dictionary, and texts too long for a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

import xlsxwriter

from folkmoot.core.cells import safe_text
from folkmoot.publishing.clock import local
from folkmoot.responses.exporting.columns import Column
from folkmoot.responses.exporting.dictionary import HEADERS, dictionary_rows
from folkmoot.responses.exporting.errors import TooLargeError
from folkmoot.responses.exporting.layout import Cell, Row
from folkmoot.responses.exporting.missing import Missing

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
# A cell holds 32,767 characters, of which an emoji takes two.
LONGEST = 16_000
CONTINUES = "… [continues on the sheet “Long texts”]"
RESPONSES, DICTIONARY, LONG_TEXTS = "Responses", "Data dictionary", "Long texts"
FIRST_DAY = date(1900, 3, 1)  # before it a spreadsheet counts days wrongly


def write_xlsx(
    file: BinaryIO, columns: Sequence[Column], rows: Iterable[Row], *, in_words: bool = False
) -> None:
    """Write an export as a workbook. Every text is written as text, never as a formula or link.

    Raises TooLargeError where the responses do not fit on a sheet.
    """
    if len(columns) > MOST_COLUMNS:
        raise TooLargeError(
            f"The export has {len(columns):,} columns and a workbook takes {MOST_COLUMNS:,}: "
            "choose fewer questions, or CSV or Parquet."
        )
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(file, options) as book:
        _Book(book, columns, in_words=in_words).write(rows)


class _Book:
    def __init__(self, book: Any, columns: Sequence[Column], *, in_words: bool) -> None:
        self.columns = columns
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.responses = book.add_worksheet(RESPONSES)
        self.dictionary = book.add_worksheet(DICTIONARY)
        self.long_texts = book.add_worksheet(LONG_TEXTS)
        self.long_rows = 0
        self.words = [dict(each.labels) if in_words else {} for each in columns]

    def write(self, rows: Iterable[Row]) -> None:
        self.responses.freeze_panes(1, 1)
        self._write_head(self.responses, [each.name for each in self.columns])
        self._write_head(self.long_texts, ["row", "column", "part", "text"])
        for at, row in enumerate(rows, start=1):
            if at >= MOST_ROWS:
                raise TooLargeError(
                    f"A sheet takes {MOST_ROWS - 1:,} responses and there are more: choose CSV or "
                    "Parquet, or fewer days."
                )
            for place, cell in enumerate(row):
                self._write_cell(at, place, cell)
        self._write_head(self.dictionary, HEADERS)
        for at, line in enumerate(dictionary_rows(self.columns), start=1):
            for place, text in enumerate(line):
                self.dictionary.write_string(at, place, safe_text(text)[: LONGEST * 2])
        self.dictionary.set_column(0, 2, 30)

    def _write_head(self, sheet: Any, names: Sequence[str]) -> None:
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, self.head)

    def _write_cell(self, at: int, place: int, cell: Cell) -> None:
        sheet = self.responses
        if isinstance(cell, Missing):
            sheet.write_string(at, place, cell.mark)
        elif isinstance(cell, str):
            self._write_text(at, place, self.words[place].get(cell, cell))
        elif isinstance(cell, datetime):
            sheet.write_datetime(at, place, local(cell).replace(tzinfo=None), self.instant)
        elif isinstance(cell, date):
            if cell < FIRST_DAY:
                sheet.write_string(at, place, cell.isoformat())
            else:
                sheet.write_datetime(at, place, cell)
        else:
            sheet.write_number(at, place, cell)

    def _write_text(self, at: int, place: int, text: str) -> None:
        if len(text) <= LONGEST:
            self.responses.write_string(at, place, safe_text(text))
            return
        self.responses.write_string(at, place, safe_text(text[:LONGEST]) + CONTINUES)
        for part, start in enumerate(range(0, len(text), LONGEST), start=1):
            self.long_rows += 1
            line = self.long_rows
            # Row of the sheet of responses, as a spreadsheet counts: from 1, the header first.
            self.long_texts.write_number(line, 0, at + 1)
            self.long_texts.write_string(line, 1, self.columns[place].name)
            self.long_texts.write_number(line, 2, part)
            self.long_texts.write_string(line, 3, safe_text(text[start : start + LONGEST]))
