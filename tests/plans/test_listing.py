"""The list of plans."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_home, make_plan

from folkmoot.plans.models import PlanIndex

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2023-01-10"
    settings.PUBLIC_CACHE_SECONDS = 0
    make_home().add_child(instance=PlanIndex(title="Plans", slug="plans"))


def get(client: Client, query: str = "") -> BeautifulSoup:
    response = client.get(f"/plans/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_plans_in_force_stand_first(client: Client) -> None:
    for title, first, last in (
        ("Over", date(2017, 4, 1), date(2021, 3, 31)),
        ("In force", date(2021, 4, 1), date(2023, 1, 10)),
        ("To come", date(2023, 1, 11), date(2027, 3, 31)),
    ):
        make_plan(title=f"Plan: {title}", starts_on=first, ends_on=last)
    make_plan(title="Draft of nobody's business", live=False)
    page = get(client)
    assert [heading.get_text() for heading in page.select("main h2, main h3")] == [
        *("In force", "Plan: In force"),
        *("To come", "Plan: To come"),
        *("Before", "Plan: Over"),
    ]
    assert "April 2021 to January 2023. Led by The commissioner." in page.main.get_text()


def test_list_without_plans_says_so(client: Client) -> None:
    assert "There is no plan yet." in get(client).main.get_text()


def test_long_list_is_turned_by_page_with_constant_queries(client: Client) -> None:
    counts = []
    for number in (1, 22):
        for _ in range(number):
            make_plan()
        for _ in range(2):  # what is read once an edition
            get(client)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page = get(client)
        counts.append((len(queries), len(page.select("main .listed li"))))
    assert [shown for _, shown in counts] == [1, 20]
    assert counts[0][0] == counts[1][0]
    assert len(get(client, "?page=2").select("main .listed li")) == 3
