"""What was answered, written in four formats and read back equal."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from tests import factories
from tests.responses.exporting.asked import (
    ANSWERED,
    AWKWARD,
    CELLS,
    answer,
    cells_of,
    every_form,
    laid_out,
    send_file,
)

from folkmoot.core.cells import safe_text, typed_text
from folkmoot.responses.exporting.columns import Shape
from folkmoot.responses.exporting.csv_file import csv_pieces
from folkmoot.responses.exporting.parquet_file import write_parquet
from folkmoot.responses.exporting.rows import rows
from folkmoot.responses.exporting.sav_file import write_sav
from folkmoot.responses.exporting.xlsx_file import LONGEST, write_xlsx
from folkmoot.responses.models import Response

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")


@pytest.fixture
def layout():
    """Layout of three responses: one full, one all skipped, one declined; and awkward texts."""
    form = every_form()
    survey = factories.make_survey()
    send_file(answer(survey, form, ANSWERED))
    answer(survey, form, {})
    answer(survey, form, {"travel": ["prefer-not-to-say"], "since--declined": ["yes"]})
    for text in AWKWARD:
        answer(survey, form, {"why": [text], "travel": ["other"], "travel--other": [text]})
    return laid_out(form)


def written(layout):
    return rows(layout, Response.objects.all())


def expected(layout) -> list[dict[str, object]]:
    return cells_of(layout)


def test_the_rows_themselves_say_what_was_answered(layout):
    full, skipped, declined, *_ = cells_of(layout)
    assert {name: full[name] for name in CELLS} == CELLS
    assert {skipped[name] for name in CELLS} == {"[skipped]", "[not asked]"}
    assert skipped["which_bus"] == "[not asked]"
    assert skipped["travel__other__text"] == "[skipped]"
    assert (declined["travel"], declined["since"]) == ("[prefer not to say]",) * 2


def test_csv_is_read_back_equal(layout):
    text = "".join(csv_pieces(layout.columns, written(layout)))
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    read = [
        {column.name: _from_csv(column.shape, line[column.name]) for column in layout.columns}
        for line in lines
    ]
    assert read == expected(layout)
    for line in lines:
        for column in layout.columns:
            if column.shape is Shape.TEXT:
                assert not line[column.name].lstrip().startswith(FORMULA_SIGNS)


def test_xlsx_is_read_back_equal(layout):
    file = BytesIO()
    write_xlsx(file, layout.columns, written(layout))
    book = openpyxl.load_workbook(file)
    long = {}
    for row, column, _, text in book["Long texts"].iter_rows(min_row=2, values_only=True):
        long[row, column] = long.get((row, column), "") + typed_text(text)
    head, *lines = book["Responses"].iter_rows()
    names = [cell.value for cell in head]
    read = []
    for at, line in enumerate(lines, start=2):
        found = {}
        for column, name, cell in zip(layout.columns, names, line, strict=True):
            # Text is text: no cell is a formula, whatever it says.
            assert cell.data_type in {"s", "inlineStr", "n", "d"}
            found[name] = long.get((at, name)) or _from_sheet(column.shape, cell.value)
        read.append(found)
    # A spreadsheet knows no fractions of a second below a thousandth.
    assert read == expected(layout)
    assert len(long["" or next(iter(long))]) > LONGEST
    assert [cell.value for cell in book["Data dictionary"][1]][:3] == [
        "column",
        "question_number",
        "wording",
    ]


def test_parquet_is_read_back_equal(layout):
    file = BytesIO()
    write_parquet(file, layout.columns, written(layout))
    table = pq.read_table(BytesIO(file.getvalue()))
    read = []
    for line in table.to_pylist():
        found = {}
        for column in layout.columns:
            why = line[f"{column.name}__missing"]
            found[column.name] = f"[{why}]" if why else line[column.name]
        read.append(found)
    assert read == expected(layout)
    field = table.schema.field("travel")
    assert field.metadata[b"label"] == b"How do you travel?"
    assert b'"bus": "Bus"' in field.metadata[b"codes"]


def test_sav_is_read_back_equal(layout, tmp_path):
    path = tmp_path / "responses.sav"
    write_sav(path, layout.columns, written(layout), title="Your say")
    frame, meta = pyreadstat.read_sav(str(path), user_missing=True)
    assert meta.column_names_to_labels["travel"] == "How do you travel?"
    assert meta.missing_ranges["travel"] == [{"lo": -9.0, "hi": -6.0}]
    assert meta.variable_value_labels["travel"][1.0] == "Bus"
    assert meta.variable_value_labels["travel"][-8.0].startswith("Not asked")
    reasons = {-9: "[skipped]", -8: "[not asked]", -7: "[prefer not to say]"}
    read = []
    for line in frame.to_dict("records"):
        found = {}
        for column in layout.columns:
            value, why = line[column.name], line.get(f"{column.name}__m", 0)
            if why in reasons:
                found[column.name] = reasons[why]
            elif isinstance(value, float) and value in reasons:
                found[column.name] = reasons[value]
            else:
                parts = [line.get(f"{column.name}__part{place}", "") for place in (2, 3)]
                found[column.name] = _from_sav(column, value, parts)
        read.append(found)
    assert read == expected(layout)


def test_spss_itself_would_leave_missing_answers_out(layout, tmp_path):
    path = tmp_path / "responses.sav"
    write_sav(path, layout.columns, written(layout))
    frame, _ = pyreadstat.read_sav(str(path))
    assert frame["agree"].count() == 1
    assert frame["age"].dropna().tolist() == [41.0]


def test_wording_takes_the_place_of_codes_where_asked(layout):
    text = "".join(csv_pieces(layout.columns, written(layout), in_words=True, bom=False))
    first = next(csv.DictReader(StringIO(text, newline="")))
    assert (first["travel"], first["agree"], first["channel"]) == ("Bus", "Agree", "Web")


@pytest.mark.parametrize("text", AWKWARD)
def test_taking_the_first_apostrophe_away_gives_what_was_typed(text):
    assert typed_text(safe_text(text)) == text
    assert not safe_text(text).lstrip().startswith(FORMULA_SIGNS)


def _from_csv(shape: Shape, cell: str) -> object:
    if cell.startswith("["):
        return cell
    match shape:
        case Shape.FLAG:
            return cell == "1"
        case Shape.NUMBER | Shape.DEGREES:
            return float(cell)
        case Shape.DAY:
            return date.fromisoformat(cell)
        case Shape.INSTANT:
            return datetime.fromisoformat(cell)
    return typed_text(cell)


def _from_sheet(shape: Shape, cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=LONDON) if shape is Shape.INSTANT else cell.date()
    if isinstance(cell, str):
        return cell if cell.startswith("[") else typed_text(cell)
    return cell


def _from_sav(column, value: object, parts: list[object]) -> object:
    match column.shape:
        case Shape.FLAG:
            return value == 1
        case Shape.CODE:
            codes = [code for code, _ in column.labels]
            own = all(code.isdigit() for code in codes)
            return str(int(value)) if own else codes[int(value) - 1]
        case Shape.INSTANT:
            return value.to_pydatetime().replace(tzinfo=LONDON)
        case Shape.TEXT:
            return value + "".join(part for part in parts if isinstance(part, str))
    return value
