"""Evidence in the admin: entered by one, reviewed by another."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_dashboard, make_measure, make_plan, make_user

from folkmoot.performance.models import Evidence
from folkmoot.plans.models import Measure

INDEX, ADD = "performance:evidence", "performance:add-evidence"

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(client: Client, settings: Any) -> Measure:
    settings.FOLKMOOT_AT = "2024-06-01"
    plan = make_plan()
    make_dashboard(plan)
    client.force_login(make_user("performance.add_evidence", "performance.review_evidence"))
    return make_measure(plan, title="Case studies", kind="qualitative", series="", better="neutral")


def sent(measure: Measure, **changed: Any) -> dict[str, Any]:
    return {
        "measure": measure.pk,
        "area": "",
        "dated": "2024-05-01",
        "kind": "inspection",
        "title": "Victims wait for a call",
        "finding": "Four of ten files had no note of a call back.",
        "source": "Inspection of victim care",
        "link": "example.org/report",
        "consent": "published",
    } | changed


def entered(client: Client, measure: Measure) -> Evidence:
    assert client.post(reverse(ADD), sent(measure)).status_code == 302
    return Evidence.objects.get()


def test_an_entry_waits_until_somebody_else_shows_it(client: Client, measure: Measure) -> None:
    kept = entered(client, measure)
    assert kept.link == "https://example.org/report"
    one = reverse("performance:one-evidence", args=[kept.pk])
    review = reverse("performance:review-evidence", args=[kept.pk])
    assert "Waiting for review: 1" in client.get(reverse(INDEX)).content.decode()
    assert review not in client.get(one).content.decode()
    client.post(review)
    kept.refresh_from_db()
    assert kept.is_waiting
    client.force_login(make_user("performance.review_evidence"))
    assert review in client.get(one).content.decode()
    assert client.post(review)["Location"] == reverse(INDEX)
    kept.refresh_from_db()
    assert kept.is_shown
    assert "Shown to the public: 1" in client.get(reverse(INDEX)).content.decode()


def test_an_entry_is_withdrawn_with_a_reason(client: Client, measure: Measure) -> None:
    kept = entered(client, measure)
    one = reverse("performance:one-evidence", args=[kept.pk])
    assert client.post(one, {"reason": ""}).status_code == 422
    assert client.post(one, {"reason": "The source took it back."}).status_code == 302
    assert "The source took it back." in client.get(reverse(INDEX)).content.decode()
    assert "Withdraw it" not in client.get(one).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"consent": "nobody", "quotation": "I waited."}, "It quotes somebody"),
        ({"dated": "2024-06-02"}, "2 June 2024 is still to come"),
    ],
)
def test_what_cannot_stand_is_said_beside_the_field_and_what_was_typed_is_kept(
    client: Client, measure: Measure, changed: dict[str, str], said: str
) -> None:
    response = client.post(reverse(ADD), sent(measure, **changed))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Four of ten files" in response.content.decode()
    assert not Evidence.objects.exists()


def test_a_reviewer_who_may_not_enter_is_offered_no_form(client: Client, measure: Measure) -> None:
    client.force_login(make_user("performance.review_evidence"))
    assert reverse(ADD) not in client.get(reverse(INDEX)).content.decode()
    assert client.get(reverse(ADD))["Location"] == reverse("wagtailadmin_home")


def test_staff_without_the_permission_are_turned_away(client: Client, measure: Measure) -> None:
    kept = entered(client, measure)
    client.force_login(make_user("performance.add_commentary"))
    one = reverse("performance:one-evidence", args=[kept.pk])
    for address in (reverse(INDEX), reverse(ADD), one):
        assert client.get(address)["Location"] == reverse("wagtailadmin_home")
    client.post(one, {"reason": "Because."})
    client.post(reverse("performance:review-evidence", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.is_waiting
