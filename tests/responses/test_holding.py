"""A survey that was answered keeps its meaning, whichever way a change of it is published."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core import mail as outbox
from django.urls import reverse
from tests import factories
from tests.factories import OPENS, make_user
from tests.responses.asking import step
from tests.responses.posted import edit, faults
from wagtail.models import PageLogEntry, Revision

from folkmoot.accounts.models import AuditRecord
from folkmoot.publishing import mail
from folkmoot.publishing.acts import publish_due
from folkmoot.publishing.clock import now
from folkmoot.publishing.refusing import PublicationRefusedError
from folkmoot.publishing.roles import APPROVERS, OFFICERS, begin_roles
from folkmoot.responses.acts import begin_draft, submit_response
from folkmoot.responses.models import Survey, SurveyVersion
from folkmoot.responses.questions import survey_form

pytestmark = pytest.mark.django_db

FAR = datetime(2099, 1, 1, tzinfo=UTC)
WHY = "The options left out those who do not know."
NEW = ("agree", "disagree", "unsure")
REFUSED = "People have answered this survey, and what they were asked would change:"
NEW_OPTION = "The question “Do you agree?” (agree) has the new option 'unsure'."


def asked(codes=("agree", "disagree"), title="Do you agree?"):
    options = tuple((code, code.capitalize()) for code in codes)
    return [step("One", [factories.choice("agree", title, options=options)])]


@pytest.fixture
def survey():
    survey = factories.make_survey()
    survey.steps = asked()
    survey.save()
    survey.save_revision().publish()
    return Survey.objects.get(pk=survey.pk)


def answered(survey, key="one"):
    survey = Survey.objects.get(pk=survey.pk)
    draft = begin_draft(survey, key, now())
    draft.answers = {"agree": ["agree"]}
    draft.save()
    return submit_response(survey, draft, now())


def codes(survey):
    (question,) = survey_form(Survey.objects.get(pk=survey.pk)).questions
    return tuple(option.code for option in question.options)


def drafted(survey, new=NEW, by=None, **fields):
    """Save a draft with other options, as before the first response nobody refuses."""
    newest = Survey.objects.get(pk=survey.pk).get_latest_revision_as_object()
    newest.steps = asked(new)
    for name, value in fields.items():
        setattr(newest, name, value)
    return newest.save_revision(user=by)


def scheduled(survey, by=None, **fields):
    revision = drafted(survey, by=by, go_live_at=FAR, **fields)
    revision.publish(user=by)
    return revision


def hour_comes():
    """Let the hour of what is scheduled be the past, and publish it."""
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content = revision.content | {"go_live_at": OPENS.isoformat()}
        revision.approved_go_live_at = OPENS
        revision.save()
    return publish_due(now())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_change_that_was_scheduled_before_the_first_response_does_not_go_out_after_it(survey):
    revision = scheduled(survey, by=make_user(is_superuser=True))
    answered(survey)
    hour_comes()
    assert codes(survey) == ("agree", "disagree")
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    told = AuditRecord.objects.get(act="not published on schedule")
    assert told.after["why"][:2] == [REFUSED, NEW_OPTION]
    assert PageLogEntry.objects.filter(action="wagtail.schedule.cancel", page=survey.pk).exists()


def test_who_scheduled_it_is_written_to_and_told_what_to_do(survey):
    officer = make_user(is_superuser=True)
    scheduled(survey, by=officer)
    answered(survey)
    hour_comes()
    mail.deliver_due(now())
    (letter,) = outbox.outbox
    assert letter.to == [officer.email]
    assert letter.subject == f"Not published: {survey.title}"
    assert NEW_OPTION in letter.body
    assert "tick “Start a new version”" in letter.body
    assert reverse("wagtailadmin_pages:edit", args=[survey.pk]) in letter.body


def test_a_refused_schedule_is_not_tried_again_and_holds_up_no_other(survey):
    other = factories.make_survey()
    other.steps = asked()
    other.save()
    scheduled(survey)
    scheduled(other)
    answered(survey)
    assert hour_comes() == 1
    assert codes(other) == NEW
    assert hour_comes() == 0
    assert AuditRecord.objects.filter(act="not published on schedule").count() == 1


def test_a_scheduled_change_of_wording_goes_out(survey):
    answered(survey)
    newest = survey.get_latest_revision_as_object()
    newest.steps = asked(title="Do you agree with us?")
    newest.go_live_at = FAR
    newest.save_revision().publish()
    assert hour_comes() == 1
    assert str(answered(survey, "two").version) == "1.1"


def test_a_scheduled_new_version_with_a_reason_goes_out_even_after_a_correction(survey):
    answered(survey)
    follows = SurveyVersion.objects.get().pk
    correction = survey.get_latest_revision_as_object()
    correction.steps = asked(title="Do you agree with us?")
    correction.save_revision().publish()
    scheduled(survey, follows_version=follows, version_reason=WHY)
    assert str(answered(survey, "two").version) == "1.1"
    assert hour_comes() == 1
    third = answered(survey, "three")
    assert str(third.version) == "2.0"
    assert third.version.reason == WHY


@pytest.mark.parametrize(
    "fields",
    [{}, {"version_reason": WHY}, {"version_reason": "  ", "follows": True}],
    ids=["neither", "a reason alone", "no reason"],
)
def test_without_the_tick_and_a_reason_nothing_of_another_meaning_is_published(survey, fields):
    answered(survey)
    if fields.pop("follows", False):
        fields["follows_version"] = SurveyVersion.objects.get().pk
    with pytest.raises(PublicationRefusedError) as refused:
        drafted(survey, **fields).publish()
    assert refused.value.sentences[:2] == (REFUSED, NEW_OPTION)
    assert codes(survey) == ("agree", "disagree")


def test_questions_that_cannot_be_asked_are_published_no_way(survey):
    newest = survey.get_latest_revision_as_object()
    newest.steps = [step("One", [factories.choice("agree"), factories.choice("agree")])]
    with pytest.raises(PublicationRefusedError, match="Two questions have the key 'agree'"):
        newest.save_revision(clean=False).publish()


@pytest.fixture
def staff(client):
    """An officer who designs and an approver who publishes, as the site's groups have them."""
    begin_roles()
    people = {}
    for name, group in (("officer", OFFICERS), ("approver", APPROVERS)):
        people[name] = make_user()
        people[name].groups.add(Group.objects.get(name=group))
    return people


