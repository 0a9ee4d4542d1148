from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.responses.forms import Checked
from folkmoot.responses.presenters import (
    answer_words,
    error_list,
    fields,
    grace_words,
    moment,
    progress,
)
from folkmoot.responses.questions import (
    ChoiceQuestion,
    MonitoringQuestion,
    Option,
    Step,
    SurveyForm,
    TextQuestion,
)

OPTIONS = (Option("agree", "Agree"), Option("disagree", "Disagree"))
CHOICE = ChoiceQuestion("agree", "Do you agree?", "Choose one.", True, OPTIONS)


@pytest.mark.parametrize(
    ("grace", "words"),
    [
        (timedelta(0), ""),
        (timedelta(seconds=59), ""),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=30), "30 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=2), "2 hours"),
    ],
)
def test_a_time_of_grace_is_said_in_words(grace, words):
    assert grace_words(grace) == words


def test_an_instant_is_said_in_the_body_s_time_zone():
    assert moment(datetime(2021, 7, 1, 22, 59, tzinfo=UTC)) == "Thursday 1 July 2021 at 23:59"


def test_an_answer_is_shown_in_the_words_of_its_options():
    assert answer_words(CHOICE, {"agree": ["disagree"]}) == ["Disagree"]
    assert answer_words(CHOICE, {"agree": ["no-longer-offered"]}) == ["no-longer-offered"]
    assert answer_words(CHOICE, {}) == []
    assert answer_words(TextQuestion("t", "T?", "", False), {"t": [" \n"]}) == []


def test_a_field_is_described_by_its_reason_hint_and_error_in_that_order():
    question = MonitoringQuestion("sex", "Your sex?", "Choose one.", False, OPTIONS, why="Fairness")
    (field,) = fields(Step(1, "", "", (question,)), Checked(errors={"sex": "Choose one only."}))
    assert field["described"] == "field-sex-why field-sex-hint field-sex-error"
    (plain,) = fields(Step(1, "", "", (CHOICE,)), Checked())
    assert plain["described"] == "field-agree-hint"


def test_an_error_of_the_whole_step_leads_to_no_field():
    assert error_list(Checked(errors={"": "Everything.", "agree": "This."})) == [
        {"id": "", "message": "Everything."},
        {"id": "field-agree", "message": "This."},
    ]


def test_only_steps_that_are_done_are_links():
    form = SurveyForm((Step(1, "One", "", ()), Step(2, "Two", "", ())))
    shown = [(step["title"], step["state"], step["url"]) for step in progress(form, 2, "/s/")]
    assert shown == [
        ("1. One", "done", "/s/1/"),
        ("2. Two", "current", ""),
        ("3. Check your answers", "todo", ""),
    ]
