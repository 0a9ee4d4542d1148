"""A survey that is copied: its questions as they are, and nothing of what people answered."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import factories
from tests.consultations.roles import person
from tests.factories import make_user
from tests.responses.asking import every_kind, step
from tests.responses.posted import edit, faults

from folkmoot.publishing.clock import now
from folkmoot.responses.acts import begin_draft, submit_response, submit_trial
from folkmoot.responses.models import (
    Draft,
    Response,
    Survey,
    SurveyVersion,
    TestSubmission,
)
from folkmoot.responses.questions import revision, survey_form

pytestmark = pytest.mark.django_db

WHY = "Undecided people were left out."


@pytest.fixture
def chief(client):
    chief = make_user(is_superuser=True)
    client.force_login(chief)
    return chief


@pytest.fixture
def survey():
    return every_kind(factories.make_image("Map", 1200, 800))


def copied(client, survey, destination, **fields):
    address = reverse("wagtailadmin_pages:copy", args=[survey.pk])
    form = {
        "new_title": "Once more",
        "new_slug": "once-more",
        "new_parent_page": destination.pk,
    }
    sent = client.post(address, form | fields)
    assert sent.status_code == 302, sent.context["form"].errors
    return Survey.objects.exclude(pk=survey.pk).get(title="Once more")


def answered(survey, key="one", **answers):
    survey = Survey.objects.get(pk=survey.pk)
    draft = begin_draft(survey, key, now())
    draft.answers = answers
    draft.save()
    return submit_response(survey, draft, now())


@pytest.mark.parametrize("is_elsewhere", [False, True], ids=["beside it", "elsewhere"])
def test_a_copy_asks_the_same_under_the_same_keys_and_conditions(
    client, chief, survey, is_elsewhere
):
    survey.save_revision().publish()
    destination = factories.make_consultation() if is_elsewhere else survey.get_parent()
    copy = copied(client, survey, destination)
    assert copy.get_parent().pk == destination.pk
    assert survey_form(copy) == survey_form(Survey.objects.get(pk=survey.pk))
    newest = copy.get_latest_revision_as_object()
    assert revision(survey_form(newest), *newest.consents) == revision(
        survey_form(survey), *survey.consents
    )
    assert copy.consultation.pk == destination.pk


def test_a_copy_has_no_responses_drafts_tests_or_versions(client, chief):
    survey = factories.make_survey(questions=[factories.choice("agree")])
    answered(survey, agree=["agree"])
    begin_draft(survey, "begun", now())
    submit_trial(survey, begin_draft(survey, "test", now(), is_test=True), now(), chief.pk)
    copy = copied(client, survey, survey.get_parent())
    for model in (Response, SurveyVersion, TestSubmission, Draft):
        assert model.objects.filter(survey=survey.pk).exists(), model
        assert not model.objects.filter(survey=copy.pk).exists(), model


def test_a_copy_of_a_later_version_begins_with_its_first(client, chief):
    survey = factories.make_survey(questions=[factories.choice("agree")])
    survey.save_revision().publish()
    answered(survey, agree=["agree"])
    options = (("agree", "Agree"), ("unsure", "Unsure"))
    newer = {
        "steps": [step("Questions", [factories.choice("agree", options=options)])],
        "starts_new_version": "on",
        "version_reason": WHY,
        "action-publish": "1",
    }
    assert not faults(edit(client, survey, **newer))
    assert str(answered(survey, "two", agree=["unsure"]).version) == "2.0"
    copy = copied(client, survey, factories.make_consultation(), publish_copies="on")
    assert (copy.version_reason, copy.follows_version) == ("", None)
    first = answered(copy, "three", agree=["unsure"])
    assert (str(first.version), first.version.reason) == ("1.0", "")


def test_a_copy_may_change_its_meaning_until_it_is_answered_itself(client, chief):
    survey = factories.make_survey(questions=[factories.choice("agree")])
    survey.save_revision().publish()
    answered(survey, agree=["agree"])
    copy = copied(client, survey, survey.get_parent())
    steps = [step("One", [factories.text("why")])]
    assert not faults(edit(client, copy, steps=steps, **{"action-publish": "1"}))
    assert [each.key for each in survey_form(Survey.objects.get(pk=copy.pk)).questions] == ["why"]
    assert [each.key for each in survey_form(Survey.objects.get(pk=survey.pk)).questions] == [
        "agree"
    ]


def test_an_officer_copies_changes_a_word_and_submits_and_conditions_stay(client, survey):
    client.force_login(person("officer"))
    copy = copied(client, survey, survey.get_parent())
    assert not copy.live
    sent = edit(client, copy, title="Once more, in plainer words", **{"action-submit": "1"})
    assert not faults(sent)
    copy.refresh_from_db()
    assert copy.current_workflow_state is not None
    draft = copy.get_latest_revision_as_object()
    assert draft.title == "Once more, in plainer words"
    assert survey_form(draft).questions == survey_form(survey).questions
