"""Search: what it finds, what it must never name, and what people type into it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.factories import (
    CLOSES,
    OPENS,
    make_consultation,
    make_home,
    make_plan,
    make_section,
    make_survey,
)
from wagtail.models import Page, PageViewRestriction, Site

from folkmoot.consultations.models import Update
from folkmoot.publishing.models import StandardPage
from folkmoot.publishing.search.words import LONGEST_QUERY, marked, root, snippet, typed, words
from folkmoot.themes.models import ResultsPage

AFTER = "2022-04-01"


def add_page(title: str, text: str = "", parent: Any = None, **fields: Any) -> StandardPage:
    page = StandardPage(title=title, summary=text, **fields)
    (parent or make_home()).add_child(instance=page)
    return page


def index() -> None:
    """Fill the index as the background worker, or `folkmoot migrate`, does."""
    call_command("update_index", verbosity=0)


def search(client: Client, text: str, **asked: Any) -> BeautifulSoup:
    response = client.get(f"/search/?{urlencode({'q': text} | asked)}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [heading.get_text() for heading in page.select(".found h3")]


def said(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ").split())


@pytest.fixture
def _after(settings: Any) -> None:
    settings.FOLKMOOT_AT = AFTER
    settings.PUBLIC_CACHE_SECONDS = 0


@pytest.mark.django_db
@pytest.mark.usefixtures("_after")
class TestFinding:
    def test_page_is_found_with_its_kind_its_place_and_the_words_marked(
        self, client: Client
    ) -> None:
        plan = make_plan(title="The plan")
        section = make_section(plan, title="Knife crime", summary="Fewer knives on the street.")
        section.body = [("text", "<p>We will <b>search</b> for knives & take them away.</p>")]
        section.save()
        index()
        page = search(client, "knife")
        (found,) = page.select(".found li")
        assert found.h3.get_text() == "Knife crime"
        assert found.a["href"] == section.url
        assert " ".join(found.select_one(".hint").get_text().split()) == "Section, in The plan"
        page = search(client, "searching away")
        (found,) = page.select(".found li")
        assert [mark.get_text() for mark in found.select("p mark")] == ["search", "away"]
        assert "knives & take" in found.get_text()

    def test_title_weighs_more_than_text(self, client: Client) -> None:
        long = "One of many things that the plan names is burglary, among a great deal else."
        add_page("The whole plan", f"{long} Burglary.")
        add_page("Burglary", "What we do about it.")
        index()
        assert titles(search(client, "burglary")) == ["Burglary", "The whole plan"]

    def test_other_forms_of_a_word_and_longer_words_are_found(self, client: Client) -> None:
        add_page("One", "Policing of the town.")
        add_page("Two", "Robberies and robbers.")
        index()
        assert titles(search(client, "police")) == ["One"]
        assert titles(search(client, "robbery")) == ["Two"]
        assert titles(search(client, "robb")) == ["Two"]

    def test_question_is_read_by_the_words_that_tell(self, client: Client) -> None:
        add_page("Knives", "Knife crime falls.")
        index()
        assert titles(search(client, "What is the plan against knife crime?")) == ["Knives"]

    def test_pages_with_some_of_the_words_are_offered_where_none_has_all(
        self, client: Client
    ) -> None:
        add_page("Knives", "Knife crime falls.")
        index()
        page = search(client, "knife aardvark")
        assert titles(page) == ["Knives"]
        assert "Nothing has all of these words. These have some of them." in said(page)

    def test_update_is_found_at_its_own_place(self, client: Client) -> None:
        consultation = make_consultation(title="The draft")
        consultation.updates = [
            Update(on=date(2022, 1, 9), title="Two weeks left", text="<p>Hurry to the hall.</p>")
        ]
        consultation.save_revision().publish()
        index()
        page = search(client, "hurry")
        (found,) = page.select(".found li")
        assert found.h3.get_text() == "Two weeks left"
        assert found.a["href"] == f"{consultation.url}#update-2022-01-09-two-weeks-left"
        assert "Update of 9 January 2022, in Consultations / The draft" in " ".join(
            found.select_one(".hint").get_text().split()
        )
        assert found.mark.get_text() == "Hurry"

    def test_answer_is_found_once_it_is_out(self, client: Client, settings: Any) -> None:
        make_consultation(title="The draft", outcome="<p>More lamps in parks.</p>")
        settings.FOLKMOOT_AT = "2022-03-01"
        index()
        assert titles(search(client, "lamps")) == []
        settings.FOLKMOOT_AT = AFTER
        index()
        assert titles(search(client, "lamps")) == ["The draft"]

    def test_worker_takes_in_what_was_published_and_what_was_taken_out(
        self, client: Client
    ) -> None:
        consultation = make_consultation()
        consultation.updates = [Update(on=date(2022, 1, 9), title="Lamps", text="<p>News.</p>")]
        consultation.save_revision().publish()
        assert titles(search(client, "lamps")) == []
        for waiting in DBTaskResult.objects.filter(task_path__startswith="modelsearch."):
            waiting.task.call(*waiting.task_result.args, **waiting.task_result.kwargs)
        assert titles(search(client, "lamps")) == ["Lamps"]
        again = type(consultation).objects.get(pk=consultation.pk)
        again.updates = []
        again.save_revision().publish()
        assert titles(search(client, "lamps")) == []

    def test_many_results_are_turned_by_page_and_keep_what_was_typed(self, client: Client) -> None:
        for number in range(23):
            add_page(f"Lamp {number}", slug=f"lamp-{number}")
        index()
        first = search(client, "lamp & parks?")
        assert "23 results for “lamp & parks?”" in said(first)
        assert first.select_one("#q")["value"] == "lamp & parks?"
        seen = titles(first)
        while (link := first.select_one('.pages a[rel="next"]')) is not None:
            first = BeautifulSoup(client.get(f"/search/{link['href']}").content, "html.parser")
            seen += titles(first)
        assert sorted(seen) == sorted(f"Lamp {number}" for number in range(23))
        assert first.select_one("ol.found")["start"] == "21"
        for strange in ("0", "-1", "99999999999999999999", "x", "1.5", "\x00"):
            search(client, "lamp", page=strange)

    def test_nothing_found_says_what_to_do(self, client: Client) -> None:
        index()
        page = search(client, "aardvark <b>")
        assert "Nothing found for “aardvark <b>”" in said(page)
        assert "Try fewer words" in said(page)
        assert page.select_one("#q")["value"] == "aardvark <b>"
        assert page.select("main ul a")

    def test_empty_question_shows_the_box_alone(self, client: Client) -> None:
        make_home()
        page = search(client, "  ")
        assert page.select_one("#q")["value"] == ""
        assert not page.select("#results")

    def test_script_in_a_page_or_a_question_is_text(self, client: Client) -> None:
        add_page("Lamps", "<script>alert('lamp')</script> & <img src=x onerror=alert(1)>")
        index()
        html = client.get("/search/?q=lamp+%3Cscript%3Ealert(2)%3C/script%3E").content.decode()
        main = html.partition("<main")[2]
        assert "<script" not in main
        assert "<img" not in main
        html = client.get("/search/?q=lamp").content.decode()
        assert "&lt;script&gt;alert(&#x27;<mark>lamp</mark>&#x27;)&lt;/script&gt;" in html

    def test_queries_do_not_grow_with_what_is_found(self, client: Client) -> None:
        consultation = make_consultation()
        counts = []
        for number in (1, 9):
            for place in range(number):
                add_page(f"Lamp {number} {place}", parent=consultation)
                Update.objects.create(
                    consultation=consultation, on=date(2022, 1, 9), title="Lamp", text="<p>x</p>"
                )
            index()
            search(client, "lamp")
            with CaptureQueriesContext(connection) as queries:
                page = search(client, "lamp")
            counts.append((len(queries), len(titles(page))))
        assert [shown for _, shown in counts] == [2, 10]
        assert counts[0][0] == counts[1][0]


@pytest.mark.django_db
@pytest.mark.usefixtures("_after")
class TestHiding:
    def test_what_is_not_public_is_never_named(self, client: Client) -> None:
        home = make_home()
        add_page("Lamp public")
        add_page("Lamp draft", live=False)
        add_page("Lamp to come", live=False, go_live_at=CLOSES + timedelta(days=900))
        locked = add_page("Lamp locked")
        PageViewRestriction.objects.create(page=locked, restriction_type="login")
        add_page("Lamp below locked", parent=locked)
        elsewhere = Page(title="Elsewhere", slug="elsewhere")
        home.get_parent().add_child(instance=elsewhere)
        add_page("Lamp elsewhere", parent=elsewhere)
        Site.objects.create(hostname="other.example", root_page=elsewhere)
        withdrawn = add_page("Lamp withdrawn")
        index()
        withdrawn.unpublish()
        assert titles(search(client, "lamp")) == ["Lamp public"]

    def test_draft_of_a_public_page_is_not_found_before_it_is_published(
        self, client: Client
    ) -> None:
        page = add_page("Lamps", "Lamps in parks.")
        page.summary = "Aardvarks in parks."
        revision = page.save_revision()
        index()
        assert titles(search(client, "aardvarks")) == []
        revision.publish()
        index()
        assert titles(search(client, "aardvarks")) == ["Lamps"]

    @pytest.mark.parametrize(
        ("at", "shown"), [("2022-01-08 12:00", []), ("2022-01-09 12:00", ["Lamp"])]
    )
    def test_update_is_not_found_before_its_day(
        self, client: Client, settings: Any, at: str, shown: list[str]
    ) -> None:
        settings.FOLKMOOT_AT = at
        consultation = make_consultation()
        draft = make_consultation(live=False)
        for each in (consultation, draft):
            Update.objects.create(
                consultation=each, on=date(2022, 1, 9), title="Lamp", text="<p>x</p>"
            )
        index()
        assert titles(search(client, "lamp")) == shown

    def test_results_are_not_found_before_their_hour(self, client: Client, settings: Any) -> None:
        consultation = make_consultation()
        survey = make_survey(consultation)
        for title, public_from in (("Lamp one", None), ("Lamp two", CLOSES + timedelta(days=30))):
            page = ResultsPage(title=title, activity=survey, publish_from=public_from)
            consultation.add_child(instance=page)
        index()
        for at, shown in (
            (OPENS + timedelta(days=1), []),
            (CLOSES + timedelta(days=1), ["Lamp one"]),
            (CLOSES + timedelta(days=31), ["Lamp one", "Lamp two"]),
        ):
            settings.FOLKMOOT_AT = at.isoformat()
            assert sorted(titles(search(client, "lamp"))) == shown
            sitemap = client.get("/sitemap.xml").content.decode()
            assert sitemap.count("/lamp-") == len(shown)

    def test_page_of_search_is_kept_nowhere_and_read_by_no_engine(
        self, client: Client, settings: Any
    ) -> None:
        settings.PUBLIC_CACHE_SECONDS = 60
        make_home()
        response = client.get("/search/?q=lamp")
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        add_page("Lamp")
        index()
        assert titles(search(client, "lamp")) == ["Lamp"]


NASTY = [
    '"',
    '""',
    '"lamp',
    "lamp*",
    "*",
    "lamp AND",
    "AND OR NOT NEAR",
    "NEAR(lamp park, 2)",
    "title : lamp",
    "{title} : lamp",
    "^lamp",
    "lamp -park",
    "lamp + park",
    "(lamp",
    "lamp)",
    "lamp\x00park",
    "\x00",
    "%s %d %(lamp)s %",
    "'; DROP TABLE wagtailsearch_indexentry; --",
    "lamp\\",
    "lamp & !park | (:*",
    "\ud800",
    "👩‍🚒 lamp",
    "ß İ ﷺ ｌａｍｐ",
    "हिन्दी ไทย العربية",
    "\u0301\u0301 \u0301",
    "x" * 5000,
    "lamp " * 400,
]


@pytest.mark.django_db
@pytest.mark.usefixtures("_after")
class TestTyping:
    @pytest.mark.parametrize("text", NASTY)
    def test_no_operator_and_no_character_breaks_search(self, client: Client, text: str) -> None:
        add_page("Lamp", "A lamp in a park.")
        index()
        query = urlencode({"q": text}, errors="surrogatepass")
        response = client.get(f"/search/?{query}")
        assert response.status_code == 200
        assert "\x00" not in response.content.decode()

    @settings(
        max_examples=150,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(text=st.text(max_size=120))
    @example(text='NEAR("a" "b", 3) AND {title}: ^x*')
    def test_whatever_is_typed_gives_a_page(self, client: Client, text: str) -> None:
        if not StandardPage.objects.exists():
            add_page("Lamp", "A lamp in a park.")
            index()
        response = client.get("/search/", {"q": text})
        assert response.status_code == 200

    def test_bytes_that_are_no_text_give_a_page(self, client: Client) -> None:
        make_home()
        assert client.get("/search/?q=%ff%fe%00").status_code == 200
        assert client.post("/search/", {"q": "lamp"}).status_code == 405

    def test_long_question_is_cut_and_says_so(self, client: Client) -> None:
        add_page("Lamp")
        index()
        page = search(client, "lamp " + "lamp" * 100)
        assert len(page.select_one("#q")["value"]) <= LONGEST_QUERY
        page = search(client, "lamp " * 100)
        assert titles(page) == ["Lamp"]
        assert "Only the first 100 characters were looked for." in said(page)


def test_words_are_letters_and_digits_only() -> None:
    assert words('Knife-crime "NEAR" (2022)*') == ["knife", "crime", "2022"]
    assert words("the of and") == ["the", "of", "and"]
    assert words("हिन्दी") == ["हिन्दी"]
    assert words("\x00 \n *") == []
    assert len(words(" ".join(f"w{number}" for number in range(40)))) == 12


def test_typed_text_is_one_line_without_control_characters() -> None:
    assert typed(" a\x00b\n c\u202e ") == "a b c"
    assert len(typed("x" * 1000)) == LONGEST_QUERY


@pytest.mark.parametrize(
    ("word", "other"),
    [("policing", "police"), ("crimes", "crime"), ("robbery", "robberies"), ("reported", "report")],
)
def test_forms_of_a_word_share_a_root(word: str, other: str) -> None:
    assert root(word) == root(other)


def test_police_is_not_policy() -> None:
    assert root("police") != root("policy")
    assert root("bus") == "bus"


def test_snippet_is_cut_around_the_word_and_escapes_everything() -> None:
    text = "Before. " * 60 + "Here <is> the lamp & more. " + "After. " * 60
    html = snippet(text, ["lamp"])
    assert "&lt;is&gt; the <mark>lamp</mark> &amp; more." in html
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert len(html) < 320
    assert marked("<b>", ["b"]) == "&lt;<mark>b</mark>&gt;"
    assert snippet("", ["lamp"]) == ""


@given(text=st.text(), sought=st.lists(st.text(alphabet="abc<&é1", min_size=1), max_size=3))
def test_marking_loses_no_text_and_lets_no_markup_through(text: str, sought: list[str]) -> None:
    html = marked(text, sought)
    plain = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in plain.find_all(True)} <= {"mark"}
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
