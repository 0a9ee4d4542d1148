from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.responses.forms import LONGEST_TEXT, Given, check_draft, check_step, extras_of, lines
from folkmoot.responses.questions import (
    SENDER,
    ChoiceQuestion,
    MonitoringQuestion,
    Option,
    Step,
    SurveyForm,
    TextQuestion,
)

OPTIONS = (Option("agree", "Agree"), Option("disagree", "Disagree"))
ONE = ChoiceQuestion("one", "Do you agree?", "", True, OPTIONS)
SOME = ChoiceQuestion("some", "Which of these?", "", False, OPTIONS, several=True)
WORDS = TextQuestion("words", "What would you change?", "", False)
AGE = MonitoringQuestion("age", "How old are you?", "", False, OPTIONS)
STEP = Step(1, "Step", "", (ONE, SOME, WORDS, AGE))
EXTRAS = ("may-be-quoted", "respondent-kind", "organisation")


def check(extras=(), step=STEP, **fields):
    sent = {name.replace("_", "-"): value for name, value in fields.items()}
    return check_step(step, Given(sent, sent), extras=extras)


def test_right_answers_have_no_errors():
    checked = check(one="agree", some=["agree", "disagree"], words="More lights.", age="agree")
    assert checked.is_right
    assert checked.answers == {
        "one": ["agree"],
        "some": ["agree", "disagree"],
        "words": ["More lights."],
        "age": ["agree"],
    }


@pytest.mark.parametrize(
    ("fields", "at", "said"),
    [
        ({}, "one", "Choose an answer to 'Do you agree?'."),
        ({"one": "  "}, "one", "Choose an answer to"),
        ({"one": "perhaps"}, "one", "one that was sent is not among them"),
        ({"one": ["agree", "disagree"]}, "one", "Choose one answer only to"),
        ({"one": "agree", "some": ["agree", "agree"]}, "some", "sent twice"),
        ({"one": "agree", "words": ["a", "b"]}, "words", "sent more than once"),
        ({"one": "agree", "words": "x" * (LONGEST_TEXT + 1)}, "words", "100,001 characters"),
        ({"one": "agree", "words": "a\x00b"}, "words", "a control code"),
        ({"one": "agree", "words": "a\x1bb"}, "words", "a control code"),
        ({"one": "agree", "wordz": "lost?"}, "", "a field that this page does not ask for"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(fields, at, said):
    checked = check(**fields)
    assert said in checked.errors[at]
    assert len(checked.errors) == 1
    for name, value in fields.items():
        kept = checked.answers.get(name, checked.unknown.get(name))
        assert kept == ([value] if isinstance(value, str) else value)


def test_a_text_of_exactly_the_longest_is_taken():
    assert check(one="agree", words="x" * LONGEST_TEXT).is_right


def test_a_required_text_of_spaces_is_missing():
    needed = Step(1, "Step", "", (TextQuestion("words", "What?", "", True),))
    assert check(step=needed, words=" \r\n ").errors == {"words": "Write an answer to 'What?'."}


def test_line_breaks_are_kept_as_one_character_each():
    assert check(one="agree", words="a\r\nb\rc\n\td").answers["words"] == ["a\nb\nc\n\td"]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"respondent_kind": "organisation", "organisation": "The Guild"}, set()),
        ({"respondent_kind": "individual", "organisation": " "}, set()),
        ({"respondent_kind": "organisation", "organisation": " "}, {"organisation"}),
        ({"respondent_kind": "individual", "organisation": "The Guild"}, {"organisation"}),
        ({"organisation": "The Guild"}, {"organisation"}),
        ({"respondent_kind": "king"}, {"respondent-kind"}),
        ({"may_be_quoted": "maybe"}, {"may-be-quoted"}),
        ({"may_be_quoted": ["yes", "yes"]}, {"may-be-quoted"}),
        ({"respondent_kind": "organisation", "organisation": "x" * 201}, {"organisation"}),
    ],
)
def test_who_answers_and_whether_we_may_quote_are_checked_too(fields, errors):
    assert set(check(EXTRAS, one="agree", **fields).errors) == errors


def test_the_first_step_with_text_asks_for_quoting_and_the_last_who_answers():
    steps = (
        Step(1, "Closed", "", (ONE,)),
        Step(2, "Secret", "", (TextQuestion("s", "S?", "", False, may_be_quoted=False),)),
        Step(3, "Open", "", (WORDS,)),
        Step(4, "You", "", (AGE,)),
    )
    form = SurveyForm(steps)
    assert [extras_of(form, step) for step in steps] == [
        (),
        (),
        ("may-be-quoted",),
        ("monitoring-consent", *SENDER),
    ]


def test_a_whole_draft_names_the_step_of_each_error():
    form = SurveyForm((Step(1, "Words", "", (WORDS,)), Step(2, "Closed", "", (ONE, SOME))))
    found = check_draft(form, {"words": ["x"], "some": ["gone"]})
    assert {name: number for name, (number, _) in found.items()} == {"one": 2, "some": 2}
    assert check_draft(form, {"one": ["agree"]}) == {}


FIELD_NAMES = st.sampled_from(["one", "some", "words", "age", *EXTRAS, "token"]) | st.text(
    max_size=8
)
VALUES = st.sampled_from(["", "agree", "disagree", "yes", "organisation"]) | st.text()


@given(st.dictionaries(FIELD_NAMES, st.lists(VALUES, max_size=3)))
def test_whatever_is_sent_is_kept_and_only_what_is_known_is_right(sent):
    checked = check_step(STEP, Given(sent, sent), extras=EXTRAS)
    for name, values in sent.items():
        if name != "token":
            kept = checked.answers.get(name, checked.unknown.get(name))
            assert kept == [lines(value) for value in values]
    assert all(message.strip() for message in checked.errors.values())
    if checked.is_right:
        assert not checked.unknown
        assert [each for each in checked.answers["one"] if each] in (["agree"], ["disagree"])
        assert "\x00" not in "".join("".join(values) for values in checked.answers.values())
        # What is right once is right again, as it is read from the draft.
        assert check_step(STEP, Given(checked.answers, checked.answers), extras=EXTRAS).is_right
