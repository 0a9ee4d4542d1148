"""A measure's figures as CSV, spreadsheet, drawing and picture."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests.factories import make_observations, make_release
from tests.performance.views.conftest import FIRST, VALUES, Page

from folkmoot.performance.models import Dashboard

pytestmark = pytest.mark.django_db


def test_the_csv_holds_what_the_table_shows(client: Client, page: Page, board: Dashboard) -> None:
    shown = page(f"{board.url}personal-robbery/")
    address = shown.select_one("figure a[href*=csv]")["href"]
    response = client.get(address)
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(response.content.decode())))
    assert [int(row["value"]) for row in rows] == VALUES
    assert rows[0]["period"] == "2020-01"
    assert rows[0]["released_on"] == "2021-03-05"
    printed = [row.td.text for row in shown.select("figure tbody tr")]
    assert printed == [row["value"] for row in reversed(rows)]


def test_the_csv_marks_what_is_revised(client: Client, board: Dashboard) -> None:
    later = make_release(date(2021, 4, 5))
    make_observations(later, "personal-robbery", FIRST, [*VALUES[:-1], 300, 250])
    response = client.get(f"{board.url}personal-robbery/table.csv")
    rows = list(csv.DictReader(StringIO(response.content.decode())))
    assert [row["mark"] for row in rows[-3:]] == ["", "[r]", "[p]"]


def test_a_file_of_rolling_months_holds_sums_and_says_so_in_its_name(
    client: Client, board: Dashboard
) -> None:
    response = client.get(f"{board.url}personal-robbery/table.csv?show=rolling-12-months")
    assert "personal-robbery-london-rolling-12-months.csv" in response["Content-Disposition"]
    rows = list(csv.DictReader(StringIO(response.content.decode())))
    assert rows[-1]["twelve_months_to"] == "2021-02"
    assert int(rows[-1]["sum"]) == sum(VALUES[-12:])


def test_the_spreadsheet_holds_the_table_with_its_source(client: Client, board: Dashboard) -> None:
    response = client.get(f"{board.url}personal-robbery/table.xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(BytesIO(response.content))
    cells = [[cell.value for cell in row] for row in book["Figures"].iter_rows()]
    (latest,) = [row for row in cells if row[0] == "February 2021"]
    assert latest[1] == 302
    assert any("release of March 2021" in str(cell) for row in cells for cell in row)


def test_the_same_figures_give_the_same_spreadsheet(client: Client, board: Dashboard) -> None:
    address = f"{board.url}personal-robbery/table.xlsx"
    assert client.get(address).content == client.get(address, {"again": 1}).content


def test_the_drawing_carries_headline_and_source(client: Client, board: Dashboard) -> None:
    response = client.get(f"{board.url}personal-robbery/chart.svg")
    assert response["Content-Type"] == "image/svg+xml"
    drawing = response.content.decode()
    text = " ".join(BeautifulSoup(drawing, "xml").get_text(" ").split())
    assert "Personal robbery: getting worse" in text
    assert "release of March 2021" in text
    assert "var(--" not in drawing


def test_the_picture_is_a_png(client: Client, board: Dashboard) -> None:
    response = client.get(f"{board.url}personal-robbery/chart.png")
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert "personal-robbery-london.png" in response["Content-Disposition"]


@pytest.mark.parametrize("file", ["chart.svg", "chart.png", "table.xlsx"])
def test_without_a_figure_there_is_no_file(client: Client, board: Dashboard, file: str) -> None:
    response = client.get(f"{board.url}personal-robbery/{file}?to=2019-12")
    assert response.status_code == 404
    assert "No figure is held" in response.content.decode()


def test_every_download_of_the_page_is_there(client: Client, page: Page, board: Dashboard) -> None:
    offered = page(f"{board.url}personal-robbery/?area=barnet").select(".downloads a")
    assert len(offered) == 4
    for link in offered:
        assert "area=barnet" in link["href"]
        response = client.get(link["href"])
        assert response.status_code == 200
        assert "barnet" in response["Content-Disposition"]
