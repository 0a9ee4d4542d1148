"""The page of all areas: figures, words, maps, links, CSV, and how many queries it takes."""

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
from folkmoot.performance.models import Dashboard, Release

pytestmark = pytest.mark.django_db

FIRST = Month(2022, 1)
COUNTS = {
    "Barnet": 30,
    "Bexley": 32,
    "Brent": 31,
    "Bromley": 29,
    "Ealing": 30,
    "Enfield": 31,
    "Hackney": 30,
    "Harrow": 32,
    "Havering": 29,
    "Hounslow": 30,
    "Camden": 60,
    "Westminster": 900,
}
ADDRESS = "personal-robbery/areas/"


def add_boroughs(counts: dict[str, int]) -> None:
    released = {"released_on": date(2024, 2, 1), "fingerprint": f"crime-{len(counts)}"}
    crime = make_release(**released, last_period=date(2023, 12, 1))
    people = make_release(
        date(2023, 11, 23), "population", title="Population", fingerprint=f"people-{len(counts)}"
    )
    for name, count in counts.items():
        area = make_area(name, "borough")
        make_observations(crime, "personal-robbery", FIRST, [count] * 23 + [count + 3], area=area)
        make_observations(people, "population", Month(2023, 6), [100_000], area=area)
    total = sum(counts.values())
    make_observations(crime, "personal-robbery", FIRST, [total] * 24)
    make_observations(
        crime, "personal-robbery", FIRST, [4] * 24, area=make_area("Unknown", "pseudo")
    )


@pytest.fixture
def board() -> Dashboard:
    plan = make_plan()
    make_measure(plan, slug="personal-robbery", caveat="Shows police activity as well as crime.")
    add_boroughs(COUNTS)
    return make_dashboard(plan)


def page(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def cells(shown: BeautifulSoup) -> list[list[str]]:
    rows = shown.select("#areas-in-order tbody tr")
    return [[cell.text for cell in row.select("th, td")] for row in rows]


def test_areas_stand_in_order_with_intervals_places_and_words(
    client: Client, board: Dashboard
) -> None:
    shown = page(client, board.url + ADDRESS)
    assert shown.h1.text == "Personal robbery: areas compared"
    figure = shown.select_one("#areas-in-order")
    assert figure.h2.text == (
        "Personal robbery: 2 of 12 areas higher than chance and the usual differences explain"
    )
    rows = cells(shown)
    order = [row[0] for row in rows]
    assert order[:5] == ["Westminster", "Camden", "Bexley", "Harrow", "Brent"]
    assert order[-1] == "Unknown"
    assert rows[1][:4] == ["Camden", "723", "100,000", "7.2"]
    assert rows[1][-1] == "Above the 99.8% limits"
    assert rows[2][5] == "3 to 12"
    assert rows[2][-1] == "Within the limits"
    assert "release of February 2024" in figure.text
    assert "Shows police activity as well as crime." in shown.text


def test_an_area_where_more_people_are_than_live_bears_its_caveat(
    client: Client, board: Dashboard
) -> None:
    shown = page(client, board.url + ADDRESS)
    assert "Far more people are there than live there" in cells(shown)[0][-1]
    assert "* Westminster: far more people" in shown.text


def test_what_is_no_place_is_said_to_have_no_rate(client: Client, board: Dashboard) -> None:
    row = cells(page(client, board.url + ADDRESS))[-1]
    assert row == [
        "Unknown",
        "48",
        "[z]",
        "[z]",
        "[z]",
        "[z]",
        "[z] no place with residents, so no rate",
    ]


def test_the_funnel_says_in_words_who_lies_outside(client: Client, board: Dashboard) -> None:
    figure = page(client, board.url + ADDRESS).select_one("#areas-in-funnel")
    assert figure.select_one("svg[role=img] title")
    assert "Above the 99.8% limits: Westminster and Camden." in figure.details.text
    assert "Below the 99.8% limits: none." in figure.details.text
    assert "4.0 per 1,000 residents, all areas together" in figure.details.text
    assert "without Westminster" in figure.details.text


def test_every_area_has_a_small_chart_on_one_scale_and_a_link(
    client: Client, board: Dashboard
) -> None:
    shown = page(client, f"{board.url}{ADDRESS}?to=2023-11")
    charts = shown.select(".multiples > li")
    assert [each.h3.text for each in charts] == sorted(COUNTS)
    assert charts[0].a["href"] == f"{board.url}personal-robbery/?area=barnet&to=2023-11"
    assert all(each.select_one("svg.sparkline") for each in charts)
    assert "times the area’s own average" in shown.text


def test_the_csv_holds_what_the_table_shows(client: Client, board: Dashboard) -> None:
    shown = page(client, f"{board.url}{ADDRESS}?to=2023-11")
    address = shown.select_one("#areas-in-order a[href*=csv]")["href"]
    response = client.get(address)
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(response.content.decode())))
    assert [row["area"] for row in rows] == [row[0] for row in cells(shown)]
    camden = rows[1]
    assert (camden["count"], camden["rate"], camden["per"]) == ("720", "7.2000", "1000")
    assert (camden["first_month"], camden["last_month"]) == ("2022-12", "2023-11")
    assert float(camden["upper_99_8_limit"]) < 7.2
    assert camden["reading"] == "Above the 99.8% limits"
    assert camden["population_of"] == "2023-06"
    assert camden["released_on"] == "2024-02-01"
    assert (rows[-1]["rate"], rows[-1]["residents_or_interviews"]) == ("", "")


