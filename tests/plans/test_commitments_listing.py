"""The public list of commitments: by priority, standing and lead, as on a day, and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests.factories import make_commitment, make_measure, make_plan, make_section

from folkmoot.plans.models import Forecast, Plan, Priority

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2023-01-10"
    settings.PUBLIC_CACHE_SECONDS = 0


@pytest.fixture
def plan() -> Plan:
    plan = make_plan()
    measure = make_measure(plan)
    trust = Priority.objects.create(plan=plan, title="Trust", slug="trust", order=2)
    section = make_section(plan, priority=trust)
    make_commitment(
        plan,
        title="Overdue",
        lead="Frontline",
        due=date(2022, 12, 31),
        measures=[measure],
        lateness="Two left.",
        order=1,
    )
    late = make_commitment(
        plan,
        title="Delayed",
        lead="Local policing",
        due=date(2023, 6, 30),
        forecast=date(2023, 9, 1),
        lateness="No printer.",
        section=section,
        measures=[measure],
        order=2,
    )
    Forecast.objects.create(
        commitment=late, said_on=date(2023, 1, 5), expected=late.forecast, reason="No printer."
    )
    make_commitment(
        plan, title="Done", lead="Frontline", completed=date(2022, 12, 20), section=section, order=3
    )
    return plan


def page(client: Client, plan: Plan, query: str = "") -> BeautifulSoup:
    response = client.get(f"{plan.url}commitments/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(found: BeautifulSoup) -> list[str]:
    return [each.get_text() for each in found.select("main .listed h3")]


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


def test_list_shows_every_commitment_as_it_stands_today(client: Client, plan: Plan) -> None:
    found = page(client, plan)
    assert titles(found) == ["Overdue", "Delayed", "Done"]
    text = words(found.main)
    assert "as it stands today, 10 January 2023" in text
    assert "3 commitments: 1 completed, 1 delayed, 1 overdue." in text
    tags = [words(each) for each in found.select("main .listed .tag")]
    assert tags == ["Overdue", "Delayed", "Completed"]
    assert found.select_one("#filter-on")["value"] == "2023-01-10"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?priority=violence", ["Overdue", "Delayed"]),
        ("?priority=trust", ["Delayed", "Done"]),
        ("?standing=overdue", ["Overdue"]),
        ("?lead=frontline", ["Overdue", "Done"]),
        ("?lead=frontline&standing=completed&priority=trust", ["Done"]),
        ("?lead=local-policing&standing=completed", []),
    ],
)
def test_list_is_filtered_by_its_address(
    client: Client, plan: Plan, query: str, shown: list[str]
) -> None:
    found = page(client, plan, query)
    assert titles(found) == shown
    if not shown:
        assert "No commitment is all of this at once" in words(found.main)


def test_choices_say_how_many_each_would_show(client: Client, plan: Plan) -> None:
    found = page(client, plan, "?lead=frontline")
    offered = [words(each) for each in found.select("#filter-standing option")]
    assert offered == ["However it stands (2)", "Completed (1)", "Delayed (0)", "Overdue (1)"]
    assert words(found.select_one("#filter-lead option[selected]")) == "Frontline (2)"


@pytest.mark.parametrize(
    ("on", "stands"),
    [
        ("2022-12-19", ["On track", "On track", "On track"]),
        ("2022-12-20", ["On track", "On track", "Completed"]),
        ("2023-01-04", ["Overdue", "On track", "Completed"]),
        ("05/01/2023", ["Overdue", "On track", "Completed"]),
        ("5 January 2023", ["Overdue", "Delayed", "Completed"]),
    ],
)
def test_list_is_as_it_was_known_on_a_day(
    client: Client, plan: Plan, on: str, stands: list[str]
) -> None:
    found = page(client, plan, f"?on={on}")
    if "/" in on:
        assert "may be 5 January 2023 or 1 May 2023" in words(found.main)
        return
    assert [words(each) for each in found.select("main .listed .tag")] == stands
    assert "as it was known on" in words(found.main)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?priority=nothing", "No commitment here has such a priority"),
        ("?standing=late", "No commitment here has such a standing"),
        ("?lead=nobody", "No commitment here has such a lead"),
        ("?on=2023-02-30", "is no day of the calendar"),
        ("?on=2023-01-11", "11 January 2023 is still to come"),
    ],
)
def test_what_there_is_not_is_left_out_with_a_sentence(
    client: Client, plan: Plan, query: str, said: str
) -> None:
    found = page(client, plan, query)
    assert said in words(found.main)
    assert len(titles(found)) == 3


def test_csv_holds_exactly_what_the_list_shows(client: Client, plan: Plan) -> None:
    found = page(client, plan, "?priority=trust&on=2023-01-04")
    link = found.select_one(".source a")["href"]
    response = client.get(link)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="commitments-2023-01-04.csv"' in response["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(response.content.decode()))
    assert head[3] == "Standing on 4 January 2023"
    assert [row[:4] for row in rows] == [
        ["Delayed", "Reducing violence; Trust", "Local policing", "On track"],
        ["Done", "Trust", "Frontline", "Completed"],
    ]
    assert [row[5:9] for row in rows] == [
        ["2023-06-30", "", "", ""],
        ["2022-12-31", "", "2022-12-20", ""],
    ]
    assert client.get(rows[0][-1]).status_code == 200
    later = list(
        csv.reader(
            io.StringIO(client.get(f"{plan.url}commitments/commitments.csv").content.decode())
        )
    )
    assert later[2][3:9] == [
        "Delayed",
        "expected 63 days late, on 1 September 2023",
        "2023-06-30",
        "2023-09-01",
        "",
        "No printer.",
    ]


def test_csv_holds_no_formula(client: Client) -> None:
    plan = make_plan()
    make_commitment(plan, title="=cmd|'/c calc'!A1", due=date(2024, 1, 1))
    response = client.get(f"{plan.url}commitments/commitments.csv")
    row = list(csv.reader(io.StringIO(response.content.decode())))[1]
    assert row[0] == "'=cmd|'/c calc'!A1"


def test_empty_list_says_so(client: Client) -> None:
    plan = make_plan()
    found = page(client, plan)
    assert "promises nothing with a day yet" in words(found.main)
    assert not found.select("form.filters")


def test_plan_and_priority_lead_to_the_list(client: Client, plan: Plan) -> None:
    for address, link in [
        (plan.url, f"{plan.url}commitments/"),
        (f"{plan.url}priorities/trust/", f"{plan.url}commitments/?priority=trust"),
    ]:
        found = BeautifulSoup(client.get(address).content, "html.parser")
        assert found.select_one(f'main a[href="{link}"]'), address
