"""Versions of a plan as the public reads and compares them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_plan, make_section, make_user

from folkmoot.plans.acts import keep_version
from folkmoot.plans.models import Plan, PlanVersion, Section

pytestmark = pytest.mark.django_db

CONSULTED = datetime(2021, 11, 16, 9, tzinfo=UTC)
DECIDED = datetime(2022, 3, 24, 9, tzinfo=UTC)
DRAFT = PlanVersion.Kind.DRAFT
FINAL = PlanVersion.Kind.FINAL
OLD = "draft-2021-11-16"
LARGEST_BYTES = 300_000


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2023-01-10"
    settings.PUBLIC_CACHE_SECONDS = 0


def get(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, url
    assert len(response.content) < LARGEST_BYTES
    return BeautifulSoup(response.content, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


def keep(plan: Plan, kind: PlanVersion.Kind = DRAFT, at: datetime = CONSULTED) -> PlanVersion:
    return keep_version(plan, kind, at, make_user(is_superuser=True), "As consulted on.")


def write(section: Section, *paragraphs: str, **fields: Any) -> None:
    section.body = [("text", "".join(f"<p>{each}</p>" for each in paragraphs))]
    for name, value in fields.items():
        setattr(section, name, value)
    section.save()


def changed_plan() -> Plan:
    """A plan of four sections as consulted on, and then one reworded, one gone, and one new."""
    plan = make_plan()
    patrols = make_section(plan, number="1.1", title="Patrols", slug="patrols")
    write(patrols, "Officers patrol by day.", "They listen & explain.")
    gone = make_section(plan, number="1.2", title="One line", slug="one-line")
    write(gone, "One telephone line for all.")
    same = make_section(plan, number="1.3", title="Homes", slug="homes")
    write(same, "We visit every home.")
    moved = make_section(plan, number="1.4", title="Hate", slug="hate")
    write(moved, "We stay with victims.")
    keep(plan)
    write(
        patrols,
        "Officers patrol by day and night.",
        "They listen & explain.",
        "<b>Hours</b> count.",
    )
    gone.unpublish()
    write(moved, "We stay with victims.", number="1.5", title="Hate crime")
    write(make_section(plan, number="1.10", title="Checks", slug="checks"), "Check for yourself.")
    return plan


def test_plan_without_versions_says_so(client: Client) -> None:
    plan = make_plan()
    assert "No version of this plan is kept yet" in words(get(client, f"{plan.url}versions/").main)
    assert "nothing to compare" in words(get(client, f"{plan.url}compare/").main)


def test_versions_are_listed_latest_first_with_ways_to_compare(client: Client) -> None:
    plan = changed_plan()
    keep(plan, FINAL, DECIDED)
    page = get(client, f"{plan.url}versions/")
    assert [words(title) for title in page.select("main h2")] == [
        "Final version of 24 March 2022",
        "Draft of 16 November 2021",
    ]
    latest, first = page.select(".version-list > li")
    assert "Latest" in words(latest)
    assert "As consulted on." in words(first)
    assert latest.select_one(f'a[href="{plan.url}compare/?from={OLD}&to=final-2022-03-24"]')
    assert first.select_one(f'a[href="{plan.url}compare/?from={OLD}&to=now"]')


def test_old_version_stays_readable_and_says_that_it_is_superseded(client: Client) -> None:
    plan = changed_plan()
    keep(plan, FINAL, DECIDED)
    page = get(client, f"{plan.url}versions/{OLD}/")
    text = words(page.main)
    assert "Officers patrol by day." in text
    assert "by day and night" not in text
    assert "This version is superseded" in words(page.select_one(".notice"))
    assert page.select_one(f'.notice a[href="{plan.url}versions/final-2022-03-24/"]')
    parts = {part.h2["id"]: part for part in page.select(".plan-part")}
    assert parts["patrols"].select_one(f'a[href="{plan.url}patrols/"]')
    assert "no longer in the plan" in words(parts["one-line"])


def test_latest_version_is_not_called_superseded(client: Client) -> None:
    plan = changed_plan()
    assert "superseded" not in words(get(client, f"{plan.url}versions/{OLD}/").main)


def test_version_of_tomorrow_is_not_there_today(client: Client) -> None:
    plan = changed_plan()
    keep(plan, FINAL, datetime(2023, 1, 11, 12, tzinfo=UTC))
    assert "Final" not in words(get(client, f"{plan.url}versions/").main)
    assert client.get(f"{plan.url}versions/final-2023-01-11/").status_code == 404
    assert client.get(f"{plan.url}compare/?from=final-2023-01-11").status_code == 404


def test_comparison_tells_in_short_what_changed(client: Client) -> None:
    page = get(client, f"{changed_plan().url}compare/")
    text = words(page.main)
    assert words(page.select_one(".compare-sentence")) == (
        "3 of 5 sections changed: 2 passages added, 1 taken out, 1 reworded."
    )
    assert "1 section is new. 1 section was taken out." in text
    assert "1 section has another number. 1 section has another title." in text
    assert [words(row) for row in page.select("ul.compare-index")[0].select("li")] == [
        "1.1 Patrols 1 passage added, 1 reworded",
        "1.2 One line Section taken out",
        "1.5 Hate crime Same words",
        "1.10 Checks New section",
    ]
    assert words(page.select_one("main details")) == "1 part stands as before 1.3 Homes"


def test_comparison_marks_words_beside_each_other(client: Client) -> None:
    plan = changed_plan()
    page = get(client, f"{plan.url}compare/?from={OLD}&to=now")
    part = page.select_one("section#patrols")
    reworded, added = part.select(".compared-row")
    assert words(reworded.select_one(".row-word")) == "Reworded"
    assert words(reworded.select_one(".side-old")) == (
        "Draft of 16 November 2021 Officers patrol by day."
    )
    assert str(reworded.select_one("ins")) == (
        '<ins><span class="visually-hidden">(added: </span>and night'
        '<span class="visually-hidden">)</span></ins>'
    )
    assert not reworded.select("del")
    assert words(added) == "Added The plan today Hours count."
    assert words(part.select_one("details")) == "1 passage unchanged They listen & explain."
    assert words(page.select_one("#one-line .compared-row")) == (
        "Taken out Draft of 16 November 2021 One telephone line for all."
    )
    assert "It was section 1.4 before. Its title was “Hate” before." in words(
        page.select_one("#hate")
    )
    links = [link["href"] for link in part.select(".compared-head a")]
    assert links == [f"{plan.url}versions/{OLD}/#patrols", f"{plan.url}patrols/"]


def test_comparison_goes_either_way(client: Client) -> None:
    page = get(client, f"{changed_plan().url}compare/?from=now&to={OLD}")
    assert words(page.select_one("#patrols del")) == "(taken out: and night )"
    assert "Section taken out" in words(page.select_one("#checks"))


def test_both_sides_the_same_is_told_in_a_sentence(client: Client) -> None:
    plan = changed_plan()
    page = get(client, f"{plan.url}compare/?from={OLD}&to={OLD}")
    assert "Both sides are “Draft of 16 November 2021”: choose two" in words(page.main)
    assert page.select_one("#compare-from option[selected]")["value"] == OLD
    same = make_plan()
    make_section(same)
    keep(same)
    assert "both say the same" in words(get(client, f"{same.url}compare/").main)


@pytest.mark.parametrize(
    "asked",
    ["?from=never", "?to=never", "?from=never&to=never", "?section=never", "?from=<b>", "?to=x%00"],
)
def test_comparison_with_what_is_not_there_is_not_found(client: Client, asked: str) -> None:
    response = client.get(f"{changed_plan().url}compare/{asked}")
    assert response.status_code == 404
    assert "<b>" not in response.content.decode()


def test_one_section_can_be_compared_alone(client: Client) -> None:
    page = get(client, f"{changed_plan().url}compare/?section=patrols")
    assert [part["id"] for part in page.select("section.compared")] == ["patrols"]


def test_section_leads_to_its_part_of_the_comparison(client: Client) -> None:
    plan = changed_plan()
    told = get(client, f"{plan.url}patrols/").select_one(".since-draft")
    assert "changed after the draft of 16 November 2021" in words(told)
    assert told.a["href"] == f"{plan.url}compare/?from={OLD}&to=now#patrols"
    assert "is new since the draft" in words(get(client, f"{plan.url}checks/").main)
    unchanged = get(client, f"{plan.url}homes/").select_one(".since-draft")
    assert "stands as it was in the draft" in words(unchanged)
    assert unchanged.a is None


def test_nothing_is_told_of_a_draft_that_still_stands(client: Client) -> None:
    plan = make_plan(stage=Plan.Stage.CONSULTATION)
    section = make_section(plan)
    assert not get(client, section.url).select(".since-draft")
    keep(plan)
    assert not get(client, section.url).select(".since-draft")


def fill(plan: Plan, number: int) -> None:
    sections = [make_section(plan, slug=f"part-{place}") for place in range(number)]
    for section in sections:
        link = f'<a linktype="page" id="{plan.pk}">the plan</a>'
        write(section, "We patrol by day.", f"Read {link}.")
    keep(plan)
    for section in sections:
        write(section, "We patrol by night.", f"Read {link}.")
    keep(plan, FINAL, DECIDED)


def test_queries_do_not_grow_with_the_versions_or_sections(client: Client) -> None:
    small, large = make_plan(), make_plan()
    fill(small, 1)
    fill(large, 10)
    for path, most in [
        ("versions/", 15),
        (f"versions/{OLD}/", 17),
        ("compare/", 21),
        (f"compare/?from={OLD}&to=final-2022-03-24", 17),
        ("print/", 21),
        ("part-0/", 21),
    ]:
        counts = []
        for plan in (small, small, large):  # the first time reads content types
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                get(client, plan.url + path)
            counts.append(len(queries))
        assert counts[1] == counts[2], path
        assert counts[1] <= most, (path, counts)


def test_comparison_of_a_hundred_pages_stays_under_its_size(client: Client) -> None:
    plan = make_plan()
    sections = [make_section(plan, slug=f"part-{place}") for place in range(20)]
    for place, section in enumerate(sections):
        write(section, *(f"{place} {line} " + "what we do " * 30 for line in range(20)))
    keep(plan)
    for place, section in enumerate(sections):
        write(section, *(f"{place} {line} " + "what we did " * 30 for line in range(20)))
    page = get(client, f"{plan.url}compare/")
    parts = page.select("section.compared")
    assert len(parts) == 20
    alone = [part.select_one('a[href*="&section="]') for part in parts]
    assert alone[0] is None
    assert get(client, alone[-1]["href"]).select(".compared-row")
    for path in ("print/", f"versions/{OLD}/"):
        get(client, plan.url + path)
