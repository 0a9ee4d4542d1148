"""Commitments as a workbook and as CSV: what is locked, what is a day, and that nothing runs."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook
from tests.plans.sheets.asked import exported, make_delivery_plan

from folkmoot.plans.models import Commitment
from folkmoot.plans.sheets.columns import COMMITMENTS, MILESTONES, SHEETS, UPDATES
from folkmoot.plans.sheets.writing import READ_ME, write_csv, write_workbook

pytestmark = pytest.mark.django_db


def workbook(export):
    return load_workbook(io.BytesIO(write_workbook(export.rows, str(export))))


def test_workbook_has_a_sheet_for_each_kind_and_a_guide() -> None:
    plan, first, step = make_delivery_plan()
    export = exported(plan)
    book = workbook(export)
    assert book.sheetnames == [*(kind.name for kind in SHEETS), READ_ME]
    row = [cell.value for cell in book[COMMITMENTS.name][2]]
    assert row[:3] == [f"C{first.pk}", str(export), "A named officer"]
    assert (row[3].date().isoformat(), row[4:6]) == ("2022-12-31", ["On track", "Frontline"])
    assert [cell.value for cell in book[MILESTONES.name][2]][:4] == [
        f"M{step.pk}",
        str(export),
        "A named officer",
        "Names printed",
    ]
    last = [cell.value for cell in book[UPDATES.name][2]][3]
    assert last.date().isoformat() == "2022-10-05"


def test_only_what_officers_write_in_is_unlocked() -> None:
    plan, _, _ = make_delivery_plan()
    book = workbook(exported(plan))
    for kind in SHEETS:
        sheet = book[kind.name]
        assert sheet.protection.sheet
        for column, head, cell in zip(kind.columns, sheet[1], sheet[2], strict=True):
            assert head.value == column.printed
            assert cell.protection.locked is column.is_locked, column
    free = book[UPDATES.name][5]
    assert [cell.protection.locked for cell in free] == [False, True, True, True, False, False]


def test_text_that_looks_like_a_formula_goes_out_as_text() -> None:
    plan, first, _ = make_delivery_plan()
    Commitment.objects.filter(pk=first.pk).update(title="=cmd|'/c calc'!A1", lead="@SUM(A1)")
    export = exported(plan)
    cells = workbook(export)[COMMITMENTS.name][2]
    assert [cell.data_type for cell in cells if cell.value].count("f") == 0
    assert cells[2].value == "'=cmd|'/c calc'!A1"
    text = write_csv(COMMITMENTS, export.rows, str(export)).decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text)))[1]
    assert (row[2], row[5]) == ("'=cmd|'/c calc'!A1", "'@SUM(A1)")


def test_the_same_rows_give_the_same_bytes() -> None:
    plan, _, _ = make_delivery_plan()
    export = exported(plan)
    assert write_workbook(export.rows, "E1") == write_workbook(export.rows, "E1")
