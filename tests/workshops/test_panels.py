"""Workshops on their consultation's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_consultation
from tests.workshops.making import BEFORE, ENDS, STARTS, make_workshop, registered

from folkmoot.workshops.panels import activities

pytestmark = pytest.mark.django_db


def test_a_consultation_without_workshops_has_no_panel():
    consultation = make_consultation()
    make_workshop(consultation, live=False)
    make_workshop()
    assert activities(consultation, BEFORE) is None


def test_workshops_stand_by_their_start_with_what_each_asks_and_what_is_free():
    consultation = make_consultation()
    late = make_workshop(
        consultation, starts_at=STARTS + timedelta(days=1), ends_at=ENDS + timedelta(days=1)
    )
    full = make_workshop(consultation, capacity=1)
    registered(full, "Ada")
    shown = activities(consultation, BEFORE)
    assert [each["url"] for each in shown["workshops"]] == [full.url, late.url]
    first, second = shown["workshops"]
    assert first["places"] == "All places are taken. You can join the waiting list."
    assert first["button"] == "Join the waiting list"
    assert second["places"] == "Three places left."
    assert (second["takes"], second["where"]) == ("1 hour 30 minutes", "Online")
    assert shown["seconds_unchanged"] == int((STARTS - BEFORE).total_seconds())


@pytest.mark.parametrize(
    ("room", "taken", "words"),
    [
        (40, 0, "Places left."),
        (11, 0, "Places left."),
        (10, 0, "Ten places left."),
        (2, 1, "One place left."),
        (1, 1, "All places are taken. You can join the waiting list."),
    ],
)
def test_places_left_are_told_in_words(room, taken, words):
    consultation = make_consultation()
    workshop = make_workshop(consultation, capacity=room)
    for number in range(taken):
        registered(workshop, f"Person{number}")
    assert activities(consultation, BEFORE)["workshops"][0]["places"] == words


def test_a_place_that_is_promised_to_the_waiting_list_is_not_free():
    consultation = make_consultation()
    workshop = make_workshop(consultation, capacity=1)
    registered(workshop, "Ada")
    registered(workshop, "Ben")
    workshop.capacity = 5
    workshop.save()
    assert "waiting list" in activities(consultation, BEFORE)["workshops"][0]["places"]


def test_the_panel_asks_as_often_whatever_the_number_of_workshops():
    consultation = make_consultation()
    make_workshop(consultation)
    activities(consultation, BEFORE)
    with CaptureQueriesContext(connection) as one:
        activities(consultation, BEFORE)
    for _ in range(9):
        registered(make_workshop(consultation), "Ada")
    with CaptureQueriesContext(connection) as ten:
        activities(consultation, BEFORE)
    assert len(ten) == len(one) <= 2


def test_the_consultation_s_page_prints_them(client, settings):
    settings.FOLKMOOT_AT = BEFORE.isoformat()
    consultation = make_consultation()
    workshop = make_workshop(consultation)
    page = BeautifulSoup(client.get(consultation.url).content, "html.parser")
    panel = page.find(id="workshops").find_parent("section")
    text = " ".join(panel.text.split())
    assert "Thursday 2 December 2021, 18:00 to 19:30. Online." in text
    assert "Takes 1 hour 30 minutes, no account needed. Three places left." in text
    button = panel.select_one(".button")
    assert button.text == f"Register: {workshop.title}"
    assert button["href"] == f"{workshop.url}register/"
