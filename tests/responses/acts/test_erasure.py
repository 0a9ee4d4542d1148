from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from tests import factories
from tests.factories import OPENS

from folkmoot.accounts.models import AuditRecord
from folkmoot.responses.acts import begin_draft, erase_due
from folkmoot.responses.models import Answer, Draft, MonitoringAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return factories.make_survey()


def test_a_draft_is_erased_once_left_alone_for_thirty_days(survey):
    begin_draft(survey, "old", OPENS)
    begin_draft(survey, "new", OPENS + timedelta(days=2))
    erased = erase_due(OPENS + timedelta(days=31))
    assert erased == {"drafts": 1, "equality answers": 0}
    assert Draft.objects.get().key == "new"
    line = AuditRecord.objects.get(act="drafts erased")
    assert (line.record_id, line.after) == (str(survey.pk), {"erased": 1})


def test_equality_answers_are_erased_on_their_day_and_answers_stay(survey):
    response = factories.make_response(survey, {"agree": ["agree"]}, monitored={"age-band": "one"})
    day = MonitoringAnswer.objects.get().delete_on
    assert day == date(2024, 1, 21)
    assert erase_due(datetime(2024, 1, 20, 23, 59, tzinfo=UTC))["equality answers"] == 0
    assert erase_due(datetime(2024, 1, 21, 0, 1, tzinfo=UTC))["equality answers"] == 1
    assert not response.monitoring_answers.exists()
    assert Answer.objects.count() == 1
    assert AuditRecord.objects.get(act="equality answers erased").after == {"erased": 1}


def test_nothing_due_writes_nothing(survey):
    assert erase_due(OPENS) == {"drafts": 0, "equality answers": 0}
    assert not AuditRecord.objects.filter(act__contains="erased").exists()


def test_the_command_erases_by_the_site_s_clock(survey, settings, capsys):
    begin_draft(survey, "old", OPENS)
    settings.FOLKMOOT_AT = "2022-02-01"
    call_command("erase_due")
    assert capsys.readouterr().out == "1 drafts, 0 equality answers erased.\n"
    assert not Draft.objects.exists()
