from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.responses.xlsform import books

from folkmoot.core.routing import ALWAYS, AnyOf, AtLeast, Every, Not
from folkmoot.responses.questions import (
    ChoiceQuestion,
    DateQuestion,
    GridQuestion,
    NumberQuestion,
    PlaceQuestion,
    RankingQuestion,
    TextQuestion,
)
from folkmoot.responses.xlsform import WorkbookRefusedError, raw_steps, read_workbook
from folkmoot.responses.xlsform.limits import limits_of
from folkmoot.responses.xlsform.rich import html, markdown

HEADS = ["type", "name", "label", "relevant", "constraint", "required"]
LIST = [["list_name", "name", "label"], *books.YES_NO]


def questions(taken):
    return {question.key: question for question in taken.form.questions}


def found(taken):
    return {(each.row, each.column) for each in taken.findings}


def sentences(taken):
    return [str(each) for each in taken.findings]


def one(*row, choices=None):
    return read_workbook(books.workbook([HEADS, list(row)], choices or LIST))


def test_a_flat_form_of_odk_becomes_a_survey():
    taken = read_workbook(books.travel_survey())
    asked = questions(taken)
    assert taken.title == "Travel to work"
    assert not taken.faults
    assert [step.title for step in taken.form.steps] == ["Travel to work"]
    assert taken.introductions[1] == (
        '<p><b>Welcome.</b> Thank you for <a href="https://example.org">taking part</a>.</p>'
    )
    age = asked["age"]
    assert isinstance(age, NumberQuestion)
    assert (age.lowest, age.highest, age.required) == (16, 119, True)
    modes = asked["modes"]
    assert isinstance(modes, ChoiceQuestion)
    assert (modes.several, modes.most) == (True, 2)
    assert [option.code for option in modes.options] == ["bus", "on-foot", "bike", "other"]
    assert modes.options[-1].asks_text
    assert modes.shown_if == AnyOf("works", frozenset({"yes"}))
    assert asked["why-not"].shown_if == Every(
        (Not(AnyOf("works", frozenset({"yes"}))), AtLeast("age", 18))
    )
    assert asked["why-not"].is_short is False
    assert isinstance(asked["moved"], DateQuestion)
    assert isinstance(asked["home"], PlaceQuestion)
    assert asked["minutes"].lowest == 0.01
    raw_steps(taken.form, taken.introductions)


def test_what_a_flat_form_says_and_a_survey_cannot_is_told_by_its_cell():
    taken = read_workbook(books.travel_survey())
    assert {(2, "type"), (3, "type"), (10, "type"), (11, "relevant"), (12, "constraint")} <= found(
        taken
    )
    assert (
        "Sheet survey, row 11, column relevant: the condition “${age_months} > 400” is left out, "
        "so that this is always shown: it asks about age_months (a calculation), which is left "
        "out." in sentences(taken)
    )
    assert any("respondent_name is now respondent-name" in each for each in sentences(taken))


def test_groups_become_steps_and_tables_grids():
    taken = read_workbook(books.household_survey())
    assert [step.title for step in taken.form.steps] == ["Consent", "Your views", "Household"]
    assert taken.form.steps[1].shown_if == AnyOf("agree", frozenset({"yes"}))
    asked = questions(taken)
    police = asked["police"]
    assert isinstance(police, GridQuestion)
    assert [row.label for row in police.rows] == ["Preventing robbery", "Helping victims"]
    assert isinstance(asked["order"], RankingQuestion)
    assert asked["order"].shown_if == AnyOf("police--robbery", frozenset({"bad"}))
    assert asked["score"] == NumberQuestion(
        "score", "From nought to ten", "", False, lowest=0, highest=10
    )
    assert asked["area"].as_list


def test_repeats_other_files_and_other_languages_are_told():
    taken = read_workbook(books.household_survey())
    assert {(14, "type"), (17, "type"), (18, "choice_filter"), (19, "relevant")} <= found(taken)
    assert "child-name" not in questions(taken)
    assert any(
        "only English (en) is taken: Français (fr) is left out" in each for each in sentences(taken)
    )


def test_ratings_and_rankings_of_kobo_are_taken():
    taken = read_workbook(books.kobo_survey())
    asked = questions(taken)
    assert not taken.faults
    assert [row.code for row in asked["service"].rows] == ["speed", "kindness"]
    assert [point.label for point in asked["service"].points] == ["Poor", "Fair", "Other"]
    assert asked["wishes"].most == 2
    assert [each.asks_text for each in asked["again"].options] == [False, False, True]
    assert "again-other" not in asked


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("${yes} = ${other}", "two answers with each other"),
        ("${nobody} = 'yes'", "“nobody” is no question that was taken"),
        ("${yes} = 'maybe'", "“maybe” is no option of “yes”"),
        ("${yes} > 5", "is no number"),
        ("${yes}", "alone is no test"),
        ("${yes} = 'yes' xor ${yes} = 'no'", "“xor” stands where nothing more was expected"),
        ("today() > '2020-01-01'", "“today” has no counterpart"),
        ("(${yes} = 'yes'", "is missing before “its end”"),
        ("${words} = 'hello'", "words of the answer"),
        ("not(" * 200, "more than 50"),
        ("false()", "would never show it"),
        ("${yes} = 'yes' and", "is missing at"),
        ("§", "is not understood"),
    ],
)
def test_a_condition_that_has_no_counterpart_is_told_with_its_reason(expression, why):
    taken = read_workbook(
        books.workbook(
            [
                HEADS,
                ["select_one yes_no", "yes", "Yes?"],
                ["select_one yes_no", "other", "Other?"],
                ["text", "words", "Words?"],
                ["text", "last", "Last?", expression],
            ],
            LIST,
        )
    )
    (finding,) = taken.remarks
    assert (finding.sheet, finding.row, finding.column) == ("survey", 5, "relevant")
    assert why in finding.sentence
    assert questions(taken)["last"].shown_if == ALWAYS


