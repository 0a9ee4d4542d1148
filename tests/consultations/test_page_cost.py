"""What a consultation's page costs: as many queries however much it holds, and a bounded size."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.consultations.reading import get
from tests.factories import (
    CLOSES,
    OPENS,
    make_assessment,
    make_consultation,
    make_document,
    make_image,
    make_recording,
    make_section,
)

from folkmoot.consultations.models import (
    ClosingChange,
    Consultation,
    EqualityImpact,
    PolicyTeamMember,
    Stage,
    TimelineEvent,
    Update,
)
from folkmoot.plans.models import Outcome, Priority

pytestmark = pytest.mark.django_db

STATES = ["2021-11-01", "2022-01-09", "2022-02-01", "2022-04-01"]
LARGEST_PAGE_BYTES = 300_000
LONG = "<p>" + "What people need to know before they answer. " * 20 + "</p>"


@pytest.fixture(autouse=True)
def _plain(settings: Any, tmp_path: Any) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0
    settings.MEDIA_ROOT = tmp_path


def fill(consultation: Consultation, number: int) -> None:
    plan = consultation.statutory_plan
    day = OPENS.date()
    for place in range(number):
        section = make_section(plan)
        link = f'{LONG}<p>See <a linktype="page" id="{section.pk}">the section</a>.</p>'
        Update.objects.create(consultation=consultation, on=day, title=f"News {place}", text=link)
        Stage.objects.create(consultation=consultation, title=f"Stage {place}")
        TimelineEvent.objects.create(
            consultation=consultation,
            stage=f"Stage {place}",
            title="Event",
            starts_at=OPENS,
            link_text="the section",
            link_page=section.page_ptr,
        )
        web = {"kind": "web", "web_page": section.page_ptr}
        make_document(consultation, [("draft", day, [web]), ("final", date(2021, 12, 1), [web])])
        make_assessment(consultation, version=place + 1)
        PolicyTeamMember.objects.create(
            consultation=consultation, name="A. Officer", role="Policy", picture=make_image()
        )
        ClosingChange.objects.create(
            consultation=consultation, at=OPENS, before=OPENS, after=CLOSES, reason="Late letters"
        )
        priority = Priority.objects.create(plan=plan, title="Priority", slug=f"priority-{place}")
        Outcome.objects.create(priority=priority, title="Outcome")


def make_full(number: int) -> Consultation:
    texts = dict.fromkeys(
        ("outcome", "background", "challenge", "what_to_share", "approach", "what_happens_next"),
        LONG,
    )
    consultation = make_consultation(
        picture=make_image(), recording=make_recording(), show_support=True, **texts
    )
    fill(consultation, number)
    return consultation


@pytest.mark.parametrize("at", STATES)
def test_queries_do_not_grow_with_what_the_page_holds(
    client: Client, settings: Any, at: str
) -> None:
    settings.FOLKMOOT_AT = at
    small, large = make_full(1), make_full(10)
    counts = []
    for consultation in (small, large):
        client.get(consultation.url)  # pictures are cut to size once
        with CaptureQueriesContext(connection) as queries:
            page = get(client, consultation.url)
        counts.append(len(queries))
    assert len(page.select(".timeline li")) == 10
    assert len(page.select(".team img")) == 10
    assert counts[0] == counts[1]


def test_page_with_ten_of_everything_stays_small(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-04-01"
    consultation = make_full(10)
    assert len(client.get(consultation.url).content) < LARGEST_PAGE_BYTES


def test_queries_of_an_assessment_do_not_grow_with_its_impacts_and_versions(
    client: Client,
) -> None:
    every = list(EqualityImpact.Characteristic.values)
    counts = []
    for impacts, versions in ((every[:1], 2), (every, 10)):
        consultation = make_consultation()
        first = make_assessment(consultation, impacts)
        for version in range(2, versions + 1):
            make_assessment(consultation, impacts, version=version)
        client.get(first.url)
        with CaptureQueriesContext(connection) as queries:
            page = get(client, first.url)
        counts.append((len(queries), len(page.select(".assessment tbody tr"))))
    assert [shown for _, shown in counts] == [1, 9]
    assert counts[0][0] == counts[1][0]
