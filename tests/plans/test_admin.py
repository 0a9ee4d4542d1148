"""The plan in the admin: who gets in, and that every write is on the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_commitment, make_measure, make_plan, make_section, make_user

from folkmoot.accounts.models import AuditRecord
from folkmoot.plans.models import Commitment, Measure, Outcome, Priority, ProgressUpdate

pytestmark = pytest.mark.django_db

MODELS = (Priority, Outcome, Measure, Commitment, ProgressUpdate)


@pytest.fixture(autouse=True)
def _plain_files(settings: Any) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def milestones(**first: str) -> dict[str, str]:
    counts = {"TOTAL_FORMS": str(int(bool(first))), "INITIAL_FORMS": "0"}
    form = {f"milestones-{name}": value for name, value in counts.items()}
    return form | {f"milestones-0-{name}": value for name, value in first.items()}


def commitment_form(commitment: Commitment, **changed: Any) -> dict[str, Any]:
    return {
        "plan": commitment.plan_id,
        "title": commitment.title,
        "slug": commitment.slug,
        "promise": commitment.promise,
        "lead": commitment.lead,
        "due": commitment.due.isoformat(),
        "order": 0,
        **milestones(),
    } | changed


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_open_for_an_administrator(client: Client, model: Any) -> None:
    plan = make_plan()
    commitment = make_commitment(plan, measures=[make_measure(plan)])
    ProgressUpdate.objects.create(commitment=commitment, on="2022-12-01", text="Half are named.")
    client.force_login(make_user(is_superuser=True))
    assert client.get(address(model, "list")).status_code == 200
    assert client.get(address(model, "add")).status_code == 200


def test_list_of_commitments_says_how_each_stands(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2023-02-01"
    make_commitment(make_plan())
    client.force_login(make_user("plans.change_commitment", "plans.view_commitment"))
    assert b"Overdue" in client.get(address(Commitment, "list")).content


def test_staff_without_the_permission_are_turned_away(client: Client) -> None:
    commitment = make_commitment(make_plan())
    client.force_login(make_user())
    response = client.post(
        address(Commitment, "edit", commitment.pk), commitment_form(commitment, title="Mine")
    )
    assert response.status_code == 302
    commitment.refresh_from_db()
    assert commitment.title != "Mine"


def test_added_priority_is_recorded(client: Client) -> None:
    officer = make_user("plans.add_priority")
    client.force_login(officer)
    plan = make_plan()
    form = {"plan": plan.pk, "title": "Trust", "slug": "trust", "summary": "", "order": 1}
    assert client.post(address(Priority, "add"), form).status_code == 302
    kept = AuditRecord.objects.get(act="priority added")
    assert (kept.by, kept.before, kept.after["title"]) == (officer, None, "Trust")


def test_changed_commitment_is_recorded_with_before_and_after(client: Client) -> None:
    plan = make_plan()
    measure = make_measure(plan)
    commitment = make_commitment(plan)
    client.force_login(make_user("plans.change_commitment"))
    form = commitment_form(commitment, lead="The commissioner", measures=[measure.pk])
    form |= milestones(title="Names printed", due="2022-10-31")
    response = client.post(address(Commitment, "edit", commitment.pk), form)
    assert response.status_code == 302, response.content
    kept = AuditRecord.objects.get(act="commitment changed")
    assert kept.before == {
        "lead": "The deputy commissioner",
        "measures": [],
        "milestones": [],
    }
    assert (kept.after["lead"], kept.after["measures"]) == ("The commissioner", [measure.pk])
    assert kept.after["milestones"][0]["title"] == "Names printed"


def test_removed_measure_stays_in_the_record(client: Client) -> None:
    measure = make_measure(make_plan(), title="Personal robbery")
    client.force_login(make_user("plans.delete_measure"))
    client.post(address(Measure, "delete", measure.pk))
    assert not Measure.objects.exists()
    kept = AuditRecord.objects.get(act="measure removed")
    assert (kept.before["title"], kept.after) == ("Personal robbery", None)


def test_section_of_another_plan_is_refused_with_a_sentence(client: Client) -> None:
    commitment = make_commitment(make_plan())
    stranger = make_section(make_plan())
    client.force_login(make_user("plans.change_commitment"))
    form = commitment_form(commitment, section=stranger.pk)
    response = client.post(address(Commitment, "edit", commitment.pk), form)
    assert "is in another plan" in response.content.decode()
    assert not AuditRecord.objects.filter(act__startswith="commitment").exists()


def test_reported_progress_is_added_and_never_changed(client: Client) -> None:
    commitment = make_commitment(make_plan())
    client.force_login(make_user(is_superuser=True))
    form = {"commitment": commitment.pk, "on": "2022-12-01", "text": "Half are named."}
    assert client.post(address(ProgressUpdate, "add"), form).status_code == 302
    update = ProgressUpdate.objects.get()
    for view in ("edit", "delete"):
        client.post(address(ProgressUpdate, view, update.pk), form | {"text": "All are named."})
    update.refresh_from_db()
    assert update.text == "Half are named."
    kept = AuditRecord.objects.filter(record_type="plans.ProgressUpdate")
    assert [each.act for each in kept] == ["progress update added"]
