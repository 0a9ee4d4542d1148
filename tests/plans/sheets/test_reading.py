"""A spreadsheet that came back: what it changes, and what is wrong with it, cell by cell."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from tests.plans.sheets.asked import (
    ON,
    edited,
    edited_csv,
    exported,
    make_delivery_plan,
    read_back,
    says,
)

from folkmoot.plans.models import Commitment
from folkmoot.plans.sheets.columns import COMMITMENTS, MILESTONES, SHEETS, UPDATES
from folkmoot.plans.sheets.writing import write_csv

pytestmark = pytest.mark.django_db

COMMITMENT, MILESTONE, UPDATE = COMMITMENTS.name, MILESTONES.name, UPDATES.name


def test_what_comes_back_as_it_went_out_changes_nothing() -> None:
    plan, first, _ = make_delivery_plan()
    odd = "=1+1\n'tis so, “quoted”\r\nand on a second line "
    Commitment.objects.filter(pk=first.pk).update(lateness=odd, lead="'Frontline", title="-1")
    export = exported(plan)
    files = {"all.xlsx": edited(export)}
    files |= {f"{kind.slug}.csv": write_csv(kind, export.rows, str(export)) for kind in SHEETS}
    for name, content in files.items():
        read = read_back(plan, content, name)
        assert (read.faults, read.edits, read.updates, read.remarks) == ([], [], [], []), name


def test_only_what_was_changed_is_read_as_a_change() -> None:
    plan, first, step = make_delivery_plan()
    export = exported(plan)
    content = edited(
        export,
        (COMMITMENT, 2, "Now expected", date(2023, 3, 1)),
        (COMMITMENT, 2, "Why it is late", "Two wards are left."),
        (MILESTONE, 2, "Completed on", "20 October 2022"),
        (UPDATE, 2, "Reported on", "2022-10-31"),
        (UPDATE, 2, "What came of it", "Ten wards are named."),
    )
    read = read_back(plan, content)
    assert read.faults == []
    assert [(each.key, each.field, each.was, each.wanted) for each in read.edits] == [
        (f"C{first.pk}", "forecast", "", "2023-03-01"),
        (f"C{first.pk}", "lateness", "", "Two wards are left."),
        (f"M{step.pk}", "completed", "", "2022-10-20"),
    ]
    (update,) = read.updates
    assert (update.key, update.on, update.text) == (
        f"C{first.pk}",
        "2022-10-31",
        "Ten wards are named.",
    )


def test_a_second_update_of_a_commitment_goes_in_a_free_row() -> None:
    plan, first, _ = make_delivery_plan()
    content = edited(
        exported(plan),
        (UPDATE, 6, "Key", f"c{first.pk}"),
        (UPDATE, 6, "Reported on", "2022-10-31"),
        (UPDATE, 6, "What came of it", "Ten wards are named."),
    )
    read = read_back(plan, content)
    assert (read.faults, [each.key for each in read.updates]) == ([], [f"C{first.pk}"])


@pytest.mark.parametrize(
    ("sheet", "head", "value", "column", "said"),
    [
        (COMMITMENT, "Now expected", "03/04/2023", "G (Now expected)", "may be 3 April 2023 or 4"),
        (COMMITMENT, "Now expected", "soon", "G (Now expected)", "“soon” is no day: write it"),
        (COMMITMENT, "Now expected", "=TODAY()", "G (Now expected)", "holds a formula"),
        (COMMITMENT, "Completed on", "#REF!", "H (Completed on)", "holds the error #REF!"),
        (COMMITMENT, "Who leads it", None, "F (Who leads it)", "write who does"),
        (COMMITMENT, "Who leads it", "x" * 121, "F (Who leads it)", "120 is the most"),
        (COMMITMENT, "Due", date(2023, 1, 31), "D (Due)", "was “31 December 2022” and the"),
        (COMMITMENT, "Commitment", "Another", "C (Commitment)", "Write “A named officer” again"),
        (COMMITMENT, "Key", None, "A (Key)", "a commitment is added in the admin"),
        (COMMITMENT, "Key", "C999999", "A (Key)", "is no commitment of the export"),
        (COMMITMENT, "Export", None, "B (Export)", "is missing: export the commitments again"),
        (COMMITMENT, "Export", "E999999", "B (Export)", "is no export of this plan"),
        (MILESTONE, "Milestone", "=A1", "D (Milestone)", "holds a formula"),
        (UPDATE, "Reported on", "2022-10-31", "F (What came of it)", "Write what came of it"),
        (UPDATE, "What came of it", "Done.", "E (Reported on)", "The day is missing"),
    ],
)
def test_a_fault_says_what_where_and_what_to_do(
    sheet: str, head: str, value: object, column: str, said: str
) -> None:
    plan, _, _ = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), (sheet, 2, head, value)))
    ((in_sheet, row, in_column, sentence),) = says(read)
    assert (in_sheet, row, in_column) == (sheet, 2, column)
    assert said in sentence
    assert read.edits == []


def test_text_that_begins_as_a_formula_is_refused_in_a_csv() -> None:
    plan, _, _ = make_delivery_plan()
    content = edited_csv(COMMITMENTS, exported(plan), {(2, "Why it is late"): "=cmd|' /C calc'!A0"})
    read = read_back(plan, content, "commitments.csv")
    ((_, row, column, sentence),) = says(read)
    assert (row, column) == (2, "I (Why it is late)")
    assert "as a formula does" in sentence


def uk(content: bytes, *, encoding: str = "cp1252") -> bytes:
    """Return a CSV as Excel set to the United Kingdom saves it: days written anew, semicolons."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    written = [[_uk_day(cell) for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(written)
    return out.getvalue().encode(encoding)


