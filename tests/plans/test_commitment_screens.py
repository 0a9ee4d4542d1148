"""Commitments in the admin: the list of what is due, and a spreadsheet out and back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories import make_plan, make_user
from tests.plans.sheets.asked import edited, exported, make_delivery_plan, officer

from folkmoot.accounts.models import AuditRecord
from folkmoot.plans.models import (
    Commitment,
    CommitmentExport,
    CommitmentImport,
    Plan,
    ProgressUpdate,
)

pytestmark = pytest.mark.django_db

DUE = "plans_commitments"
LATE = (
    ("Commitments", 2, "Now expected", "1 March 2023"),
    ("Commitments", 2, "Why it is late", "Two wards are left."),
)


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-11-01"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(officer())
    return client


def words(response: Any) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.select_one("main").get_text(" ").split())


def take(client: Client, plan: Plan, content: bytes, name: str = "commitments.xlsx") -> Any:
    address = reverse("plans_commitments_take", args=[plan.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def confirm(client: Client, plan: Plan, looked: Any) -> Any:
    page = BeautifulSoup(looked.content, "html.parser")
    said = page.select_one("input[name=looked-at]")["value"]
    return client.post(reverse("plans_commitments_take", args=[plan.pk]), {"looked-at": said})


def test_officer_sees_what_is_due_and_leads_on_to_it(desk: Client) -> None:
    plan, first, _ = make_delivery_plan()
    response = desk.get(reverse(DUE))
    text = words(response)
    assert "2 commitments, as they stand on 1 November 2022." in text
    assert "Overdue: 0" in text
    assert "Due in the next 30 days: 1" in text
    assert "Milestone: Names printed" in text
    assert "Not updated for 90 days: 1" in text
    assert f"/plans/commitment/edit/{first.pk}/" in response.content.decode()
    assert reverse(DUE) in desk.get(reverse("wagtailadmin_home")).content.decode()
    assert f"{plan.url}commitments/" in response.content.decode()


def test_site_without_a_plan_says_so(desk: Client) -> None:
    assert "There is no plan yet" in words(desk.get(reverse(DUE)))


def test_another_plan_is_shown_when_asked_for(desk: Client) -> None:
    make_delivery_plan()
    other = make_plan(title="The plan before")
    assert "0 commitments" in words(desk.get(reverse(DUE), {"plan": other.pk}))
    assert desk.get(reverse(DUE), {"plan": 999_999}).status_code == 404


def test_others_are_turned_away_from_every_screen(client: Client) -> None:
    plan, _, _ = make_delivery_plan()
    content = edited(exported(plan), *LATE)
    client.force_login(make_user("plans.view_commitment"))
    for response in (
        client.get(reverse(DUE)),
        client.post(reverse("plans_commitments_export", args=[plan.pk])),
        take(client, plan, content),
    ):
        assert response["Location"] == reverse("wagtailadmin_home")
    assert CommitmentExport.objects.count() == 1


def test_one_permission_shows_the_list_without_the_spreadsheets(client: Client) -> None:
    plan, _, _ = make_delivery_plan()
    client.force_login(make_user("plans.add_progressupdate"))
    text = words(client.get(reverse(DUE)))
    assert "Names printed" in text
    assert "spreadsheet" not in text
    response = client.post(reverse("plans_commitments_export", args=[plan.pk]))
    assert response["Location"] == reverse("wagtailadmin_home")


def test_export_is_a_workbook_or_one_of_its_sheets(desk: Client) -> None:
    plan, first, _ = make_delivery_plan()
    address = reverse("plans_commitments_export", args=[plan.pk])
    response = desk.post(address, {"what": "workbook"})
    mark = str(CommitmentExport.objects.latest("pk"))
    name = f'filename="commitments-2022-11-01-{mark}.xlsx"'
    assert name in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.content))
    assert book["Commitments"].cell(2, 1).value == f"C{first.pk}"
    response = desk.post(address, {"what": "new-updates"})
    assert response.content.decode("utf-8-sig").startswith("Key (locked),Export (locked),")
    assert AuditRecord.objects.filter(act="commitments exported").count() == 2
    assert desk.get(address).status_code == 405


def test_file_is_looked_at_then_taken_over_then_undone(desk: Client) -> None:
    plan, first, _ = make_delivery_plan()
    updates = (
        ("New updates", 2, "Reported on", "2022-10-31"),
        ("New updates", 2, "What came of it", "Ten wards are named."),
    )
    looked = take(desk, plan, edited(exported(plan), *LATE, *updates))
    assert looked.status_code == 200
    text = words(looked)
    assert "Commitments 2 A named officer Now expected nothing 1 March 2023" in text
    assert "A named officer 31 October 2022 Ten wards are named." in text
    assert "Nothing is changed yet." in text
    first.refresh_from_db()
    assert (first.forecast, CommitmentImport.objects.count()) == (None, 0)

    done = confirm(desk, plan, looked)
    made = CommitmentImport.objects.get()
    address = reverse("plans_commitments_import", args=[made.pk])
    assert done["Location"] == address
    shown = desk.get(address)
    assert "2 changes and 1 update of “commitments.xlsx” are taken over." in shown.content.decode()
    assert "Now expected nothing 1 March 2023" in words(shown)
    first.refresh_from_db()
    assert first.forecast.isoformat() == "2023-03-01"

    undone = desk.post(address)
    undo = CommitmentImport.objects.get(undoes=made)
    assert undone["Location"] == reverse("plans_commitments_import", args=[undo.pk])
    first.refresh_from_db()
    assert first.forecast is None
    assert ProgressUpdate.objects.filter(withdraws__on="2022-10-31").exists()
    assert "commitments.xlsx (undone)" in words(desk.get(reverse(DUE)))
    assert "is undone already" in words(desk.post(address))


def test_faults_are_shown_by_sheet_row_and_column_and_nothing_can_be_taken(desk: Client) -> None:
    plan, _, _ = make_delivery_plan()
    cells = (
        ("Commitments", 3, "Now expected", "03/04/2023"),
        ("Milestones", 2, "Why it is late", "=1+1"),
    )
    looked = take(desk, plan, edited(exported(plan), *LATE, *cells))
    assert looked.status_code == 422
    text = words(looked)
    assert "Nothing was changed. 2 faults in the file." in text
    assert "Commitments 3 G (Now expected) “03/04/2023” may be 3 April 2023 or 4 March 2023" in text
    assert "Milestones 2 I (Why it is late) The cell holds a formula" in text
    assert b'name="looked-at"' not in looked.content


def test_what_changed_between_look_and_yes_is_refused(desk: Client) -> None:
    plan, first, _ = make_delivery_plan()
    looked = take(desk, plan, edited(exported(plan), *LATE))
    Commitment.objects.filter(pk=first.pk).update(lateness="One ward is left.")
    refused = confirm(desk, plan, looked)
    assert refused.status_code == 422
    assert "it now says “One ward is left.”, the file says “Two wards are left.”" in words(refused)
    first.refresh_from_db()
    assert (first.forecast, first.lateness) == (None, "One ward is left.")
    assert not CommitmentImport.objects.exists()


def test_page_that_was_tampered_with_changes_nothing(desk: Client) -> None:
    plan, _, _ = make_delivery_plan()
    other = make_plan()
    looked = take(desk, plan, edited(exported(plan), *LATE))
    for response in (
        confirm(desk, other, looked),
        desk.post(reverse("plans_commitments_take", args=[plan.pk]), {"looked-at": "mine"}),
    ):
        assert response.status_code == 302
    assert not CommitmentImport.objects.exists()


def test_no_file_is_asked_for_at_its_field(desk: Client) -> None:
    plan, _, _ = make_delivery_plan()
    response = desk.post(reverse("plans_commitments_take", args=[plan.pk]), {})
    assert response.status_code == 422
    assert "Choose the spreadsheet." in words(response)
    assert take(desk, plan, b"").status_code == 422


def test_file_that_changes_nothing_says_so(desk: Client) -> None:
    plan, _, _ = make_delivery_plan()
    looked = take(desk, plan, edited(exported(plan)))
    assert "The file changes nothing that stands now." in words(looked)
    assert b'name="looked-at"' not in looked.content


def filled(number: int) -> tuple[Plan, bytes]:
    """A plan with that many commitments, and a spreadsheet that changes every one."""
    plan = make_plan()
    for place in range(number):
        Commitment.objects.create(
            plan=plan, title="A", slug=f"a-{place}", promise="A", lead="A", due="2023-01-01"
        )
    cells = [("Commitments", row, "Who leads it", "B") for row in range(2, 2 + number)]
    return plan, edited(exported(plan), *cells)


def test_queries_of_the_screens_do_not_grow_with_the_plan(desk: Client) -> None:
    small, large = filled(1), filled(8)
    counts = []
    for plan, content in (small, small, large):
        for send in (
            lambda plan=plan: desk.get(reverse(DUE), {"plan": plan.pk}),
            lambda plan=plan, content=content: take(desk, plan, content),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert send().status_code == 200
            counts.append(len(queries))
    # The first time the site's root and content types are read.
    assert counts[2:4] == counts[4:]
    assert max(counts[4:]) <= 19
