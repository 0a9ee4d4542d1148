"""Spreadsheets of commitments for tests: exported, edited as an officer would, and read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from openpyxl import load_workbook
from tests.factories import make_commitment, make_plan, make_user

from folkmoot.accounts.models import User
from folkmoot.plans.acts import export_commitments
from folkmoot.plans.models import Commitment, CommitmentExport, Milestone, Plan, ProgressUpdate
from folkmoot.plans.querysets import exports_of
from folkmoot.plans.sheets.columns import SheetKind
from folkmoot.plans.sheets.edits import ReadFile
from folkmoot.plans.sheets.reading import read_file
from folkmoot.plans.sheets.writing import write_csv, write_workbook

AT = datetime(2022, 11, 1, 12, tzinfo=UTC)
ON = date(2022, 11, 1)
BOTH = ("plans.change_commitment", "plans.add_progressupdate")
# Sheet, row, heading, and what an officer writes there.
Cell = tuple[str, int, str, Any]


def officer() -> User:
    return make_user(*BOTH)


def make_delivery_plan() -> tuple[Plan, Commitment, Milestone]:
    """A plan with two commitments; the first has a milestone and an update."""
    plan = make_plan()
    first = make_commitment(plan, title="A named officer", lead="Frontline", order=1)
    make_commitment(plan, title="Evening patrols", due=date(2023, 6, 30), order=2)
    step = Milestone.objects.create(
        commitment=first, title="Names printed", due=date(2022, 11, 30), sort_order=1
    )
    ProgressUpdate.objects.create(commitment=first, on=date(2022, 10, 5), text="Half are named.")
    return plan, first, step


def exported(plan: Plan, by: User | None = None) -> CommitmentExport:
    return export_commitments(plan, AT, by or officer())


def edited(export: CommitmentExport, *cells: Cell) -> bytes:
    """Return the workbook of an export with some cells written over."""
    book = load_workbook(io.BytesIO(write_workbook(export.rows, str(export))))
    for sheet, row, head, value in cells:
        heads = [str(cell.value).removesuffix(" (locked)") for cell in book[sheet][1]]
        book[sheet].cell(row, heads.index(head) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_back(plan: Plan, content: bytes, name: str = "commitments.xlsx") -> ReadFile:
    return read_file(content, name, partial(exports_of, plan))


def edited_csv(
    kind: SheetKind, export: CommitmentExport, changes: Mapping[tuple[int, str], str]
) -> bytes:
    """Return the CSV of a sheet with some cells written over, by row from 2 and heading."""
    text = write_csv(kind, export.rows, str(export)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    heads = [cell.removesuffix(" (locked)") for cell in rows[0]]
    for (row, head), value in changes.items():
        rows[row - 1][heads.index(head)] = value
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def says(read: ReadFile) -> list[tuple[str, int | None, str, str]]:
    """Return the faults of a read file: sheet, row, column and sentence."""
    return [(each.sheet, each.row, each.column, each.says) for each in read.faults]
