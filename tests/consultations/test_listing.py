"""The list of consultations: its filters, counts, pages, and what it says when it is empty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import CLOSES, OPENS, make_consultation, make_plan
from wagtail.models import PageViewRestriction

from folkmoot.consultations.models import Consultation, Topic

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _while_open(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-09"
    settings.PUBLIC_CACHE_SECONDS = 0


def get(client: Client, query: str = "") -> BeautifulSoup:
    response = client.get(f"/consultations/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [heading.get_text() for heading in page.select("main .listed h3")]


def choices(page: BeautifulSoup, name: str) -> list[str]:
    return [option.get_text() for option in page.select(f"#filter-{name} option")]


def add(title: str, state: str, *topics: Topic, area: str = "", **fields: Any) -> Consultation:
    times = {
        "open": {"opens_at": OPENS, "closes_at": CLOSES, "outcome_at": None},
        "coming": {"opens_at": CLOSES, "closes_at": CLOSES + WEEK, "outcome_at": None},
        "closed": {"opens_at": OPENS - WEEK, "closes_at": OPENS, "outcome_at": None},
        "answered": {"opens_at": OPENS - WEEK, "closes_at": OPENS, "outcome_at": OPENS + WEEK},
    }
    plan = fields.pop("plan", None) or make_plan()
    consultation = make_consultation(plan, title=title, area=area, **(times[state] | fields))
    consultation.topics = topics
    consultation.save()
    return consultation


@pytest.fixture
def several() -> None:
    police = Topic.objects.create(name="Policing", slug="policing")
    roads = Topic.objects.create(name="Roads", slug="roads")
    Topic.objects.create(name="Unused", slug="unused")
    add("Draft plan", "open", police, area="London")
    add("Cycle lanes", "open", roads, area="Camden", closes_at=CLOSES - WEEK)
    add("Body cameras", "answered", police, roads, area="Camden")
    add("Budget", "coming")
    add("Noise", "closed", area="camden ")


@pytest.mark.usefixtures("several")
def test_filters_offer_what_the_site_has_with_counts(client: Client) -> None:
    page = get(client)
    assert choices(page, "state") == [
        *("All states (5)", "Open now (2)", "Coming (1)"),
        *("Closed, being analysed (1)", "Answered (1)"),
    ]
    assert choices(page, "topic") == ["All topics (5)", "Policing (2)", "Roads (2)"]
    assert [each.lower() for each in choices(page, "area")] == [
        *("all areas (5)", "camden (3)", "london (1)"),
    ]
    assert titles(page) == ["Cycle lanes", "Draft plan", "Budget", "Noise", "Body cameras"]


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?state=open", ["Cycle lanes", "Draft plan"]),
        ("?topic=policing", ["Draft plan", "Body cameras"]),
        ("?area=camden", ["Cycle lanes", "Noise", "Body cameras"]),
        ("?state=open&topic=roads&area=camden", ["Cycle lanes"]),
        ("?state=&topic=&area=", ["Cycle lanes", "Draft plan", "Budget", "Noise", "Body cameras"]),
    ],
)
def test_filters_work_together(client: Client, query: str, shown: list[str]) -> None:
    assert titles(get(client, query)) == shown


@pytest.mark.usefixtures("several")
def test_each_count_is_what_choosing_it_would_show(client: Client) -> None:
    page = get(client, "?topic=roads")
    assert [option["value"] for option in page.select("#filter-topic option[selected]")] == [
        "roads"
    ]
    for option in page.select("#filter-state option"):
        count = int(option.get_text().rpartition("(")[2].rstrip(")"))
        assert len(titles(get(client, f"?topic=roads&state={option['value']}"))) == count
    assert "2 consultations. Show all consultations" in " ".join(page.main.get_text(" ").split())


@pytest.mark.usefixtures("several")
def test_empty_list_says_what_to_do(client: Client) -> None:
    page = get(client, "?state=coming&topic=roads")
    assert titles(page) == []
    assert "No consultation is all of this at once." in page.main.get_text()
    assert page.select_one("p.shown a")["href"] == "/consultations/"
    assert choices(page, "state")[2] == "Coming (0)"


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("value", ["nonsense", "unused", '"><script>', "%00", "x" * 150])
def test_choice_the_site_does_not_have_is_left_out_and_said(client: Client, value: str) -> None:
    page = get(client, f"?topic={value}&state=open")
    assert titles(page) == ["Cycle lanes", "Draft plan"]
    assert "There is no such topic here, so it was left out." in page.main.get_text()
    assert "<script>" not in str(page.main)


def test_list_leaves_out_what_the_public_may_not_see(client: Client) -> None:
    add("Shown", "open")
    add("Draft", "open", live=False)
    PageViewRestriction.objects.create(page=add("Locked", "open"), restriction_type="login")
    page = get(client)
    assert titles(page) == ["Shown"]
    assert choices(page, "state") == ["All states (1)", "Open now (1)"]


def test_long_list_is_turned_by_page_and_keeps_its_filters(client: Client) -> None:
    plan = make_plan()
    for number in range(23):
        add(f"Open {number}", "open", plan=plan, area="Camden")
    add("Elsewhere", "open", plan=plan, area="Barnet")
    page = get(client, "?area=camden")
    seen = titles(page)
    assert len(seen) == 20
    following = page.select_one('.pages a[rel="next"]')["href"]
    assert following == "?area=camden&page=2"
    seen += titles(get(client, following))
    assert sorted(seen) == sorted(f"Open {number}" for number in range(23))
    for strange in ("0", "-3", "999", "x", "1e3"):
        assert titles(get(client, f"?page={strange}"))


def test_state_follows_the_clock(client: Client, settings: Any) -> None:
    add("Draft plan", "open", area="London")
    assert choices(get(client), "state")[1] == "Open now (1)"
    settings.FOLKMOOT_AT = "2022-02-01"
    assert choices(get(client), "state")[1] == "Closed, being analysed (1)"


@pytest.mark.parametrize("query", ["", "?state=open&topic=policing&area=camden"])
def test_queries_do_not_grow_with_consultations(client: Client, query: str) -> None:
    topics = [
        Topic.objects.create(name=name, slug=name.lower())
        for name in ("Policing", "Roads", "Parks")
    ]
    plan = make_plan()
    counts = []
    for number in (1, 19):
        for _ in range(number):
            add("Open", "open", *topics, plan=plan, area="Camden")
        get(client, query)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page = get(client, query)
        counts.append((len(queries), len(titles(page))))
    assert [shown for _, shown in counts] == [1, 20]
    assert counts[0][0] == counts[1][0]
    assert counts[0][0] <= 15
