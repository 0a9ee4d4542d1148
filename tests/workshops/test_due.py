"""Reminders, once and the day before; and the erasure of who registered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import make_user
from tests.workshops.making import (
    BEFORE,
    ENDS,
    STARTS,
    last_letter,
    letters,
    make_workshop,
    registered,
)

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.schedule import jobs
from folkmoot.workshops import acts, querysets
from folkmoot.workshops.models import Workshop

pytestmark = pytest.mark.django_db
EVE_AT_NINE = datetime(2021, 12, 1, 9, tzinfo=UTC)


def test_everybody_with_a_place_is_reminded_once_from_nine_on_the_day_before():
    workshop = make_workshop(capacity=2)
    for name in ("Ada", "Ben", "Cy"):
        registered(workshop, name)
    assert acts.remind_due(EVE_AT_NINE - timedelta(seconds=1)) == 0
    assert acts.remind_due(EVE_AT_NINE) == 2
    assert acts.remind_due(EVE_AT_NINE) == 0
    assert acts.remind_due(STARTS - timedelta(minutes=1)) == 0
    assert letters("ada@example.org") == ["confirmed", "reminder"]
    assert letters("cy@example.org") == ["waiting"]
    assert last_letter("ada@example.org").subject == f"Tomorrow: {workshop.title}"


def test_nine_in_the_morning_is_that_of_the_body_on_the_day_before_its_day():
    # 00:30 on 3 June in London is 2 June in UTC: the day before is 2 June.
    starts = datetime(2022, 6, 2, 23, 30, tzinfo=UTC)
    workshop = make_workshop(starts_at=starts, ends_at=starts + timedelta(hours=1))
    registered(workshop, "Ada", starts - timedelta(days=5))
    assert acts.remind_due(datetime(2022, 6, 2, 7, 59, tzinfo=UTC)) == 0
    assert acts.remind_due(datetime(2022, 6, 2, 8, tzinfo=UTC)) == 1


def test_who_takes_a_place_after_the_reminders_is_told_once_only():
    workshop = make_workshop()
    registered(workshop, "Ada", EVE_AT_NINE + timedelta(minutes=1))
    assert acts.remind_due(EVE_AT_NINE + timedelta(hours=1)) == 0
    assert letters() == ["confirmed"]


def test_a_worker_that_was_down_still_reminds_before_the_start_and_not_after():
    workshop = make_workshop()
    registered(workshop, "Ada")
    assert acts.remind_due(STARTS) == 0
    assert acts.remind_due(STARTS - timedelta(minutes=1)) == 1


def test_nobody_is_reminded_of_a_workshop_that_was_called_off_or_withdrawn():
    off = make_workshop(called_off_because="The speaker is ill.")
    withdrawn = make_workshop()
    for workshop in (off, withdrawn):
        Workshop.objects.filter(pk=workshop.pk).update(called_off_because="")
        registered(Workshop.objects.get(pk=workshop.pk), "Ada")
    Workshop.objects.filter(pk=off.pk).update(called_off_because="The speaker is ill.")
    Workshop.objects.filter(pk=withdrawn.pk).update(live=False)
    assert acts.remind_due(EVE_AT_NINE) == 0


def test_who_registered_is_erased_after_the_days_the_page_says_and_the_counts_stay():
    workshop = make_workshop(erase_after_days=10, capacity=2)
    ada = registered(workshop, "Ada", access_needs="Captions")
    for name in ("Ben", "Cy"):
        registered(workshop, name)
    officer = make_user("workshops.view_registration", "workshops.change_registration")
    acts.record_attendance(workshop, arrived=[ada.pk], not_arrived=[], at=STARTS, by=officer)
    due = ENDS + timedelta(days=10)
    assert acts.erase_due(due - timedelta(seconds=1)) == 0
    assert acts.erase_due(due) == 3
    assert acts.erase_due(due) == 0
    for each in workshop.registrations.all():
        assert (each.name, each.email, each.email_digest, each.access_needs) == ("", "", "", "")
        assert each.consent == ""
        assert each.key != ada.key
    counted = querysets.counted(Workshop.objects.filter(pk=workshop.pk)).get()
    assert (counted.taken, counted.waiting, counted.arrived) == (2, 1, 1)
    assert Respondent.objects.count() == 1
    assert not querysets.door_list(workshop).exists()
    kept = AuditRecord.objects.get(act="workshop registrations erased")
    assert kept.after == {"erased": 3}


def test_settling_passes_places_on_without_anybody_publishing():
    workshop = make_workshop(capacity=1)
    registered(workshop, "Ada")
    registered(workshop, "Ben")
    Workshop.objects.filter(pk=workshop.pk).update(capacity=2)
    acts.settle_due(BEFORE)
    assert letters("ben@example.org") == ["waiting", "promoted"]


def test_the_worker_knows_the_jobs():
    names = {job.name for job in jobs() if job.name.startswith("workshops")}
    assert names == {
        "workshops: erase registrations",
        "workshops: pass places on",
        "workshops: remind",
    }
