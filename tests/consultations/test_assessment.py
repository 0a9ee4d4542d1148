"""The page of an equality impact assessment: each characteristic, and every version readable."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.consultations.reading import get, words
from tests.factories import PUBLISHED, make_assessment, make_consultation, make_plan

from folkmoot.consultations.models import EqualityImpact

pytestmark = pytest.mark.django_db

Effect = EqualityImpact.Effect


@pytest.fixture(autouse=True)
def _plain(settings: Any) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0


def test_impacts_stand_in_the_order_of_the_act(client: Client) -> None:
    consultation = make_consultation()
    assessment = make_assessment(consultation, ["sex", "age"])
    EqualityImpact.objects.filter(characteristic="age").update(
        effect=Effect.BOTH,
        mitigation="Stops are published.",
        action_by="Head of policy",
        due=date(2022, 6, 30),
    )
    page = get(client, assessment.url)
    rows = [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert rows == [
        [
            "Age",
            "What is known of age.",
            "Positive and negative What it means for age.",
            "Stops are published.",
            "Head of policy, by 30 June 2022",
        ],
        [
            "Sex",
            "What is known of sex.",
            "Positive What it means for sex.",
            "No action is needed.",
            "Nobody",
        ],
    ]
    assert "2 characteristics assessed; a negative impact found for 1" in words(page.main)
    assert words(page.main).count("Not assessed in this version: Disability, Gender") == 1


def test_nothing_is_missing_where_all_nine_are_assessed(client: Client) -> None:
    assessment = make_assessment(make_consultation(), EqualityImpact.Characteristic.values)
    page = get(client, assessment.url)
    assert len(page.select("tbody tr")) == 9
    assert "Not assessed" not in words(page.main)
    assert "9 characteristics assessed; no negative impact found" in words(page.main)


def test_earlier_version_stays_readable_and_says_what_took_its_place(client: Client) -> None:
    plan = make_plan()
    first = make_assessment(plan, ["age"])
    second = make_assessment(plan, ["age"], version=2, assessed_on=PUBLISHED.date())
    make_assessment(make_plan(), version=3)
    page = get(client, first.url)
    assert [words(tag) for tag in page.select(".page-head .tag")] == ["Superseded", "Version 1"]
    notice = page.select_one(".page-head .notice")
    assert words(notice) == (
        "This version is kept as it was. Version 2, 24 March 2022 has taken its place."
    )
    assert notice.a["href"] == second.url
    page = get(client, second.url)
    assert [words(tag) for tag in page.select(".page-head .tag")] == ["Version 2"]
    assert [link["href"] for link in page.select('[aria-labelledby="versions"] a')] == [first.url]


def test_page_of_a_plan_leads_to_its_newest_assessment(client: Client) -> None:
    plan = make_plan()
    assert get(client, plan.url).select_one('[aria-labelledby="equality"]') is None
    make_assessment(plan)
    newest = make_assessment(plan, version=2)
    panel = get(client, plan.url).select_one('[aria-labelledby="equality"]')
    assert panel.a["href"] == newest.url
    assert "Version 2, 16 November 2021" in words(panel)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"effect": Effect.NEGATIVE},
            "“Race” has a negative impact: write what is done about it, "
            "or that nothing can be done and why.",
        ),
        (
            {"effect": Effect.BOTH, "mitigation": "Stops are published."},
            "Write who does what is said under “Race”.",
        ),
    ],
)
def test_harm_without_an_answer_is_refused(fields: dict[str, Any], sentence: str) -> None:
    impact = EqualityImpact(characteristic="race", evidence="Known.", impact="Meant.", **fields)
    with pytest.raises(ValidationError) as refusal:
        impact.full_clean(exclude=["assessment"])
    assert refusal.value.messages == [sentence]
