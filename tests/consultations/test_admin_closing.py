"""Moving the closing time in the admin: who may, what is asked, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.consultations.roles import person
from tests.factories import (
    CLOSES,
    make_consultation,
)

from folkmoot.consultations.models import (
    ClosingChange,
    Consultation,
)

pytestmark = pytest.mark.django_db

REASON = "Two workshops were cancelled in the storm."


@pytest.fixture(autouse=True)
def _while_open(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"


def at_home(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def closing(page: Consultation) -> str:
    return reverse("consultations:closing", args=[page.pk])


def test_approver_moves_the_closing_time_and_is_told(client: Client) -> None:
    page = make_consultation(outcome_at=None)
    client.force_login(person("approver"))
    asked = client.get(closing(page)).content.decode()
    assert "Closes Friday 21 January at 23:59." in asked
    assert "2022-01-21 23:59" in asked
    response = client.post(closing(page), {"closes_at": "2022-01-28 23:59", "reason": REASON})
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.closes_at == datetime(2022, 1, 28, 23, 59, tzinfo=UTC)
    assert "now closes on 28 January 2022, 23:59" in at_home(client)
    again = client.get(closing(page)).content.decode()
    assert "Closing moved from 21 January to 28 January 2022" in again
    assert REASON in again


def test_refused_move_says_again_what_the_typed_time_means(client: Client) -> None:
    page = make_consultation(outcome_at=None)
    client.force_login(person("approver"))
    response = client.post(closing(page), {"closes_at": "2022-05-31 23:59", "reason": ""})
    assert "Good Friday (15 April 2022)" in response.content.decode()


def test_typed_time_is_that_of_the_body(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-06-01"
    page = make_consultation(
        opens_at=datetime(2022, 5, 1, tzinfo=UTC),
        closes_at=datetime(2022, 6, 20, tzinfo=UTC),
        outcome_at=None,
    )
    client.force_login(person("approver"))
    client.post(closing(page), {"closes_at": "2022-07-01 23:59", "reason": REASON})
    page.refresh_from_db()
    assert page.closes_at == datetime(2022, 7, 1, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("closes_at", "reason", "fault"),
    [
        ("2022-01-28 23:59", "  ", "Say why the closing time moves"),
        ("2022-01-09 23:59", REASON, "has passed: people must know beforehand"),
        ("next week", REASON, "write it like 2022-01-28 23:59"),
        ("", REASON, "Write the new closing time."),
    ],
)
def test_refusal_says_why_and_keeps_what_was_typed(
    client: Client, closes_at: str, reason: str, fault: str
) -> None:
    page = make_consultation(outcome_at=None)
    client.force_login(person("approver"))
    response = client.post(closing(page), {"closes_at": closes_at, "reason": reason})
    shown = response.content.decode()
    assert fault in shown
    assert closes_at in shown
    assert reason.strip() in shown
    assert Consultation.objects.get().closes_at == CLOSES
    assert not ClosingChange.objects.exists()


@pytest.mark.parametrize("role", ["staff", "officer"])
def test_others_are_turned_away_from_the_closing_time(client: Client, role: str) -> None:
    page = make_consultation()
    client.force_login(person(role))
    assert client.get(closing(page)).status_code == 302
    posted = client.post(closing(page), {"closes_at": "2022-01-28 23:59", "reason": REASON})
    assert posted.status_code == 302
    assert Consultation.objects.get().closes_at == CLOSES
