from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.routing import AnyOf
from folkmoot.responses.keying.comparing import differences
from folkmoot.responses.keying.lines import Way, asked_steps, lines_of
from folkmoot.responses.keying.typed import KeyedWrongError, codes_typed, day_typed, read_typed
from folkmoot.responses.models import PaperMark
from folkmoot.responses.questions import (
    KIND,
    ORGANISATION,
    ChoiceQuestion,
    DateQuestion,
    GridQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Option,
    RankingQuestion,
    Step,
    SurveyForm,
    TextQuestion,
    declinable,
)

Mark = PaperMark.Mark
ABC = (Option("a", "A"), Option("b", "B"), Option("c", "Other", asks_text=True))
FORM = SurveyForm(
    (
        Step(
            1,
            "Views",
            "",
            (
                ChoiceQuestion("one", "One?", "", True, options=ABC),
                ChoiceQuestion("many", "Many?", "", False, options=ABC, several=True, most=2),
                TextQuestion("why", "Why?", "", True, shown_if=AnyOf("one", frozenset("a"))),
                GridQuestion("grid", "Grid?", "", False, rows=ABC[:2], points=ABC[:2]),
                RankingQuestion("rank", "Rank?", "", False, may_decline=True, options=ABC),
                NumberQuestion("age", "Age?", "", False, lowest=16.0, may_decline=True),
                DateQuestion("moved", "Moved?", "", False),
            ),
        ),
        Step(
            2,
            "About you",
            "",
            (declinable(MonitoringQuestion("sex", "Sex?", "", False, options=ABC[:2])),),
        ),
    )
)
MANY = next(line for line in lines_of(FORM) if line.name == "many")
ONE = next(line for line in lines_of(FORM) if line.name == "one")


def test_lines_have_the_numbers_of_the_screen_and_letters_for_rows():
    numbers = [line.number for line in lines_of(FORM) if line.number]
    assert numbers[:4] == ["1", "2", "3", "4a"]
    assert {"4b", "5a", "5b", "5c", "6", "7", "8"} <= set(numbers)
    assert FORM.numbers["moved"] == 7


def test_who_answers_comes_before_the_sheet_with_equality_questions():
    titles = [each.step.title for each in asked_steps(FORM)]
    assert titles == ["Views", "About your response", "About you"]
    first_of_sheet = asked_steps(FORM)[-1].asked[0].lines[0]
    assert first_of_sheet.is_beside


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("2", ["b"]),
        ("1 3", ["a", "c"]),
        ("1,3", ["a", "c"]),
        ("ac", ["a", "c"]),
        ("13", ["a", "c"]),
        ("3 1", ["c", "a"]),
        ("1 1", ["a"]),
        ("B", ["b"]),
    ],
)
def test_options_are_typed_by_number_or_letter(typed, codes):
    assert codes_typed(MANY, typed) == codes


@pytest.mark.parametrize("typed", ["4", "0", "d", "1 4", "-1", "½", "=1+1", "ⅷ", "٣٤", "9" * 5000])
def test_what_is_no_option_is_said(typed):
    with pytest.raises(KeyedWrongError):
        codes_typed(MANY, typed)


def test_two_ticks_where_one_is_asked_are_kept_as_they_stand():
    read = read_typed(FORM, {"one": "1 2"})
    assert read.marks["one"] == (Mark.AS_WRITTEN, "1 2")
    assert "one" not in read.answers
    assert read.remarks["one"] == "This question takes one answer."


@pytest.mark.parametrize(
    "typed", ["3 9 1998", "03/09/1998", "3.9.98", "03091998", "1998-09-03", "3 sep 1998"]
)
def test_a_day_is_typed_in_many_ways(typed):
    read = read_typed(FORM, {"one": "2", "moved": typed})
    assert "moved" not in read.marks
    assert [read.answers[f"moved--{part}"] for part in ("day", "year")][1] == ["1998"]


def test_a_day_that_is_none_is_kept_as_it_stands():
    read = read_typed(FORM, {"one": "2", "moved": "31 2 1998"})
    assert read.marks["moved"][0] is Mark.AS_WRITTEN
    assert not any(name.startswith("moved") for name in read.answers)


def test_needed_questions_left_blank_are_noted_and_refuse_nothing():
    assert read_typed(FORM, {"many": "1"}).marks == {"one": (Mark.BLANK, "")}


def test_what_cannot_be_read_is_noted():
    assert read_typed(FORM, {"one": "?"}).marks == {"one": (Mark.ILLEGIBLE, "")}


def test_an_answer_that_was_not_to_be_given_is_kept_beside_the_answers():
    read = read_typed(FORM, {"one": "2", "why": "Because."})
    assert read.marks == {"why": (Mark.NOT_ASKED, "Because.")}
    assert "why" not in read.answers


def test_a_number_below_the_lowest_is_kept_as_it_stands():
    read = read_typed(FORM, {"one": "2", "age": "7"})
    assert read.marks["age"] == (Mark.AS_WRITTEN, "7")


def test_declining_is_typed_where_no_option_says_it():
    assert read_typed(FORM, {"one": "2", "age": "pn"}).answers["age--declined"] == ["yes"]


def test_ranks_given_twice_are_kept_as_they_stand():
    read = read_typed(FORM, {"one": "2", "rank--a": "1", "rank--b": "1"})
    assert read.marks["rank"] == (Mark.AS_WRITTEN, "1; 1")


def test_more_ticks_than_asked_for_count_as_on_any_other_way_in():
    assert read_typed(FORM, {"one": "2", "many": "1 2 3"}).answers["many"] == ["a", "b", "c"]


def test_what_an_equality_question_says_never_stands_beside_the_answers():
    assert read_typed(FORM, {"one": "2", "sex": "7"}).marks["sex"] == (Mark.AS_WRITTEN, "")


def test_a_name_of_an_organisation_makes_it_the_answer_of_one():
    assert read_typed(FORM, {ORGANISATION: "Friends of the park"}).answers[KIND] == ["organisation"]


def test_an_organisation_without_a_name_is_noted():
    read = read_typed(FORM, {KIND: "2"})
    assert KIND not in read.answers
    assert read.marks[KIND][0] is Mark.AS_WRITTEN


def test_the_same_typed_otherwise_is_no_difference():
    first = {"many": "1,3", "moved": "03/09/1998", "why": "a  b"}
    second = {"many": "ca", "moved": "3 9 1998", "why": "a b"}
    assert differences(FORM, first, second) == []


def test_differences_name_the_line_and_both():
    (found,) = differences(FORM, {"one": "1"}, {"one": ""})
    assert (found.line.number, found.first, found.second) == ("1", "1", "")


@given(
    st.dictionaries(st.sampled_from([line.name for line in lines_of(FORM)]), st.text(max_size=40))
)
def test_whatever_is_typed_is_an_answer_or_a_mark(typed):
    read = read_typed(FORM, typed)
    parts = {line.name: line.part for line in lines_of(FORM)}
    for name, value in typed.items():
        if value.strip() and name not in {"one--c", "many--c", KIND, ORGANISATION}:
            part = parts[name]
            said = part in read.marks or any(
                key == part or key.startswith(f"{part}--") for key in read.answers
            )
            assert said, (name, value)


@given(st.text(max_size=30))
def test_no_day_breaks_the_reading(value):
    with suppress(KeyedWrongError):
        assert len(day_typed(value)) == 3


def test_every_line_has_a_way_to_be_typed():
    assert {line.way for line in lines_of(FORM)} >= {Way.ONE, Way.SEVERAL, Way.RANK, Way.DATE}
    assert ONE.numbered[0] == (1, ABC[0])
