"""What the editor of a survey refuses once people have answered, and what it lets through."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.factories import make_user
from tests.responses.asking import step
from tests.responses.posted import edit, faults

from folkmoot.publishing.clock import now
from folkmoot.responses.acts import begin_draft, submit_response
from folkmoot.responses.acts.rows import version_of
from folkmoot.responses.models import Response, Survey, SurveyVersion
from folkmoot.responses.questions import survey_form

pytestmark = pytest.mark.django_db

WHY = "The options left out those who do not know."
PUBLISH = {"action-publish": "1"}


def asked(title="Do you agree?", codes=("agree", "disagree"), **fields):
    options = tuple((code, code.capitalize()) for code in codes)
    return [step("One", [factories.choice("agree", title, options=options, **fields)])]


@pytest.fixture
def survey():
    survey = factories.make_survey()
    survey.steps = asked()
    survey.save()
    survey.save_revision().publish()
    return Survey.objects.get(pk=survey.pk)


@pytest.fixture
def officer(client):
    officer = make_user(is_superuser=True)
    client.force_login(officer)
    return officer


def answered(survey, key="one"):
    survey = Survey.objects.get(pk=survey.pk)
    draft = begin_draft(survey, key, now())
    draft.answers = {"agree": ["agree"]}
    draft.save()
    return submit_response(survey, draft, now())


def published(survey):
    return Survey.objects.get(pk=survey.pk)


def titles(survey):
    return [question.title for question in survey_form(published(survey)).questions]


def test_before_anybody_answers_everything_may_change(client, survey, officer):
    assert not faults(edit(client, survey, steps=asked(codes=("yes", "no")), **PUBLISH))
    (question,) = survey_form(published(survey)).questions
    assert [option.code for option in question.options] == ["yes", "no"]


def test_wording_may_be_corrected_and_gets_the_next_correction_number(client, survey, officer):
    first = answered(survey)
    assert not faults(edit(client, survey, steps=asked("Do you agree with us?"), **PUBLISH))
    assert titles(survey) == ["Do you agree with us?"]
    second = answered(survey, "two")
    assert [str(first.version), str(second.version)] == ["1.0", "1.1"]


@pytest.mark.parametrize("action", [PUBLISH, {}], ids=["publish", "draft"])
def test_a_change_of_meaning_is_refused_with_the_change_named(client, survey, officer, action):
    answered(survey)
    sent = edit(client, survey, steps=asked(codes=("agree", "disagree", "unsure")), **action)
    said = faults(sent)["steps"]
    assert said[0] == "People have answered this survey, and what they were asked would change:"
    assert said[1] == "The question “Do you agree?” (agree) has the new option 'unsure'."
    assert "tick “Start a new version”" in said[-1]
    assert survey.latest_revision_id == published(survey).latest_revision_id


def test_a_response_that_no_longer_counts_keeps_the_questions_too(client, survey, officer):
    answered(survey)
    Response.objects.update(standing="withdrawn")
    assert faults(edit(client, survey, steps=asked(codes=("yes", "no"))))["steps"]


def test_many_changes_are_named_up_to_six(client, survey, officer):
    answered(survey)
    codes = tuple(f"code-{place}" for place in range(8))
    said = faults(edit(client, survey, steps=asked(codes=codes)))["steps"]
    assert len(said) == 1 + 6 + 1 + 1
    assert said[-2] == "And 4 more changes."


def test_a_new_version_needs_a_reason(client, survey, officer):
    answered(survey)
    sent = edit(client, survey, steps=asked(codes=("yes", "no")), starts_new_version="on")
    assert list(faults(sent)) == ["version_reason"]


def test_a_new_version_with_a_reason_goes_through_and_responses_know_theirs(
    client, survey, officer
):
    first = answered(survey)
    new = {"starts_new_version": "on", "version_reason": WHY, **PUBLISH}
    assert not faults(edit(client, survey, steps=asked(codes=("agree", "unsure")), **new))
    second = answered(survey, "two")
    assert [str(first.version), str(second.version)] == ["1.0", "2.0"]
    assert second.version.reason == WHY
    assert second.version.created_by == officer


def test_a_new_version_once_begun_does_not_open_the_next(client, survey, officer):
    answered(survey)
    new = {"starts_new_version": "on", "version_reason": WHY, **PUBLISH}
    edit(client, survey, steps=asked(codes=("agree", "unsure")), **new)
    answered(survey, "two")
    sent = edit(client, survey, steps=asked(codes=("yes", "no")), version_reason=WHY)
    assert faults(sent)["steps"]
    assert published(survey).follows_version != SurveyVersion.objects.last().pk


def test_the_tick_is_there_again_until_somebody_answers_the_new_version(client, survey, officer):
    answered(survey)
    new = {"starts_new_version": "on", "version_reason": WHY}
    edit(client, survey, steps=asked(codes=("agree", "unsure")), **new)
    newest = published(survey).get_latest_revision_as_object()
    form_class = newest.get_edit_handler().bind_to_model(Survey).get_form_class()
    form = form_class(instance=newest, for_user=officer)
    assert form.initial["starts_new_version"] is True
    assert form.initial["version_reason"] == WHY


def test_going_back_to_former_questions_is_their_version_again(client, survey, officer):
    first = answered(survey)
    new = {"starts_new_version": "on", "version_reason": WHY, **PUBLISH}
    edit(client, survey, steps=asked(codes=("agree", "unsure")), **new)
    answered(survey, "two")
    edit(client, survey, steps=asked(), **new)
    third = answered(survey, "three")
    assert third.version == first.version


def test_publishing_past_the_editor_still_tells_meanings_apart(survey):
    first = answered(survey)
    survey.steps = asked(codes=("yes", "no"))
    survey.save()
    form = survey_form(survey)
    assert str(version_of(survey, form, now())) == "2.0"
    assert str(first.version) == "1.0"


def test_another_consent_text_alone_is_a_correction(survey):
    answered(survey)
    survey.consent = "<p>We use your answers for this only.</p>"
    survey.save()
    assert str(version_of(survey, survey_form(survey), now())) == "1.1"


def test_the_faults_of_the_questions_come_before_their_version(client, survey, officer):
    answered(survey)
    twice = [step("One", [factories.choice("agree"), factories.choice("agree")])]
    (said,) = faults(edit(client, survey, steps=twice))["steps"]
    assert said.startswith("Two questions have the key 'agree'")


def opened(client, survey, questions):
    """Open the editor of a survey with some pages of questions; return how often it asked."""
    asked = [factories.choice(f"{word}-{place}") for place in range(questions) for word in "ab"]
    survey.steps = [step(f"Page {place}", [each]) for place, each in enumerate(asked)]
    survey.save()
    survey.save_revision()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("wagtailadmin_pages:edit", args=[survey.pk]))
    assert page.status_code == 200
    return len(queries)


def test_the_editor_asks_the_database_no_more_for_sixty_questions(client, survey, officer):
    opened(client, survey, 3)
    assert opened(client, survey, 30) == opened(client, survey, 3)


def test_sixty_questions_are_saved_and_published(client, survey, officer):
    asked = [factories.choice(f"question-{place}") for place in range(60)]
    steps = [step(f"Page {at}", asked[at : at + 6]) for at in range(0, 60, 6)]
    assert not faults(edit(client, survey, steps=steps, **PUBLISH))
    assert len(survey_form(published(survey)).questions) == 60
