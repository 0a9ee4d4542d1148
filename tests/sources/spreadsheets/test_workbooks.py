"""Every sheet of a workbook as rows of text."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from folkmoot.sources.spreadsheets import BrokenTableError, is_workbook, read_sheets


def workbook(**sheets: list[tuple[object, ...]]) -> io.BytesIO:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out


def test_sheets_come_by_name_with_the_numbers_of_their_rows() -> None:
    file = workbook(One=[("a", 1), (), (date(2024, 3, 31), 2.5)], Two=[], Three=[(None, "x")])
    sheets = read_sheets(file, "book.xlsx")
    assert list(sheets) == ["One", "Two", "Three"]
    assert [(row.number, row.cells) for row in sheets["One"]] == [
        (1, ("a", "1")),
        (3, ("2024-03-31T00:00:00", "2.5")),
    ]
    assert sheets["Two"] == []
    assert sheets["Three"][0].cells == ("", "x")


def test_formulas_are_faults_with_their_column_and_never_what_they_came_to() -> None:
    (row,) = read_sheets(workbook(One=[("a", "=1+1")]), "book.xlsx")["One"]
    assert row.cells == ("a", "")
    ((column, sentence),) = row.faults
    assert column == 1
    assert "holds a formula" in sentence


def test_too_many_rows_are_refused() -> None:
    file = workbook(One=[("a",)] * 3)
    with pytest.raises(BrokenTableError, match="more than 2 rows"):
        read_sheets(file, "book.xlsx", most_rows=2)


def test_a_workbook_is_known_by_how_it_begins() -> None:
    assert is_workbook(workbook(One=[("a",)]))
    assert not is_workbook(io.BytesIO(b"a,b\n"))
    assert not is_workbook(io.BytesIO(b""))
