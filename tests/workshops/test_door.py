"""Attendance: who came is one person, however many workshops and surveys they took part in."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_consultation, make_response, make_survey, make_user
from tests.workshops.making import BEFORE, ENDS, LINK, STARTS, make_workshop, registered, wanted

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.workshops import acts, querysets
from folkmoot.workshops.acts import NotAtTheDoorError, Wanted
from folkmoot.workshops.models import JoiningLink, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user("workshops.view_registration", "workshops.change_registration")


def tick(workshop, *registrations, by, at=STARTS):
    keys = [each.pk for each in registrations]
    return acts.record_attendance(workshop, arrived=keys, not_arrived=[], at=at, by=by)


def untick(workshop, *registrations, by):
    keys = [each.pk for each in registrations]
    return acts.record_attendance(workshop, arrived=[], not_arrived=keys, at=ENDS, by=by)


def test_who_came_counts_as_a_person_who_took_part_at_the_session(officer):
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    registered(workshop, "Ben")
    assert tick(workshop, ada, by=officer, at=STARTS - timedelta(minutes=5)) == 1
    person = Respondent.objects.get()
    assert person.took_part_at == STARTS
    assert person.consultation == workshop.consultation
    assert workshop.registrations.get(pk=ada.pk).respondent == person


def test_ticking_off_twice_counts_once(officer):
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    tick(workshop, ada, by=officer)
    assert tick(workshop, ada, by=officer) == 0
    assert Respondent.objects.count() == 1


def test_one_address_is_one_person_in_several_workshops_of_a_consultation_only(officer):
    consultation = make_consultation()
    first, second = make_workshop(consultation), make_workshop(consultation)
    elsewhere = make_workshop()
    for workshop in (first, second, elsewhere):
        tick(workshop, registered(workshop, "Ada"), by=officer)
    assert Respondent.objects.filter(consultation=consultation).count() == 1
    assert Respondent.objects.count() == 2


def test_the_reference_of_a_survey_response_makes_both_one_person(officer):
    workshop = make_workshop()
    response = make_response(make_survey(workshop.consultation))
    ada = registered(workshop, "Ada", respondent=response.respondent)
    tick(workshop, ada, by=officer)
    assert Respondent.objects.get() == response.respondent


def test_one_person_that_was_counted_as_two_becomes_one_once_they_give_their_reference(officer):
    consultation = make_consultation()
    first, second = make_workshop(consultation), make_workshop(consultation)
    tick(first, registered(first, "Ada"), by=officer)
    response = make_response(make_survey(consultation), submitted_at=STARTS + timedelta(days=1))
    response.respondent.took_part_at = STARTS + timedelta(days=1)
    response.respondent.save()
    assert Respondent.objects.count() == 2
    again = registered(second, "Ada", respondent=response.respondent)
    tick(second, again, by=officer)
    person = Respondent.objects.get()
    assert person == response.respondent
    assert person.took_part_at == STARTS
    assert set(Registration.objects.values_list("respondent", flat=True)) == {person.pk}


def test_a_tick_by_mistake_that_is_taken_back_leaves_no_person(officer):
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    tick(workshop, ada, by=officer)
    assert untick(workshop, ada, by=officer) == 1
    assert not Respondent.objects.exists()
    assert workshop.registrations.get().arrived_at is None


def test_a_tick_taken_back_leaves_a_person_who_took_part_otherwise(officer):
    consultation = make_consultation()
    first, second = make_workshop(consultation), make_workshop(consultation)
    for workshop in (first, second):
        tick(workshop, registered(workshop, "Ada"), by=officer)
    response = make_response(make_survey(consultation))
    ben = registered(first, "Ben", respondent=response.respondent)
    tick(first, ben, by=officer)
    untick(first, *first.registrations.all(), by=officer)
    assert Respondent.objects.count() == 2


def test_two_officers_at_one_door_keep_each_other_s_ticks(officer):
    workshop = make_workshop()
    ada, ben = registered(workshop, "Ada"), registered(workshop, "Ben")
    other = make_user("workshops.view_registration", "workshops.change_registration")
    tick(workshop, ada, by=officer)
    tick(workshop, ben, by=other)
    assert workshop.registrations.filter(arrived_at__isnull=False).count() == 2


def test_somebody_who_waits_and_came_is_let_in(officer):
    workshop = make_workshop(capacity=1)
    registered(workshop, "Ada")
    ben = registered(workshop, "Ben")
    tick(workshop, ben, by=officer)
    ben = workshop.registrations.get(name="Ben")
    assert (ben.standing, ben.seat) == ("place", 2)


def test_a_walk_in_comes_on_top_of_the_capacity_and_is_counted(officer):
    workshop = make_workshop(capacity=1)
    registered(workshop, "Ada")
    came = acts.add_walk_in(workshop, Wanted("Cy", ""), STARTS, officer)
    also = acts.add_walk_in(workshop, Wanted("Dee", ""), STARTS, officer)
    assert (came.seat, also.seat) == (2, 3)
    assert came.is_walk_in
    assert Respondent.objects.count() == 2


def test_a_walk_in_who_is_on_the_list_already_is_ticked_off_instead(officer):
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    found = acts.add_walk_in(workshop, wanted("ADA"), STARTS, officer)
    assert found.pk == ada.pk
    assert not found.is_walk_in
    assert found.arrived_at == STARTS
    assert workshop.registrations.count() == 1


def test_who_gave_a_place_back_and_came_all_the_same_is_let_in(officer):
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    acts.cancel_place(ada, BEFORE)
    found = acts.add_walk_in(workshop, wanted("Ada"), STARTS, officer)
    assert (found.pk, found.standing) == (ada.pk, "place")


def test_nobody_is_ticked_off_before_people_may_join_or_where_it_is_called_off(officer):
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    early = STARTS - timedelta(minutes=30, microseconds=1)
    with pytest.raises(NotAtTheDoorError, match="30 minutes before the start"):
        tick(workshop, ada, by=officer, at=early)
    workshop.called_off_because = "The speaker is ill."
    workshop.save()
    with pytest.raises(NotAtTheDoorError, match="called off"):
        tick(workshop, ada, by=officer)
    assert not Respondent.objects.exists()


def test_a_registration_of_another_workshop_is_left_alone(officer):
    ada = registered(make_workshop(), "Ada")
    assert tick(make_workshop(), ada, by=officer) == 0


def test_somebody_without_leave_changes_nothing():
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    reader = make_user("workshops.view_registration")
    with pytest.raises(PermissionDenied):
        tick(workshop, ada, by=reader)
    with pytest.raises(PermissionDenied):
        acts.add_walk_in(workshop, Wanted("Cy", ""), STARTS, reader)
    with pytest.raises(PermissionDenied):
        acts.set_joining_link(workshop, LINK, "", BEFORE, reader)
    assert not JoiningLink.objects.exists()
    assert querysets.door_list(workshop).count() == 1


def test_the_audit_record_tells_that_the_way_in_changed_and_never_what_it_is(officer):
    workshop = make_workshop()
    acts.set_joining_link(workshop, LINK, "Passcode 8812", BEFORE, officer)
    acts.set_joining_link(workshop, f"{LINK}-b", "Passcode 8812", BEFORE, officer)
    assert acts.set_joining_link(workshop, "", "", BEFORE, officer) is None
    assert acts.set_joining_link(workshop, "", "", BEFORE, officer) is None
    found = AuditRecord.objects.filter(act__startswith="joining link").order_by("id")
    assert [each.act for each in found] == [
        "joining link set",
        "joining link changed",
        "joining link removed",
    ]
    said = json.dumps([[each.record_name, each.before, each.after] for each in found])
    assert LINK not in said
    assert "8812" not in said


def test_the_audit_record_of_the_door_names_nobody(officer):
    workshop = make_workshop()
    tick(workshop, registered(workshop, "Ada"), by=officer)
    acts.add_walk_in(workshop, wanted("Cy", access_needs="Wheelchair"), STARTS, officer)
    found = AuditRecord.objects.filter(record_type="workshops.Registration")
    said = json.dumps([[each.record_name, each.before, each.after] for each in found])
    for word in ("Ada", "Cy", "example.org", "Wheelchair"):
        assert word not in said
