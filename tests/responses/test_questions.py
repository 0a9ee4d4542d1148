from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests import factories
from tests.responses.asking import choice, step, three_steps

from folkmoot.responses.models import Survey
from folkmoot.responses.questions import (
    ChoiceQuestion,
    MonitoringQuestion,
    Option,
    TextQuestion,
    faults,
    revision,
    survey_form,
)


def form_of(*questions, consent="Yes"):
    survey = Survey(title="Survey", consent=consent)
    survey.steps = [step("One", list(questions))]
    return survey_form(survey)


@pytest.mark.django_db
def test_questions_come_in_the_order_and_steps_of_the_page():
    form = survey_form(three_steps())
    assert [each.title for each in form.steps] == ["Priorities", "In your own words", "About you"]
    assert [type(each) for each in form.questions] == [
        ChoiceQuestion,
        ChoiceQuestion,
        TextQuestion,
        MonitoringQuestion,
    ]
    assert [form.step(number) is None for number in (-1, 0, 1, 3, 4)] == [
        True,
        True,
        False,
        False,
        True,
    ]


def test_every_equality_question_offers_prefer_not_to_say_once():
    added, had = form_of(
        factories.monitoring("sex"),
        factories.monitoring("age", options=(("old", "Old"), ("prefer-not-to-say", "Rather not"))),
    ).questions
    assert added.options[-1] == Option("prefer-not-to-say", "Prefer not to say", is_exclusive=True)
    assert [each.label for each in had.options] == ["Old", "Rather not"]


def test_an_equality_question_is_never_required():
    (question,) = form_of(factories.monitoring("sex", required=True)).questions
    assert question.required is False


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ([choice("same"), factories.text("same")], "Two questions have the key 'same'"),
        ([choice("token")], "The key 'token' is the form's own"),
        ([factories.text("organisation")], "The key 'organisation' is the form's own"),
        (
            [choice("which", options=(("a", "A"), ("a", "Also A")))],
            "The question 'which' offers two options with the code 'a'",
        ),
    ],
)
def test_questions_whose_answers_could_not_be_told_apart_are_named(questions, said):
    (fault,) = faults(form_of(*questions))
    assert fault.startswith(said)


@pytest.mark.django_db
def test_a_survey_with_two_questions_of_one_key_is_not_saved():
    with pytest.raises(ValidationError, match="Two questions have the key 'same'"):
        factories.make_survey(questions=[choice("same"), choice("same")])


def test_the_revision_changes_with_what_is_asked_and_not_with_a_hint():
    asked = revision(form_of(choice("agree")), "Consent")
    assert revision(form_of(choice("agree", hint="Choose one.")), "Consent") == asked
    assert revision(form_of(choice("agree")), "Other consent") != asked
    for changed in (
        choice("agree", required=True),
        choice("agree", several=True),
        choice("agree", options=(("agree", "Agree"), ("disagree", "Disagree"))),
        factories.choice("agree", "Another wording?"),
        choice("other"),
    ):
        assert revision(form_of(changed), "Consent") != asked
