"""What a consultation's page says after closing: we asked, you said, we did."""

from __future__ import annotations

from datetime import date

from bs4 import BeautifulSoup
from tests import factories
from tests.decisions.conftest import themes_of

from folkmoot.decisions.models import DecisionsPage
from folkmoot.themes.models import ResultsPage


def words(found):
    return " ".join(found.get_text(" ").split())


def account(client, consultation):
    page = BeautifulSoup(client.get(consultation.url).content, "html.parser")
    return page.select_one('[aria-labelledby="asked-said-did"]')


def test_account_says_what_was_asked_said_and_done(client, consultation, decide):
    theme = themes_of(consultation)[0]
    decision = decide(themes=[theme])
    shown = account(client, consultation)
    assert words(shown.h2) == "We asked, you said, we did"
    assert words(shown.select_one(".account-asked")) == "We asked What about change?"
    (line,) = shown.select(".account ul > li")
    people = theme.mentions.values("assignment__answer__response__respondent").distinct().count()
    assert words(line) == (
        f"You said {theme.label} {people} people We did Accepted in part Put officers on foot"
    )
    assert [link["href"] for link in line("a")] == [
        ResultsPage.objects.get().theme_url(theme),
        DecisionsPage.objects.get().decision_url(decision),
    ]


def test_account_stands_from_the_first_decision_on_with_the_largest_first(
    client, settings, consultation, decide
):
    largest, other = themes_of(consultation)[:2]
    decide(themes=[other], title="Second", slug="second")
    decide(themes=[largest], title="First", slug="first")
    settings.PUBLIC_CACHE_SECONDS = 0
    settings.FOLKMOOT_AT = "2022-03-23"
    assert account(client, consultation) is None
    settings.FOLKMOOT_AT = "2022-03-24"
    shown = account(client, consultation)
    done = [words(line("a")[-1]) for line in shown.select(".account ul > li")]
    assert done == ["First", "Second"]
    assert "All" not in words(shown)


def test_account_leads_to_the_decisions_it_leaves_out(client, consultation, decide):
    for number in range(8):
        decide(title=f"Decision {number}", slug=f"decision-{number}")
    shown = account(client, consultation)
    assert len(shown.select(".account ul > li")) == 6
    assert words(shown("a")[-1]) == "All 8 decisions, each with its reason"


def test_decisions_of_another_consultation_are_no_part_of_it(client, consultation, decide):

    decide(decided_on=date(2022, 3, 24))
    assert account(client, factories.make_consultation()) is None
