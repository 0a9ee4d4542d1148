"""Places: given, given again, given back, and passed on."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.workshops.making import BEFORE, STARTS, last_letter, letters, make_workshop, registered

from folkmoot.accounts.models import AuditRecord
from folkmoot.workshops.acts import RegistrationClosedError, cancel_place, settle
from folkmoot.workshops.models import Registration

pytestmark = pytest.mark.django_db
Standing = Registration.Standing


def standings(workshop):
    return {each.name: each.standing for each in workshop.registrations.all()}


def test_places_are_given_until_all_are_taken_and_then_turns_on_the_waiting_list():
    workshop = make_workshop(capacity=2)
    for name in ("Ada", "Ben", "Cy", "Dee"):
        registered(workshop, name)
    assert standings(workshop) == {
        "Ada": Standing.PLACE,
        "Ben": Standing.PLACE,
        "Cy": Standing.WAITING,
        "Dee": Standing.WAITING,
    }
    assert letters() == ["confirmed", "confirmed", "waiting", "waiting"]


def test_the_same_address_gives_the_same_place_back_however_it_is_written():
    workshop = make_workshop(capacity=1)
    first = registered(workshop, "Ada", access_needs="Captions")
    again = registered(workshop, "ADA", BEFORE + timedelta(hours=1), access_needs="None")
    assert again.pk == first.pk
    kept = workshop.registrations.get()
    assert (kept.name, kept.access_needs, kept.key) == ("Ada", "Captions", first.key)
    assert letters("ada@example.org") == ["confirmed", "again"]
    assert "same place as before" in last_letter("ada@example.org").text


def test_registering_again_and_again_does_not_fill_a_mailbox():
    workshop = make_workshop()
    for minute in (0, 1, 2, 4):
        registered(workshop, "Ada", BEFORE + timedelta(minutes=minute))
    assert letters() == ["confirmed"]
    registered(workshop, "Ada", BEFORE + timedelta(minutes=5))
    assert letters() == ["confirmed", "again"]


def test_a_place_given_back_goes_to_who_waits_longest_and_they_are_told():
    workshop = make_workshop(capacity=1)
    ada = registered(workshop, "Ada")
    registered(workshop, "Ben", BEFORE + timedelta(minutes=1))
    registered(workshop, "Cy", BEFORE + timedelta(minutes=2))
    cancel_place(ada, BEFORE + timedelta(hours=1))
    assert standings(workshop) == {
        "Ada": Standing.CANCELLED,
        "Ben": Standing.PLACE,
        "Cy": Standing.WAITING,
    }
    assert letters("ada@example.org") == ["confirmed", "cancelled"]
    assert letters("ben@example.org") == ["waiting", "promoted"]
    assert letters("cy@example.org") == ["waiting"]


def test_leaving_the_waiting_list_gives_nobody_a_place():
    workshop = make_workshop(capacity=1)
    registered(workshop, "Ada")
    ben = registered(workshop, "Ben")
    registered(workshop, "Cy")
    cancel_place(ben, BEFORE)
    assert standings(workshop)["Cy"] == Standing.WAITING


def test_giving_a_place_back_twice_changes_nothing_more():
    workshop = make_workshop(capacity=1)
    ada = registered(workshop, "Ada")
    registered(workshop, "Ben")
    registered(workshop, "Cy")
    cancel_place(ada, BEFORE)
    cancel_place(ada, BEFORE)
    assert standings(workshop)["Cy"] == Standing.WAITING
    assert letters("ada@example.org") == ["confirmed", "cancelled"]


def test_who_gave_a_place_back_and_registers_again_waits_behind_the_others():
    workshop = make_workshop(capacity=1)
    ada = registered(workshop, "Ada")
    registered(workshop, "Ben", BEFORE + timedelta(minutes=1))
    registered(workshop, "Cy", BEFORE + timedelta(minutes=2))
    cancel_place(ada, BEFORE + timedelta(minutes=3))
    again = registered(workshop, "Ada", BEFORE + timedelta(minutes=4))
    assert again.pk == ada.pk
    assert again.key != ada.key
    cancel_place(workshop.registrations.get(name="Ben"), BEFORE + timedelta(minutes=5))
    assert standings(workshop) == {
        "Ada": Standing.WAITING,
        "Ben": Standing.CANCELLED,
        "Cy": Standing.PLACE,
    }


def test_a_capacity_that_was_raised_promotes_in_order_once_settled():
    workshop = make_workshop(capacity=1)
    for minute, name in enumerate(("Ada", "Ben", "Cy", "Dee")):
        registered(workshop, name, BEFORE + timedelta(minutes=minute))
    workshop.capacity = 3
    workshop.save()
    settle(workshop, BEFORE + timedelta(hours=1))
    settle(workshop, BEFORE + timedelta(hours=2))
    assert standings(workshop)["Cy"] == Standing.PLACE
    assert standings(workshop)["Dee"] == Standing.WAITING
    assert letters("cy@example.org") == ["waiting", "promoted"]
    assert letters("dee@example.org") == ["waiting"]


def test_somebody_new_does_not_overtake_the_waiting_list_when_room_was_made():
    workshop = make_workshop(capacity=1)
    registered(workshop, "Ada")
    registered(workshop, "Ben")
    workshop.capacity = 2
    workshop.save()
    registered(workshop, "Cy", BEFORE + timedelta(hours=1))
    assert standings(workshop) == {
        "Ada": Standing.PLACE,
        "Ben": Standing.PLACE,
        "Cy": Standing.WAITING,
    }


def test_a_capacity_that_was_lowered_takes_no_place_away_and_gives_none_back():
    workshop = make_workshop(capacity=3)
    people = [registered(workshop, name) for name in ("Ada", "Ben", "Cy")]
    registered(workshop, "Dee")
    workshop.capacity = 1
    workshop.save()
    settle(workshop, BEFORE)
    assert list(standings(workshop).values()).count(Standing.PLACE) == 3
    cancel_place(people[0], BEFORE)
    assert standings(workshop)["Dee"] == Standing.WAITING


@pytest.mark.parametrize("seconds", [0, 1, 5400, 999_999])
def test_from_the_start_on_no_place_is_given_and_none_given_back(seconds):
    workshop = make_workshop(capacity=1)
    ada = registered(workshop, "Ada")
    ben = registered(workshop, "Ben")
    at = STARTS + timedelta(seconds=seconds)
    with pytest.raises(RegistrationClosedError):
        registered(workshop, "Cy", at)
    for each in (ada, ben):
        with pytest.raises(RegistrationClosedError):
            cancel_place(each, at)
    assert standings(workshop) == {"Ada": Standing.PLACE, "Ben": Standing.WAITING}


def test_a_place_is_given_until_the_last_moment_before_the_start():
    workshop = make_workshop()
    at = STARTS - timedelta(microseconds=1)
    assert registered(workshop, "Ada", at).has_place


def test_a_workshop_that_is_called_off_takes_nobody_and_tells_everybody_once():
    workshop = make_workshop(capacity=1)
    registered(workshop, "Ada")
    registered(workshop, "Ben")
    workshop.called_off_because = "The speaker is ill."
    workshop.save()
    settle(workshop, BEFORE)
    settle(workshop, BEFORE)
    assert letters("ada@example.org") == ["confirmed", "calledoff"]
    assert letters("ben@example.org") == ["waiting", "calledoff"]
    assert "The speaker is ill." in last_letter("ada@example.org").text
    with pytest.raises(RegistrationClosedError):
        registered(workshop, "Cy")


def test_a_session_that_was_moved_is_told_to_everybody_once():
    workshop = make_workshop()
    registered(workshop, "Ada")
    gone = registered(workshop, "Ben")
    cancel_place(gone, BEFORE)
    workshop.starts_at += timedelta(hours=1)
    workshop.ends_at += timedelta(hours=1)
    workshop.save()
    settle(workshop, BEFORE)
    settle(workshop, BEFORE)
    assert letters("ada@example.org") == ["confirmed", "changed"]
    assert letters("ben@example.org") == ["confirmed", "cancelled"]
    letter = last_letter("ada@example.org")
    assert "19:00 to 20:30" in letter.text
    assert "SEQUENCE:1" in letter.attachments[0][1]


def test_a_change_of_the_words_alone_is_told_to_nobody():
    workshop = make_workshop()
    registered(workshop, "Ada")
    workshop.asks = "Bring a question."
    workshop.save()
    settle(workshop, BEFORE)
    assert letters() == ["confirmed"]


def test_the_database_refuses_the_same_seat_twice():
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    ben = registered(workshop, "Ben")
    ben.seat = ada.seat
    with pytest.raises(IntegrityError), transaction.atomic():
        ben.save()


@pytest.mark.parametrize(
    ("standing", "seat"), [("place", None), ("place", 0), ("waiting", 7), ("cancelled", 7)]
)
def test_the_database_refuses_a_place_without_a_seat_and_a_seat_without_a_place(standing, seat):
    ada = registered(make_workshop(), "Ada")
    ada.standing, ada.seat = standing, seat
    with pytest.raises(IntegrityError), transaction.atomic():
        ada.save()


def test_the_database_refuses_one_address_twice():
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    ben = registered(workshop, "Ben")
    ben.email_digest = ada.email_digest
    with pytest.raises(IntegrityError), transaction.atomic():
        ben.save()


def test_every_act_is_in_the_audit_record_and_names_nobody():
    workshop = make_workshop(capacity=1)
    ada = registered(workshop, "Ada", access_needs="Wheelchair")
    registered(workshop, "Ben")
    cancel_place(ada, BEFORE)
    records = AuditRecord.objects.filter(record_type="workshops.Registration").order_by("id")
    assert [each.act for each in records] == [
        "workshop place taken",
        "workshop waiting list joined",
        "workshop place given back",
        "workshop place passed on",
    ]
    said = json.dumps(
        [[each.by_name, each.record_name, each.before, each.after] for each in records]
    )
    for word in ("Ada", "Ben", "example.org", "Wheelchair"):
        assert word not in said
