"""A consultation in the page editor: by an officer, an approver, and the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.consultations import editor
from tests.consultations.roles import person
from tests.factories import (
    CLOSES,
    OPENS,
    make_consultation,
    make_plan,
    make_pre_election_period,
)
from wagtail.test.utils.form_data import rich_text

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Consultation, ConsultationIndex

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before_it_opens(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2021-11-01"


@pytest.fixture
def index() -> ConsultationIndex:
    make_consultation(slug="another")
    return ConsultationIndex.objects.get()


def written() -> Consultation:
    return Consultation.objects.exclude(slug="another").get()


def test_officer_writes_a_draft_and_submits_it_and_an_approver_publishes_it(
    client: Client, index: ConsultationIndex
) -> None:
    plan = make_plan(stage="consultation", published_on=None)
    parts = {
        "team": [{"name": "Ada Okoro", "role": "Head of policy", "responsibilities": ""}],
        "stages": [{"title": "Evidence gathering", "starts_on": "2021-06-01", "ends_on": ""}],
        "events": [
            {
                "stage": "Evidence gathering",
                "title": "Launch",
                "starts_at": "2021-11-16 09:00",
                "ends_at": "",
                "precision": "day",
                "promised_on": "",
                "note": "",
                "link_kind": "read",
                "link_text": "",
                "link_page": "",
                "link_url": "",
            }
        ],
    }
    client.force_login(person("officer"))
    form = editor.editor_form(plan, **parts)
    response = editor.add(client, index, form | {"action-submit": "1"})
    assert response.status_code == 302, editor.faults(response)
    draft = written()
    assert (draft.live, draft.workflow_in_progress) == (False, True)
    assert [member.name for member in draft.team.all()] == ["Ada Okoro"]

    client.force_login(person("approver"))
    form |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    task_state = draft.current_workflow_task_state
    response = client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task_state.pk]),
        {"comment": "Agreed by the board."},
    )
    assert response.status_code in (200, 302)
    assert written().live
    acts = set(AuditRecord.objects.filter(record_id=str(draft.pk)).values_list("act", flat=True))
    assert {"page created", "page submitted for approval", "page published"} <= acts


def test_officer_cannot_publish(client: Client, index: ConsultationIndex) -> None:
    client.force_login(person("officer"))
    editor.add(client, index, editor.editor_form(make_plan()) | {"action-publish": "1"})
    assert not written().live


@pytest.mark.parametrize(("role", "may_move"), [("officer", False), ("approver", True)])
def test_editor_draft_and_history_open(
    client: Client, settings: Any, role: str, may_move: bool
) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"
    page = make_consultation()
    page.save_revision()
    client.force_login(person(role))
    shown = editor.look(client, page)
    assert reverse("consultations:checklist", args=[page.pk]) in shown
    assert ("Move the closing time</a>" in shown) is may_move
    for view in ("wagtailadmin_pages:history", "wagtailadmin_pages:view_draft"):
        assert client.get(reverse(view, args=[page.pk])).status_code == 200


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("COMING", "Opens on Tuesday 16 November at 09:00."),
        ("OPEN", "Open for 66 more days. Closes Friday 21 January"),
        ("CLOSED", "Closed on 21 January 2022. Being analysed"),
        ("PUBLISHED", "The answer was published on 15 April 2022."),
    ],
)
def test_preview_shows_what_is_typed_in_each_state(client: Client, mode: str, said: str) -> None:
    page = make_consultation(outcome_at=None)
    client.force_login(person("officer"))
    form = editor.editor_form(
        page.statutory_plan,
        title="Typed and not saved",
        slug=page.slug,
        outcome=rich_text("<p>What came of it.</p>"),
    )
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(f"{address}?mode={mode}", form).json()["is_valid"]
    preview = client.get(f"{address}?mode={mode}&in_preview_panel=true")
    shown = preview.content.decode()
    policy = preview["Content-Security-Policy"].split("; ")
    assert "Typed and not saved" in shown
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self'" in policy
    assert said in shown
    assert ("What came of it." in shown) is (mode == "PUBLISHED")
    assert Consultation.objects.get().title != "Typed and not saved"


def test_promise_left_empty_becomes_twelve_weeks_after_the_closing(
    client: Client, index: ConsultationIndex
) -> None:
    client.force_login(person("officer"))
    response = editor.add(client, index, editor.editor_form(make_plan()))
    assert response.status_code == 302, editor.faults(response)
    assert written().answer_promised_on == date(2022, 4, 15)


def test_promise_that_is_written_stays(client: Client, index: ConsultationIndex) -> None:
    client.force_login(person("officer"))
    form = editor.editor_form(make_plan(), answer_promised_on="2022-03-31")
    editor.add(client, index, form)
    assert written().answer_promised_on == date(2022, 3, 31)


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("outcome_at", "2022-01-21 23:59", "The outcome is published before the consultation"),
        ("answer_promised_on", "2022-01-20", "The answer is promised before the consultation"),
        ("expire_at", "2030-01-01 09:00", "A consultation keeps its page for good"),
    ],
)
def test_dates_that_contradict_are_refused_and_what_was_typed_is_kept(
    client: Client, index: ConsultationIndex, field: str, value: str, fault: str
) -> None:
    client.force_login(person("approver"))
    response = editor.add(client, index, editor.editor_form(make_plan(), **{field: value}))
    assert response.status_code == 200
    assert fault in editor.faults(response)[field][0]
    assert value in response.content.decode()
    assert Consultation.objects.count() == 1


def test_closing_before_the_opening_is_refused(client: Client, index: ConsultationIndex) -> None:
    client.force_login(person("officer"))
    response = editor.add(
        client, index, editor.editor_form(make_plan(), closes_at="2021-11-16 08:00")
    )
    assert "choose a closing time after the opening time" in str(editor.faults(response))


def test_times_of_one_that_has_opened_are_read_only_and_lead_to_the_reason(
    client: Client, settings: Any
) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"
    page = make_consultation(outcome_at=None)
    client.force_login(person("approver"))
    shown = editor.look(client, page)
    assert "moves only with a reason that they can read" in shown
    assert reverse("consultations:closing", args=[page.pk]) in shown
    form = editor.editor_form(
        page.statutory_plan,
        slug=page.slug,
        opens_at="2021-12-01 09:00",
        closes_at="2022-03-01 12:00",
        summary="Changed.",
    )
    response = editor.edit(client, page, form | {"action-publish": "1"})
    assert response.status_code == 302, editor.faults(response)
    page.refresh_from_db()
    assert page.summary == "Changed."
    assert (page.opens_at, page.closes_at) == (OPENS, CLOSES)


def test_officer_is_told_who_moves_the_closing(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"
    page = make_consultation(outcome_at=None)
    client.force_login(person("officer"))
    shown = editor.look(client, page)
    assert "ask somebody who may publish" in shown
    assert reverse("consultations:closing", args=[page.pk]) not in shown


def test_times_of_one_that_has_not_opened_can_be_written(client: Client) -> None:
    page = make_consultation(outcome_at=None)
    client.force_login(person("approver"))
    form = editor.editor_form(page.statutory_plan, slug=page.slug, closes_at="2022-03-01 12:00")
    response = editor.edit(client, page, form | {"action-publish": "1"})
    assert response.status_code == 302, editor.faults(response)
    page.refresh_from_db()
    assert page.closes_at == datetime(2022, 3, 1, 12, tzinfo=UTC)


def test_cautions_stand_beside_the_dates(client: Client) -> None:
    page = make_consultation()
    client.force_login(person("officer"))
    shown = editor.look(client, page)
    assert "runs across 3 public holidays" in shown
    assert "Boxing Day, substitute day (28 December 2021)" in shown
    assert "less than six weeks" not in shown


def test_cautions_of_other_dates_can_be_asked(client: Client) -> None:
    make_consultation()
    make_pre_election_period()
    client.force_login(person("officer"))
    address = reverse("consultations:cautions")
    asked = {"opens_at": "2024-04-15 09:00", "closes_at": "2024-05-10 23:59"}
    shown = client.get(address, asked).content.decode()
    assert "People have 26 days to answer" in shown
    assert "Mayoral election of 2 May 2024" in shown
    assert "May Day (6 May 2024)" in shown
    nothing = client.get(address, {"opens_at": "soon", "closes_at": ""})
    assert (nothing.status_code, nothing.content.decode().strip()) == (200, "")


def test_cautions_are_for_staff(client: Client) -> None:
    assert client.get(reverse("consultations:cautions")).status_code == 302


def test_officer_keeps_pre_election_periods(client: Client) -> None:
    client.force_login(person("officer"))
    address = reverse("wagtailsnippets_consultations_preelectionperiod:add")
    form = {"title": "Local elections", "starts_on": "2022-03-28", "ends_on": "2022-05-05"}
    assert client.get(address).status_code == 200
    wrong = client.post(address, form | {"ends_on": "2022-03-01"})
    assert "The period ends before it starts" in wrong.content.decode()
    assert client.post(address, form).status_code == 302
    assert AuditRecord.objects.filter(record_name="Local elections").exists()


def test_publishing_one_that_opens_soon_with_open_lines_warns_and_publishes(
    client: Client, settings: Any
) -> None:
    settings.FOLKMOOT_AT = "2021-11-10"
    page = make_consultation(outcome_at=None)
    client.force_login(person("approver"))
    form = editor.editor_form(page.statutory_plan, slug=page.slug, summary="Changed.")
    response = editor.edit(client, page, form | {"action-publish": "1"})
    assert response.status_code == 302, editor.faults(response)
    page.refresh_from_db()
    assert page.summary == "Changed."
    warned = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "of the checklist before opening are open" in warned
    assert reverse("consultations:checklist", args=[page.pk]) in warned
    assert "runs across 3 public holidays" in warned
