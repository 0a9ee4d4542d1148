"""Feeds and calendars of consultations, read back as a feed reader and a calendar would."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from tests.factories import CLOSES, OPENS, PUBLISHED, make_consultation, make_plan, make_user
from wagtail.models import PageViewRestriction

from folkmoot.consultations import diary
from folkmoot.consultations.models import ClosingChange, Consultation, TimelineEvent, Update
from folkmoot.consultations.news import anchor

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://consult.example"
AFTER = "2022-04-01"


@pytest.fixture(autouse=True)
def _public_origin(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = BASE
    settings.FOLKMOOT_AT = AFTER
    settings.PUBLIC_CACHE_SECONDS = 0


def add_update(
    consultation: Consultation, on: date, title: str, text: str = "<p>News.</p>"
) -> Update:
    return Update.objects.create(consultation=consultation, on=on, title=title, text=text)


def atom(client: Client, url: str = "/feeds/news.atom") -> ET.Element:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]


def events(client: Client, url: str = "/feeds/calendar.ics") -> dict[str, Any]:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_feed_tells_what_happened_newest_first(client: Client) -> None:
    consultation = make_consultation(
        title="The draft", outcome="<p>The plan changed in <b>three</b> places.</p>"
    )
    add_update(consultation, date(2022, 1, 9), "Two weeks left")
    change = ClosingChange.objects.create(
        consultation=consultation,
        at=OPENS + timedelta(days=30),
        before=CLOSES - timedelta(days=7),
        after=CLOSES,
        reason="Snow closed the halls.",
        by=make_user(),
    )
    feed = atom(client)
    assert titles(feed) == [
        "Answered: The draft",
        "Closed: The draft",
        "Two weeks left: The draft",
        "New closing time: The draft",
        "Open: The draft",
    ]
    entries = list(feed.iter(f"{ATOM}entry"))
    assert entries[0].findtext(f"{ATOM}summary") == "The plan changed in three places."
    assert entries[0].findtext(f"{ATOM}updated") == PUBLISHED.isoformat()
    assert change.reason in (entries[3].findtext(f"{ATOM}summary") or "")
    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in entries]  # type: ignore[union-attr]
    assert links[0] == f"{BASE}{consultation.url}"
    assert links[2] == f"{BASE}{consultation.url}#update-2022-01-09-two-weeks-left"
    names = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(names)) == 5
    assert all(str(name).startswith("tag:consult.example,2021:") for name in names)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2021-11-16 08:00", []),
        ("2021-11-16 09:00", ["Open: The draft"]),
        ("2022-01-08 22:00", ["Open: The draft"]),
        ("2022-01-09 00:00", ["Two weeks left: The draft", "Open: The draft"]),
        ("2022-01-21 22:00", ["Two weeks left: The draft", "Open: The draft"]),
        (
            "2022-01-21 23:59",
            ["Closed: The draft", "Two weeks left: The draft", "Open: The draft"],
        ),
    ],
)
def test_feed_tells_nothing_before_its_instant(
    client: Client, settings: Any, at: str, told: list[str]
) -> None:
    settings.FOLKMOOT_AT = at
    consultation = make_consultation(title="The draft", outcome="<p>Not yet public.</p>")
    add_update(consultation, date(2022, 1, 9), "Two weeks left")
    feed = atom(client)
    assert titles(feed) == told
    assert b"Not yet public" not in ET.tostring(feed)


def test_feed_and_calendar_leave_out_what_the_public_may_not_see(client: Client) -> None:
    shown = make_consultation(title="Shown")
    draft = make_consultation(title="Draft", live=False)
    locked = make_consultation(title="Locked")
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    for each in (shown, draft, locked):
        add_update(each, date(2022, 1, 9), f"News of {each.title}")
        TimelineEvent.objects.create(
            consultation=each, stage="One", title=f"Event of {each.title}", starts_at=OPENS
        )
    assert {title.split()[-1] for title in titles(atom(client))} == {"Shown"}
    assert all(title.endswith("Shown") for title in events(client))
    for hidden in (draft, locked):
        for kind in ("news.rss", "news.atom", "calendar.ics"):
            assert client.get(f"/feeds/{hidden.pk}/{kind}").status_code == 404


def test_feed_of_one_consultation_tells_of_no_other(client: Client) -> None:
    plan = make_plan()
    one, _ = make_consultation(plan, title="One"), make_consultation(plan, title="Other")
    feed = atom(client, f"/feeds/{one.pk}/news.atom")
    assert feed.findtext(f"{ATOM}title") == "One"
    assert titles(feed) == ["Answered: One", "Closed: One", "Open: One"]
    assert set(events(client, f"/feeds/{one.pk}/calendar.ics")) == {"Opens: One", "Closes: One"}


def test_feed_holds_marks_and_control_characters(client: Client) -> None:
    consultation = make_consultation(title="Safe & <sound>\x0b", summary="1 < 2\x02")
    add_update(
        consultation, date(2022, 1, 9), "A & B", "<p>Fish &amp; chips <script>x</script></p>"
    )
    for kind in ("rss", "atom"):
        response = client.get(f"/feeds/news.{kind}")
        assert response.status_code == 200
        ET.fromstring(response.content)
    entry = next(atom(client).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}title") == "Answered: Safe & <sound>"


def test_rss_has_the_same_news(client: Client) -> None:
    make_consultation(title="The draft")
    response = client.get("/feeds/news.rss")
    assert response["Content-Type"].startswith("application/rss+xml")
    channel = ET.fromstring(response.content).find("channel")
    assert channel is not None
    assert [each.findtext("title") for each in channel.iter("item")] == titles(atom(client))
    guids = [each.find("guid") for each in channel.iter("item")]
    assert all(guid is not None and guid.attrib["isPermaLink"] == "false" for guid in guids)


@pytest.mark.parametrize("kind", ["news.rss", "news.atom", "calendar.ics"])
def test_unchanged_feed_is_not_sent_again(client: Client, settings: Any, kind: str) -> None:
    consultation = make_consultation()
    url = f"/feeds/{kind}"
    first = client.get(url)
    settings.FOLKMOOT_AT = "2022-04-02"
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(url, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    consultation.title = "Another title"
    consultation.save()
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_feed_with_nothing_to_tell_is_a_feed(client: Client) -> None:
    make_consultation().delete()
    assert titles(atom(client)) == []
    assert client.get("/feeds/news.atom").content == client.get("/feeds/news.atom").content
    assert events(client) == {}


def test_calendar_gives_instants_in_utc_and_days_as_days(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-06-01"
    consultation = make_consultation(title="The draft")
    summer = datetime(2022, 6, 8, 17, tzinfo=UTC)  # 18:00 in London
    for title, fields in {
        "A talk": {"starts_at": summer, "ends_at": summer + timedelta(minutes=90), "note": "Hall"},
        "A day": {"starts_at": summer},
        # From midnight in London to midnight there: 8 to 10 June.
        "Three days": {
            "starts_at": datetime(2022, 6, 7, 23, tzinfo=UTC),
            "ends_at": datetime(2022, 6, 10, 23, tzinfo=UTC),
        },
        "A month": {"starts_at": summer, "precision": "month"},
        "Unknown": {"precision": "unknown"},
    }.items():
        TimelineEvent.objects.create(consultation=consultation, stage="One", title=title, **fields)
    found = events(client)
    assert set(found) == {"Opens: The draft", "Closes: The draft", "A talk", "A day", "Three days"}
    assert found["Closes: The draft"].decoded("dtstart") == CLOSES
    assert found["A talk"].decoded("dtstart") == summer
    assert found["A talk"].decoded("dtend") == summer + timedelta(minutes=90)
    assert b"DTSTART:20220608T170000Z" in client.get("/feeds/calendar.ics").content
    assert found["A day"].decoded("dtstart") == date(2022, 6, 8)
    assert found["A day"].decoded("dtend") == date(2022, 6, 9)
    assert found["Three days"].decoded("dtstart") == date(2022, 6, 8)
    assert found["Three days"].decoded("dtend") == date(2022, 6, 11)
    assert "Hall" in str(found["A talk"]["DESCRIPTION"])


def test_calendar_knows_an_event_again_when_the_page_is_published_again(client: Client) -> None:
    consultation = make_consultation()
    consultation.events = [
        TimelineEvent(stage="One", title="Online workshop", starts_at=OPENS + timedelta(days=day))
        for day in (1, 8)
    ]
    consultation.save_revision().publish()
    url = f"/feeds/{consultation.pk}/calendar.ics"
    before = names(client, url)
    again = Consultation.objects.get(pk=consultation.pk)
    fresh = [
        TimelineEvent(stage=each.stage, title=each.title, starts_at=each.starts_at)
        for each in again.events.all()
    ]
    fresh[1].starts_at += timedelta(days=2)
    again.events = fresh
    again.save_revision().publish()
    after = names(client, url)
    assert list(before) == list(after)
    assert len(set(after)) == 4
    assert before != after


def names(client: Client, url: str) -> dict[str, Any]:
    calendar = Calendar.from_ical(client.get(url).content)
    return {str(each["UID"]): each.decoded("dtstart") for each in calendar.walk("VEVENT")}


def test_calendar_of_the_site_leaves_out_what_is_long_over(client: Client, settings: Any) -> None:
    consultation = make_consultation(title="The draft")
    settings.FOLKMOOT_AT = "2024-01-01"
    assert events(client) == {}
    assert len(events(client, f"/feeds/{consultation.pk}/calendar.ics")) == 2


def test_higher_room_adds_to_the_calendar(client: Client, monkeypatch: Any) -> None:
    consultation = make_consultation(title="The draft")
    starts = datetime(2022, 5, 1, 17, tzinfo=UTC)

    def workshops(consultations: Any, at: datetime) -> list[diary.Dated]:
        return [
            diary.Dated(
                name="workshop-1",
                kind="event",
                title="A workshop",
                starts=starts,
                ends=starts + timedelta(hours=1),
                url="/w/",
                changed=starts,
                place="Town hall",
            )
        ]

    monkeypatch.setattr(diary, "_SOURCES", [])
    diary.register_calendar(workshops)
    diary.register_calendar(workshops)
    found = events(client)["A workshop"]
    assert found["LOCATION"] == "Town hall"
    assert found["URL"] == f"{BASE}/w/"
    page = BeautifulSoup(client.get(consultation.url).content, "html.parser")
    graph = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"]
    service, workshop = graph
    assert service["@type"] == "GovernmentService"
    assert service["hoursAvailable"]["validThrough"] == CLOSES.isoformat()
    assert (workshop["@type"], workshop["startDate"]) == ("Event", starts.isoformat())


@pytest.mark.parametrize("url", ["/feeds/news.atom", "/feeds/news.rss", "/feeds/calendar.ics"])
def test_queries_of_a_feed_do_not_grow(client: Client, url: str) -> None:
    plan = make_plan()
    counts = []
    for number in (1, 19):
        for _ in range(number):
            consultation = make_consultation(plan)
            add_update(consultation, date(2022, 1, 9), "News")
            TimelineEvent.objects.create(
                consultation=consultation, stage="One", title="Event", starts_at=OPENS
            )
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_page_of_a_consultation_shows_each_update_where_its_feed_leads(client: Client) -> None:
    consultation = make_consultation()
    update = add_update(consultation, date(2022, 1, 9), "Two weeks left")
    page = BeautifulSoup(client.get(consultation.url).content, "html.parser")
    assert "Two weeks left" in page.find(id=anchor(update)).get_text()


def test_pages_lead_to_their_feeds(client: Client) -> None:
    consultation = make_consultation()
    page = BeautifulSoup(client.get(consultation.url).content, "html.parser")
    found = {
        link["href"] for link in page.select('link[rel="alternate"][type="application/atom+xml"]')
    }
    assert found == {"/feeds/news.atom", f"/feeds/{consultation.pk}/news.atom"}
    offered = {link["href"] for link in page.select(".follow a")}
    assert {f"/feeds/{consultation.pk}/news.atom", f"/feeds/{consultation.pk}/calendar.ics"} <= (
        offered
    )
    listed = BeautifulSoup(client.get("/consultations/").content, "html.parser")
    assert {link["href"] for link in listed.select(".follow a")} >= {
        "/feeds/news.atom",
        "/feeds/calendar.ics",
    }
