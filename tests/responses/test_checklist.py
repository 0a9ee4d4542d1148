"""What the checklist of a consultation says of its survey."""

from __future__ import annotations

import pytest
from tests import factories
from tests.responses.asking import three_steps

from folkmoot.consultations.checklist import standings
from folkmoot.responses.models import Survey

pytestmark = pytest.mark.django_db


def seen(survey, key):
    found = next(each for each in standings(survey.consultation) if each.line.key == key)
    return found.seen_to, found.finding.seen


def test_a_survey_with_both_texts_says_what_happens_to_answers():
    survey = three_steps()
    assert seen(survey, "consent") == (True, f"“{survey.title}” says so before answers are sent.")


def test_equality_questions_without_a_text_to_agree_to_are_an_open_line():
    survey = three_steps()
    Survey.objects.update(monitoring_consent=" ")
    assert seen(survey, "consent") == (
        False,
        f"“{survey.title}” asks equality questions and says nothing of keeping them.",
    )


def test_a_survey_without_equality_questions_needs_no_such_text():
    survey = factories.make_survey(questions=[factories.choice("agree")])
    Survey.objects.update(monitoring_consent="")
    assert seen(survey, "consent")[0] is True


def test_questions_of_the_bank_are_counted_among_those_that_a_survey_asks():
    survey = factories.make_survey(questions=[("bank", {"topic": "disability"})])
    assert seen(survey, "survey") == (
        True,
        f"“{survey.title}” asks 2 questions and is published.",
    )
