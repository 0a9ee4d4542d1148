"""Completing a step and reporting progress: checked, kept, and on the record."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from tests.factories import make_commitment, make_plan, make_section, make_user

from folkmoot.accounts.models import AuditRecord
from folkmoot.plans.acts import (
    ProgressError,
    complete_milestone,
    keep_commitment,
    report_progress,
    told,
)
from folkmoot.plans.models import Commitment, Forecast, Milestone, ProgressUpdate

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


def keep_forecast(commitment: Commitment, expected: date | None, reason: str, at: datetime) -> None:
    before = told(Commitment.objects.get(pk=commitment.pk))
    commitment.forecast, commitment.lateness = expected, reason

    def save() -> Commitment:
        commitment.save()
        return commitment

    keep_commitment(save, at, make_user("plans.change_commitment"), before)


def test_every_forecast_is_kept_and_standings_of_earlier_days_stay() -> None:
    commitment = make_commitment(make_plan(), due=date(2022, 12, 31))
    keep_forecast(commitment, date(2023, 3, 1), "Two wards are left.", AT)
    keep_forecast(commitment, date(2023, 3, 1), "Two wards are left.", AT.replace(day=2))
    keep_forecast(commitment, date(2023, 5, 1), "One ward is left.", AT.replace(day=3))
    keep_forecast(commitment, None, "", AT.replace(day=4))
    said = [(each.said_on.day, each.expected, each.reason) for each in Forecast.objects.all()]
    assert said == [
        (1, date(2023, 3, 1), "Two wards are left."),
        (3, date(2023, 5, 1), "One ward is left."),
        (4, None, ""),
    ]
    kept = Commitment.objects.get()
    days = [date(2022, 10, 31), date(2022, 11, 1), date(2022, 11, 3), date(2022, 11, 4)]
    stands = [kept.standing(on).value for on in days]
    assert stands == ["On track", "Delayed", "Delayed", "On track"]
    assert [kept.expected_on(on) for on in days[1:3]] == [date(2023, 3, 1), date(2023, 5, 1)]


def test_forecast_of_a_milestone_is_kept_beside_those_of_its_commitment() -> None:
    milestone = make_milestone()
    commitment = milestone.commitment
    Milestone.objects.update(forecast=date(2022, 12, 1), lateness="The printer was ill.")
    keep_forecast(commitment, None, "", AT)
    said = Forecast.objects.get()
    assert (said.milestone, said.expected) == (milestone, date(2022, 12, 1))
    assert Commitment.objects.get().standing(date(2022, 11, 2)).value == "On track"


@pytest.mark.parametrize(
    ("fields", "on", "said"),
    [
        ({"forecast": date(2023, 1, 1)}, "2022-11-01", "expected after the day it was due"),
        ({"forecast": date(2023, 1, 1), "lateness": "  "}, "2022-11-01", "in plain words"),
        ({}, "2023-01-01", "has passed and it is not completed"),
    ],
)
def test_lateness_without_a_reason_is_refused(
    settings: object, fields: dict[str, object], on: str, said: str
) -> None:
    settings.FOLKMOOT_AT = on
    commitment = make_commitment(make_plan())
    milestone = Milestone(commitment=commitment, title="Names printed", due=date(2022, 12, 31))
    for work in (commitment, milestone):
        for name, value in fields.items():
            setattr(work, name, value)
        with pytest.raises(ValidationError, match=said) as refused:
            work.full_clean()
        assert "lateness" in refused.value.message_dict
        work.lateness = "Two wards are left."
        work.full_clean()


def test_nothing_is_asked_of_what_is_on_time_or_done_late(settings: object) -> None:
    settings.FOLKMOOT_AT = "2023-02-01"
    make_commitment(make_plan(), due=date(2023, 2, 1)).full_clean()
    make_commitment(make_plan(), completed=date(2023, 1, 20)).full_clean()


def test_the_database_refuses_a_late_forecast_without_a_reason() -> None:
    commitment = make_commitment(make_plan())
    with pytest.raises(IntegrityError, match="late_commitment_says_why"), transaction.atomic():
        Commitment.objects.update(forecast=date(2023, 1, 1))
    Milestone.objects.create(commitment=commitment, title="Step", due=date(2022, 12, 1))
    with pytest.raises(IntegrityError, match="late_milestone_says_why"), transaction.atomic():
        Milestone.objects.update(forecast=date(2023, 1, 1))


def test_the_database_refuses_to_change_what_was_reported_or_expected() -> None:
    commitment = make_commitment(make_plan())
    ProgressUpdate.objects.create(commitment=commitment, on=date(2022, 10, 1), text="Half.")
    Forecast.objects.create(commitment=commitment, said_on=date(2022, 10, 1))
    with pytest.raises(DatabaseError, match="add another update"), transaction.atomic():
        ProgressUpdate.objects.update(text="All.")
    with pytest.raises(DatabaseError, match="say it anew"), transaction.atomic():
        Forecast.objects.update(expected=date(2023, 1, 1))


def test_progress_is_not_reported_of_a_day_to_come(settings: object) -> None:
    settings.FOLKMOOT_AT = "2022-11-01"
    update = ProgressUpdate(
        commitment=make_commitment(make_plan()), on=date(2022, 11, 2), text="Done."
    )
    with pytest.raises(ValidationError, match="2 November 2022 is still to come"):
        update.full_clean()
