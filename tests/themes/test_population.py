"""A file of population figures: what is read, and every fault with its row, column and remedy."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from tests import factories

from folkmoot.themes.population import MOST_BYTES, comparable, levels_of, read_population

HEAD = "question,level,people,source,licence,day\n"
FIRST = "age-band,one,700,Census 2021,OGL v3.0,2021-03-21\n"
GOOD = f"{HEAD}{FIRST}age-band,other,300,,,\n"


@pytest.fixture
def questions():
    return comparable(factories.make_survey())


def read(content, questions, name="people.csv"):
    return read_population(
        content.encode() if isinstance(content, str) else content, name, questions
    )


def faults(content, questions):
    found = read(content, questions)
    assert not found.tables
    return [(fault.row, fault.column, fault.says) for fault in found.faults]


def only_fault(content, questions):
    (found,) = faults(content, questions)
    return found


def test_equality_questions_and_those_with_one_answer_can_be_compared():
    survey = factories.make_survey(
        questions=[
            factories.choice("part"),
            factories.choice("wants", several=True),
            factories.text("change"),
            factories.monitoring("age-band"),
        ]
    )
    assert [question.key for question in comparable(survey)] == ["part", "age-band"]


def test_declining_is_no_level():
    survey = factories.make_survey(
        questions=[
            factories.monitoring(
                "age-band",
                options=(("one", "One"), ("prefer-not-to-say", "Prefer not to say")),
            )
        ]
    )
    assert levels_of(comparable(survey)[0]) == {"one": "One"}


def test_a_right_file_is_read_whole(questions):
    found = read(GOOD, questions)
    assert not found.faults
    (table,) = found.tables
    assert table.question.key == "age-band"
    assert table.figures == {"one": 700, "other": 300}
    assert (table.unit, table.source, table.licence) == ("people", "Census 2021", "OGL v3.0")
    assert table.day == date(2021, 3, 21)
    assert len(found.sha256) == 64


def test_levels_may_be_written_as_labels_and_figures_with_separators(questions):
    written = (
        "Question;Level;People;Source;Licence;Day;Note\n"
        "age-band;One group;1,817,642;Census;OGL;2021-03-21;estimate\n"
        "age-band;ANOTHER GROUP;300;;;;\n"
    )
    found = read(written, questions)
    assert found.tables[0].figures == {"one": 1_817_642, "other": 300}
    assert found.unused == ("note",)


@pytest.mark.parametrize(("one", "other"), [("0.7", "0.3"), ("70%", "30.0 %"), ("0.704", "0.30")])
def test_shares_may_be_given_in_place_of_people(questions, one, other):
    written = GOOD.replace("people", "share").replace("700", one).replace("300", other)
    figures = read(written, questions).tables[0].figures
    assert figures == pytest.approx({"one": 0.7, "other": 0.3}, abs=0.005)


def test_a_spreadsheet_is_read_with_its_days(questions):
    book = Workbook()
    sheet = book.active
    sheet.append(["question", "level", "people", "source", "licence", "day"])
    sheet.append(["age-band", "one", 700, "Census 2021", "OGL v3.0", date(2021, 3, 21)])
    sheet.append(["age-band", "other", 300])
    file = BytesIO()
    book.save(file)
    found = read(file.getvalue(), questions, "people.xlsx")
    assert not found.faults
    assert found.tables[0].day == date(2021, 3, 21)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\0\0"])
def test_an_empty_file(questions, content):
    assert "is empty" in only_fault(content, questions)[2]


def test_headings_without_rows(questions):
    assert "headings and no rows" in only_fault(HEAD, questions)[2]


def test_a_file_far_too_large(questions):
    says = only_fault(b"x" * (MOST_BYTES + 1), questions)[2]
    assert "one row a group" in says


def test_a_pdf_is_no_table(questions):
    assert "a PDF" in only_fault(b"%PDF-1.7", questions)[2]


@pytest.mark.parametrize("column", ["question", "level", "source", "licence", "day"])
def test_a_missing_column_is_named(questions, column):
    row, _, says = only_fault(GOOD.replace(column, "x", 1), questions)
    assert (row, f"no column “{column}”" in says) == (1, True)


@pytest.mark.parametrize(
    ("headings", "says"),
    [("people,share", "not both"), ("number,figure", "give one of them")],
)
def test_people_or_share_and_not_both(questions, headings, says):
    written = GOOD.replace("people", headings, 1)
    assert says in only_fault(written, questions)[2]


def test_a_heading_twice(questions):
    row, column, says = only_fault(GOOD.replace("day\n", "day,day\n", 1), questions)
    assert (row, column) == (1, "day")
    assert "leave one out" in says


@pytest.mark.parametrize(
    ("wrong", "place", "says"),
    [
        (("age-band,other", "colour,other"), (3, "question"), "write one of agree, age-band"),
        (("age-band,other", ",other"), (3, "question"), "write the key"),
        (("other,300", "third,300"), (3, "level"), "write one of one, other"),
        (("other,300", ",300"), (3, "level"), "write the code of an option"),
        (("other,300", "prefer-not-to-say,300"), (3, "level"), "leave the row out"),
        (("other,300", "one,300"), (3, "level"), "is in row 2 already"),
        (("other,300", "other,-300"), (3, "people"), "a whole number of people"),
        (("other,300", "other,many"), (3, "people"), "“many” is not a whole number"),
        (("other,300", "other,3.5"), (3, "people"), "a whole number of people"),
        (("other,300", "other,"), (3, "people"), "The cell is empty"),
        (("other,300", "other,nan"), (3, "people"), "a whole number of people"),
        (("Census 2021", ""), (2, "source"), "write the source"),
        (("Census 2021", "x" * 301), (2, "source"), "longer than 300"),
        (("OGL v3.0", ""), (2, "licence"), "write the licence"),
        (("2021-03-21", "21/3/2021"), (2, "day"), "write it as 2021-03-21"),
        (("300,,,", "300,Another,,"), (3, "source"), "differs from row 2"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_remedy(questions, wrong, place, says):
    found = faults(GOOD.replace(*wrong), questions)
    assert found[0][:2] == place
    assert says in found[0][2]


def test_a_level_without_a_row_is_named(questions):
    row, column, says = only_fault(HEAD + FIRST, questions)
    assert (row, column) == (2, "level")
    assert "no row for “other” (Another group): add one, with 0" in says


@pytest.mark.parametrize("other", ["0.2", "0.4"])
def test_shares_that_do_not_sum_to_one(questions, other):
    written = GOOD.replace("people", "share").replace("700", "0.7").replace("300", other)
    row, column, says = only_fault(written, questions)
    assert (row, column) == (2, "share")
    assert f"sum to {0.7 + float(other):.4g}" in says


def test_a_share_above_one(questions):
    written = GOOD.replace("people", "share").replace("700", "70").replace("300", "0.3")
    assert "a share from 0 to 1" in faults(written, questions)[0][2]


def test_nobody_at_all(questions):
    written = GOOD.replace("700", "0").replace("300", "0")
    assert "are 0" in only_fault(written, questions)[2]


def test_every_fault_is_told_at_once(questions):
    written = f"{HEAD}age-band,one,-1,,OGL,2021\nage-band,third,5,,,\ncolour,red,5,,,\n"
    places = {(row, column) for row, column, _ in faults(written, questions)}
    assert {(2, "people"), (2, "source"), (2, "day"), (3, "level"), (4, "question")} <= places
