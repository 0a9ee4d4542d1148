"""The dashboard: tiles, filters in the address, what the last update changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.factories import (
    make_area,
    make_dashboard,
    make_measure,
    make_observations,
    make_plan,
    make_release,
)
from tests.performance.views.conftest import FIRST, VALUES, Page

from folkmoot.performance.models import Dashboard
from folkmoot.plans.models import Outcome, Priority

pytestmark = pytest.mark.django_db


def test_a_tile_shows_value_reading_and_period(page: Page, board: Dashboard) -> None:
    tile = page(board.url).select_one(".tile")
    assert tile is not None
    assert tile.select_one(".tile-value").text == "302"
    assert "Getting worse" in tile.select_one(".reading").text
    assert "February 2021" in tile.select_one(".tile-period").text
    assert tile.a["href"] == f"{board.url}personal-robbery/"


def test_a_borough_shows_its_own_figures(page: Page, board: Dashboard) -> None:
    shown = page(f"{board.url}?area=barnet")
    assert shown.select_one(".tile-value").text == "5"
    assert shown.select_one(".tile a")["href"].endswith("?area=barnet")
    assert shown.select_one("#filter-area option[selected]").text == "Barnet"


def test_areas_without_residents_are_not_offered(page: Page, board: Dashboard) -> None:
    offered = [each.text for each in page(board.url).select("#filter-area option")]
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


def test_a_site_without_figures_says_so(page: Page) -> None:
    plan = make_plan()
    make_measure(plan)
    shown = page(make_dashboard(plan).url)
    assert "No figures yet" in shown.text


def test_an_area_without_a_figure_of_these_measures_is_not_offered(
    page: Page, board: Dashboard
) -> None:
    other = make_release(date(2021, 3, 6), source="population")
    camden = make_area("Camden", "borough")
    make_observations(other, "population", FIRST, [270_000], area=camden)
    offered = [each.text for each in page(board.url).select("#filter-area option")]
    assert offered == ["All of London", "Barnet"]


def test_tiles_stand_under_their_priority_and_outcome(page: Page, board: Dashboard) -> None:
    priority = Priority.objects.create(
        plan=board.statutory_plan, title="Increasing trust", slug="trust", order=2
    )
    outcome = Outcome.objects.create(priority=priority, title="People trust the police")
    burglary = make_measure(board.statutory_plan, title="Burglary", slug="burglary")
    burglary.outcome = outcome
    burglary.save()
    shown = page(board.url)
    assert [each.text for each in shown.select("h2[id^=priority]")] == [
        "Reducing violence",
        "Increasing trust",
    ]
    assert [each.text for each in shown.select("h3.outcome")] == [
        "Fewer people are robbed",
        "People trust the police",
    ]


def test_the_address_chooses_a_priority_or_a_measure(page: Page, board: Dashboard) -> None:
    make_measure(board.statutory_plan, title="Burglary", slug="burglary")
    assert len(page(board.url).select(".tile")) == 2
    chosen = page(f"{board.url}?measure=burglary")
    assert [each.a.text for each in chosen.select(".tile")] == ["Burglary"]
    assert chosen.select_one("#filter-measure option[selected]")["value"] == "burglary"
    chosen = page(f"{board.url}?priority=violence")
    assert len(chosen.select(".tile")) == 2
    assert chosen.select_one("#filter-priority option[selected]")["value"] == "violence"


@pytest.mark.parametrize("query", ["?measure=happiness", "?priority=happiness"])
def test_a_measure_or_priority_that_is_not_in_the_plan_is_not_found(
    client: Client, board: Dashboard, query: str
) -> None:
    response = client.get(f"{board.url}{query}")
    assert response.status_code == 404
    assert "There is no measure" in response.content.decode()


def test_a_target_is_shown_with_a_shape_and_words(page: Page, board: Dashboard) -> None:
    plan = board.statutory_plan
    make_measure(plan, title="Met", slug="met", series="burglary", target=500)
    release = make_release(date(2021, 3, 6))
    make_observations(release, "burglary", FIRST, VALUES[:-1])
    shown = page(f"{board.url}?measure=met")
    assert shown.select_one(".assured").text.strip() == "● Target of 500 would be met every month"


def test_a_tile_leads_to_the_source_of_its_figure(page: Page, board: Dashboard) -> None:
    link = page(board.url).select_one(".tile-period a")
    assert "Released 5 March 2021" in link.text
    source = page(link["href"].split("#")[0]).select_one(f"#{link['href'].split('#')[1]}")
    assert "Release of 5 March 2021" in source.text
    assert "ab" * 32 in source.text


def test_an_earlier_day_shows_what_was_known_then_and_says_so(page: Page, board: Dashboard) -> None:
    later = make_release(date(2021, 9, 5))
    make_observations(later, "personal-robbery", FIRST, [*VALUES, 120])
    assert page(board.url).select_one(".tile-value").text == "120"
    then = page(f"{board.url}?known=2021-06-01")
    assert then.select_one(".tile-value").text == "302"
    assert "As known on 1 June 2021" in then.text
    assert then.select_one(".tile a")["href"].endswith("?known=2021-06-01")
    assert then.select_one("#filter-known")["value"] == "2021-06-01"
    before = page(f"{board.url}?known=2021-03-04")
    assert before.select_one(".tile-value").text == "[x]"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?known=2121-01-01", "1 January 2121 is still to come"),
        ("?known=2021-02-31", "&#x27;2021-02-31&#x27; is not a day"),
        ("?known=20210201", "is not a day: write it like"),
    ],
)
def test_a_day_that_is_none_or_still_to_come_is_not_found(
    client: Client, board: Dashboard, query: str, sentence: str
) -> None:
    response = client.get(f"{board.url}{query}")
    assert response.status_code == 404
    assert sentence in response.content.decode()


def test_the_first_release_of_all_changes_nothing(page: Page, board: Dashboard) -> None:
    assert page(board.url).select_one("#what-changed") is None


def test_what_changed_since_the_last_update_names_signals_and_revisions(
    page: Page, board: Dashboard
) -> None:
    later = make_release(date(2021, 4, 5))
    revised = [*VALUES[:5], 233, *VALUES[6:]]
    make_observations(later, "personal-robbery", FIRST, [*revised, 200, 199])
    shown = page(board.url)
    assert "5 April 2021, brought new figures of 1 measure" in shown.text
    section = shown.find(id="what-changed").parent
    ended = section.find("h3", string="Signals that ended").parent
    assert ended.a.text == "Personal robbery"
    assert "Before: getting worse" in ended.text
    revisions = section.find("h3", string="Largest revisions").parent
    assert "June 2020: 203 became 233 (+14.8%)" in revisions.text
    assert revisions.a["href"] == f"{board.url}personal-robbery/revisions/"


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
