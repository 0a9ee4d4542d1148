"""Whatever is sent to any kind of question: a sentence, or kept unchanged. Never an exception."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.responses.test_replies import EVERY

from folkmoot.responses.forms import Given, check_draft, check_step, written
from folkmoot.responses.forms.posts import lines
from folkmoot.responses.presenters import answer_words, error_list, fields, typed
from folkmoot.responses.questions import Step, SurveyForm, field_name, kept, reply

STEP = Step(1, "Every kind", "", EVERY)
NAMES = [name for question in EVERY for name in (*question.names, *question.signals)]
NASTY = [
    "\x00",
    "a\x00b",
    "\x1b[2J",
    "\x1f",
    "\u202e\u2066right to left\u2069",
    "\u200b\ufeff",
    "\ud800",
    "👩🏽‍🚒🏳️‍🌈",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "9" * 5000,
    "-" * 5000,
    "1e999",
    "nan",
    "inf",
    "-inf",
    "0x10",
    "1_000",
    "²",
    "٣",
    "00000001",
    "99999999999999999999/1/1",
    "51.5,-0.12,3",
    "nan,nan",
    "91,181",
    "0x0",
    "99999x99999",
    "a" * 1_000_000,
]
LIKELY = [
    *("", "a", "b", "c", "other", "none", "yes", "prefer-not-to-say", "strongly-agree", "1", "2"),
    *("3", "31", "2021", "12.5", "SW1A 2AA", "51.5,-0.12", "620x413", "300"),
]
VALUES = st.sampled_from(NASTY) | st.sampled_from(LIKELY) | st.text()
POSTS = st.dictionaries(
    st.sampled_from([*NAMES, "token", "nobody-asked", "grid", "place--point.z"]),
    st.lists(VALUES, max_size=3),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(POSTS)
def test_every_post_is_answered_with_sentences_and_keeps_what_was_typed(sent):
    checked = check_step(STEP, Given(sent, sent))
    assert all(message.strip() and len(message) < 1000 for message in checked.errors.values())
    signals = {name for question in EVERY for name in question.signals}
    is_mapped = any(name.startswith("place--") for name in sent)
    for name, values in sent.items():
        if name == "token" or name in signals or (name == "place--point" and is_mapped):
            continue
        held = checked.answers.get(name, checked.unknown.get(name))
        assert held == [lines(value) for value in values]
    if checked.is_right:
        # What is right is kept, can be written to both databases, and is right again.
        again = check_step(STEP, Given(checked.answers, checked.answers))
        assert again.is_right
        json.dumps(checked.answers, ensure_ascii=False).encode()
        assert "\x00" not in "".join(v for values in checked.answers.values() for v in values)


@settings(max_examples=200, deadline=None)
@given(POSTS)
def test_whatever_was_sent_can_be_shown_kept_and_checked_as_a_draft(sent):
    form = SurveyForm((STEP,))
    checked = check_step(STEP, Given(sent, sent))
    assert len(fields(STEP, checked, form.numbers)) == len(EVERY)
    assert len(error_list(checked)) == len(checked.errors)
    typed(form, checked.answers)
    check_draft(form.on_the_way(checked.answers), checked.answers)
    for question in EVERY:
        said = answer_words(question, checked.answers)
        assert bool(said) <= bool(written(checked.answers, question))
        for part in question.parts:
            assert (kept(part, checked.answers) is None) == (reply(part, checked.answers) == ())


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.key)
@pytest.mark.parametrize("value", NASTY, ids=lambda value: ascii(value[:12]))
def test_each_kind_refuses_or_keeps_each_hostile_value(question, value):
    step = Step(1, "", "", (question,))
    for name in question.names:
        checked = check_step(step, Given({name: [value]}, [name]))
        assert checked.answers[name] == [lines(value)]
        if checked.is_right and value.strip():
            parts = [kept(part, checked.answers) for part in question.parts]
            assert any(part is not None for part in parts), "an answer was lost"


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.key)
def test_a_field_that_came_twice_is_said_so_or_kept_twice(question):
    step = Step(1, "", "", (question,))
    name = question.names[0]
    checked = check_step(step, Given({name: ["1", "1"]}, [name]))
    assert checked.answers[name] == ["1", "1"]
    assert checked.errors or question.key == "files"


def test_what_is_not_asked_is_kept_unless_it_cannot_be():
    step = Step(1, "", "", EVERY)
    sent = {"text": ["kept"], field_name("rank", "a"): ["7"], "number": ["a\x00b"]}
    checked = check_step(step, Given(sent, sent), asked=())
    assert checked.answers == sent
    assert list(checked.errors) == ["number"]