@pytest.mark.parametrize(
    ("row", "cell", "why"),
    [
        (("select_one nowhere", "a", "A?"), (2, "type"), "there is no list nowhere"),
        (("text", "a", "A" * 301), (2, "label"), "at most 300 characters and this has 301"),
        (("text", None, "A?"), (2, "name"), "has no name"),
        (("begin_group", "a", "A"), (2, "type"), "has no end"),
        (("end_group",), (2, "type"), "no group is open"),
    ],
)
def test_what_must_be_corrected_first_is_a_fault_with_its_cell(row, cell, why):
    taken = one(*row)
    fault = next(each for each in taken.faults if each.row)
    assert ((fault.row, fault.column), why in fault.sentence) == (cell, True)


def test_choices_that_cannot_be_told_apart_are_faults():
    choices = [*LIST, ["yes_no", "yes", "Yes again"], ["yes_no", None, "Nameless"]]
    taken = one("select_one yes_no", "a", "A?", choices=choices)
    assert [(each.sheet, each.row) for each in taken.faults] == [("choices", 4), ("choices", 5)]


def test_forward_references_are_faults():
    taken = read_workbook(
        books.workbook(
            [
                HEADS,
                ["begin_group", "g", "G"],
                ["select_one yes_no", "b", "B?"],
                ["text", "a", "A?", "${a} != ''"],
                ["end_group"],
            ],
            LIST,
        )
    )
    assert any(
        "a is no question" in each or "“a” is no question" in each for each in sentences(taken)
    )


def broken():
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    whole = books.travel_survey()
    return {
        "empty": b"",
        "text": b"type,name,label\ntext,a,A\n",
        "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        "no workbook": zipped.getvalue(),
        "bomb": bomb.getvalue(),
        "cut short": whole[: len(whole) // 2],
        "large": b"0" * 6_000_000,
        "no sheet": books.workbook([["a"]]).replace(b"survey", b"surbey"),
        "no type": books.workbook([["name", "label"], ["a", "A"]]),
    }


@pytest.mark.parametrize("name", broken())
def test_a_broken_file_is_refused_in_one_sentence(name):
    with pytest.raises(WorkbookRefusedError) as refused:
        read_workbook(broken()[name])
    assert str(refused.value).count(". ") == 0


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_and_never_break(content):
    with pytest.raises(WorkbookRefusedError):
        read_workbook(content)


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "text",
            "begin_group",
            "end_group",
            "note",
            "select_one yes_no",
            "rank yes_no",
            "range",
            "begin_repeat",
            "end_repeat",
            "${a} = 'yes'",
            "a",
            "b",
            "yes",
            "table-list",
            "likert",
            "select_multiple yes_no or_other",
            "a--other",
            "begin_score",
            "geopoint",
            "calculate",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20),
    st.integers(-5, 5),
    st.booleans(),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8))
def test_whatever_stands_in_the_cells_is_taken_or_told(rows):
    taken = read_workbook(books.workbook([HEADS, *rows], LIST))
    if not taken.faults:
        raw_steps(taken.form, taken.introductions)
    assert all(str(each).endswith(".") for each in taken.findings)


@pytest.mark.parametrize(
    ("constraint", "kind", "said"),
    [
        (". >= 0 and . <= 10", "number", (0, 10)),
        (". > 0 and . < 10", "number", (1, 9)),
        ("(. >= 5)", "number", (5, None)),
    ],
)
def test_limits_of_numbers(constraint, kind, said):
    limits = limits_of(constraint, kind)
    assert (limits.lowest, limits.highest) == said
    assert not limits.left


def test_limits_of_several_choices_and_what_goes_with_no_other():
    limits = limits_of(
        "count-selected(.) >= 1 and count-selected(.) < 4 and "
        "not(selected(., 'none') and count-selected(.) > 1)",
        "several",
    )
    assert (limits.least, limits.most, limits.exclusive, limits.left) == (1, 3, {"none"}, [])


@pytest.mark.parametrize(
    "source",
    [
        "<p>One <b>two</b>.</p>",
        '<p>A <a href="https://a.example/b_c">link</a>.</p><ul><li>x</li><li>y</li></ul>',
        "<p>2 * 3 * 4 = _x_ [y] &lt;script&gt; &amp;</p>",
    ],
)
def test_rich_text_goes_there_and_back(source):
    assert html(markdown(source)) == source


@given(st.text(max_size=80))
def test_nothing_typed_becomes_markup(text):
    made = html(text)
    assert "<script" not in made.lower()
    assert "javascript:" not in [each.split(":")[0] for each in made.split('href="')[1:]]


def test_links_lead_only_to_addresses():
    assert html("[x](javascript:alert)") == "<p>x (javascript:alert)</p>"


def test_text_questions_of_one_line_and_of_many():
    assert isinstance(questions(one("text", "a", "A?"))["a"], TextQuestion)
    assert questions(one("text", "a", "A?"))["a"].is_short
