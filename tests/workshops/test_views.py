"""The workshop's page, registration, and a person's own page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workshops.making import (
    BEFORE,
    ENDS,
    LINK,
    STARTS,
    last_letter,
    letters,
    make_link,
    make_workshop,
    registered,
)

from folkmoot.workshops.models import Registration

pytestmark = pytest.mark.django_db
TYPED = {"name": "Ada", "email": "ada@example.org", "access_needs": "Captions", "consent": "yes"}
NEAR = STARTS - timedelta(minutes=30)


@pytest.fixture
def stand_at(stand_at, settings):
    settings.PUBLIC_CACHE_SECONDS = 0
    stand_at(BEFORE)
    return stand_at


@pytest.fixture
def workshop(stand_at):
    workshop = make_workshop()
    make_link(workshop)
    return workshop


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def own(workshop, registration):
    return f"{workshop.url}place/{registration.key}/"


def is_kept_nowhere(response):
    control = response["Cache-Control"]
    return "no-store" in control and "private" in control and "public" not in control


def test_the_page_says_when_where_what_it_asks_and_that_there_is_room(client, workshop):
    response = client.get(workshop.url)
    assert response.status_code == 200
    page = soup(response)
    assert page.h1.text == workshop.title
    text = " ".join(page.main.text.split())
    assert "Thursday 2 December 2021, 18:00 to 19:30 (London time)" in text
    assert "1 hour 30 minutes" in text
    assert "Three places left. You can register until 18:00 on 2 December 2021." in text
    assert workshop.asks in text
    assert page.find("a", string="Register")["href"] == f"{workshop.url}register/"
    assert not response.cookies


def test_a_workshop_in_a_place_says_its_address_and_how_to_get_in(client, stand_at):
    workshop = make_workshop(
        held="place", address="Town hall\nHigh Street", access_notes="<p>Step-free.</p>"
    )
    text = " ".join(soup(client.get(workshop.url)).main.get_text(" ").split())
    assert "How to get there" in text
    assert "Town hall High Street" in text
    assert "Step-free." in text


def test_a_full_workshop_offers_its_waiting_list(client, workshop):
    for name in ("Ben", "Cy", "Dee"):
        registered(workshop, name)
    page = soup(client.get(workshop.url))
    assert "All places are taken. You can join the waiting list." in page.main.text
    assert page.find("a", string="Join the waiting list")


def test_a_session_that_is_on_or_over_offers_no_registration(client, workshop, stand_at):
    stand_at(STARTS)
    page = soup(client.get(workshop.url))
    assert "Registration has closed" in page.main.text
    stand_at(ENDS)
    workshop.said = "<p>Most spoke of street lights.</p>"
    workshop.save()
    page = soup(client.get(workshop.url))
    assert "What was said" in page.main.text
    assert "Most spoke of street lights." in page.main.text
    assert not page.find("a", href=f"{workshop.url}register/")


def test_the_summary_is_not_shown_before_the_session_is_over(client, stand_at):
    workshop = make_workshop(said="<p>Most spoke of street lights.</p>")
    assert b"street lights" not in client.get(workshop.url).content


def test_one_called_off_says_so_and_why(client, stand_at):
    workshop = make_workshop(called_off_because="The speaker is ill.")
    page = soup(client.get(workshop.url))
    assert "This workshop does not take place" in page.main.text
    assert "The speaker is ill." in page.main.text
    assert client.get(f"{workshop.url}register/").status_code == 410


def test_registering_gives_a_place_and_says_no_more_than_look_at_your_e_mail(client, workshop):
    response = client.post(f"{workshop.url}register/", TYPED)
    assert (response.status_code, response["Location"]) == (303, f"{workshop.url}registered/")
    kept = Registration.objects.get()
    assert (kept.name, kept.email, kept.access_needs) == ("Ada", "ada@example.org", "Captions")
    assert kept.consent == workshop.consent
    page = client.get(response["Location"])
    assert "Look at your e-mail" in page.content.decode()


def test_no_answer_tells_whether_an_address_was_known(workshop, stand_at):
    registered(workshop, "Ada")
    stand_at(BEFORE + timedelta(hours=1))
    known, new = (
        Client().post(f"{workshop.url}register/", TYPED | {"email": email})
        for email in ("ADA@example.org", "new@example.org")
    )
    # Only the second of the clock may differ.
    told, told_new = ({**each.headers, "Expires": ""} for each in (known, new))
    assert (known.status_code, told) == (new.status_code, told_new)
    assert known.content == new.content
    assert letters("ada@example.org") == ["confirmed", "again"]
    assert letters("new@example.org") == ["confirmed"]


def test_what_was_typed_is_kept_where_it_is_refused(client, workshop):
    response = client.post(f"{workshop.url}register/", TYPED | {"email": "ada", "consent": ""})
    assert response.status_code == 422
    page = soup(response)
    assert page.title.text.startswith("Error: ")
    assert page.find(id="field-name")["value"] == "Ada"
    assert page.find(id="field-email")["value"] == "ada"
    assert page.find(id="field-email")["aria-invalid"] == "true"
    assert page.find(id="field-access_needs").text.strip() == "Captions"
    linked = [each["href"] for each in page.select(".error-summary a")]
    assert linked == ["#field-email", "#field-consent"]
    for anchor in linked:
        assert page.select_one(anchor)
    assert not Registration.objects.exists()


def test_a_program_that_fills_in_every_field_gets_no_place_and_a_person_is_told(client, workshop):
    response = client.post(f"{workshop.url}register/", TYPED | {"website": "https://spam.example"})
    assert response.status_code == 422
    field = soup(response).find(id="field-website")
    assert not field.find_parent(attrs={"aria-hidden": "true"})
    assert not Registration.objects.exists()


def test_the_field_for_programs_is_hidden_from_people(client, workshop):
    field = soup(client.get(f"{workshop.url}register/")).find(id="field-website")
    assert field["tabindex"] == "-1"
    assert field.find_parent(attrs={"aria-hidden": "true"})


def test_a_post_from_another_site_gives_no_place(workshop):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{workshop.url}register/", TYPED).status_code == 403
    form = soup(strict.get(f"{workshop.url}register/"))
    token = form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
    sent = strict.post(f"{workshop.url}register/", TYPED | {"csrfmiddlewaretoken": token})
    assert sent.status_code == 303


def test_registering_too_late_keeps_what_was_typed_to_copy(client, workshop, stand_at):
    stand_at(STARTS)
    response = client.post(f"{workshop.url}register/", TYPED)
    assert response.status_code == 410
    assert "Captions" in soup(response).main.text
    assert not Registration.objects.exists()


def test_the_joining_link_is_shown_to_those_with_a_place_near_the_time_only(
    client, workshop, stand_at
):
    ada = registered(workshop, "Ada")
    for at, is_shown in (
        (BEFORE, False),
        (NEAR - timedelta(minutes=2), False),
        (NEAR, True),
        (ENDS - timedelta(minutes=2), True),
        (ENDS, False),
    ):
        stand_at(at)
        response = client.get(own(workshop, ada))
        assert response.status_code == 200
        assert (LINK in response.content.decode()) is is_shown, at
        assert ("8812" in response.content.decode()) is is_shown, at
        assert is_kept_nowhere(response)
        assert response["X-Robots-Tag"] == "noindex"


def test_nobody_else_is_shown_the_joining_link(client, workshop, stand_at):
    workshop.capacity = 1
    workshop.save()
    ada, ben = registered(workshop, "Ada"), registered(workshop, "Ben")
    other = make_workshop()
    stand_at(NEAR)
    addresses = (
        workshop.url,
        f"{workshop.url}register/",
        f"{workshop.url}registered/",
        f"{workshop.url}calendar/",
        f"{workshop.url}place/{ada.key}/cancel/",
        own(workshop, ben),
        f"{workshop.url}place/{ada.pk}/",
        f"{workshop.url}place/{'x' * 43}/",
        f"{other.url}place/{ada.key}/",
        workshop.consultation.url,
    )
    for address in addresses:
        response = client.get(address)
        assert response.status_code < 500, address
        assert LINK not in response.content.decode(), address


@pytest.mark.parametrize("key", ["nothing", "x" * 43, "%00", "é", "..", "a%0d%0ab"])
def test_an_address_that_is_nobody_s_says_what_to_do(client, workshop, key):
    response = client.get(f"{workshop.url}place/{key}/")
    assert response.status_code == 404


def test_a_person_sees_how_many_wait_before_them(client, workshop):
    workshop.capacity = 1
    workshop.save()
    people = [registered(workshop, name) for name in ("Ada", "Ben", "Cy", "Dee")]
    said = [soup(client.get(own(workshop, each))).main.text for each in people]
    assert "You have a place" in said[0]
    assert "You are the next to get a place." in said[1]
    assert "One person is ahead of you." in said[2]
    assert "2 people are ahead of you." in said[3]


def test_looking_at_the_link_to_cancel_changes_nothing_and_a_post_cancels(client, workshop):
    ada = registered(workshop, "Ada")
    address = f"{own(workshop, ada)}cancel/"
    shown = client.get(address)
    assert "Give your place back?" in shown.content.decode()
    assert is_kept_nowhere(shown)
    assert Registration.objects.get().has_place
    response = client.post(address)
    assert (response.status_code, response["Location"]) == (303, own(workshop, ada))
    assert Registration.objects.get().standing == "cancelled"
    assert "You have no place any more" in client.get(own(workshop, ada)).content.decode()
    assert client.post(address).status_code == 303
    assert letters() == ["confirmed", "cancelled"]


def test_cancelling_needs_a_token_of_this_site(workshop):
    ada = registered(workshop, "Ada")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{own(workshop, ada)}cancel/").status_code == 403
    assert Registration.objects.get().has_place


def test_cancelling_too_late_says_so_and_changes_nothing(client, workshop, stand_at):
    ada = registered(workshop, "Ada")
    stand_at(STARTS)
    response = client.post(f"{own(workshop, ada)}cancel/")
    assert response.status_code == 410
    assert "Nothing was changed" in response.content.decode()
    assert Registration.objects.get().has_place


def test_an_erased_registration_has_no_page_any_more(client, workshop):
    ada = registered(workshop, "Ada")
    Registration.objects.filter(pk=ada.pk).update(erased_at=ENDS)
    assert client.get(own(workshop, ada)).status_code == 404


def test_the_links_in_the_letter_lead_to_the_person_s_own_pages(client, workshop):
    ada = registered(workshop, "Ada")
    text = last_letter("ada@example.org").text
    links = [word for word in text.split() if ada.key in word]
    assert len(links) == 2
    for link in links:
        assert client.get(f"/{link.split('/', 3)[3]}").status_code == 200


def test_the_cache_keeps_the_page_and_nothing_personal(client, workshop, settings):
    settings.PUBLIC_CACHE_SECONDS = 60
    ada = registered(workshop, "Ada")
    assert "public" in client.get(workshop.url)["Cache-Control"]
    for address in (
        f"{workshop.url}register/",
        f"{workshop.url}registered/",
        own(workshop, ada),
        f"{own(workshop, ada)}cancel/",
    ):
        assert is_kept_nowhere(Client().get(address)), address


def test_a_kept_page_is_forgotten_once_a_place_is_taken(
    client, workshop, settings, django_capture_on_commit_callbacks
):
    settings.PUBLIC_CACHE_SECONDS = 60
    assert "Three places left" in client.get(workshop.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        registered(workshop, "Ada")
    assert "Two places left" in client.get(workshop.url).content.decode()


def test_anybody_gets_the_session_as_a_calendar_file(client, workshop):
    response = client.get(f"{workshop.url}calendar/")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20211202T180000Z" in response.content


def test_the_page_asks_the_database_as_often_whatever_the_number_of_people(
    client, workshop, django_assert_num_queries
):
    client.get(workshop.url)
    with CaptureQueriesContext(connection) as captured:
        client.get(workshop.url)
    asked = len(captured)
    for number in range(10):
        registered(workshop, f"Person{number}")
    client.get(workshop.url)
    with django_assert_num_queries(asked):
        client.get(workshop.url)
    assert 0 < asked <= 12
