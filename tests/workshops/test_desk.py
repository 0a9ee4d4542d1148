"""The desk in the admin, through its own addresses."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import make_user
from tests.workshops.making import BEFORE, ENDS, LINK, STARTS, letters, make_workshop, registered

from folkmoot.responses.models import Response
from folkmoot.workshops.acts import Wanted, take_place
from folkmoot.workshops.models import JoiningLink, Point, Registration, SessionNotes

pytestmark = pytest.mark.django_db
DOOR = ("workshops.view_registration", "workshops.change_registration")


@pytest.fixture
def stand_at(stand_at):
    stand_at(STARTS)
    return stand_at


@pytest.fixture
def workshop(stand_at):
    return make_workshop(capacity=2)


def address(name, workshop):
    return reverse(f"workshops:{name}", args=[workshop.pk])


def signed_in(client, *permissions, **fields):
    client.force_login(make_user(*permissions, **fields))
    return client


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_the_list_shows_places_taken_and_waiting_and_leads_on(client, workshop):
    for name in ("Ada", "Ben", "Cy"):
        registered(workshop, name)
    page = soup(signed_in(client, *DOOR, "workshops.add_point").get(reverse("workshops:workshops")))
    cells = [cell.text.strip() for cell in page.select_one("tbody tr").find_all("td")]
    assert cells[3:6] == ["2 of 2", "1", "0"]
    assert "no joining link yet" in cells[6]
    links = [each["href"] for each in page.select("tbody a")]
    assert address("door", workshop) in links
    assert address("notes", workshop) in links


@pytest.mark.parametrize(
    ("permissions", "allowed"),
    [
        ((), set()),
        (("workshops.view_registration",), {"workshops", "door", "door_list", "door_csv"}),
        (DOOR, {"workshops", "door", "door_list", "door_csv"}),
        (("workshops.add_point",), {"workshops", "notes"}),
    ],
)
def test_each_role_opens_what_it_may_and_nothing_else(client, workshop, permissions, allowed):
    signed_in(client, *permissions)
    for name in ("workshops", "door", "door_list", "door_csv", "notes"):
        where = reverse("workshops:workshops") if name == "workshops" else address(name, workshop)
        assert (client.get(where).status_code == 200) is (name in allowed), name


@pytest.mark.parametrize("name", ["attendance", "walk_in", "joining", "points", "notes"])
def test_a_reader_writes_nothing(client, workshop, name):
    signed_in(client, "workshops.view_registration")
    typed = {"name": "Cy", "consent": "on", "address": LINK, "text": "Notes"}
    assert client.post(address(name, workshop), typed).status_code in (302, 403)
    assert not Registration.objects.exists()
    assert not JoiningLink.objects.exists()
    assert not SessionNotes.objects.exists()


def test_visitors_are_sent_to_sign_in(client, workshop):
    for name in ("door", "door_csv", "notes"):
        response = client.get(address(name, workshop))
        assert response.status_code == 302
        assert "login" in response["Location"]


def test_a_tick_records_who_came_and_leaves_others_alone(client, workshop):
    ada, ben = registered(workshop, "Ada", BEFORE), registered(workshop, "Ben", BEFORE)
    signed_in(client, *DOOR)
    page = soup(client.get(address("door", workshop)))
    listed = [each["value"] for each in page.select('input[name="listed"]')]
    assert set(listed) == {str(ada.pk), str(ben.pk)}
    client.post(address("attendance", workshop), {"listed": listed, "arrived": [ada.pk]})
    # A second officer whose page was older ticks Ben, and Ada stays.
    client.post(address("attendance", workshop), {"listed": listed, "arrived": [ben.pk]})
    assert Registration.objects.filter(arrived_at__isnull=False).count() == 2
    page = soup(client.get(address("door", workshop)))
    was = [each["value"] for each in page.select('input[name="was"]')]
    assert set(was) == {str(ada.pk), str(ben.pk)}
    client.post(
        address("attendance", workshop), {"listed": listed, "was": was, "arrived": [ada.pk]}
    )
    assert [each.name for each in Registration.objects.filter(arrived_at__isnull=False)] == ["Ada"]


@pytest.mark.parametrize("key", ["", "x", "-1", "1e3", "²", "9" * 40])
def test_keys_that_are_none_change_nothing(client, workshop, key):
    registered(workshop, "Ada", BEFORE)
    signed_in(client, *DOOR)
    response = client.post(address("attendance", workshop), {"listed": key, "arrived": key})
    assert response.status_code == 302
    assert not Registration.objects.filter(arrived_at__isnull=False).exists()


def test_before_the_door_opens_nobody_is_ticked_and_the_officer_is_told(client, workshop, stand_at):
    stand_at(BEFORE)
    ada = registered(workshop, "Ada", BEFORE)
    signed_in(client, *DOOR)
    posted = {"listed": [ada.pk], "arrived": [ada.pk]}
    response = client.post(address("attendance", workshop), posted, follow=True)
    assert "30 minutes before the start: nothing was saved." in response.content.decode()
    assert not Registration.objects.filter(arrived_at__isnull=False).exists()


def test_a_walk_in_is_added_and_a_wrong_one_is_shown_again(client, workshop):
    signed_in(client, *DOOR)
    wrong = client.post(address("walk_in", workshop), {"name": "Cy", "email": "cy"})
    assert wrong.status_code == 422
    assert soup(wrong).find(id="id_name")["value"] == "Cy"
    assert not Registration.objects.exists()
    client.post(address("walk_in", workshop), {"name": "Cy", "consent": "on"})
    came = Registration.objects.get()
    assert (came.is_walk_in, came.arrived_at is not None, came.email) == (True, True, "")
    assert letters() == []


def test_the_joining_link_is_set_at_the_desk(client, workshop):
    signed_in(client, *DOOR)
    wrong = client.post(address("joining", workshop), {"address": "room 4"})
    assert wrong.status_code == 422
    assert "room 4" in wrong.content.decode()
    client.post(address("joining", workshop), {"address": LINK, "note": "Passcode 8812"})
    link = JoiningLink.objects.get()
    assert (link.address, link.note) == (LINK, "Passcode 8812")
    assert LINK in client.get(address("door", workshop)).content.decode()


def test_a_reader_is_not_shown_the_joining_link(client, workshop):
    JoiningLink.objects.create(workshop=workshop, address=LINK)
    signed_in(client, "workshops.view_registration")
    assert LINK not in client.get(address("door", workshop)).content.decode()


def test_the_door_list_is_a_page_to_print_and_a_file_that_runs_nothing(client, workshop):
    registered(workshop, "Zoe", BEFORE, access_needs="Captions,\nplease")
    take_place(workshop, Wanted("=cmd()", "ben@example.org"), BEFORE)
    registered(workshop, "Cy", BEFORE)
    signed_in(client, *DOOR)
    printed = client.get(address("door_list", workshop))
    names = [each.text for each in soup(printed).select("tbody th")]
    assert names == ["=cmd()", "Zoe", "Cy"]
    response = client.get(address("door_csv", workshop))
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        ["Name", "Access needs", "Standing", "Arrived"],
        ["'=cmd()", "", "Has a place", ""],
        ["Zoe", "Captions,\nplease", "Has a place", ""],
        ["Cy", "", "On the waiting list", ""],
    ]
    for each in (printed, response):
        assert "no-store" in each["Cache-Control"]
        assert "example.org" not in each.content.decode()


def test_points_join_the_register_and_a_wrong_one_is_shown_again(client, workshop):
    signed_in(client, "workshops.add_point")
    form = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "0"}
    wrong = client.post(
        address("points", workshop),
        form | {"form-0-text": "Lights", "form-1-text": "Buses", "form-1-raised_by": "many"},
    )
    assert wrong.status_code == 422
    assert soup(wrong).find(id="id_form-0-text").text.strip() == "Lights"
    assert not Response.objects.exists()
    client.post(
        address("points", workshop),
        form | {"form-0-text": "Lights", "form-0-raised_by": "4", "form-2-text": "Buses"},
    )
    assert [each.text for each in Point.objects.all()] == ["Lights", "Buses"]
    assert Response.objects.filter(channel="workshop").count() == 2
    page = client.get(address("notes", workshop)).content.decode()
    for point in Point.objects.all():
        assert point.reference in page


def test_points_that_are_none_are_refused_in_a_sentence(client, workshop, stand_at):
    signed_in(client, "workshops.add_point")
    form = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "0"}
    response = client.post(address("points", workshop), form)
    assert response.status_code == 422
    assert "Write at least one point" in response.content.decode()
    stand_at(BEFORE)
    early = client.post(address("points", workshop), form | {"form-0-text": "Lights"})
    assert early.status_code == 422
    assert not Point.objects.exists()


@pytest.mark.parametrize("form", [{}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": "999999"}])
def test_a_post_of_points_without_its_frame_is_no_fault_of_ours(client, workshop, form):
    signed_in(client, "workshops.add_point")
    assert client.post(address("points", workshop), form).status_code == 422


def test_notes_are_kept(client, workshop):
    signed_in(client, "workshops.add_point")
    client.post(address("notes", workshop), {"text": "Began late."})
    assert SessionNotes.objects.get().text == "Began late."
    assert "Began late." in client.get(address("notes", workshop)).content.decode()


def test_publishing_a_workshop_with_more_room_passes_places_on_at_once(client, stand_at):
    stand_at(BEFORE)
    workshop = make_workshop(capacity=1)
    registered(workshop, "Ada")
    registered(workshop, "Ben")
    client.force_login(make_user(is_superuser=True))
    edit = reverse("wagtailadmin_pages:edit", args=[workshop.pk])
    form = soup(client.get(edit)).find("form", id="page-edit-form")
    typed = {
        each["name"]: each.get("value", "")
        for each in form.find_all("input")
        if each.get("name") and each.get("type") not in ("checkbox", "radio", "submit")
    }
    typed |= {each["name"]: each.text.strip() for each in form.find_all("textarea")}
    typed |= {"held": "online", "capacity": "2", "action-publish": "action-publish"}
    response = client.post(edit, typed)
    assert response.status_code == 302, soup(response).select(".error-message")
    assert letters("ben@example.org") == ["waiting", "promoted"]


def test_the_door_asks_the_database_as_often_whatever_the_number_of_people(client, stand_at):
    workshop = make_workshop(capacity=50)
    registered(workshop, "Ada", BEFORE)
    signed_in(client, *DOOR)
    where = address("door", workshop)
    client.get(where)
    with CaptureQueriesContext(connection) as one:
        client.get(where)
    for number in range(10):
        registered(workshop, f"Person{number}", BEFORE)
    with CaptureQueriesContext(connection) as ten:
        client.get(where)
    assert len(ten) == len(one)


def test_the_list_asks_as_often_whatever_the_number_of_workshops(client, workshop):
    signed_in(client, *DOOR)
    where = reverse("workshops:workshops")
    client.get(where)
    with CaptureQueriesContext(connection) as one:
        client.get(where)
    for _ in range(9):
        registered(make_workshop(starts_at=ENDS, ends_at=ENDS.replace(hour=22)), "Ada", BEFORE)
    with CaptureQueriesContext(connection) as ten:
        client.get(where)
    assert len(ten) == len(one)


def test_what_comes_next_stands_first_and_then_what_was_held_last(client, stand_at):
    stand_at(STARTS)
    for days, title in ((-9, "Long ago"), (9, "Later"), (-2, "Lately"), (0, "Now"), (2, "Next")):
        shift = timedelta(days=days)
        make_workshop(title=title, starts_at=STARTS + shift, ends_at=ENDS + shift)
    page = soup(signed_in(client, *DOOR).get(reverse("workshops:workshops")))
    titles = [each.text.strip() for each in page.select("td.title a")]
    assert titles == ["Now", "Next", "Later", "Lately", "Long ago"]
