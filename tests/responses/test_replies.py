"""What is kept of an answer gives the same answer again, for every kind of question."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.responses.forms import Given, check_step
from folkmoot.responses.questions import (
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    Kept,
    MonitoringQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    PostcodeQuestion,
    RankingQuestion,
    ScaleQuestion,
    Step,
    TextQuestion,
    declinable,
    kept,
    reply,
)
from folkmoot.responses.questions import given as fields_of
from folkmoot.responses.questions.scales import SCALES
from folkmoot.responses.questions.values import number_written, postcode

OPTIONS = (
    Option("a", "A"),
    Option("b", "B"),
    Option("other", "Other", asks_text=True),
    Option("none", "None of these", is_exclusive=True),
)
PLAIN = tuple(Option(code, code.upper()) for code in "abcd")
CHOICE = declinable(ChoiceQuestion("choice", "Choice?", "", False, OPTIONS[:3], may_decline=True))
SEVERAL = ChoiceQuestion("several", "Several?", "", False, OPTIONS, several=True, most=2)
SCALE = ScaleQuestion("scale", "Scale?", "", False, SCALES["agreement"])
GRID = GridQuestion("grid", "Grid?", "", False, PLAIN, SCALES["importance"], may_decline=True)
RANKING = RankingQuestion("rank", "Rank?", "", False, PLAIN, most=3, may_decline=True)
AGE = declinable(MonitoringQuestion("age", "Age?", "", False, OPTIONS[:3], may_decline=True))
TEXT = TextQuestion("text", "Text?", "", False, may_decline=True)
NUMBER = NumberQuestion("number", "Number?", "", False, -10.0, 2000.5, decimals=2, may_decline=True)
DAY = DateQuestion("day", "Day?", "", False, date(1900, 1, 1), may_decline=True)
DISTRICT = PostcodeQuestion("district", "District?", "", False, may_decline=True)
POSTCODE = PostcodeQuestion("postcode", "Postcode?", "", False, is_whole=True)
FILES = FileQuestion("files", "Files?", "", False, most=3)
PLACE = PlaceQuestion("place", "Place?", "", False, 1, 51.7, 51.3, 0.3, -0.5, may_decline=True)
EVERY = (
    CHOICE,
    SEVERAL,
    SCALE,
    GRID,
    RANKING,
    AGE,
    TEXT,
    NUMBER,
    DAY,
    DISTRICT,
    POSTCODE,
    FILES,
    PLACE,
)
PARTS = [part for question in EVERY for part in question.parts]
LIKELY = st.sampled_from(
    [
        *("", " ", "a", "b", "other", "none", "prefer-not-to-say", "yes", "strongly-agree"),
        *("very-important", "1", "2", "3", "4", "12.5", "1,234.50", "0,5", "31", "2", "2021"),
        *("September", "sw1a 2aa", "SW1A", "E1 6AN", "51.5,-0.1", "the bridge\nby the river"),
    ]
)
VALUES = LIKELY | st.text(max_size=20)


def answers_to(question):
    """Whatever may be sent in the fields of a question."""
    lists = st.lists(VALUES, max_size=2)
    return st.dictionaries(st.sampled_from(question.names), lists, max_size=len(question.names))


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.key)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_is_kept_gives_the_same_again(question, data):
    answers = data.draw(answers_to(question))
    is_right = check_step(Step(1, "", "", (question,)), Given(answers, answers)).is_right
    for part in question.parts:
        found = kept(part, answers)
        if found is None:
            assert reply(part, answers) == ()
            continue
        again = kept(part, fields_of(part, found))
        if is_right:
            assert again == found
            assert reply(part, fields_of(part, found)) == reply(part, answers)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_right_answer_is_right_again_when_it_comes_back_from_the_register(data):
    question = data.draw(st.sampled_from(EVERY))
    answers = data.draw(answers_to(question))
    step = Step(1, "", "", (question,))
    if not check_step(step, Given(answers, answers)).is_right:
        return
    back = {}
    for part in question.parts:
        if (found := kept(part, answers)) is not None:
            back |= fields_of(part, found)
    assert check_step(step, Given(back, back)).errors == {}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.key)
def test_no_answer_is_kept_as_nothing(part):
    assert kept(part, {}) is None
    assert kept(part, {name: ["  "] for name in part.names}) is None


@pytest.mark.parametrize(
    ("part", "answers", "found"),
    [
        (
            CHOICE,
            {"choice": ["other"], "choice--other": [" By cargo bike "]},
            Kept(("other",), other={"other": "By cargo bike"}),
        ),
        (CHOICE, {"choice": ["a"], "choice--other": ["Left behind"]}, Kept(("a",))),
        (SEVERAL, {"several": ["a", "b", "a"]}, Kept(("a", "b"))),
        (GRID.parts[1], {"grid--b": ["very-important"]}, Kept(("very-important",))),
        (RANKING, {"rank--c": ["1"], "rank--a": ["2"]}, Kept(("c", "a"))),
        (RANKING, {"rank--declined": ["yes"]}, Kept(("prefer-not-to-say",))),
        (TEXT, {"text": ["  as it is\n"]}, Kept(text="  as it is\n")),
        (NUMBER, {"number": ["1,234.50"]}, Kept(text="1234.50")),
        (
            DAY,
            {"day--day": ["3"], "day--month": ["Sept"], "day--year": ["1998"]},
            Kept(text="1998-09-03"),
        ),
        (DISTRICT, {"district": ["ec1a 1bb"]}, Kept(text="EC1A")),
        (POSTCODE, {"postcode": ["ec1a1bb"]}, Kept(text="EC1A 1BB")),
        (FILES, {"files": ["7", "12"]}, Kept(("7", "12"))),
        (
            PLACE,
            {"place": ["The bridge"], "place--point": ["51.5,-0.12"]},
            Kept(text="The bridge", point=(51.5, -0.12)),
        ),
        (PLACE, {"place--point": ["51.5,-0.12"]}, Kept(point=(51.5, -0.12))),
    ],
)
def test_what_is_kept(part, answers, found):
    assert kept(part, answers) == found


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        (" 1,234 ", "1234"),
        ("1 234 567", "1234567"),
        ("1\u202f234,5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1,5", "1.5"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        ("+3", "3"),
        ("\u2212 4", "-4"),
        ("\u0661\u0662", "12"),
        ("12.", "12"),
        ("1,23,4", "1,23,4"),
        ("12e3", "12e3"),
        ("nan", "nan"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, number):
    assert number_written(typed) == number


@pytest.mark.parametrize(
    ("typed", "district", "whole"),
    [
        ("sw1a 2aa", "SW1A", "SW1A 2AA"),
        ("SW1A2AA", "SW1A", "SW1A 2AA"),
        ("E1 6AN", "E1", "E1 6AN"),
        ("e16an", "E1", "E1 6AN"),
        ("E16", "E16", "E16"),
        ("E1 6", "E1", "E16"),
        ("  n1c ", "N1C", "N1C"),
        ("gir 0aa", "GIR", "GIR 0AA"),
        ("nowhere", "NOWHERE", "NOWHERE"),
    ],
)
def test_a_postcode_is_read_with_and_without_its_space(typed, district, whole):
    assert postcode(typed, is_whole=False) == district
    assert postcode(typed, is_whole=True) == whole
