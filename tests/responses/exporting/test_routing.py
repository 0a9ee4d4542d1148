"""Not asked is told from skipped as the survey itself tells them, whatever was answered."""

from __future__ import annotations

import random

import pytest
from tests import factories
from tests.responses import asking
from tests.responses.exporting.asked import answer

from folkmoot.responses.acts.rows import version_of
from folkmoot.responses.exporting.layout import layout
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.exporting.rows import rows
from folkmoot.responses.exporting.selection import Selection
from folkmoot.responses.models import Response
from folkmoot.responses.questions import MonitoringQuestion, survey_form

pytestmark = pytest.mark.django_db


def test_not_asked_is_what_the_survey_would_not_ask(settings):
    survey = asking.every_kind()
    form = survey_form(survey)
    version = version_of(survey, form, factories.OPENS)
    drawn = random.Random(5)
    for _ in range(60):
        given = {name: value for name, value in asking.EVERY_ANSWER.items() if drawn.random() < 0.6}
        if drawn.random() < 0.5:
            given["travel"] = ["bus"]
        if drawn.random() < 0.5:
            given["minutes"] = [str(drawn.choice([0, 59, 60, 61]))]
        response = answer(survey, form, given, version=version)
        asked = form.on_the_way(given).questions
        keys = {part.key for each in asked for part in each.parts}
        laid_out = layout(survey, Selection())
        (row,) = rows(laid_out, Response.objects.filter(pk=response.pk))
        cells = list(zip(laid_out.columns, row, strict=True))
        for part in form.parts:
            if isinstance(part, MonitoringQuestion):
                continue
            found = [cell for column, cell in cells if column.part == part.key]
            told = [cell is Missing.NOT_ASKED for cell in found]
            # What is typed beside an option is asked only of who chose it.
            assert all(told) is (part.key not in keys), (part.key, given)


def test_columns_of_all_versions_stand_together(settings):
    survey = factories.make_survey()
    old = version_of(survey, survey_form(survey), factories.OPENS)
    factories.make_response(survey, {"agree": ["agree"], "change": "Lights."}, version=old)
    survey.steps = [asking.step("New", [factories.choice("agree"), factories.text("added")])]
    survey.save()
    new = version_of(survey, survey_form(survey), factories.OPENS)
    factories.make_response(survey, {"agree": ["disagree"], "added": "Bins."}, version=new)
    laid_out = layout(survey, Selection())
    names = [column.name for column in laid_out.columns]
    first, second = (
        dict(zip(names, row, strict=True)) for row in rows(laid_out, Response.objects.all())
    )
    assert names[-3:] == ["agree", "added", "change"]
    assert (first["survey_version"], second["survey_version"]) == (str(old), str(new))
    assert (first["agree"], first["change"], first["added"]) == (
        "agree",
        "Lights.",
        Missing.NOT_ASKED,
    )
    assert (second["change"], second["added"]) == (Missing.NOT_ASKED, "Bins.")
    assert next(c for c in laid_out.columns if c.name == "change").versions == (str(old),)


@pytest.mark.parametrize("many", [1, 10])
def test_a_piece_of_responses_is_two_queries(django_assert_num_queries, many):
    survey = factories.make_survey()
    for _ in range(many):
        factories.make_response(survey, {"agree": ["agree"], "change": "Lights."})
    laid_out = layout(survey, Selection())
    with django_assert_num_queries(3):
        assert len(list(rows(laid_out, Selection().responses(survey)))) == many


def test_only_responses_that_stand_are_exported():
    survey = factories.make_survey()
    factories.make_response(survey, {"agree": ["agree"]}, standing="withdrawn")
    kept = factories.make_response(survey, {"agree": ["agree"]})
    assert list(Selection().responses(survey)) == [kept]
