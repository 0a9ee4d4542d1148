"""Rebases in the admin."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_area, make_dashboard, make_measure, make_plan, make_user

from folkmoot.core.periods import Month
from folkmoot.performance.acts import rebase
from folkmoot.performance.models import Rebasing
from folkmoot.plans.models import Measure

INDEX = "performance:rebases"

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(client: Client, settings: Any) -> Measure:
    settings.FOLKMOOT_AT = "2024-06-01"
    plan = make_plan()
    make_dashboard(plan)
    client.force_login(make_user("performance.add_rebasing"))
    return make_measure(plan)


def sent(measure: Measure, **changed: Any) -> dict[str, Any]:
    return {
        "measure": measure.pk,
        "area": "",
        "period": "2023-09",
        "reason": "The patrols began for good.",
        "decided_on": "2024-05-20",
        "decided_by": "The panel",
    } | changed


def test_a_rebase_is_entered_listed_and_withdrawn(client: Client, measure: Measure) -> None:
    barnet = make_area("Barnet", "borough")
    response = client.post(reverse("performance:add-rebase"), sent(measure, area=barnet.pk))
    assert response["Location"] == reverse(INDEX)
    kept = Rebasing.objects.get()
    assert (kept.area, kept.period) == (barnet, date(2023, 9, 1))
    listed = client.get(reverse(INDEX)).content.decode()
    assert "The patrols began for good." in listed
    assert "September 2023" in listed
    withdraw = reverse("performance:withdraw-rebase", args=[kept.pk])
    assert withdraw in listed
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw, {"reason": ""}).status_code == 422
    assert client.post(withdraw, {"reason": "The wrong month."}).status_code == 302
    assert "The wrong month." in client.get(reverse(INDEX)).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"period": "September"}, "write it like 2024-10"),
        ({"reason": ""}, "This field is required"),
        ({"decided_on": "2024-06-02"}, "2 June 2024 is still to come"),
        ({"period": "2024-03"}, "recorded differently from March 2024"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_is_kept(
    client: Client, measure: Measure, changed: dict[str, str], said: str
) -> None:
    response = client.post(reverse("performance:add-rebase"), sent(measure, **changed))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'value="The panel"' in response.content.decode()
    assert not Rebasing.objects.exists()


def test_only_measures_with_figures_are_offered(client: Client, measure: Measure) -> None:
    plan = measure.outcome.priority.plan
    make_measure(plan, title="Accounts", kind="qualitative", series="")
    form = client.get(reverse("performance:add-rebase")).content.decode()
    assert "Personal robbery" in form
    assert "Accounts" not in form


def test_staff_without_the_permission_are_turned_away(client: Client, measure: Measure) -> None:
    at = datetime(2024, 6, 1, 12, tzinfo=UTC)
    by = make_user("performance.add_rebasing")
    kept = rebase(measure, None, Month(2023, 9), "Patrols.", at.date(), "The panel", at=at, by=by)
    client.force_login(make_user("performance.add_commentary"))
    withdraw = reverse("performance:withdraw-rebase", args=[kept.pk])
    for address in (reverse(INDEX), reverse("performance:add-rebase"), withdraw):
        assert client.get(address)["Location"] == reverse("wagtailadmin_home")
    client.post(withdraw, {"reason": "Because."})
    client.post(reverse("performance:add-rebase"), sent(measure, period="2023-10"))
    assert Rebasing.objects.get().withdrawn_at is None