def _uk_day(cell: str) -> str:
    try:
        return f"{date.fromisoformat(cell):%d/%m/%Y}"
    except ValueError:
        return cell


def test_csv_whose_days_excel_has_rewritten_is_read_by_the_days_that_are_known() -> None:
    plan, _, _ = make_delivery_plan()
    changes = {(3, "Now expected"): "2023-07-06", (3, "Why it is late"): "Café closed."}
    content = uk(edited_csv(COMMITMENTS, exported(plan), changes))
    assert b"31/12/2022" in content
    read = read_back(plan, content, "commitments.csv")
    assert read.faults == []
    assert [each.wanted for each in read.edits] == ["2023-07-06", "Café closed."]


def test_csv_with_days_month_first_is_refused_day_by_day() -> None:
    plan, _, _ = make_delivery_plan()
    content = edited_csv(COMMITMENTS, exported(plan), {(2, "Due"): "12/31/2022"})
    content = content.replace(b"2023-06-30", b"6/30/2023")
    read = read_back(plan, content, "commitments.csv")
    assert [(each.row, each.column) for each in read.faults] == [(2, "D (Due)"), (3, "D (Due)")]
    assert read.edits == []


def test_rows_and_sheets_that_are_taken_out_change_nothing() -> None:
    plan, _, _ = make_delivery_plan()
    book = load_workbook(io.BytesIO(edited(exported(plan))))
    del book[MILESTONE]
    book[COMMITMENT].delete_rows(2)
    book[COMMITMENT].delete_cols(6)
    book.create_sheet("My notes").append(["Call", "Ann"])
    book[UPDATE].cell(1, 8).value = "Asked of"
    out = io.BytesIO()
    book.save(out)
    read = read_back(plan, out.getvalue())
    assert (read.faults, read.edits) == ([], [])
    assert read.remarks == [
        "The sheet “My notes” is none of the export’s, and is left out.",
        "New updates: the column “Asked of” is none of the export’s, and is left out.",
    ]


def test_a_key_in_two_rows_is_refused() -> None:
    plan, first, _ = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), (COMMITMENT, 4, "Key", f"C{first.pk}")))
    assert says(read)[0][:3] == ("Commitments", 4, "B (Export)")
    book = load_workbook(io.BytesIO(edited(exported(plan))))
    sheet = book[COMMITMENT]
    for column, cell in enumerate(sheet[2], start=1):
        sheet.cell(4, column).value = cell.value
    out = io.BytesIO()
    book.save(out)
    assert says(read_back(plan, out.getvalue())) == [
        (
            COMMITMENT,
            4,
            "A (Key)",
            f"“C{first.pk}” stands in rows 2 and 4: keep the row that is right.",
        )
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04broken", "broken or cut short"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0old", "of the old kind"),
        (b"a,b\n1,2\n", "has none of the sheets “Commitments”, “Milestones”, “New updates”"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_export_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    plan, _, _ = make_delivery_plan()
    exported(plan)
    ((sheet, row, _, sentence),) = says(read_back(plan, content, "file.xlsx"))
    assert (sheet, row) == ("", None)
    assert said in sentence


def test_a_workbook_of_something_else_is_refused() -> None:
    plan, _, _ = make_delivery_plan()
    book = Workbook()
    book.active.append(["Key", "Ward"])
    out = io.BytesIO()
    book.save(out)
    assert "has none of the sheets" in says(read_back(plan, out.getvalue()))[0][3]


def test_an_export_without_its_key_or_with_a_column_twice_is_refused() -> None:
    plan, _, _ = make_delivery_plan()
    book = load_workbook(io.BytesIO(edited(exported(plan))))
    book[COMMITMENT].cell(1, 2).value = "Exported"
    book[MILESTONE].cell(1, 8).value = "Now expected"
    out = io.BytesIO()
    book.save(out)
    sentences = [each[3] for each in says(read_back(plan, out.getvalue()))]
    assert any("The column “Export” is missing" in each for each in sentences)
    assert any("two columns “Now expected”" in each for each in sentences)


def test_a_sheet_that_lost_its_headings_is_refused() -> None:
    plan, _, _ = make_delivery_plan()
    book = load_workbook(io.BytesIO(edited(exported(plan))))
    book[COMMITMENT].delete_rows(1)
    out = io.BytesIO()
    book.save(out)
    ((sheet, row, _, sentence),) = says(read_back(plan, out.getvalue()))
    assert (sheet, row) == (COMMITMENT, 1)
    assert "has lost its headings: export the commitments again" in sentence


def test_sheets_alike_are_told_apart_by_their_names() -> None:
    plan, _, step = make_delivery_plan()
    book = load_workbook(io.BytesIO(edited(exported(plan), (MILESTONE, 2, "Completed on", ON))))
    book[MILESTONE].delete_cols(4)
    out = io.BytesIO()
    book.save(out)
    read = read_back(plan, out.getvalue())
    assert (read.faults, [each.key for each in read.edits]) == ([], [f"M{step.pk}"])
