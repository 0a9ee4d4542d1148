from __future__ import annotations

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from tests import factories
from tests.factories import CLOSES, OPENS

from folkmoot.responses import panels
from folkmoot.responses.acts import record_written_response
from folkmoot.responses.querysets import people_count, response_count

pytestmark = pytest.mark.django_db
AT = OPENS + timedelta(days=30)


@pytest.fixture
def survey():
    return factories.make_survey()


def facts(survey, at=AT):
    shown = render_to_string("responses/panel_facts.html", panels.facts(survey.consultation, at))
    return " ".join(shown.replace("<", " <").split())


def test_people_are_counted_once_and_letters_are_no_survey_responses(survey):
    first = factories.make_response(survey)
    factories.make_response(survey, respondent=first.respondent)
    record_written_response(survey.consultation, "letter", "Dear all,", OPENS)
    assert people_count(survey.consultation, AT) == 2
    assert response_count(survey, AT) == 2
    assert "generated" not in facts(survey)


def test_what_comes_later_is_not_counted_yet(survey):
    response = factories.make_response(survey)
    at = response.submitted_at
    assert response_count(survey, at) == people_count(survey.consultation, at) == 1
    before = at - timedelta(microseconds=1)
    assert response_count(survey, before) == people_count(survey.consultation, before) == 0


def test_generated_responses_are_labelled(survey):
    factories.make_response(survey, is_generated=True)
    assert "(generated)" in facts(survey)
    factories.make_response(survey)
    assert "(1 of all responses generated for this demonstration)" in facts(survey)


def test_the_panels_cost_as_many_queries_however_many_responses_there_are(
    survey, django_assert_num_queries
):
    for many in (1, 10):
        for _ in range(many):
            factories.make_response(survey)
        with django_assert_num_queries(2):
            panels.facts(survey.consultation, AT)
        with django_assert_num_queries(1):
            panels.activities(survey.consultation, AT)


@pytest.mark.parametrize(
    ("at", "said", "has_button"),
    [
        (OPENS - timedelta(days=1), "Opens on Tuesday 16 November 2021 at 09:00.", False),
        (AT, "Open until Friday 21 January 2022 at 23:59.", True),
        (CLOSES, "Closed on Friday 21 January 2022 at 23:59.", False),
    ],
)
def test_the_survey_is_offered_while_it_is_open(survey, at, said, has_button):
    shown = render_to_string(
        "responses/panel_activities.html", panels.activities(survey.consultation, at)
    )
    assert said in shown
    assert "about 10 minutes" in shown
    assert ("Answer the survey" in shown) is has_button


def test_a_consultation_without_a_survey_has_no_panel():
    assert panels.activities(factories.make_consultation(), AT) is None
