"""The plan in the admin: who gets in, and that every write is on the record."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_commitment, make_measure, make_plan, make_section, make_user

from folkmoot.accounts.models import AuditRecord
from folkmoot.plans.acts import keep_version
from folkmoot.plans.models import (
    Commitment,
    Forecast,
    Measure,
    Outcome,
    Plan,
    PlanVersion,
    Priority,
    ProgressUpdate,
    Section,
)

pytestmark = pytest.mark.django_db

MODELS = (Priority, Outcome, Measure, Commitment, ProgressUpdate)
AT = datetime(2021, 11, 16, 9, tzinfo=UTC)


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
        "lateness": "Two wards are left.",
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
    form |= milestones(title="Names printed", due="2022-10-31", lateness="The printer was ill.")
    response = client.post(address(Commitment, "edit", commitment.pk), form)
    assert response.status_code == 302, response.content
    kept = AuditRecord.objects.get(act="commitment changed")
    assert kept.before == {
        "lead": "The deputy commissioner",
        "lateness": "",
        "measures": [],
        "milestones": [],
    }
    assert (kept.after["lead"], kept.after["measures"]) == ("The commissioner", [measure.pk])
    assert kept.after["milestones"][0]["title"] == "Names printed"


def test_new_forecast_needs_a_reason_and_joins_those_before(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-11-01"
    commitment = make_commitment(make_plan())
    client.force_login(make_user("plans.change_commitment"))
    change = address(Commitment, "edit", commitment.pk)
    late = {"forecast": "2023-03-01", "lateness": ""}
    response = client.post(change, commitment_form(commitment, **late))
    assert "write in plain words why it is late" in response.content.decode()
    assert not Forecast.objects.exists()
    late["lateness"] = "Two wards are left."
    assert client.post(change, commitment_form(commitment, **late)).status_code == 302
    said = Forecast.objects.get()
    assert (said.said_on.isoformat(), said.expected.isoformat()) == ("2022-11-01", "2023-03-01")


def test_removed_measure_stays_in_the_record(client: Client) -> None:
    measure = make_measure(make_plan(), title="Personal robbery")
    client.force_login(make_user("plans.delete_measure"))
    client.post(address(Measure, "delete", measure.pk))
    assert not Measure.objects.exists()
    kept = AuditRecord.objects.get(act="measure removed")
    assert (kept.before["title"], kept.after) == ("Personal robbery", None)


def measure_form(measure: Measure, **changed: Any) -> dict[str, Any]:
    return {
        "outcome": measure.outcome_id,
        "title": measure.title,
        "slug": measure.slug,
        "kind": "quantitative",
        "series": "personal-robbery",
        "better": "decrease",
        "definition": "Offences recorded each month.",
        "order": 0,
    } | changed


def test_measure_is_defined_with_months_and_a_trajectory_typed_as_text(client: Client) -> None:
    measure = make_measure(make_plan())
    client.force_login(make_user("plans.change_measure"))
    form = measure_form(
        measure,
        baseline_from="2019-04",
        baseline_to="2020-03",
        target="1900",
        target_by="2025-03",
        trajectory="2023-03 2,100",
        owner="Head of robbery",
    )
    response = client.post(address(Measure, "edit", measure.pk), form)
    assert response.status_code == 302, response.content
    measure.refresh_from_db()
    assert measure.trajectory == [["2023-03", 2100.0]]
    kept = AuditRecord.objects.get(act="measure changed")
    assert kept.after["baseline_from"] == "2019-04-01"
    shown = client.get(address(Measure, "edit", measure.pk)).content.decode()
    for typed in ('value="2019-04"', "2023-03 2100", "Personal robbery (personal-robbery)"):
        assert typed in shown


def test_measure_that_cannot_be_read_is_refused_beside_its_field(client: Client) -> None:
    measure = make_measure(make_plan())
    client.force_login(make_user("plans.change_measure"))
    form = measure_form(measure, baseline_from="April", target="5", trajectory="soon 7")
    response = client.post(address(Measure, "edit", measure.pk), form)
    text = unescape(response.content.decode())
    assert "'April' is not a month" in text
    assert "Line 1, “soon 7”, is not a month and a figure" in text
    assert not AuditRecord.objects.filter(act="measure changed").exists()


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


def section_form(section: Section, **changed: Any) -> dict[str, Any]:
    return {
        "title": section.title,
        "slug": section.slug,
        "number": section.number,
        "summary": "",
        "priority": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "Publish",
    } | changed


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": "1.1"}, "“The first” has the number 1.1 already"),
        ({"number": "1.2."}, "Write the number with dots between its parts"),
        ({"slug": "print"}, "“print” already leads to another part of the plan"),
    ],
)
def test_impossible_section_is_refused_with_a_sentence(
    client: Client, changed: dict[str, str], said: str
) -> None:
    plan = make_plan()
    make_section(plan, number="1.1", title="The first")
    section = make_section(plan, number="1.2", title="The second")
    client.force_login(make_user(is_superuser=True))
    added = reverse("wagtailadmin_pages:add", args=["plans", "section", plan.pk])
    for address_ in (edit(section), added):
        form = section_form(section, **({"slug": "another", "number": "1.3"} | changed))
        response = client.post(address_, form)
        assert said in unescape(response.content.decode()), address_
        assert f'value="{form["number"]}"' in response.content.decode(), "what was typed is kept"
    section.refresh_from_db()
    assert section.number == "1.2"
    assert Section.objects.count() == 2


def test_section_is_not_copied_beside_itself(client: Client) -> None:
    plan, other = make_plan(), make_plan()
    section = make_section(plan, number="1.1")
    client.force_login(make_user(is_superuser=True))
    copy = reverse("wagtailadmin_pages:copy", args=[section.pk])
    form = {"new_title": "Again", "new_slug": "again", "new_parent_page": plan.pk}
    response = client.post(copy, form, follow=True)
    assert "Nothing was copied." in response.content.decode()
    assert Section.objects.count() == 1
    client.post(copy, form | {"new_parent_page": other.pk})
    assert Section.objects.child_of(other).get().number == "1.1"


def keeping(plan: Any) -> str:
    return reverse("plans_keep_version", args=[plan.pk])


def test_officer_keeps_a_version_after_seeing_what_it_holds(client: Client) -> None:
    plan = make_plan(stage="consultation")
    section = make_section(plan, title="Officers on the street")
    section.title = "Officers everywhere"
    section.save_revision()
    officer = make_user(is_superuser=True)
    client.force_login(officer)
    assert keeping(plan) in client.get(edit(plan)).content.decode()
    shown = client.get(keeping(plan)).content.decode()
    assert "Officers on the street" in shown
    assert "which will not be kept" in shown
    response = client.post(keeping(plan), {"kind": "draft", "note": "As consulted on."})
    assert response["Location"] == edit(plan)
    version = PlanVersion.objects.get()
    assert (version.kind, version.note) == ("draft", "As consulted on.")
    assert version.title in client.get(edit(plan)).content.decode()
    assert version.title in client.get(address(PlanVersion, "list")).content.decode()
    assert (
        version.sha256 in client.get(address(PlanVersion, "inspect", version.pk)).content.decode()
    )


def test_refused_version_says_why_and_keeps_what_was_typed(client: Client) -> None:
    plan = make_plan()
    make_section(plan)
    client.force_login(make_user(is_superuser=True))
    keep_version(plan, PlanVersion.Kind.DRAFT, AT, make_user(is_superuser=True))
    response = client.post(keeping(plan), {"kind": "draft", "note": "A second thought."})
    text = response.content.decode()
    assert "Nothing has changed since “Draft of 16 November 2021”" in text
    assert "A second thought." in text
    response = client.post(keeping(plan), {"kind": "secret", "note": ""})
    assert response.status_code == 200
    assert PlanVersion.objects.count() == 1


def test_staff_who_may_not_publish_are_turned_away_from_keeping(client: Client) -> None:
    plan = make_plan()
    make_section(plan)
    client.force_login(make_user("plans.change_commitment", "plans.view_planversion"))
    for send in (client.get, client.post):
        response = send(keeping(plan), {"kind": "draft"})
        assert response["Location"] == reverse("wagtailadmin_home")
    assert not PlanVersion.objects.exists()


def test_no_form_in_the_admin_changes_or_deletes_a_version(client: Client) -> None:
    plan = make_plan()
    make_section(plan)
    version = keep_version(plan, PlanVersion.Kind.DRAFT, AT, make_user(is_superuser=True))
    client.force_login(make_user(is_superuser=True))
    for view in ("edit", "delete"):
        client.post(address(PlanVersion, view, version.pk), {"title": "Mine"})
    assert PlanVersion.objects.get().title == version.title


def test_plan_with_a_kept_version_is_not_deleted_in_the_admin(client: Client) -> None:
    plan = make_plan()
    make_section(plan)
    keep_version(plan, PlanVersion.Kind.DRAFT, AT, make_user(is_superuser=True))
    client.force_login(make_user(is_superuser=True))
    delete = reverse("wagtailadmin_pages:delete", args=[plan.pk])
    response = client.post(delete, follow=True)
    assert "unpublish it instead" in response.content.decode()
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_new_stage_of_a_plan_is_on_the_record(client: Client) -> None:
    plan = make_plan(stage="draft", published_on=None)
    plan.save_revision().publish()
    officer = make_user(is_superuser=True)
    plan.stage = Plan.Stage.CONSULTATION
    plan.save_revision(user=officer).publish(user=officer)
    kept = AuditRecord.objects.filter(act="page published", record_id=str(plan.pk)).first()
    assert (kept.by, kept.before["stage"], kept.after["stage"]) == (
        officer,
        "draft",
        "consultation",
    )
