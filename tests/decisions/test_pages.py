"""The page of decisions, the thread of one, and the thread seen from each of its stations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from tests import factories
from tests.decisions.conftest import themes_of

from folkmoot.decisions import panels
from folkmoot.decisions.models import DecisionsPage
from folkmoot.decisions.presenters import thread_cells
from folkmoot.responses.models import Response
from folkmoot.themes.models import AssignedTheme, Assignment, ResultsPage


@pytest.fixture
def page(consultation):
    return DecisionsPage.objects.child_of(consultation).get()


@pytest.fixture
def whole(consultation, decide):
    """A decision with every station: two themes, a section, two commitments, a measure."""
    plan = consultation.statutory_plan
    measure = factories.make_measure(plan)
    return decide(
        themes=themes_of(consultation)[:2],
        changes=[(factories.make_section(plan), "Now says when officers walk.")],
        commitments=[
            factories.make_commitment(plan, measures=[measure], due=date(2022, 3, 31)),
            factories.make_commitment(plan, title="Publish the hours", due=date(2022, 12, 31)),
        ],
    )


def seen(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(tag):
    return " ".join(tag.get_text(" ").split())


def said(themes):
    """People who said any of the themes, counted the slow way."""
    return len(
        {
            each.assignment.answer.response.respondent_id
            for each in AssignedTheme.objects.filter(stands=True, theme__in=themes).select_related(
                "assignment__answer__response"
            )
        }
    )


def test_the_five_cells_of_a_thread(consultation, whole, page):
    people = said(whole.themes.all())
    cells = thread_cells(whole, factories.AFTER)
    assert [(cell["label"], cell["title"], cell["detail"]) for cell in cells] == [
        ("You said", whole.themes.first().label, f"{people} people, 2 themes"),
        ("We decided", "Accepted in part", "24 March 2022"),
        ("In the plan", "Section 2.3", "changed"),
        ("Commitments", "2", "one overdue"),
        ("Is it working?", "Personal robbery", "no figures yet"),
    ]
    assert cells[1]["url"] == page.decision_url(whole)


def test_a_decision_that_changed_nothing_says_so(decide):
    titles = [cell["title"] for cell in thread_cells(decide(), factories.AFTER)]
    assert titles[2:] == ["No change", "None", "No measure"]


def alone(theme):
    """A mention of a theme in an answer that mentions no other."""
    return theme.mentions.exclude(assignment__mentions__place=2).first()


def test_somebody_who_said_two_themes_is_one_person(consultation, decide):
    first, second = themes_of(consultation)[:2]
    one = first.mentions.filter(place=1).first().assignment.answer.response
    another = alone(second).assignment.answer.response
    before = thread_cells(decide(themes=[first, second]), factories.AFTER)[0]["detail"]
    Response.objects.filter(pk=another.pk).update(respondent=one.respondent)
    after = thread_cells(decide(themes=[first, second], slug="again"), factories.AFTER)[0]["detail"]
    assert int(after.split()[0]) == int(before.split()[0]) - 1


def test_a_late_response_is_nobody_who_asked(consultation, decide):
    decision = decide()
    late = themes_of(consultation)[0].mentions.first().assignment.answer.response
    before = thread_cells(decision, factories.AFTER)[0]["detail"]
    Response.objects.filter(pk=late.pk).update(
        submitted_at=consultation.closes_at + timedelta(hours=1)
    )
    after = thread_cells(decision, factories.AFTER)[0]["detail"]
    assert int(after.split()[0]) == int(before.split()[0]) - 1


def test_very_few_people_are_not_counted_in_public(consultation, decide):
    decision = decide()
    kept = themes_of(consultation)[0].mentions.values_list("pk", flat=True)[:3]
    themes_of(consultation)[0].mentions.exclude(pk__in=list(kept)).update(stands=False)
    assert thread_cells(decision, factories.AFTER)[0]["detail"] == "fewer than 5 people"


def test_the_page_lists_decisions_with_their_threads(client, page, whole):
    shown = seen(client, page.url)
    assert shown.h1.get_text() == "What we did"
    assert "You asked to see officers, and the plan now says when." in words(shown.main)
    assert f"{said(whole.themes.all())} people asked for this." in words(shown.main)
    assert len(shown.select("ol.thread")) == 1


def test_the_thread_page_shows_every_station_and_a_link_at_each(client, consultation, page, whole):
    shown = seen(client, page.decision_url(whole))
    assert shown.h1.get_text() == "Put officers on foot"
    headings = [words(each) for each in shown.select(".stations h2")]
    assert headings == ["You said", "We decided", "In the plan", "Commitments", "Is it working?"]
    text = words(shown.main)
    for part in ("Now says when officers walk.", "The commissioner, 24 March 2022", "Overdue"):
        assert part in text
    assert "Due on 31 December 2022" in text
    links = {link.get("href") for link in shown.main("a")}
    results = ResultsPage.objects.get()
    section = whole.section_changes.get().section
    assert {results.theme_url(theme) for theme in whole.themes.all()} <= links
    assert {consultation.url, section.url} <= links
    assert shown.select("blockquote")


def test_links_and_quotations_wait_until_the_results_are_public(client, page, whole):
    ResultsPage.objects.update(publish_from=factories.AFTER + timedelta(days=30))
    shown = seen(client, page.decision_url(whole))
    assert not shown.select("blockquote")
    assert not [link for link in shown.main("a") if "/theme/" in link.get("href", "")]


def test_personal_details_are_on_no_page(client, consultation, page, whole):
    planted = ("07700 900123", "priya.shah@example.org")
    mentions = AssignedTheme.objects.filter(theme__in=whole.themes.all())
    for place in Assignment.objects.filter(mentions__in=mentions).select_related("answer"):
        place.answer.text += f" Ring {planted[0]} or write to {planted[1]}."
        place.answer.save()
    pages = [page.url, page.decision_url(whole), consultation.url]
    published = [client.get(url).content.decode() for url in pages]
    assert "removed]" in published[1]
    for detail in planted:
        assert not [text for text in published if detail in text], detail


def test_a_decision_is_shown_from_the_day_it_was_taken(client, settings, page, decide):
    decision = decide(decided_on=date(2022, 4, 1))
    settings.FOLKMOOT_AT = "2022-03-31T12:00:00+00:00"
    assert client.get(page.decision_url(decision)).status_code == 404
    assert "No decision has been published yet." in words(seen(client, page.url).main)
    settings.FOLKMOOT_AT = "2022-04-01T12:00:00+00:00"
    assert client.get(f"{page.decision_url(decision)}?day=2").status_code == 200


def test_an_unknown_decision_is_not_found(client, page):
    assert client.get(f"{page.url}nothing/").status_code == 404


def test_every_station_leads_back_to_the_decision(consultation, whole):
    home, at = factories.make_home(), factories.AFTER
    commitment = whole.commitments.first()
    for presented in (
        panels.of_section(whole.section_changes.get().section, at),
        panels.of_commitment(commitment, at),
        panels.of_measure(commitment.measures.get(), at),
        panels.of_theme(whole.themes.first(), at),
        panels.of_consultation(consultation, at),
    ):
        assert [thread.decision for thread in presented["threads"]] == [whole]
    assert panels.at_home(home, at)["thread"].decision == whole


def test_a_station_without_a_decision_has_no_panel(consultation):
    plan, at = consultation.statutory_plan, factories.AFTER
    assert panels.of_section(factories.make_section(plan), at) is None
    assert panels.of_commitment(factories.make_commitment(plan), at) is None
    assert panels.of_measure(factories.make_measure(plan), at) is None
    assert panels.of_theme(themes_of(consultation)[0], at) is None
    assert panels.of_consultation(consultation, at) is None
    assert panels.at_home(factories.make_home(), at) is None


def test_the_panels_are_printed_on_the_pages_of_their_stations(client, consultation, page, whole):
    url = page.decision_url(whole)
    section = whole.section_changes.get().section
    theme = ResultsPage.objects.get().theme_url(whole.themes.first())
    commitment = thread_cells(whole, factories.AFTER)[3]["url"]
    for place in (consultation.url, section.url, theme, "/"):
        links = {link.get("href") for link in seen(client, place).main("a")}
        assert url in links, place
    assert commitment == f"{url}#commitments"


@pytest.mark.parametrize("number", [1, 10])
def test_the_number_of_queries_does_not_grow(
    client, django_assert_num_queries, consultation, page, decide, number, settings
):
    settings.PUBLIC_CACHE_SECONDS = 0
    plan = consultation.statutory_plan
    for place in range(number):
        decide(
            title=f"Decision {place}",
            themes=themes_of(consultation)[:3],
            changes=[(factories.make_section(plan, number=f"{place}"), "Changed.")],
            commitments=[factories.make_commitment(plan, measures=[factories.make_measure(plan)])],
        )
    client.get("/nothing-here/")
    with django_assert_num_queries(QUERIES_OF_DECISIONS):
        assert client.get(page.url).status_code == 200
    with django_assert_num_queries(QUERIES_OF_THREAD):
        assert client.get(f"{page.url}decision-0/").status_code == 200


QUERIES_OF_DECISIONS = 24
QUERIES_OF_THREAD = 24
