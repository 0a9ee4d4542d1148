"""The officer's list of signals, and the form that explains one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from tests.factories import (
    make_area,
    make_dashboard,
    make_measure,
    make_observations,
    make_plan,
    make_release,
    make_user,
)

from folkmoot.core.periods import Month
from folkmoot.performance.models import Commentary
from folkmoot.plans.models import Measure

VALUES = [100, 104, 97, 101, 99, 103, 98, 102, 100, 105, 96, 101, 99, 102, 150, 152]
SIGNALS = "performance:signals"

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(client: Client, settings: Any) -> Measure:
    settings.FOLKMOOT_AT = "2021-06-01"
    plan = make_plan()
    make_dashboard(plan)
    release = make_release(date(2021, 5, 5))
    make_observations(release, "personal-robbery", Month(2020, 1), VALUES)
    barnet = make_area("Barnet", "borough")
    make_observations(release, "personal-robbery", Month(2020, 1), VALUES[:14], area=barnet)
    client.force_login(make_user("performance.add_commentary"))
    return make_measure(plan, owner="Head of robbery")


def page(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def form_of(measure: Measure, month: str = "2021-03", area: str = "london") -> str:
    return reverse("performance:explain", args=[measure.pk, area, month])


def test_the_list_leads_from_a_signal_to_its_form_and_then_holds_what_was_said(
    client: Client, measure: Measure
) -> None:
    waiting = page(client, reverse(SIGNALS)).select_one("section[aria-labelledby=waiting]")
    assert "Getting worse since March 2021" in waiting.text
    assert "Head of robbery" in waiting.text
    assert waiting.a["href"] == form_of(measure)
    form = page(client, form_of(measure))
    assert "150 offences recorded" in form.text
    assert form.select_one("[name=author]")["value"] == "Head of robbery"
    sent = {"text": "Shops opened again.", "author": "Head of robbery", "replaces": "0"}
    response = client.post(form_of(measure), sent)
    assert response["Location"] == reverse(SIGNALS)
    shown = page(client, reverse(SIGNALS))
    assert "Not explained yet: 0" in shown.text
    assert "Shops opened again." in shown.select_one("section[aria-labelledby=explained]").text


def test_the_list_is_of_one_area_or_of_every_one(client: Client, measure: Measure) -> None:
    barnet = page(client, f"{reverse(SIGNALS)}?area=barnet")
    assert "Not explained yet: 0" in barnet.text
    assert barnet.select_one("#area option[selected]").text == "Barnet"
    assert "Not explained yet: 1" in page(client, f"{reverse(SIGNALS)}?area=every-area").text
    assert client.get(f"{reverse(SIGNALS)}?area=atlantis").status_code == 404


def test_a_refused_text_says_why_and_keeps_what_was_typed(client: Client, measure: Measure) -> None:
    response = client.post(form_of(measure), {"text": "Words.", "author": " ", "replaces": "0"})
    assert response.status_code == 422
    assert "Words." in response.content.decode()
    assert not Commentary.objects.exists()


def test_a_colleague_who_was_quicker_is_shown_and_nothing_is_lost(
    client: Client, measure: Measure
) -> None:
    sent = {"text": "Mine.", "author": "Me", "replaces": "0"}
    client.post(form_of(measure), sent)
    response = client.post(form_of(measure), sent | {"text": "Yours."})
    shown = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert "wrote version 1 meanwhile" in shown.text
    assert "Yours." in shown.select_one("textarea").text
    assert "Mine." in shown.select_one("section[aria-labelledby=said]").text
    again = {"text": "Both.", "author": "Me"} | {
        "replaces": shown.select_one("[name=replaces]")["value"]
    }
    assert client.post(form_of(measure), again).status_code == 302
    assert Commentary.objects.order_by("-version").first().text == "Both."


def test_another_month_is_one_form_away(client: Client, measure: Measure) -> None:
    address = reverse("performance:another-month", args=[measure.pk, "london"])
    assert client.get(address, {"month": "2020-05"})["Location"] == form_of(measure, "2020-05")
    assert client.get(address, {"month": "May"}).status_code == 404


@pytest.mark.parametrize(("month", "area"), [("2019-01", "london"), ("2021-04", "atlantis")])
def test_a_figure_that_there_is_not_is_not_found(
    client: Client, measure: Measure, month: str, area: str
) -> None:
    assert client.get(form_of(measure, month, area)).status_code == 404


def test_staff_without_the_permission_are_turned_away(client: Client, measure: Measure) -> None:
    client.force_login(make_user("performance.add_evidence"))
    for address in (reverse(SIGNALS), form_of(measure)):
        assert client.get(address)["Location"] == reverse("wagtailadmin_home")
    client.post(form_of(measure), {"text": "Mine.", "author": "Me", "replaces": "0"})
    assert not Commentary.objects.exists()


def test_queries_do_not_grow_with_measures(
    client: Client, measure: Measure, django_assert_max_num_queries
) -> None:
    client.get(reverse(SIGNALS))
    counted = []
    for more in (0, 9):
        for _ in range(more):
            make_measure(measure.outcome.priority.plan)
        with django_assert_max_num_queries(25) as queries:
            client.get(reverse(SIGNALS))
        counted.append(len(queries))
    assert counted[0] == counted[1]
