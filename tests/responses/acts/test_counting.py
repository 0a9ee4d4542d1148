"""Counts of answers that are kept: always what a plain count would say."""

from __future__ import annotations

from collections import Counter

import pytest
from tests import factories

from folkmoot.responses.acts import counting
from folkmoot.responses.acts.counting import answers_counted
from folkmoot.responses.models import Answer, Response, Standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def surveys():
    made = [factories.make_survey() for _ in range(2)]
    for number, survey in enumerate(made):
        for _ in range(3 + number):
            factories.make_response(survey, {"agree": ["agree"], "change": "Lights."})
    return made


def plainly(surveys):
    answers = Answer.objects.filter(
        response__survey__in=surveys, response__standing=Standing.STANDS
    )
    return Counter(answers.values_list("response__survey", "question"))


def said(surveys):
    found = answers_counted(survey.pk for survey in surveys)
    return {key: many for key, many in found.items() if many}


def test_answers_of_many_surveys_are_counted_in_four_queries(surveys, django_assert_num_queries):
    factories.make_survey()
    assert said(surveys) == plainly(surveys)
    with django_assert_num_queries(4):
        answers_counted(survey.pk for survey in surveys)


def test_what_came_went_and_was_removed_since_is_counted(surveys, monkeypatch):
    assert said(surveys) == plainly(surveys)
    factories.make_response(surveys[0], {"change": "Later."})
    assert said(surveys) == plainly(surveys)
    first = Response.objects.filter(survey=surveys[1]).earliest("pk")
    Response.objects.filter(pk=first.pk).update(standing=Standing.WITHDRAWN)
    assert said(surveys) == plainly(surveys)
    Response.objects.filter(survey=surveys[1]).latest("pk").delete()
    assert said(surveys) == plainly(surveys)
    monkeypatch.setattr(counting, "MOST_AT_ASKING", 1)
    for _ in range(3):
        factories.make_response(surveys[0], {"change": "Many."})
    assert said(surveys) == plainly(surveys)


def test_a_survey_that_nobody_answers_any_more_counts_nothing(surveys):
    assert said(surveys[:1]) == plainly(surveys[:1])
    Response.objects.filter(survey=surveys[0]).delete()
    assert said(surveys[:1]) == {}
    assert answers_counted([surveys[0].pk])[surveys[0].pk, "change"] == 0
