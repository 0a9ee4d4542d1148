"""Moving the closing time, the checklist, the front page and the guards, in the admin."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.consultations.roles import person
from tests.factories import (
    CLOSES,
    make_consultation,
    make_plan,
    make_response,
    make_survey,
    make_user,
)

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import (
    ChecklistTick,
    ClosingChange,
    Consultation,
    EqualityImpact,
    EqualityImpactAssessment,
    TimelineEvent,
    Update,
)

pytestmark = pytest.mark.django_db

REASON = "Two workshops were cancelled in the storm."
HOME = "wagtailadmin_home"


@pytest.fixture(autouse=True)
def _while_open(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"


def at_home(client: Client) -> str:
    return client.get(reverse(HOME)).content.decode()


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


def checklist(page: Consultation) -> str:
    return reverse("consultations:checklist", args=[page.pk])


def ready_consultation(**fields: Any) -> Consultation:
    """Return a consultation of which the software finds nothing wanting but its time."""
    words = "<p>Words.</p>"
    page = make_consultation(
        make_plan(stage="consultation", published_on=None),
        background=words,
        challenge=words,
        what_to_share=words,
        what_happens_next=words,
        how_we_use_answers=words,
        contact="<p>Write to plan@example.org or 1 High Street, AB1 2CD.</p>",
        **{"outcome_at": None} | fields,
    )
    make_survey(page)
    assessment = EqualityImpactAssessment(
        title="Equality impact assessment",
        slug="equality",
        assessed_on=date(2021, 11, 1),
        assessed_by="The head of policy",
    )
    assessment.impacts = [
        EqualityImpact(characteristic="age", effect="none", evidence="Survey.", impact="None.")
    ]
    page.add_child(instance=assessment)
    return page


def test_checklist_says_what_the_software_saw(client: Client) -> None:
    page = ready_consultation()
    client.force_login(person("officer"))
    shown = client.get(checklist(page)).content.decode()
    for sentence in (
        "is at the stage “Out for consultation”",
        "The background, the challenge and what people can share are written.",
        "runs across 3 public holidays",
        "“What happens next” is written",
        "“Equality impact assessment”, version 1",
        "No document in easy read is listed on the day it opens.",
        "“Contact” gives plan@example.org.",
        "An address at AB1 2CD is given",
        "“How we use your data” is written.",
        "“Your say on the draft” asks 3 questions and is published.",
        "“Your say on the draft” says so before answers are sent.",
        "84 LGR 168",
        "[2014] UKSC 56",
    ):
        assert sentence in shown, sentence


def test_empty_consultation_is_wanting_in_each_line(client: Client) -> None:
    page = make_consultation()
    client.force_login(person("officer"))
    shown = client.get(checklist(page)).content.decode()
    for sentence in (
        "is published: nothing is left to be formed",
        "Not written yet: the background, the challenge, what people can share.",
        "No document is listed on 16 November 2021",
        "“What happens next” is not written yet.",
        "No equality impact assessment is published",
        "gives no e-mail address and no telephone number",
        "gives a postal address",
        "“How we use your data” is not written yet.",
        "There is no survey below.",
    ):
        assert sentence in shown, sentence


@pytest.mark.parametrize(
    ("contact", "given"),
    [
        ("<p>Ring 020 7946 0000.</p>", "020 7946 0000"),
        ("<p>Ring +44 20 7946 0000.</p>", "+44 20 7946 0000"),
        ('<p><a href="mailto:plan@example.org?subject=x">Write to us</a></p>', "plan@example.org"),
        ("<p>We are here from 9 to 17 in 2022.</p>", ""),
    ],
)
def test_contact_is_an_address_or_a_number(client: Client, contact: str, given: str) -> None:
    page = make_consultation(contact=contact)
    client.force_login(person("officer"))
    shown = client.get(checklist(page)).content.decode()
    assert (f"“Contact” gives {given}." in shown) is bool(given)
    assert ("gives no e-mail address" in shown) is not bool(given)


def test_survey_that_is_a_draft_is_wanting(client: Client) -> None:
    survey = make_survey(live=False)
    client.force_login(person("officer"))
    shown = client.get(checklist(survey.consultation)).content.decode()
    assert "The survey is a draft: publish it." in shown


def test_officer_ticks_a_line_and_takes_it_back(client: Client) -> None:
    page = ready_consultation()
    officer = person("officer")
    client.force_login(officer)
    tick = reverse("consultations:tick", args=[page.pk])
    response = client.post(tick, {"line": "formative", "note": "Nothing is decided."})
    assert response.url == f"{checklist(page)}#line-formative"
    shown = client.get(checklist(page)).content.decode()
    assert f"Ticked by {officer}, 10 January 2022" in shown
    assert "“Nothing is decided.”" in shown
    client.post(reverse("consultations:untick", args=[page.pk, "formative"]))
    assert not ChecklistTick.objects.exists()
    acts = set(AuditRecord.objects.filter(by=officer).values_list("act", flat=True))
    assert acts == {"checklist line ticked", "checklist tick taken back"}


def test_refused_tick_says_why_and_keeps_the_note(client: Client) -> None:
    page = ready_consultation()
    client.force_login(person("officer"))
    tick = reverse("consultations:tick", args=[page.pk])
    wanting = client.post(tick, {"line": "easy-read", "note": ""}).content.decode()
    assert "write in the note why it is met all the same" in wanting
    long = "long " * 100
    shown = client.post(tick, {"line": "easy-read", "note": long}).content.decode()
    assert "at most 400 characters" in shown
    assert long.strip() in shown
    assert not ChecklistTick.objects.exists()


def test_strangers_see_no_checklist(client: Client) -> None:
    page = ready_consultation()
    assert client.get(checklist(page)).status_code == 302
    client.force_login(person("staff"))
    assert client.get(checklist(page)).status_code == 302
    client.post(reverse("consultations:tick", args=[page.pk]), {"line": "formative"})
    assert not ChecklistTick.objects.exists()


def test_front_page_lists_consultations_by_state_with_what_comes_next(client: Client) -> None:
    make_consultation(title="Answered")
    make_consultation(title="Open", outcome_at=None)
    make_consultation(title="Drafted", live=False, outcome_at=None)
    client.force_login(person("approver"))
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


@pytest.mark.parametrize("view", ["delete", "unpublish"])
def test_consultation_with_responses_is_kept(client: Client, view: str) -> None:
    survey = make_survey()
    make_response(survey, {"change": "More officers."})
    page = survey.consultation
    client.force_login(person("superuser"))
    for above in (page, page.get_parent()) if view == "delete" else (page,):
        address = reverse(f"wagtailadmin_pages:{view}", args=[above.pk])
        assert client.post(address).status_code == 302
        assert f"so its page stays at its address for good and is not {view}" in at_home(client)
    assert Consultation.objects.get().live


def test_consultation_below_an_unpublished_list_is_kept(client: Client) -> None:
    survey = make_survey()
    make_response(survey, {"change": "More officers."})
    address = reverse("wagtailadmin_pages:unpublish", args=[survey.consultation.get_parent().pk])
    client.force_login(person("superuser"))
    client.post(address, {"include_descendants": "on"})
    assert "1 person took part in" in at_home(client)
    assert Consultation.objects.get().live


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_consultation_with_responses_is_kept_among_many(client: Client, action: str) -> None:
    survey = make_survey()
    make_response(survey, {"change": "More officers."})
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.force_login(person("superuser"))
    client.post(f"{address}?id={survey.consultation.pk}")
    assert "1 person took part in" in at_home(client)
    assert Consultation.objects.get().live


@pytest.mark.parametrize("view", ["delete", "unpublish"])
def test_consultation_in_which_nobody_took_part_may_go(client: Client, view: str) -> None:
    page = make_consultation()
    client.force_login(person("superuser"))
    client.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
    assert not Consultation.objects.filter(live=True).exists()
