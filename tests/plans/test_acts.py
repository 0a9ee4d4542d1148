"""Completing a step and reporting progress: checked, kept, and on the record."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.factories import make_commitment, make_plan, make_section, make_user

from folkmoot.accounts.models import AuditRecord
from folkmoot.plans.acts import ProgressError, complete_milestone, report_progress
from folkmoot.plans.models import Milestone, ProgressUpdate

pytestmark = pytest.mark.django_db

AT = datetime(2022, 11, 1, 12, tzinfo=UTC)


def make_milestone() -> Milestone:
    commitment = make_commitment(make_plan())
    return Milestone.objects.create(
        commitment=commitment, title="Names printed", due=date(2022, 10, 31)
    )


def test_completed_milestone_is_kept_with_its_record() -> None:
    officer = make_user("plans.change_commitment")
    milestone = complete_milestone(make_milestone(), date(2022, 10, 20), AT, officer)
    milestone.refresh_from_db()
    assert milestone.completed == date(2022, 10, 20)
    kept = AuditRecord.objects.get(act="milestone completed")
    assert (kept.before, kept.after) == ({"completed": None}, {"completed": "2022-10-20"})
    assert (kept.by, kept.at, kept.record_name) == (officer, AT, "Names printed")


def test_milestone_is_not_completed_in_the_future() -> None:
    officer, milestone = make_user("plans.change_commitment"), make_milestone()
    with pytest.raises(ProgressError, match="2 November 2022 is still to come"):
        complete_milestone(milestone, date(2022, 11, 2), AT, officer)
    milestone.refresh_from_db()
    assert milestone.completed is None


def test_milestone_is_completed_once() -> None:
    officer = make_user("plans.change_commitment")
    milestone = complete_milestone(make_milestone(), date(2022, 10, 20), AT, officer)
    with pytest.raises(ProgressError, match="was completed on 20 October 2022 already"):
        complete_milestone(milestone, date(2022, 10, 21), AT, officer)


def test_others_may_not_complete_a_milestone() -> None:
    with pytest.raises(PermissionDenied):
        complete_milestone(make_milestone(), date(2022, 10, 20), AT, make_user())
    assert not AuditRecord.objects.filter(act="milestone completed").exists()


def test_reported_progress_is_kept_with_its_record() -> None:
    officer = make_user("plans.add_progressupdate")
    commitment = make_commitment(make_plan())
    report_progress(commitment, "Half are named.", date(2022, 10, 30), AT, officer)
    assert commitment.progress_updates.get().text == "Half are named."
    kept = AuditRecord.objects.get(act="progress update added")
    assert kept.before is None
    assert kept.after["text"] == "Half are named."


@pytest.mark.parametrize(
    ("text", "on", "fault"),
    [(" ", date(2022, 10, 30), "is empty"), ("Done.", date(2022, 11, 2), "still to come")],
)
def test_impossible_progress_is_refused_and_keeps_nothing(text: str, on: date, fault: str) -> None:
    officer = make_user("plans.add_progressupdate")
    with pytest.raises(ProgressError, match=fault):
        report_progress(make_commitment(make_plan()), text, on, AT, officer)
    assert not ProgressUpdate.objects.exists()


def test_others_may_not_report_progress() -> None:
    with pytest.raises(PermissionDenied):
        report_progress(make_commitment(make_plan()), "Done.", date(2022, 10, 30), AT, make_user())


def test_commitment_follows_from_a_section_of_its_own_plan() -> None:
    stranger = make_section(make_plan())
    commitment = make_commitment(make_plan(), section=stranger)
    with pytest.raises(ValidationError, match="is in another plan"):
        commitment.full_clean()


def test_commitment_is_not_completed_in_the_future(settings: object) -> None:
    settings.FOLKMOOT_AT = "2022-11-01"
    commitment = make_commitment(make_plan(), completed=date(2022, 12, 1))
    with pytest.raises(ValidationError, match="1 December 2022 is still to come"):
        commitment.full_clean()
