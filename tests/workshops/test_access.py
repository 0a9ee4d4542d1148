"""Who may do what, role by role, and residents by the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories import make_user
from tests.workshops.making import BEFORE, ENDS, STARTS, make_workshop, registered

from folkmoot.workshops import access
from folkmoot.workshops.acts import cancel_place

pytestmark = pytest.mark.django_db

NEVER, LITTLE = timedelta(days=365), timedelta(microseconds=1)
JOINS = STARTS - timedelta(minutes=30)
ROLES = {
    "nobody": None,
    "staff": (),
    "reader": ("workshops.view_registration",),
    "door": ("workshops.view_registration", "workshops.change_registration"),
    # Who may change what they may not read was given half of it.
    "half": ("workshops.change_registration",),
    "rapporteur": ("workshops.add_point",),
}
MAY = {
    access.may_read_registrations: {"reader", "door", "administrator"},
    access.may_keep_door: {"door", "administrator"},
    access.may_record_points: {"rapporteur", "administrator"},
    access.may_see_desk: {"reader", "door", "rapporteur", "administrator"},
}


def user_of(role, **fields):
    if role == "administrator":
        return make_user(is_superuser=True, **fields)
    permissions = ROLES[role]
    return AnonymousUser() if permissions is None else make_user(*permissions, **fields)


@pytest.mark.parametrize("role", [*ROLES, "administrator"])
@pytest.mark.parametrize("predicate", MAY, ids=lambda each: each.__name__)
def test_each_role_may_what_it_was_given(predicate, role):
    assert predicate(user_of(role)) == (role in MAY[predicate])


@pytest.mark.parametrize("predicate", MAY, ids=lambda each: each.__name__)
def test_somebody_who_left_may_nothing(predicate):
    assert not predicate(user_of("administrator", is_active=False))
    assert not predicate(user_of("door", is_active=False))


@pytest.mark.parametrize(
    ("at", "register", "join"),
    [
        (STARTS - NEVER, True, False),
        (JOINS - LITTLE, True, False),
        (JOINS, True, True),
        (STARTS - LITTLE, True, True),
        (STARTS, False, True),
        (ENDS - LITTLE, False, True),
        (ENDS, False, False),
        (ENDS + NEVER, False, False),
    ],
)
def test_a_resident_registers_until_the_start_and_joins_from_near_it_to_the_end(at, register, join):
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    assert access.may_register(workshop, at) is register
    assert access.may_cancel(ada, at) is register
    assert access.may_join(ada, at) is join


def test_how_early_people_may_join_is_the_page_s_to_say():
    ada = registered(make_workshop(joins_from_minutes=5), "Ada")
    assert not access.may_join(ada, STARTS - timedelta(minutes=5) - LITTLE)
    assert access.may_join(ada, STARTS - timedelta(minutes=5))


def test_nobody_joins_who_waits_or_gave_the_place_back():
    workshop = make_workshop(capacity=1)
    ada, ben, cy = (registered(workshop, name) for name in ("Ada", "Ben", "Cy"))
    assert not access.may_join(ben, STARTS)
    cancel_place(ada, BEFORE)
    ada, ben, cy = (workshop.registrations.get(pk=each.pk) for each in (ada, ben, cy))
    assert not access.may_join(ada, STARTS)
    assert access.may_join(ben, STARTS)
    assert not access.may_join(cy, STARTS)


@pytest.mark.parametrize(
    "fields", [{"held": "place"}, {"called_off_because": "Ill."}, {"live": False}]
)
def test_nobody_joins_in_a_place_or_one_called_off_or_withdrawn(fields):
    workshop = make_workshop()
    ada = registered(workshop, "Ada")
    for name, value in fields.items():
        setattr(workshop, name, value)
    ada.workshop = workshop
    assert not access.may_join(ada, STARTS)


@pytest.mark.parametrize("fields", [{"called_off_because": "Ill."}, {"live": False}])
def test_nobody_registers_for_one_called_off_or_withdrawn(fields):
    assert not access.may_register(make_workshop(**fields), BEFORE)


def test_the_door_opens_when_people_may_join_and_points_are_noted_from_the_start():
    workshop = make_workshop()
    assert not access.may_tick_off(workshop, JOINS - LITTLE)
    assert access.may_tick_off(workshop, JOINS)
    assert access.may_tick_off(workshop, ENDS + NEVER)
    assert not access.may_note_points(workshop, STARTS - LITTLE)
    assert access.may_note_points(workshop, STARTS)
    workshop.called_off_because = "Ill."
    assert not access.may_tick_off(workshop, STARTS)
    assert not access.may_note_points(workshop, STARTS)
