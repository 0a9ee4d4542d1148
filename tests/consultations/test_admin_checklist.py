"""The checklist before opening: what the software saw, and what people vouch for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.consultations.roles import person
from tests.factories import (
    make_consultation,
    make_plan,
    make_survey,
)

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import (
    ChecklistTick,
    Consultation,
    EqualityImpact,
    EqualityImpactAssessment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_open(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"


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
