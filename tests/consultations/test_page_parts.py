"""What a consultation's page is made of: news, documents, timeline, priorities, team, pictures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.consultations.reading import get, words
from tests.factories import (
    CLOSES,
    OPENS,
    PUBLISHED,
    make_assessment,
    make_consultation,
    make_document,
    make_image,
    make_measure,
    make_plan,
    make_recording,
    make_section,
    make_upload,
)

from folkmoot.consultations.models import PolicyTeamMember, Stage, TimelineEvent, Update
from folkmoot.plans.models import Outcome
from folkmoot.plans.presenters import priority_url
from folkmoot.publishing.models import SupportOrganisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain(settings: Any, tmp_path: Any) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0
    settings.MEDIA_ROOT = tmp_path
    settings.FOLKMOOT_AT = "2022-04-01"


def test_updates_stand_newest_first_and_none_before_its_day(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-09"
    consultation = make_consultation()
    for on, title in [
        (date(2021, 11, 16), "It is open"),
        (date(2021, 12, 1), "Two workshops held"),
        (date(2022, 1, 9), "Two weeks left"),
        (date(2021, 12, 17), "Happy new year"),
        (date(2022, 1, 10), "From tomorrow"),
    ]:
        Update.objects.create(consultation=consultation, on=on, title=title, text="<p>News.</p>")
    news = get(client, consultation.url).select_one('[aria-labelledby="updates"]')
    assert [words(title) for title in news.select("h3")] == [
        "Two weeks left",
        "Happy new year",
        "Two workshops held",
        "It is open",
    ]
    assert words(news.summary) == "Earlier updates (1)"
    assert [words(title) for title in news.select("details h3")] == ["It is open"]
    ids = [article["id"] for article in news.select("article")]
    assert ids[0] == "update-2022-01-09-two-weeks-left"


def test_documents_stand_with_their_formats_and_the_newest_assessment(client: Client) -> None:
    plan = make_plan()
    consultation = make_consultation(plan)
    web = {"kind": "web", "web_page": plan.page_ptr}
    versions = [
        ("draft", OPENS.date(), [{"kind": "pdf", "file": make_upload()}]),
        ("final", PUBLISHED.date(), [web, {"kind": "easy-read", "file": make_upload()}]),
    ]
    document = make_document(consultation, versions)
    make_document(consultation, [("draft", date(2022, 4, 2), [web])], title="Tomorrow's")
    make_assessment(consultation)
    make_assessment(consultation, version=2, assessed_on=PUBLISHED.date())
    listed = get(client, consultation.url).select('[aria-labelledby="documents"] > ul > li')
    assert [words(each.h3) for each in listed] == [
        "The plan",
        "The plan",
        "Equality impact assessment",
    ]
    assert [words(each.p) for each in listed] == [
        "Final version, 24 March 2022",
        "Draft, 16 November 2021. Superseded by the final version",
        "Version 2, 24 March 2022",
    ]
    assert listed[0].a["href"] == document.url
    links = [words(link).replace("\xa0", " ") for link in listed[0].select(".formats a")]
    assert links[0] == "The plan, Final version: Web page"
    assert links[1].startswith("The plan, Final version: Easy read (PDF, ")
    assert listed[0].select(".formats a")[0]["href"] == plan.url


def test_assessment_of_the_plan_stands_where_the_consultation_has_none(client: Client) -> None:
    plan = make_plan()
    assessment = make_assessment(plan)
    shown = get(client, make_consultation(plan).url).select_one('[aria-labelledby="documents"]')
    assert shown.a["href"] == assessment.url


def test_timeline_follows_the_clock(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2021-12-02 18:30"
    plan = make_plan()
    section = make_section(plan)
    consultation = make_consultation(plan)
    Stage.objects.create(
        consultation=consultation,
        title="Evidence",
        starts_on=date(2021, 6, 1),
        ends_on=date(2022, 1, 21),
    )
    for title, fields in {
        "It begins": {"starts_at": OPENS, "link_text": "the draft", "link_page": section.page_ptr},
        "Your say": {
            "starts_at": OPENS,
            "ends_at": CLOSES,
            "link_kind": "watch",
            "link_text": "how",
            "link_url": "https://example.org/",
        },
        "The answer": {"starts_at": CLOSES + timedelta(days=60), "promised_on": "2022-03-31"},
        "The party": {"precision": "unknown"},
        "The talks": {"starts_at": CLOSES, "precision": "month"},
    }.items():
        TimelineEvent.objects.create(
            consultation=consultation, stage="Evidence", title=title, **fields
        )
    panel = get(client, consultation.url).select_one('[aria-labelledby="timeline"]')
    assert words(panel.h3) == "Evidence June 2021 to January 2022"
    events = panel.select("li")
    assert [(event["class"], words(event)) for event in events] == [
        (["happened"], "It begins 16 November 2021. Happened. Read the draft"),
        (["now"], "Your say 16 November 2021 to 21 January 2022. Happening now. Watch how"),
        (["coming"], "The answer 22 March 2022. Coming up. Promised by 31 March 2022"),
        (["coming"], "The party Date to be confirmed. Coming up"),
        (["coming"], "The talks January 2022. Coming up"),
    ]
    assert events[0].a["href"] == section.url


def test_priorities_of_the_plan_are_counted_and_lead_to_their_pages(client: Client) -> None:
    plan = make_plan()
    measure = make_measure(plan)
    make_measure(plan)
    priority = measure.outcome.priority
    Outcome.objects.create(priority=priority, title="Nobody is hurt")
    shown = get(client, make_consultation(plan).url).select_one(".priorities li")
    assert words(shown) == "Reducing violence 2 outcomes, 2 measures"
    assert shown.a["href"] == priority_url(plan, priority)


def test_priorities_of_a_plan_that_is_not_public_lead_nowhere(client: Client) -> None:
    plan = make_plan()
    make_measure(plan)
    consultation = make_consultation(plan)
    plan.live = False
    plan.save()
    shown = get(client, consultation.url).select_one(".priorities li")
    assert words(shown) == "Reducing violence 1 outcome, 1 measure"
    assert shown.a is None


def test_recorded_message_stands_with_its_words(client: Client) -> None:
    consultation = make_consultation(recording=make_recording())
    page = get(client, consultation.url)
    assert "Tell us what we have missed." in words(page.select_one('[aria-labelledby="recording"]'))


def test_team_is_shown_with_roles_and_pictures(client: Client) -> None:
    consultation = make_consultation()
    PolicyTeamMember.objects.create(
        consultation=consultation,
        name="A. Officer",
        role="Head of policy",
        responsibilities="Writes the plan.\n\nAnswers questions.",
        picture=make_image(),
        picture_alternative="A. Officer at her desk",
    )
    member = get(client, consultation.url).select_one(".team li")
    assert words(member) == "A. Officer Head of policy Writes the plan. Answers questions."
    assert member.img["alt"] == "A. Officer at her desk"
    assert (member.img["width"], member.img["height"]) == ("160", "160")


def test_picture_keeps_its_place_while_it_loads(client: Client) -> None:
    image = make_image()
    consultation = make_consultation(picture=image, picture_alternative="The bridge at night")
    shown = get(client, consultation.url).select_one(".main > img.picture")
    assert shown["alt"] == "The bridge at night"
    assert int(shown["width"]) * 9 == int(shown["height"]) * 16
    assert shown["srcset"].count(",") == 2


def test_organisations_that_help_stand_on_a_sensitive_page(client: Client) -> None:
    SupportOrganisation.objects.create(
        name="Victim Support",
        helps_with="Anyone affected by crime",
        telephone="08 08 16 89 111",
        hours="At any hour",
    )
    quiet, sensitive = make_consultation(), make_consultation(show_support=True)
    assert "Victim Support" not in words(get(client, quiet.url).main)
    panel = get(client, sensitive.url).select_one('[aria-labelledby="support"]')
    assert "Victim Support, 08 08 16 89 111 (At any hour)" in words(panel).replace(" ,", ",")
