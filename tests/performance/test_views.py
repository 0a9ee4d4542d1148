"""The dashboard, a measure's page, and its CSV."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests.factories import (
    make_area,
    make_dashboard,
    make_measure,
    make_observations,
    make_plan,
    make_release,
)

from folkmoot.core.periods import Month
from folkmoot.performance.models import Dashboard

VALUES = [200, 204, 197, 201, 199, 203, 198, 202, 200, 205, 196, 201, 199, 302]

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Dashboard:
    plan = make_plan()
    make_measure(plan, slug="personal-robbery", caveat="Shows police activity as well as crime.")
    release = make_release(date(2021, 3, 5))
    make_observations(release, "personal-robbery", Month(2020, 1), VALUES)
    barnet = make_area("Barnet", "borough")
    make_observations(release, "personal-robbery", Month(2020, 1), [5] * 14, area=barnet)
    make_area("Unknown", "pseudo")
    return make_dashboard(plan)


def page(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_a_tile_shows_value_reading_and_period(client: Client, board: Dashboard) -> None:
    tile = page(client, board.url).select_one(".tile")
    assert tile is not None
    assert tile.select_one(".tile-value").text == "302"
    assert "Getting worse" in tile.select_one(".reading").text
    assert "February 2021" in tile.select_one(".tile-period").text
    assert tile.a["href"] == f"{board.url}personal-robbery/"


def test_a_borough_shows_its_own_figures(client: Client, board: Dashboard) -> None:
    shown = page(client, f"{board.url}?area=barnet")
    assert shown.select_one(".tile-value").text == "5"
    assert shown.select_one(".tile a")["href"].endswith("?area=barnet")
    assert shown.select_one("#filter-area option[selected]").text == "Barnet"


def test_areas_without_residents_are_not_offered(client: Client, board: Dashboard) -> None:
    offered = [each.text for each in page(client, board.url).select("#filter-area option")]
    assert offered == ["All of London", "Barnet"]


@pytest.mark.parametrize(
    "query", ["?area=atlantis", "?area=unknown", "?to=2020-13", "?to=yesterday"]
)
def test_an_unknown_area_or_month_is_not_found_with_a_way_on(
    client: Client, board: Dashboard, query: str
) -> None:
    response = client.get(f"{board.url}{query}")
    assert response.status_code == 404
    assert b'href="/"' in response.content


def test_an_unknown_measure_is_not_found(client: Client, board: Dashboard) -> None:
    response = client.get(f"{board.url}happiness/")
    assert response.status_code == 404
    assert "There is no measure" in response.content.decode()


def test_a_measure_shows_chart_text_table_source_and_caveat(
    client: Client, board: Dashboard
) -> None:
    shown = page(client, f"{board.url}personal-robbery/")
    assert shown.h1.text == "Personal robbery"
    figure = shown.select_one("figure")
    assert figure.select_one("svg[role=img] title")
    assert "The highest month was February 2021 with 302" in figure.text
    rows = figure.select("tbody tr")
    assert len(rows) == len(VALUES)
    assert rows[0].th.text == "February 2021"
    assert rows[0].td.text == "302"
    assert "release of March 2021" in figure.text
    assert "Shows police activity as well as crime." in shown.text
    assert "abab" in shown.select_one(".hash").text


def test_the_csv_holds_what_the_table_shows(client: Client, board: Dashboard) -> None:
    shown = page(client, f"{board.url}personal-robbery/")
    address = shown.select_one("figure a[href*=csv]")["href"]
    response = client.get(address)
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(response.content.decode())))
    assert [int(row["value"]) for row in rows] == VALUES
    assert rows[0]["period"] == "2020-01"
    assert rows[0]["released_on"] == "2021-03-05"
    printed = [row.td.text for row in shown.select("figure tbody tr")]
    assert printed == [row["value"] for row in reversed(rows)]


def test_a_month_too_early_shows_not_available_and_no_zero(
    client: Client, board: Dashboard
) -> None:
    shown = page(client, f"{board.url}personal-robbery/?to=2019-12")
    assert "A missing figure is not a zero" in shown.text
    assert shown.select_one("figure") is None


def test_a_site_without_figures_says_so(client: Client) -> None:
    plan = make_plan()
    make_measure(plan)
    shown = page(client, make_dashboard(plan).url)
    assert "No figures yet" in shown.text


def test_queries_do_not_grow_with_measures(
    client: Client, board: Dashboard, django_assert_max_num_queries, settings
) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0
    client.get(board.url)
    counted = []
    for more in (0, 9):
        for _ in range(more):
            make_measure(board.statutory_plan)
        with django_assert_max_num_queries(25) as queries:
            client.get(board.url, {"fresh": more})
        counted.append(len(queries))
    assert counted[0] == counted[1]
