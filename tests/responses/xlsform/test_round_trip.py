from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.responses import asking
from tests.responses.xlsform.books import cells

from folkmoot.core.routing import (
    ALWAYS,
    Answered,
    AnyOf,
    AtLeast,
    Every,
    FirstOf,
    Not,
    Some,
    holds,
)
from folkmoot.responses.blocks import ShownIfBlock
from folkmoot.responses.conditions import condition
from folkmoot.responses.models import Survey
from folkmoot.responses.questions import (
    ChoiceQuestion,
    NumberQuestion,
    Option,
    RankingQuestion,
    form_of_steps,
    survey_form,
)
from folkmoot.responses.xlsform import raw_steps, read_workbook, write_workbook
from folkmoot.responses.xlsform.conditions import (
    NotUnderstoodError,
    condition_of,
    expression_of,
    less_than,
)
from folkmoot.responses.xlsform.rules import raw_rules

QUESTIONS = {
    "one": ChoiceQuestion("one", "One?", "", False, options=(Option("a", "A"), Option("b", "B"))),
    "many": ChoiceQuestion(
        "many", "Many?", "", False, options=(Option("a", "A"), Option("b", "B")), several=True
    ),
    "age": NumberQuestion("age", "Age?", "", False),
    "first": RankingQuestion(
        "first", "First?", "", False, options=(Option("a", "A"), Option("b", "B"))
    ),
}
TESTS = st.one_of(
    st.builds(
        AnyOf,
        st.sampled_from(["one", "many"]),
        st.sampled_from([frozenset("a"), frozenset("b"), frozenset("ab")]),
    ),
    st.builds(
        FirstOf,
        st.just("first"),
        st.sampled_from([frozenset("a"), frozenset("b"), frozenset("ab")]),
    ),
    st.builds(Answered, st.sampled_from(list(QUESTIONS))),
    st.builds(AtLeast, st.just("age"), st.sampled_from([0.0, 17.5, 18.0, 1e6])),
    st.builds(less_than, st.just("age"), st.sampled_from([0.0, 18.0])),
)
CONTRARY = TESTS.filter(lambda test: isinstance(test, AnyOf | Answered)).map(Not)
RULES = st.one_of(TESTS, CONTRARY)
GROUPS = st.one_of(
    RULES, st.lists(RULES, min_size=2, max_size=3).map(lambda each: Some(tuple(each)))
)
ANY = st.recursive(
    RULES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: Every(tuple(each))),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: Some(tuple(each))),
    ),
    max_leaves=6,
)
REPLIES = st.fixed_dictionaries(
    {
        "one": st.sampled_from([(), ("a",), ("b",)]),
        "many": st.sampled_from([(), ("a",), ("b",), ("a", "b")]),
        "age": st.sampled_from([(), ("0",), ("17",), ("18",), ("30",)]),
        "first": st.sampled_from([(), ("a",), ("b",), ("a", "b"), ("b", "a")]),
    }
)


@pytest.mark.django_db
def test_every_kind_of_question_comes_back_as_it_was():
    survey = asking.every_kind()
    form = survey_form(survey)
    written = write_workbook(form, title="All kinds", name="all-kinds", version="1")
    taken = read_workbook(written)
    assert taken.findings == ()
    steps = Survey._meta.get_field("steps").to_python(raw_steps(taken.form, taken.introductions))
    Survey._meta.get_field("steps").stream_block.clean(steps)
    again = form_of_steps(steps)
    assert again.questions == form.questions
    assert [(step.title, step.shown_if) for step in again.steps] == [
        (step.title, step.shown_if) for step in form.steps
    ]


@pytest.mark.django_db
def test_a_survey_gives_the_same_bytes_whenever_it_is_written():
    form = survey_form(asking.every_kind())
    first, second = (write_workbook(form, title="A", name="a", version="1") for _ in range(2))
    assert first == second


@given(st.lists(GROUPS, min_size=1, max_size=3))
def test_what_an_officer_can_say_comes_back_word_for_word(groups):
    said = groups[0] if len(groups) == 1 else Every(tuple(groups))
    block = ShownIfBlock()
    officer = condition(block.to_python(raw_rules(said)))
    read = condition_of(expression_of(officer, QUESTIONS.get), QUESTIONS.get)
    assert condition(block.to_python(raw_rules(read))) == officer


@given(ANY, REPLIES)
def test_any_condition_means_the_same_after_the_way_there_and_back(said, replies):
    expression = expression_of(said, QUESTIONS.get)
    read = condition_of(expression, QUESTIONS.get)
    assert holds(read, replies) == holds(said, replies), expression
    try:
        raw = raw_rules(read)
    except NotUnderstoodError as error:
        # An officer has no words for that alone; a workbook with it is refused, not misread.
        if "what is not put first cannot be tested" not in str(error):
            raise
        return
    rules = condition(ShownIfBlock().to_python(raw))
    assert holds(rules, replies) == holds(said, replies), expression


def test_an_empty_condition_is_always():
    assert condition_of("", QUESTIONS.get) == ALWAYS
    assert expression_of(ALWAYS, QUESTIONS.get) == ""


@pytest.mark.django_db
def test_what_is_typed_is_never_a_formula():
    survey = asking.three_steps()
    survey.steps[0].value["title"] = '=HYPERLINK("https://bad.example")'
    written = write_workbook(survey_form(survey), title="=1+1", name="a", version="1")
    assert cells(written, "survey")[0]["label"].startswith("=HYPERLINK")
    assert b"<f>" not in written
