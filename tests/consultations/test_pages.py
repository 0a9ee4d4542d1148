"""The public pages of consultations, before, while open, closed and answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    CLOSES,
    OPENS,
    make_consultation,
    make_home,
    make_measure,
    make_plan,
    make_section,
)
from wagtail.documents.models import Document

from folkmoot.consultations.models import (
    Consultation,
    ConsultationDocument,
    TimelineEvent,
    Update,
)
from folkmoot.plans.models import Outcome, Priority

pytestmark = pytest.mark.django_db

STATES = ["2021-11-01", "2022-01-09", "2022-02-01", "2022-04-01"]


@pytest.fixture(autouse=True)
def _plain(settings: Any, tmp_path: Any) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def get(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


def add_document(consultation: Consultation, **fields: Any) -> ConsultationDocument:
    fields = {"title": "The plan", "published_on": OPENS.date()} | fields
    return ConsultationDocument.objects.create(consultation=consultation, **fields)


def make_file(name: str = "plan.pdf", size: int = 2_202_010) -> Document:
    file = Document(title="Plan", file=ContentFile(b"%PDF-1.7", name=name))
    file.file_size = size
    file.save()
    Document.objects.filter(pk=file.pk).update(file_size=size)
    return file


@pytest.mark.parametrize(
    ("at", "state", "sentence"),
    [
        ("2021-11-01", "Coming", "Opens on Tuesday 16 November at 09:00."),
        ("2022-01-09", "Open", "Open for 12 more days. Closes Friday 21 January at 23:59."),
        ("2022-01-21 20:00", "Open", "Closes today at 23:59."),
        ("2022-01-21 23:59", "Closed", "Closed on 21 January 2022. Being analysed"),
        ("2022-04-01", "Published", "The answer was published on 24 March 2022."),
    ],
)
def test_page_says_where_the_consultation_stands(
    client: Client, settings: Any, at: str, state: str, sentence: str
) -> None:
    settings.FOLKMOOT_AT = at
    consultation = make_consultation(summary="What should come first?")
    page = get(client, consultation.url)
    head = page.select_one(".page-head")
    assert words(page.h1) == consultation.title
    assert [words(tag) for tag in page.select(".page-head .tag")] == [
        state,
        "Stage: Policy published",
    ]
    assert sentence in words(head)
    assert "Open 16 Nov 2021 to 21 Jan 2022" in words(head)
    assert "Run by The commissioner's office" in words(head)


def headings(page: BeautifulSoup) -> list[str]:
    return [words(heading) for heading in page.select(".main h2")]


def test_open_consultation_puts_taking_part_first(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-09"
    consultation = make_consultation(
        outcome="<p>Not yet.</p>", what_to_share="<p>Your views.</p>", background="<p>Why.</p>"
    )
    assert headings(get(client, consultation.url))[:2] == ["What you can share", "Background"]


def test_answered_consultation_puts_the_answer_first(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-04-01"
    consultation = make_consultation(
        outcome="<p>The plan changed.</p>", what_to_share="<p>Your views.</p>"
    )
    page = get(client, consultation.url)
    assert headings(page)[0] == "What came of it"
    assert "What people could share" in headings(page)


def test_updates_stand_newest_first_and_none_before_its_day(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-09"
    consultation = make_consultation()
    for on, title in [
        (date(2021, 11, 16), "It is open"),
        (date(2022, 1, 9), "Two weeks left"),
        (date(2022, 1, 10), "From tomorrow"),
    ]:
        Update.objects.create(consultation=consultation, on=on, title=title, text="<p>News.</p>")
    page = get(client, consultation.url)
    assert [words(title) for title in page.select(".updates h3")] == [
        "Two weeks left",
        "It is open",
    ]


def test_documents_stand_by_version_with_their_formats(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-04-01"
    plan = make_plan()
    consultation = make_consultation(plan)
    kinds = ConsultationDocument.Format
    final = ConsultationDocument.Version.FINAL
    add_document(consultation, title="The draft", file=make_file(), pages=84, sort_order=0)
    add_document(consultation, version=final, format=kinds.WEB, page=plan.page_ptr, sort_order=1)
    add_document(consultation, version=final, file=make_file(), pages=84, sort_order=2)
    add_document(
        consultation,
        version=final,
        format=kinds.TRANSLATION,
        language="Polski",
        file=make_file("plan-pl.pdf", 1_000),
        sort_order=3,
    )
    add_document(consultation, title="Tomorrow's", file=make_file(), published_on="2022-04-02")
    add_document(consultation, title="Nowhere", version=final)
    listed = get(client, consultation.url).select('[aria-labelledby="documents"] li')
    assert [words(each).replace("\xa0", " ") for each in listed] == [
        "The plan Final. Web page, The plan: PDF (2.1 MB, 84 pages) , "
        "The plan: Polski (PDF, 1000 bytes)",
        "The draft Draft. PDF (2.1 MB, 84 pages)",
    ]
    assert listed[0].a["href"] == plan.url


def test_timeline_follows_the_clock(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2021-12-02 18:30"
    plan = make_plan()
    section = make_section(plan)
    consultation = make_consultation(plan)
    for title, fields in {
        "It begins": {"starts_at": OPENS, "link_text": "Read it", "link_page": section.page_ptr},
        "Your say": {"starts_at": OPENS, "ends_at": CLOSES},
        "The answer": {"starts_at": CLOSES + timedelta(days=60), "promised_on": "2022-03-31"},
    }.items():
        TimelineEvent.objects.create(
            consultation=consultation, stage="Evidence", title=title, **fields
        )
    page = get(client, consultation.url)
    events = page.select('[aria-labelledby="timeline"] li')
    assert [(event["class"], words(event)) for event in events] == [
        (["happened"], "It begins 16 November 2021. Happened. Read it"),
        (["now"], "Your say 16 November 2021 to 21 January 2022. Happening now"),
        (["coming"], "The answer 22 March 2022. Coming up. Promised by 31 March 2022"),
    ]
    assert events[0].a["href"] == section.url


def test_priorities_of_the_plan_are_counted(client: Client) -> None:
    plan = make_plan()
    measure = make_measure(plan)
    make_measure(plan)
    Outcome.objects.create(priority=measure.outcome.priority, title="Nobody is hurt")
    shown = get(client, make_consultation(plan).url).select_one(".priorities li")
    assert words(shown) == "Reducing violence 2 outcomes, 2 measures"
    assert shown.a["href"] == f"{plan.url}#violence"


def test_list_puts_what_is_open_first(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-09"
    week = timedelta(days=7)
    plan = make_plan()
    for title, opens, closes, outcome in [
        ("Answered", OPENS - 20 * week, OPENS - 10 * week, OPENS),
        ("Closed", OPENS - 2 * week, CLOSES - 3 * week, None),
        ("Coming", CLOSES, CLOSES + week, None),
        ("Open longer", OPENS, CLOSES + week, None),
        ("Open", OPENS, CLOSES, None),
    ]:
        make_consultation(plan, title=title, opens_at=opens, closes_at=closes, outcome_at=outcome)
    page = get(client, "/consultations/")
    assert [words(found) for found in page.select("main h2, main h3")] == [
        *("Open now", "Open", "Open longer"),
        *("Coming", "Coming"),
        *("Closed, being analysed", "Closed"),
        *("Answered", "Answered"),
    ]
    assert "Open for 12 more days." in words(page.select_one("main li"))


def test_list_without_consultations_says_so(client: Client) -> None:
    make_consultation().delete()
    assert "There is no consultation yet." in words(get(client, "/consultations/").main)


@pytest.mark.parametrize(
    ("at", "title", "shown"),
    [
        ("2022-01-09", "Have your say", "Open Open for 12 more days."),
        ("2022-04-01", "Consultations", "Published Closed on 21 January 2022."),
    ],
)
def test_front_page_shows_what_matters_now(
    client: Client, settings: Any, at: str, title: str, shown: str
) -> None:
    settings.FOLKMOOT_AT = at
    consultation = make_consultation()
    panel = get(client, make_home().url).select_one('[aria-labelledby="consultations"]')
    assert words(panel.h2) == title
    assert shown in words(panel)
    assert panel.a["href"] == consultation.url


def fill(consultation: Consultation, number: int) -> None:
    plan = consultation.statutory_plan
    for place in range(number):
        section = make_section(plan)
        link = f'<p>See <a linktype="page" id="{section.pk}">the section</a>.</p>'
        Update.objects.create(
            consultation=consultation, on=OPENS.date(), title=f"News {place}", text=link
        )
        TimelineEvent.objects.create(
            consultation=consultation,
            stage="Evidence",
            title="Event",
            starts_at=OPENS,
            link_text="Read it",
            link_page=section.page_ptr,
        )
        add_document(consultation, title=f"Text {place}", page=section.page_ptr, format="web")
        add_document(consultation, title=f"File {place}", file=make_file())
        priority = Priority.objects.create(plan=plan, title="Priority", slug=f"priority-{place}")
        Outcome.objects.create(priority=priority, title="Outcome")


@pytest.mark.parametrize("at", STATES)
def test_queries_do_not_grow_with_what_the_page_holds(
    client: Client, settings: Any, at: str
) -> None:
    settings.FOLKMOOT_AT = at
    small, large = make_consultation(), make_consultation()
    fill(small, 1)
    fill(large, 10)
    client.get(small.url)  # content types and the site's root are read once a process
    counts = []
    for consultation in (small, large):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page = get(client, consultation.url)
        counts.append(len(queries))
    assert len(page.select(".timeline li")) == 10
    assert counts[0] == counts[1]
    assert counts[0] <= 30


def test_queries_of_the_list_do_not_grow_with_consultations(client: Client) -> None:
    plan = make_plan()
    counts = []
    for number in (1, 9):
        for _ in range(number):
            make_consultation(plan)
        client.get("/consultations/")
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page = get(client, "/consultations/")
        counts.append((len(queries), len(page.select("main li"))))
    assert [shown for _, shown in counts] == [1, 10]
    assert counts[0][0] == counts[1][0]
