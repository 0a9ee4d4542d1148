"""The public pages of a plan."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_commitment, make_home, make_measure, make_plan, make_section

from folkmoot.plans.models import Forecast, Milestone, Outcome, Plan, Priority, ProgressUpdate
from folkmoot.plans.presenters import priority_url

pytestmark = pytest.mark.django_db

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2023-01-10"
    settings.PUBLIC_CACHE_SECONDS = 0
    settings.STORAGES = settings.STORAGES | PLAIN


def get(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


def test_plan_page_shows_the_whole_plan(client: Client) -> None:
    plan = make_plan(foreword="<p>What we will do.</p>", legal_basis="<p>An Act of 2011.</p>")
    section = make_section(plan, number="2.3", title="Officers on the street")
    make_measure(plan, title="Personal robbery")
    make_commitment(plan, title="A named officer", due=date(2022, 12, 31), slug="named")
    page = get(client, plan.url)
    text = words(page.main)
    assert words(page.h1) == "Police and crime plan"
    assert words(page.select_one(".page-head .tag")) == "Published"
    assert "Runs from 1 Apr 2022 to 31 Mar 2025" in text
    assert "What we will do." in text
    assert "An Act of 2011." in text
    contents = page.select_one(".contents a")
    assert (words(contents), contents["href"]) == ("Officers on the street", section.url)
    assert words(page.select_one("#violence")) == "Reducing violence"
    assert "Fewer people are robbed" in text
    assert "Personal robbery Quantitative; lower is better." in text
    assert "1 commitment: 1 overdue." in text
    assert "Overdue Due 31 December 2022, overdue by 10 days." in text
    assert page.select_one(f'a[href="{plan.url}commitments/named/"]')


def test_draft_plan_looks_like_a_draft(client: Client) -> None:
    page = get(client, make_plan(stage=Plan.Stage.DRAFT, published_on=None).url)
    tag = page.select_one(".page-head .tag")
    assert (words(tag), tag["class"]) == ("Draft", ["tag", "tag-draft"])
    assert "Published" not in words(page.select_one(".facts"))


def test_section_page_leads_to_its_neighbours_and_what_follows(client: Client) -> None:
    plan = make_plan()
    first, second, third = (
        make_section(plan, number=f"1.{place}", title=f"Section {place}") for place in (1, 2, 3)
    )
    make_commitment(plan, section=second, title="A named officer")
    page = get(client, second.url)
    assert words(page.h1) == "1.2 Section 2"
    assert [link["href"] for link in page.select(".pager a")] == [first.url, third.url]
    assert "A named officer" in words(page.main)
    assert [link["href"] for link in get(client, first.url).select(".pager a")] == [
        f"{plan.url}#contents",
        second.url,
    ]


def test_sections_stand_by_number_with_the_one_that_is_read_marked(client: Client) -> None:
    plan = make_plan()
    later, sooner = (make_section(plan, number=each, title=each) for each in ("2.10", "2.9"))
    deeper = make_section(plan, number="2.9.1", title="2.9.1")
    page = get(client, sooner.url)
    entries = page.select(".plan-contents .contents li")
    assert [entry.a["href"] for entry in entries] == [sooner.url, deeper.url, later.url]
    assert [entry["class"] for entry in entries] == [["level-0"], ["level-1"], ["level-0"]]
    assert [entry.a.get("aria-current") for entry in entries] == ["page", None, None]
    assert page.select_one(".plan-contents details > summary")
    assert page.select_one('.pager a[rel="next"]')["href"] == deeper.url


def test_headings_inside_a_section_can_be_linked_to(client: Client) -> None:
    section = make_section(
        make_plan(), body=[("heading", "Who checks"), ("text", "<h3>Who checks</h3><p>All.</p>")]
    )
    page = get(client, section.url)
    assert words(page.select_one("h2#who-checks")) == "Who checks"
    assert page.select_one("h3#who-checks-2")
    assert not page.select(".in-section"), "two headings need no list of their own"


def test_long_section_lists_its_headings(client: Client) -> None:
    headings = [("heading", title) for title in ("One", "Two", "Three")]
    page = get(client, make_section(make_plan(), body=headings).url)
    links = [link["href"] for link in page.select(".in-section a")]
    assert links == ["#one", "#two", "#three"]


def test_whole_plan_stands_on_one_page(client: Client) -> None:
    plan = make_plan(foreword="<p>What we will do.</p>", legal_basis="<p>An Act of 2011.</p>")
    for number in ("1.1", "1.2"):
        slug = f"part-{number[-1]}"
        make_section(plan, number=number, slug=slug, title="Part", body=[("heading", "Why")])
    make_measure(plan, title="Personal robbery")
    make_commitment(plan, title="A named officer")
    page = get(client, f"{plan.url}print/")
    text = words(page.main)
    for said in ("What we will do.", "An Act of 2011.", "Personal robbery", "A named officer"):
        assert said in text
    assert [link["href"] for link in page.select(".contents a")] == ["#part-1", "#part-2"]
    ids = [each["id"] for each in page.select("[id]")]
    assert {"part-1-why", "part-2-why"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert [each.name for each in page.select(".plan-part .prose [id]")] == ["h3", "h3"]


def test_priority_page_shows_all_that_belongs_to_it(client: Client) -> None:
    plan = make_plan()
    measure = make_measure(plan, title="Personal robbery")
    priority = measure.outcome.priority
    other = Priority.objects.create(plan=plan, title="Trust", slug="trust")
    section = make_section(plan, title="Knives", priority=priority)
    make_section(plan, title="Fairness", priority=other)
    make_commitment(plan, title="By section", section=section)
    make_commitment(plan, title="By measure", measures=[measure, make_measure(plan)])
    make_commitment(plan, title="Of another")
    page = get(client, priority_url(plan, priority))
    text = words(page.main)
    assert words(page.h1) == "Reducing violence"
    assert "Fewer people are robbed" in text
    assert "Personal robbery" in text
    assert [words(title) for title in page.select("#commitments ~ ul h3")] == [
        "By section",
        "By measure",
    ]
    assert "Knives" in text
    assert "Fairness" not in text
    assert page.select_one(f'.side a[href="{plan.url}priorities/trust/"]')
    assert get(client, plan.url).select_one(f'main a[href="{plan.url}priorities/violence/"]')
    assert get(client, section.url).select_one(f'main a[href="{plan.url}priorities/violence/"]')


def test_empty_priority_says_so(client: Client) -> None:
    plan = make_plan()
    Priority.objects.create(plan=plan, title="Trust", slug="trust")
    assert "Nothing is written" in words(get(client, f"{plan.url}priorities/trust/").main)


def test_list_of_priorities_is_on_the_plan(client: Client) -> None:
    plan = make_plan()
    assert client.get(f"{plan.url}priorities/")["Location"] == f"{plan.url}#priorities"


def test_commitment_page_shows_steps_progress_and_measures(client: Client) -> None:
    plan = make_plan()
    section = make_section(plan, number="2.3", title="Officers on the street")
    measure = make_measure(plan, title="Trust in the police")
    commitment = make_commitment(
        plan, section=section, measures=[measure], forecast=date(2023, 3, 1), lateness="Two left."
    )
    for title, due, completed in [
        ("Names printed", date(2022, 10, 31), date(2022, 11, 5)),
        ("Names known", date(2022, 12, 31), date(2023, 1, 11)),
    ]:
        Milestone.objects.create(commitment=commitment, title=title, due=due, completed=completed)
    for on, text in [(date(2023, 1, 9), "Nearly."), (date(2023, 1, 11), "From the future.")]:
        ProgressUpdate.objects.create(commitment=commitment, on=on, text=text)
    page = get(client, f"{plan.url}commitments/{commitment.slug}/")
    text = words(page.main)
    assert words(page.h1) == commitment.title
    assert words(page.select_one(".page-head .tag")) == "Overdue"
    assert "Overdue by 10 days, expected on 1 March 2023. Two left." in text
    cells = [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")]
    rows, reasons = [row[:-1] for row in cells], [row[-1] for row in cells]
    assert reasons == ["[z]", "[z]"]
    assert rows == [
        ["Names printed", "Completed 5 days late", "31 October 2022", "Done", "5 November 2022"],
        ["Names known", "Overdue by 10 days", "31 December 2022", "As due", "Not yet"],
    ]
    assert "Nearly." in text
    assert "From the future." not in text
    assert "Trust in the police" in text
    assert page.select_one(f'main a[href="{section.url}"]')
    assert words(page.select_one(".breadcrumbs")).endswith(commitment.title)


def test_commitment_page_keeps_every_day_that_was_expected(client: Client) -> None:
    plan = make_plan()
    commitment = make_commitment(plan, forecast=date(2023, 5, 1), lateness="One ward is left.")
    step = Milestone.objects.create(commitment=commitment, title="Named", due=date(2023, 1, 5))
    for said_on, milestone, expected, reason in [
        (date(2022, 11, 1), None, date(2023, 3, 1), "Two wards are left."),
        (date(2022, 12, 1), step, date(2023, 1, 4), ""),
        (date(2023, 1, 9), None, date(2023, 5, 1), "One ward is left."),
        (date(2023, 1, 11), None, None, "From the future."),
    ]:
        Forecast.objects.create(
            commitment=commitment,
            milestone=milestone,
            said_on=said_on,
            expected=expected,
            reason=reason,
        )
    page = get(client, f"{plan.url}commitments/{commitment.slug}/")
    table = page.select_one("#forecasts ~ .scroll table")
    rows = [[words(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    last, first = ("One ward is left.", "Two wards are left.")
    assert rows == [
        ["9 January 2023", "The commitment", "1 May 2023", "121 days late", last],
        ["1 December 2022", "Named", "4 January 2023", "1 day early", "[z]"],
        ["1 November 2022", "The commitment", "1 March 2023", "60 days late", first],
    ]


def test_update_that_was_withdrawn_stays_and_says_so(client: Client) -> None:
    plan = make_plan()
    commitment = make_commitment(plan)
    wrong, right = (
        ProgressUpdate.objects.create(commitment=commitment, on=date(2023, 1, 2), text=text)
        for text in ("All are named.", "Half are named.")
    )
    ProgressUpdate.objects.create(
        commitment=commitment, on=date(2023, 1, 3), text="It was wrong.", withdraws=wrong
    )
    page = get(client, f"{plan.url}commitments/{commitment.slug}/")
    right_told, wrong_told = (words(each) for each in page.select(".updates article"))
    assert right_told == f"2 January 2023 {right.text}"
    assert wrong_told == f"2 January 2023 Withdrawn It was wrong. {wrong.text}"


@pytest.mark.parametrize(
    "path",
    ["commitments/unknown/", "priorities/unknown/", "versions/unknown/", "no-such-section/"],
)
def test_unknown_parts_of_a_plan_are_not_found(client: Client, path: str) -> None:
    assert client.get(f"{make_plan().url}{path}").status_code == 404


def fill(plan: Plan, number: int) -> str:
    """Give a plan `number` of everything, and return the address of a commitment."""
    for place in range(number):
        priority = Priority.objects.create(plan=plan, title="Priority", slug=f"priority-{place}")
        outcome = Outcome.objects.create(priority=priority, title="Outcome")
        section = make_section(plan, priority=priority)
        measures = [make_measure(plan) for _ in range(number)]
        measures[0].outcome = outcome
        measures[0].save()
        commitment = make_commitment(plan, section=section, measures=measures)
        for _ in range(number):
            step = Milestone.objects.create(
                commitment=commitment, title="Step", due=date(2023, 1, 1)
            )
            for milestone in (None, step):
                Forecast.objects.create(
                    commitment=commitment, milestone=milestone, said_on=date(2023, 1, 1)
                )
            ProgressUpdate.objects.create(commitment=commitment, on=date(2023, 1, 1), text="Done.")
    return f"{plan.url}commitments/{commitment.slug}/"


def test_queries_do_not_grow_with_the_plan(client: Client) -> None:
    small, large = make_plan(), make_plan()
    pages = [(fill(small, 1), fill(large, 10))]
    pages += [tuple(f"{each.url}priorities/priority-0/" for each in (small, large))]
    parts = ("print/", "commitments/", "commitments/commitments.csv")
    pages += [(f"{small.url}{part}", f"{large.url}{part}") for part in parts]
    pages += [(small.url, large.url), (small.get_children()[0].url, large.get_children()[0].url)]
    client.get(small.url)  # content types and the site's root are read once a process
    for address_of_small, address_of_large in pages:
        counts = []
        for address in (address_of_small, address_of_large):
            cache.clear()
            with CaptureQueriesContext(
                connection,
            ) as queries:
                get(client, address)
            counts.append(len(queries))
        assert counts[0] == counts[1], address_of_large
        assert counts[0] <= 26, address_of_large


def test_front_page_shows_the_plan_and_its_priorities(client: Client) -> None:
    plan = make_plan()
    make_measure(plan)
    page = get(client, make_home().url)
    panel = page.select_one('section[aria-labelledby="the-plan"]')
    assert f"{plan.title} , April 2022 to March 2025." in words(panel)
    assert panel.select_one(f'a[href="{plan.url}priorities/violence/"]')


def test_pages_change_at_midnight_in_the_time_of_the_body() -> None:
    plan = make_plan()
    # 22:30 in UTC is 23:30 in London in summer.
    at = datetime(2023, 6, 1, 22, 30, tzinfo=UTC)
    assert plan.seconds_unchanged(at) == 30 * 60
    assert make_section(plan).seconds_unchanged(at) == 30 * 60
