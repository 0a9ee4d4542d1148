"""What the letters say, and what they never say."""

from __future__ import annotations

import pytest
from icalendar import Calendar
from tests.workshops.making import BEFORE, LINK, last_letter, make_link, make_workshop, registered

from folkmoot.publishing.models import OutgoingMail
from folkmoot.workshops import acts, letters
from folkmoot.workshops.models import Registration

pytestmark = pytest.mark.django_db


def test_a_confirmation_says_when_where_and_how_and_brings_a_calendar_file():
    workshop = make_workshop()
    make_link(workshop)
    ada = registered(workshop, "Ada")
    letter = last_letter("ada@example.org")
    assert letter.subject == f"You have a place: {workshop.title}"
    assert "Thursday 2 December 2021, 18:00 to 19:30 (London time)" in letter.text
    assert "from 17:30 on 2 December 2021 on" in letter.text
    assert workshop.place_url(ada.key) in letter.text
    assert f"{workshop.place_url(ada.key)}cancel/" in letter.text
    ((name, text, kind),) = letter.attachments
    assert (name, kind) == ("workshop.ics", "text/calendar")
    assert Calendar.from_ical(text).walk("VEVENT")
    # A calendar may be shared: it holds neither the way in nor the page by which one cancels.
    unfolded = text.replace("\r\n ", "")
    assert ada.key not in unfolded
    assert LINK not in unfolded + letter.text


def test_a_place_in_a_hall_is_confirmed_with_its_address():
    workshop = make_workshop(held="place", address="Town hall\nHigh Street")
    registered(workshop, "Ada")
    text = last_letter("ada@example.org").text
    assert "Where: Town hall, High Street" in text
    assert "How to join" not in text


def test_the_waiting_list_is_no_entry_in_a_calendar():
    workshop = make_workshop(capacity=1)
    registered(workshop, "Ada")
    registered(workshop, "Ben")
    letter = last_letter("ben@example.org")
    assert letter.subject.startswith("You are on the waiting list")
    assert letter.attachments == []


def test_giving_a_place_back_takes_the_entry_out_of_the_calendar():
    ada = registered(make_workshop(), "Ada")
    acts.cancel_place(ada, BEFORE)
    ((_, text, _),) = last_letter("ada@example.org").attachments
    assert "METHOD:CANCEL" in text
    assert "SEQUENCE:1" in text


@pytest.mark.parametrize(
    "letter",
    [
        "confirmed",
        "waiting",
        "again",
        "promoted",
        "changed",
        "reminder",
        "cancelled",
        "calledoff",
    ],
)
def test_no_letter_repeats_what_a_visitor_typed_or_tells_how_to_join(letter):
    workshop = make_workshop()
    make_link(workshop)
    spam = "Buy at https://spam.example now"
    ada = registered(workshop, "Ada", access_needs=spam)
    ada.name = spam
    letters.write(letter, ada, BEFORE)
    sent = last_letter("ada@example.org")
    assert "spam.example" not in f"{sent.subject}{sent.text}"
    assert LINK not in sent.text
    assert workshop.title in sent.subject


def test_every_letter_has_a_template_that_a_test_has_read():
    assert letters.WITH_ENTRY | letters.TAKE_OUT | {"waiting", "reminder"} == {
        "confirmed",
        "waiting",
        "again",
        "promoted",
        "changed",
        "reminder",
        "cancelled",
        "calledoff",
    }


def test_somebody_without_an_address_is_written_nothing():
    workshop = make_workshop()
    walked_in = Registration.objects.create(
        workshop=workshop, standing="place", seat=1, queued_at=BEFORE, name="Ada", is_walk_in=True
    )
    letters.write("changed", walked_in, BEFORE)
    assert not OutgoingMail.objects.exists()