def test_without_a_layout_there_is_no_map(client: Client, board: Dashboard) -> None:
    shown = page(client, board.url + ADDRESS)
    assert shown.select_one("#map") is None


def test_every_square_is_a_link_with_value_shape_and_words(
    client: Client, board: Dashboard
) -> None:
    board.tiles = [
        {"code": "E-camden", "name": "Cam", "column": 2, "row": 3},
        {"code": "E-barnet", "name": "Brn", "column": 3, "row": 1},
        {"code": "E-elsewhere", "name": "Els", "column": 1, "row": 1},
    ]
    board.save()
    squares = page(client, board.url + ADDRESS).select(".tile-map > li")
    elsewhere, barnet, camden = squares
    assert elsewhere.a is None
    assert "not available" in elsewhere.text
    assert "column-3" in barnet["class"]
    assert "row-1" in barnet["class"]
    assert barnet.a["href"] == f"{board.url}personal-robbery/?area=barnet"
    hidden = barnet.select_one(".visually-hidden").text
    assert hidden.startswith("Barnet: 3.6 per 1,000 residents, ")
    assert camden.select_one(".tile-square-value").text == "7.2"
    assert camden.select_one(".tile-square-shape").text in {"▲", "▼", "◆", "◇"}


def test_outlines_are_links_with_words(client: Client, board: Dashboard) -> None:
    board.outlines = {
        "width": 640.0,
        "height": 500.5,
        "areas": {
            "E-camden": {"path": "M0 0L1 0L1 1Z", "x": 0.5, "y": 0.5},
            "E-elsewhere": {"path": "M0 0L2 0L2 2Z", "x": 0.5, "y": 0.5},
        },
    }
    board.save()
    links = page(client, board.url + ADDRESS).select(".outline-map a")
    assert [each["href"] for each in links] == [f"{board.url}personal-robbery/?area=camden"]
    assert links[0]["aria-label"].startswith("Camden: 7.2 per 1,000 residents, ")


def test_without_residents_there_are_counts_and_no_order(client: Client, board: Dashboard) -> None:
    Release.objects.filter(source="population").delete()
    shown = page(client, f"{board.url}{ADDRESS}?to=2023-11")
    assert shown.select_one("#areas-in-order") is None
    assert shown.select_one("#areas-in-funnel") is None
    assert "Counts do not compare" in shown.text
    rows = [[cell.text for cell in row.select("th, td")] for row in shown.select("tbody tr")]
    assert rows[0] == ["Barnet", "360", "[x] no population known, so no rate"]


def test_a_survey_is_neither_ranked_nor_put_in_a_funnel(client: Client, board: Dashboard) -> None:
    make_measure(board.statutory_plan, slug="good-job", title="Good job", series="good-job-local")
    release = make_release(date(2024, 2, 1), "public-attitude-survey")
    for name, share in {"London": 0.48, "Barnet": 0.6, "Bexley": 0.47}.items():
        area = make_area(name, "total" if name == "London" else "borough")
        base = 3200 if name == "London" else 400
        make_observations(
            release, "good-job-local", Month(2022, 3), [share] * 8, area=area, step=3, base=base
        )
    shown = page(client, f"{board.url}good-job/areas/")
    figure = shown.select_one("#areas-in-order")
    assert figure.h2.text == "Good job: 1 of 2 areas higher than London by more than chance"
    rows = cells(shown)
    assert rows[0] == [
        "Barnet",
        "60%",
        "54% to 66%",
        "400",
        "Higher than London, by more than chance",
    ]
    assert rows[1][-1] == "About the same as London"
    assert shown.select_one("#areas-in-funnel") is None
    assert "per 1,000" not in shown.text
    assert "Every chart runs from 47% to 60%" in shown.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("happiness/areas/", "There is no measure"),
        ("personal-robbery/areas/?to=2020-13", "is not a month"),
        ("personal-robbery/areas/?known=yesterday", "is not a day"),
        ("voices/areas/", "read, not counted"),
    ],
)
def test_what_there_is_not_is_not_found(
    client: Client, board: Dashboard, address: str, words: str
) -> None:
    make_measure(board.statutory_plan, slug="voices", kind="qualitative", series="")
    response = client.get(board.url + address)
    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.parametrize("query", ["?to=2019-12", "?known=2023-11-01"])
def test_a_period_or_day_without_figures_says_so_and_offers_another(
    client: Client, board: Dashboard, query: str
) -> None:
    shown = page(client, f"{board.url}{ADDRESS}{query}")
    assert "A missing figure is not a zero" in shown.text
    assert shown.select_one("form.filters")


def test_the_measure_leads_to_all_areas(client: Client, board: Dashboard) -> None:
    shown = page(client, f"{board.url}personal-robbery/?to=2023-11")
    assert shown.select_one(f'main a[href="{board.url}{ADDRESS}?to=2023-11"]')


def test_queries_do_not_grow_with_areas(
    client: Client, board: Dashboard, django_assert_max_num_queries, settings
) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0
    client.get(board.url + ADDRESS)
    counted = []
    for more in (0, 1):
        if more:
            add_boroughs(COUNTS | {f"Borough {number}": 30 for number in range(27)})
        with django_assert_max_num_queries(25) as queries:
            client.get(board.url + ADDRESS, {"fresh": more})
        counted.append(len(queries))
    assert counted[0] == counted[1]
