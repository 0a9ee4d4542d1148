from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook
from tests.responses.importing.asked import read, seen

from folkmoot.responses.importing import BrokenTableError
from folkmoot.sources.spreadsheets import open_table, place


def workbook(*rows: tuple) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


SHEET = workbook(("id", "agree", "change"), (1, "Yes", "Lights"), (2, "No", None))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\xd0\xcf\x11\xe0rest", "old kind"),
        (b"%PDF-1.7", "is a PDF"),
        (b"id,agree\n", "no responses below"),
        (b"\x01\x02id,agree\n1,2\n", "does not begin with the names"),
        (SHEET[: len(SHEET) // 2], "broken or cut short"),
        (SHEET[:-30], "broken or cut short"),
        (b"PK\x03\x04nonsense", "broken or cut short"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content, said):
    with pytest.raises(BrokenTableError, match=said):
        seen(content)


def test_an_archive_that_unpacks_to_far_more_than_it_holds_is_never_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    with pytest.raises(BrokenTableError, match="which no table does"):
        seen(bomb.getvalue())


def test_a_spreadsheet_gives_what_its_cells_show():
    rows = read(SHEET)
    assert [row.response.reference_there for row in rows] == ["1", "2"]
    assert rows[1].response.answers == {"agree": ["no"]}


def test_a_formula_in_a_spreadsheet_is_a_fault_of_its_cell():
    (row,) = read(workbook(("id", "change"), (1, "=1+1")))
    assert row.response is None
    assert (row.faults[0].row, row.faults[0].column) == (2, "B")
    assert "formula" in row.faults[0].sentence


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [("1,yes", "C", "fewer"), ("1,yes,more,cells", "D", "more"), ("1,yes,a\0b", "C", "NUL")],
)
def test_a_row_too_short_or_too_long_and_a_nul_are_faults_by_row_and_column(line, column, said):
    (row,) = read(f"id,agree,change\n{line}\n")
    assert (row.faults[0].row, row.faults[0].column) == (2, column)
    assert said in row.faults[0].sentence


def test_columns_of_the_same_name_are_told_apart():
    assert [each.key for each in seen("id,why,why\n1,a,b\n").headings] == ["id", "why", "why (2)"]


def test_the_letter_that_tells_the_encoding_may_come_late():
    content = b"id,change\n" + b"1,lights\n" * 9000 + b"2,caf\xe9\n"
    assert list(open_table(io.BytesIO(content), "x.csv").rows)[-1].cells == ("2", "café")


def test_a_file_that_changes_its_encoding_further_down_names_the_row():
    content = "id,change\n1,lights\n".encode("utf-16") + b"\x00\xd8\x00"
    with pytest.raises(BrokenTableError, match="goes on in another encoding after row"):
        list(open_table(io.BytesIO(content), "x.csv").rows)


def test_a_column_is_named_as_a_spreadsheet_names_it():
    assert [place(each) for each in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
