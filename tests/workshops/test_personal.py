"""What workshops hold of a person, and what stays when it is erased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.workshops.making import BEFORE, ENDS, letters, make_workshop, registered

from folkmoot.publishing.personal import Subject, known_everywhere
from folkmoot.workshops import personal

pytestmark = pytest.mark.django_db
ADA = "Ada@Example.org"


@pytest.fixture
def workshop():
    return make_workshop(capacity=1)


def test_registrations_are_found_by_address_with_all_that_was_said(workshop):
    registered(workshop, "Ada", access_needs="A ramp")
    registered(workshop, "Ben")
    (held,) = personal.find(known_everywhere(Subject(email=ADA)))
    assert ("Access needs", "A ramp") in held.fields
    assert ("E-mail address", "ada@example.org") in held.fields


def test_erasing_gives_a_place_to_come_to_who_waits_and_leaves_no_letter(workshop):
    ada, ben = registered(workshop, "Ada"), registered(workshop, "Ben")
    counts = personal.erase(known_everywhere(Subject(email=ADA)), BEFORE + timedelta(hours=1))
    assert counts == {"registrations": 1}
    ada.refresh_from_db()
    ben.refresh_from_db()
    assert (ada.name, ada.email, ada.email_digest, ada.standing) == ("", "", "", "cancelled")
    assert (ben.name, ben.standing) == ("Ben", "place")
    assert letters("ada@example.org") == []
    assert letters("ben@example.org")
    assert personal.find(known_everywhere(Subject(email=ADA))) == []


def test_after_the_session_who_came_stays_counted(workshop):
    ada = registered(workshop, "Ada")
    personal.erase(known_everywhere(Subject(email=ADA)), ENDS + timedelta(days=1))
    ada.refresh_from_db()
    assert (ada.email, ada.standing, ada.seat) == ("", "place", 1)
