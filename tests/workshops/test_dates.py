"""Workshops in the calendars of consultations, and as search engines read them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from tests.factories import make_consultation, make_user
from tests.workshops.making import BEFORE, ENDS, LINK, STARTS, make_link, make_workshop
from wagtail.models import Page

from folkmoot.consultations.admin.doors import doors_of
from folkmoot.consultations.diary import dates
from folkmoot.consultations.models import TimelineEvent
from folkmoot.workshops.dates import dated, event

pytestmark = pytest.mark.django_db


def test_the_calendar_of_consultations_holds_their_workshops_and_no_others(
    django_assert_num_queries,
):
    one, two, other = make_consultation(), make_consultation(), make_consultation()
    first, second = make_workshop(one), make_workshop(two, held="place", address="Town hall")
    make_workshop(other)
    make_workshop(one, live=False)
    make_workshop(one, called_off_because="Ill.")
    list(dated([one, two], BEFORE))
    with django_assert_num_queries(1):
        found = list(dated([one, two], BEFORE))
    assert [each.name for each in found] == [f"workshop-{each.pk}" for each in (first, second)]
    assert [each.place for each in found] == ["Online", "Town hall"]
    assert {each.name for each in found} <= {each.name for each in dates([one, two], BEFORE)}


def test_a_workshop_that_the_timeline_leads_to_stands_in_the_calendar_once():
    consultation = make_consultation()
    workshop = make_workshop(consultation)
    TimelineEvent.objects.create(
        consultation=consultation,
        title=workshop.title,
        starts_at=STARTS,
        ends_at=ENDS,
        link_text="Register",
        link_page=Page.objects.get(pk=workshop.pk),
    )
    titles = [each.title for each in dates([consultation], BEFORE)]
    assert titles.count(workshop.title) == 1


def test_search_engines_read_an_event_that_is_still_to_come():
    workshop = make_workshop()
    (found,) = event(workshop, BEFORE)
    assert found["@type"] == "Event"
    assert found["startDate"] == STARTS.isoformat()
    assert found["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")
    assert found["location"]["url"].endswith(workshop.url)
    assert event(workshop, ENDS) == []
    workshop.called_off_because = "Ill."
    assert event(workshop, BEFORE)[0]["eventStatus"].endswith("/EventCancelled")
    assert event(workshop, ENDS + timedelta(days=1)) == []


def test_one_in_a_place_tells_search_engines_where():
    (found,) = event(make_workshop(held="place", address="Town hall\nHigh Street"), BEFORE)
    assert found["location"]["address"] == "Town hall, High Street"
    assert found["eventAttendanceMode"].endswith("/OfflineEventAttendanceMode")


def test_the_page_carries_its_event_and_never_the_joining_link(client, stand_at):
    stand_at(BEFORE)
    workshop = make_workshop()
    make_link(workshop)
    html = client.get(workshop.url).content.decode()
    script = BeautifulSoup(html, "html.parser").find("script", type="application/ld+json")
    assert json.loads(script.text)["@graph"][0]["name"] == workshop.title
    assert LINK not in html


def test_the_admin_of_a_consultation_leads_to_the_desk_whom_it_lets_in():
    consultation = make_consultation()
    officer, other = make_user("workshops.add_point"), make_user()
    assert "Workshops" in {door["words"] for door in doors_of(consultation, officer)}
    assert "Workshops" not in {door["words"] for door in doors_of(consultation, other)}
