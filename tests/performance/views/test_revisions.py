"""What releases say differently: by size, and every value of a month."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from tests.factories import make_dashboard, make_measure, make_observations, make_plan, make_release
from tests.performance.views.conftest import FIRST, VALUES, Page

from folkmoot.performance.acts import import_release
from folkmoot.performance.models import Dashboard, Release

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def revised(board: Dashboard) -> str:
    """The address of the revisions of a measure with three releases."""
    for day, values in (
        (date(2021, 4, 5), [201, 204, 190, *VALUES[3:], 250]),
        (date(2021, 5, 5), [201, 205, 190, *VALUES[3:], 251, 240]),
    ):
        make_observations(make_release(day), "personal-robbery", FIRST, values)
    return f"{board.url}personal-robbery/revisions/"


def rows_of(table) -> list[list[str]]:
    return [[cell.text for cell in row.select("th, td")] for row in table.select("tbody tr")]


def test_the_latest_two_releases_are_compared_largest_first(page: Page, revised: str) -> None:
    shown = page(revised)
    assert "gives 2 of the 15 months that it shares with that of 5 April 2021 differently" in (
        shown.select_one(".lead").text
    )
    assert rows_of(shown.select_one("table")) == [
        ["March 2021", "250", "251", "+1", "+0.4%"],
        ["February 2020", "204", "205", "+1", "+0.5%"],
    ]


def test_any_two_releases_can_be_compared(page: Page, revised: str) -> None:
    shown = page(f"{revised}?before=2021-03-05&after=2021-05-05")
    assert [row[0] for row in rows_of(shown.select_one("table"))] == [
        "March 2020",
        "February 2020",
        "January 2020",
    ]
    assert shown.select_one("#filter-before option[selected]")["value"] == "2021-03-05"


def test_the_list_can_be_downloaded(client: Client, page: Page, revised: str) -> None:
    address = page(f"{revised}?before=2021-03-05&after=2021-05-05").select_one("a[href*=csv]")
    response = client.get(address["href"])
    rows = list(csv.DictReader(StringIO(response.content.decode())))
    assert [(row["period"], row["value_before"], row["value_after"]) for row in rows] == [
        ("2020-03", "197", "190"),
        ("2020-02", "204", "205"),
        ("2020-01", "200", "201"),
    ]
    assert {row["released_after"] for row in rows} == {"2021-05-05"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?before=2021-05-05&after=2021-03-05", "Choose an earlier release first"),
        ("?before=2020-01-01", "No release of 1 January 2020 was known"),
        ("?after=2021-05-05&known=2021-04-20", "No release of 5 May 2021 was known"),
        ("?before=yesterday", "is not a day"),
        ("?month=2021-13", "is not a month"),
    ],
)
def test_a_pair_or_month_that_there_is_not_is_not_found(
    client: Client, revised: str, query: str, sentence: str
) -> None:
    response = client.get(f"{revised}{query}")
    assert response.status_code == 404
    assert sentence in response.content.decode()


def test_as_known_on_a_day_a_later_release_is_not_there(page: Page, revised: str) -> None:
    shown = page(f"{revised}?known=2021-04-20&month=2020-02")
    assert [row[0] for row in rows_of(shown.select_one("#every-value"))] == [
        "5 April 2021",
        "5 March 2021",
    ]
    assert "As known on 20 April 2021" in shown.text


def test_a_single_release_has_no_revision_and_says_so(page: Page, board: Dashboard) -> None:
    shown = page(f"{board.url}personal-robbery/revisions/")
    assert "Only one release is held" in shown.select_one(".lead").text
    assert shown.select_one("table") is None


def test_a_month_that_no_release_gives_is_not_available(page: Page, revised: str) -> None:
    shown = page(f"{revised}?month=2019-01")
    assert "A missing figure is not a zero" in shown.select_one("#every-value").text


def test_london_in_october_2023_as_known_after_each_published_release(
    page: Page, shared_data: Path
) -> None:
    """The published files of February 2024 and of March 2025, both imported."""
    plan = make_plan()
    make_measure(plan, slug="all", title="All recorded crime", series="all-recorded-crime")
    board = make_dashboard(plan)
    for folder, day in (("2024-02", date(2024, 2, 10)), ("2025-03", date(2025, 3, 10))):
        files = sorted((shared_data / "mps-borough-crime" / folder).glob("*.csv"))
        import_release(files, at=AT, released_on=day)
    assert Release.objects.count() == 2
    october = {}
    for known in ("2024-03-01", "2025-04-01"):
        shown = page(f"{board.url}all/?known={known}")
        (october[known],) = [
            row for row in rows_of(shown.select_one("figure")) if row[0] == "October 2023"
        ]
    assert october["2024-03-01"][1] == "82,404"
    assert october["2025-04-01"][1] == "82,471"
    assert october["2025-04-01"][2].startswith("[r] revised")
    now = page(f"{board.url}all/revisions/?month=2023-10")
    assert rows_of(now.select_one("#every-value")) == [
        ["10 March 2025", "MPS Borough Level Crime", "82,471", "+67"],
        ["10 February 2024", "MPS Borough Level Crime", "82,404", "first given"],
    ]
    listed = {row[0]: row[1:] for row in rows_of(now.select("table")[1])}
    assert listed["October 2023"] == ["82,404", "82,471", "+67", "+0.1%"]
