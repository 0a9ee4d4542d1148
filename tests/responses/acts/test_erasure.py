from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from tests import factories
from tests.factories import AFTER, CLOSES, OPENS

from folkmoot.accounts.models import AuditRecord
from folkmoot.responses.acts import begin_draft, erase_due
from folkmoot.responses.acts.erasure import PeriodRefusedError, set_periods
from folkmoot.responses.models import Answer, Draft, MonitoringAnswer
from folkmoot.responses.retention import periods, plan
from folkmoot.themes.querysets import counted_until, monitoring_counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return factories.make_survey()


def test_a_draft_is_erased_once_left_alone_for_thirty_days(survey):
    begin_draft(survey, "old", OPENS)
    begin_draft(survey, "new", OPENS + timedelta(days=2))
    erased = erase_due(OPENS + timedelta(days=31))
    assert {what: many for what, many in erased.items() if many} == {"drafts": 1}
    assert Draft.objects.get().key == "new"
    line = AuditRecord.objects.get(act="drafts erased")
    assert (line.record_id, line.after) == (str(survey.pk), {"erased": 1})


def test_equality_answers_are_erased_on_their_day_and_answers_stay(survey):
    response = factories.make_response(survey, {"agree": ["agree"]}, monitored={"age-band": "one"})
    # The closing is a year earlier than that: the body may keep them less long, never longer.
    MonitoringAnswer.objects.update(delete_on=date(2022, 12, 31))
    assert erase_due(datetime(2022, 12, 30, 23, 59, tzinfo=UTC))["equality answers"] == 0
    assert erase_due(datetime(2022, 12, 31, 0, 1, tzinfo=UTC))["equality answers"] == 1
    assert not response.monitoring_answers.exists()
    assert Answer.objects.count() == 1
    assert AuditRecord.objects.get(act="equality answers erased").after == {"erased": 1}


def test_nothing_due_writes_nothing(survey):
    assert not any(erase_due(OPENS).values())
    assert not AuditRecord.objects.filter(act__contains="erased").exists()


def test_the_command_erases_by_the_site_s_clock(survey, settings, capsys):
    begin_draft(survey, "old", OPENS)
    settings.FOLKMOOT_AT = "2022-02-01"
    call_command("erase_due")
    assert capsys.readouterr().out.startswith("1 drafts, 0 test submissions, 0 equality answers,")
    assert not Draft.objects.exists()


def test_published_counts_of_equality_answers_stay_when_they_are_erased(survey):
    for group in ("one", "one", "other"):
        factories.make_response(survey, monitored={"age-band": group})
    # Neither one that counts no longer nor one that came too late was ever counted.
    factories.make_response(survey, monitored={"age-band": "one"}, standing="withdrawn")
    late = CLOSES + timedelta(days=3)
    factories.make_response(survey, monitored={"age-band": "one"}, submitted_at=late)
    until = counted_until(survey, survey.consultation, AFTER)
    before = monitoring_counts(survey, until)
    assert before == {"age-band": {"one": 2, "other": 1}}
    assert erase_due(CLOSES + timedelta(days=366))["equality answers"] == 5
    assert monitoring_counts(survey, until) == before
    assert not MonitoringAnswer.objects.exists()
    factories.make_response(survey, monitored={"age-band": "one"})
    assert erase_due(CLOSES + timedelta(days=366))["equality answers"] == 1
    assert monitoring_counts(survey, until)["age-band"]["one"] == 3


def test_words_and_files_go_after_their_time_and_choices_stay(survey):
    given = {"agree": ["agree"], "change": "More lights."}
    response = factories.make_response(survey, given)
    made_up = factories.make_response(survey, given, is_generated=True)
    after_five_years = CLOSES + timedelta(days=5 * 365 + 1)
    assert erase_due(after_five_years - timedelta(days=2))["free text, places and days"] == 0
    assert erase_due(after_five_years)["free text, places and days"] == 1
    response.refresh_from_db()
    assert response.erased_at == after_five_years
    assert response.answers.get(question="change").text == ""
    assert response.answers.get(question="agree").choices == ["agree"]
    # Nobody wrote what a demonstration made up.
    assert made_up.answers.get(question="change").text == "More lights."
    assert erase_due(after_five_years)["free text, places and days"] == 0


def test_hashes_of_addresses_and_names_go_and_people_are_counted_as_before(survey):
    consultation = survey.consultation
    known = factories.make_respondent(
        consultation, kind="organisation", organisation="A trust", email_digest="ab" * 32
    )
    known.contact_name, known.contact_role = "Jo Bloggs", "Director"
    known.save()
    assert erase_due(CLOSES + timedelta(days=366))["contact details and names"] == 1
    known.refresh_from_db()
    assert (known.email_digest, known.contact_name, known.contact_role) == ("", "", "")
    assert (known.organisation, consultation.respondents.count()) == ("A trust", 1)


def test_a_dry_run_says_what_goes_when_and_erases_nothing(survey, django_assert_num_queries):
    begin_draft(survey, "old", OPENS)
    factories.make_response(survey, {"change": "More lights."}, monitored={"age-band": "one"})
    with django_assert_num_queries(11):
        found = plan(OPENS)
    assert [(due.kind.key, due.many, due.on) for due in found] == [
        ("drafts", 1, date(2021, 12, 16)),
        ("equality", 1, date(2023, 1, 21)),
        ("words", 1, date(2027, 1, 20)),
    ]
    assert {str(due.survey) for due in found} == {survey.title}
    assert (Draft.objects.count(), MonitoringAnswer.objects.count()) == (1, 1)
    # What the plan says is due is what goes.
    at = datetime(2023, 1, 21, 12, tzinfo=UTC)
    said = {due.kind.words: due.many for due in plan(at) if due.is_due(at.date())}
    assert {what: many for what, many in erase_due(at).items() if many} == said


def test_a_body_chooses_its_own_periods_and_none_longer_than_was_promised(survey):
    by = factories.make_user("responses.change_retentionperiod")
    begin_draft(survey, "old", OPENS)
    assert set_periods({"drafts": 7, "tests": 90}, OPENS, by) == ["drafts"]
    assert erase_due(OPENS + timedelta(days=7, seconds=1))["drafts"] == 1
    line = AuditRecord.objects.get(act="retention period changed")
    assert (line.before, line.after, line.by) == ({"days": 30}, {"days": 7}, by)
    with pytest.raises(PeriodRefusedError, match="from 1 to 365 days"):
        set_periods({"drafts": 8, "equality": 366}, OPENS, by)
    assert periods()["drafts"] == 7


def test_the_screen_shows_the_plan_and_sets_periods(client, survey):
    begin_draft(survey, "old", OPENS)
    address = reverse("responses:retention")
    client.force_login(factories.make_user("responses.view_response"))
    assert "Drafts: 1" in client.get(address).content.decode()
    chosen = {**periods(), "drafts": 14}
    client.post(address, chosen)
    assert periods()["drafts"] == 30
    client.force_login(factories.make_user("responses.change_retentionperiod"))
    refused = client.post(address, {**chosen, "equality": 400})
    assert refused.status_code == 422
    assert periods()["drafts"] == 30
    client.post(address, chosen)
    assert periods()["drafts"] == 14