def submit_for_approval(client, survey, officer, **changed):
    client.force_login(officer)
    sent = edit(client, survey, **{"action-submit": "1"}, **changed)
    assert not faults(sent)
    survey.refresh_from_db()
    return survey.current_workflow_task_state


def approve(client, survey, state, approver, **headers):
    client.force_login(approver)
    address = reverse("wagtailadmin_pages:workflow_action", args=[survey.pk, "approve", state.pk])
    return client.post(address, {"comment": ""}, headers=headers)


def test_an_approval_publishes_what_nobody_answered_yet(client, survey, staff):
    state = submit_for_approval(client, survey, staff["officer"], steps=asked(NEW))
    approve(client, survey, state, staff["approver"])
    assert codes(survey) == NEW


def test_an_approval_after_the_first_response_publishes_no_other_meaning(client, survey, staff):
    state = submit_for_approval(client, survey, staff["officer"], steps=asked(NEW))
    answered(survey)
    sent = approve(client, survey, state, staff["approver"])
    assert sent["Location"] == reverse("wagtailadmin_pages:edit", args=[survey.pk])
    assert NEW_OPTION in said(sent)[-1]
    assert codes(survey) == ("agree", "disagree")
    state.refresh_from_db()
    assert state.status == "in_progress", "it can still be sent back or mended"


def test_a_dialog_that_approves_is_led_to_the_reason(client, survey, staff):
    state = submit_for_approval(client, survey, staff["officer"], steps=asked(NEW))
    answered(survey)
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    sent = approve(client, survey, state, staff["approver"], **ajax)
    editor = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    assert sent.json() == {"step": "success", "redirect": editor}


def test_many_pages_at_once_are_held_to_the_same_and_none_is_published(client, survey):
    other = factories.make_survey()
    other.steps = asked()
    other.save()
    drafted(survey)
    drafted(other)
    answered(survey)
    client.force_login(make_user(is_superuser=True))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sent = client.post(f"{address}?id={other.pk}&id={survey.pk}", {})
    (sentence,) = said(sent)
    assert sentence.startswith(f"“{survey.title}” was not published.")
    assert codes(survey) == codes(other) == ("agree", "disagree")


def test_a_page_that_follows_a_survey_and_was_answered_holds_it(survey):
    consultation = factories.make_consultation()
    alias = survey.create_alias(parent=consultation)
    answered(alias)
    with pytest.raises(PublicationRefusedError, match="Convert alias page"):
        drafted(survey).publish()
    assert codes(alias) == ("agree", "disagree")


def test_a_page_that_follows_a_survey_and_was_not_answered_changes_with_it(survey):
    alias = survey.create_alias(parent=factories.make_consultation())
    drafted(survey).publish()
    assert codes(alias) == NEW


@pytest.fixture
def chief(client):
    chief = make_user(is_superuser=True)
    client.force_login(chief)
    return chief


def move(client, survey, destination):
    address = reverse("wagtailadmin_pages:move_confirm", args=[survey.pk, destination.pk])
    return client.post(address)


def test_an_answered_survey_stays_in_its_consultation(client, survey, chief):
    answered(survey)
    before = survey.get_parent()
    sent = move(client, survey, factories.make_consultation())
    assert "Copy it instead." in said(sent)[0]
    assert Survey.objects.get(pk=survey.pk).get_parent() == before


def test_a_survey_that_nobody_answered_is_moved(client, survey, chief):
    destination = factories.make_consultation()
    move(client, survey, destination)
    assert Survey.objects.get(pk=survey.pk).get_parent().pk == destination.pk


@pytest.mark.parametrize("action", ["move", "delete"])
def test_an_answered_survey_is_neither_moved_nor_deleted_among_many(client, survey, chief, action):
    answered(survey)
    before, chosen = survey.get_parent(), factories.make_consultation()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    sent = client.post(f"{address}?id={survey.pk}", {"chooser": chosen.pk})
    assert said(sent)[0].startswith(f"People answered “{survey.title}”")
    assert Survey.objects.get(pk=survey.pk).get_parent() == before


def test_an_answered_survey_is_not_deleted(client, survey, chief):
    answered(survey)
    sent = client.post(reverse("wagtailadmin_pages:delete", args=[survey.pk]))
    assert said(sent)[0].endswith("so it is not deleted.")
    assert Survey.objects.filter(pk=survey.pk).exists()


def test_a_survey_that_nobody_answered_is_deleted(client, survey, chief):
    client.post(reverse("wagtailadmin_pages:delete", args=[survey.pk]))
    assert not Survey.objects.filter(pk=survey.pk).exists()
