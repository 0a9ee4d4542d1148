"""Consultations on the admin's front page: what comes next, and what is owed today."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.consultations.roles import person
from tests.factories import make_consultation, make_user

from folkmoot.consultations.models import TimelineEvent, Update
from folkmoot.publishing.clock import instant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_open(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"


def at_home(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_front_page_lists_consultations_by_state_with_what_comes_next(client: Client) -> None:
    make_consultation(title="Answered")
    make_consultation(title="Open", outcome_at=None)
    make_consultation(title="Drafted", live=False, outcome_at=None)
    approver = person("approver")
    for group in approver.groups.all():
        group.permissions.remove(*group.permissions.filter(content_type__app_label="responses"))
    client.force_login(approver)
    shown = at_home(client)
    assert "Closes 21 January 2022, 23:59" in shown
    assert "Answer comes out 24 March 2022, 09:00" not in shown
    assert "Draft (open)" in shown
    assert "Register of responses" not in shown


def test_front_page_leads_to_the_register_for_those_who_may_read_it(client: Client) -> None:
    page = make_consultation()
    reader = make_user("responses.view_response", is_superuser=True)
    client.force_login(reader)
    assert f"{reverse('responses:index')}?consultation={page.pk}" in at_home(client)


def test_front_page_is_silent_for_those_who_edit_no_consultation(client: Client) -> None:
    make_consultation(title="Nobody's business")
    client.force_login(person("staff"))
    assert "Nobody&#x27;s business" not in at_home(client)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2022-03-12", "is promised by 15 April 2022: 34 days left."),
        ("2022-04-15", "is promised by 15 April 2022: today."),
        ("2022-04-20", "is promised by 15 April 2022: 5 days overdue."),
    ],
)
def test_officer_is_told_how_long_the_promised_answer_has(
    client: Client, settings: Any, on: str, said: str
) -> None:
    settings.FOLKMOOT_AT = on
    make_consultation(outcome_at=None, answer_promised_on=date(2022, 4, 15))
    client.force_login(person("officer"))
    assert said in at_home(client)


def test_delay_is_to_be_explained_at_home_and_in_the_editor(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-04-20"
    page = make_consultation(outcome_at=None, answer_promised_on=date(2022, 4, 15))
    client.force_login(person("officer"))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    field = "#panel-child-content-delay_reason-section"
    assert f'href="{address}{field}">Explain the delay' in at_home(client)
    shown = client.get(address).content.decode()
    assert f'href="{field}">Explain the delay' in shown
    assert f'id="{field[1:]}"' in shown


def test_explained_delay_is_not_asked_for_again(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-04-20"
    make_consultation(
        outcome_at=None,
        answer_promised_on=date(2022, 4, 15),
        delay_reason="<p>The board met late.</p>",
    )
    client.force_login(person("officer"))
    shown = at_home(client)
    assert "5 days overdue. The page explains the delay." in shown
    assert "Explain the delay" not in shown


def test_answered_consultation_owes_nothing(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-06-01"
    make_consultation(answer_promised_on=date(2022, 3, 1))
    client.force_login(person("officer"))
    assert "Nothing is owed today." in at_home(client)


@pytest.mark.parametrize(
    ("on", "told", "said"),
    [
        ("2022-02-17", None, ""),
        ("2022-02-18", None, "has had no update since it closed on 21 January 2022"),
        ("2022-02-18", "2022-02-01", ""),
        ("2022-03-01", "2022-02-01", "had its last update on 1 February 2022"),
    ],
)
def test_four_weeks_without_news_are_told(
    client: Client, settings: Any, on: str, told: str | None, said: str
) -> None:
    settings.FOLKMOOT_AT = on
    page = make_consultation(outcome_at=None)
    if told:
        Update.objects.create(consultation=page, on=told, title="News", text="<p>So.</p>")
    client.force_login(person("officer"))
    shown = at_home(client)
    assert ("tell people how the analysis goes" in shown) is bool(said)
    assert said in shown


def test_promised_event_that_has_not_happened_is_owed(client: Client) -> None:
    page = make_consultation(outcome_at=None)
    unknown = TimelineEvent.Precision.UNKNOWN
    for title, promised_on in (("Map", date(2022, 1, 5)), ("Report", date(2022, 1, 10))):
        TimelineEvent.objects.create(
            consultation=page,
            stage="Evidence",
            title=title,
            precision=unknown,
            promised_on=promised_on,
        )
    client.force_login(person("officer"))
    shown = at_home(client)
    assert "“Map” was promised by 5 January 2022" in shown
    assert "5 days overdue" in shown
    assert "“Report” was promised" not in shown


@pytest.mark.parametrize(("on", "is_told"), [("2021-11-01", False), ("2021-11-02 09:00", True)])
def test_open_lines_are_told_from_a_fortnight_before_the_opening(
    client: Client, settings: Any, on: str, is_told: bool
) -> None:
    settings.FOLKMOOT_AT = on
    make_consultation()
    client.force_login(person("officer"))
    shown = at_home(client)
    assert ("opens on 16 November 2021, in 14 days, with" in shown) is is_told
    assert ("lines of the checklist open" in shown) is is_told


@pytest.mark.parametrize(
    ("on", "scheduled", "said"),
    [
        ("2021-11-01", None, ""),
        ("2021-11-10", None, "opens on 16 November 2021, in 6 days, and its page is not published"),
        ("2021-11-16", None, "opens on 16 November 2021, today, and its page is not published"),
        ("2021-11-17", None, "should have opened on 16 November 2021, and its page is not"),
        ("2021-11-10", "2021-11-16 09:00", ""),
        ("2021-11-10", "2021-11-18 09:00", "but its page is published only on 18 November 2021"),
        ("2022-02-01", None, ""),
    ],
)
def test_draft_that_should_open_is_told(
    client: Client, settings: Any, on: str, scheduled: str | None, said: str
) -> None:
    settings.FOLKMOOT_AT = on
    page = make_consultation(live=False, outcome_at=None)
    page.save_revision(approved_go_live_at=instant(scheduled) if scheduled else None)
    client.force_login(person("officer"))
    shown = at_home(client)
    assert said in shown
    assert ("its page is" in shown) is bool(said)


def test_front_page_asks_as_much_of_the_database_for_ten_as_for_one(
    client: Client, settings: Any
) -> None:
    settings.FOLKMOOT_AT = "2022-03-12"
    client.force_login(person("superuser"))
    asked = []
    for more in (1, 1, 9):
        for _ in range(more):
            page = make_consultation(outcome_at=None)
            Update.objects.create(consultation=page, on="2022-02-01", title="News", text="So.")
        at_home(client)
        with CaptureQueriesContext(connection) as queries:
            at_home(client)
        asked.append(len(queries))
    assert asked[1] == asked[2]
