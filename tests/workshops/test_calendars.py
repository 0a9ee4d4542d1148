"""Calendar files, read again by the library that calendars use."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from icalendar import Calendar
from tests.workshops.making import BEFORE, ENDS, LINK, STARTS, make_link, make_workshop

from folkmoot.workshops.calendars import calendar_file

pytestmark = pytest.mark.django_db


def event(text):
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


def test_a_calendar_file_holds_the_session_in_utc():
    workshop = make_workshop()
    text = calendar_file(workshop, BEFORE)
    assert "DTSTART:20211202T180000Z" in text
    assert "DTEND:20211202T193000Z" in text
    found = event(text)
    assert found["SUMMARY"] == workshop.title
    assert found["LOCATION"] == "Online"
    assert found["STATUS"] == "CONFIRMED"
    assert found["URL"].endswith(workshop.url)
    assert Calendar.from_ical(text)["METHOD"] == "PUBLISH"


def test_a_session_while_the_clocks_change_starts_and_ends_when_it_does():
    starts = STARTS.replace(month=10, day=30, year=2022, hour=0, minute=45)
    workshop = make_workshop(starts_at=starts, ends_at=starts + timedelta(minutes=45))
    found = event(calendar_file(workshop, BEFORE))
    assert found["DTSTART"].dt.astimezone(UTC) == starts
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(minutes=45)


def test_a_newer_file_replaces_an_older_and_one_that_is_off_takes_it_out():
    workshop = make_workshop()
    first, second = (
        event(calendar_file(workshop, BEFORE)),
        event(calendar_file(workshop, BEFORE, sequence=2, is_off=True)),
    )
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 2)
    assert second["STATUS"] == "CANCELLED"


def test_an_address_of_several_lines_with_commas_survives():
    workshop = make_workshop(held="place", address="Town hall, room 2\nHigh Street; London\nN1 1AA")
    found = event(calendar_file(workshop, BEFORE))
    assert found["LOCATION"] == "Town hall, room 2, High Street; London, N1 1AA"


def test_a_calendar_file_never_holds_the_joining_link():
    workshop = make_workshop()
    make_link(workshop)
    assert LINK not in calendar_file(workshop, BEFORE).replace("\r\n ", "")


def test_title_with_a_line_break_begins_no_property_of_its_own():
    workshop = make_workshop(title="One\r\nATTACH:https://evil.example")
    found = event(calendar_file(workshop, ENDS))
    assert "ATTACH" not in found
