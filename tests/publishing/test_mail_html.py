"""The HTML of an e-mail says what its text says."""

from __future__ import annotations

from bs4 import BeautifulSoup

from folkmoot.publishing.mail_html import html_of

TEXT = """\
Dear reader,
this is <new> & good.

What is new
-----------

- first
- second

Read it on the site: https://plan.example.org/a/?b=1&c=2

Or look at https://plan.example.org/a/, if you like.
"""


def _page(text=TEXT):
    return BeautifulSoup(html_of("A & B", text), "html.parser")


def test_page_has_a_language_and_a_title():
    page = _page()
    assert page.html["lang"] == "en-GB"
    assert page.title.text == "A & B"


def test_paragraphs_headings_and_lists_are_such():
    page = _page()
    assert page.p.get_text("|") == "Dear reader,|this is <new> & good."
    assert [heading.text for heading in page.find_all("h2")] == ["What is new"]
    assert [entry.text for entry in page.find_all("li")] == ["first", "second"]


def test_line_that_ends_in_an_address_is_a_link_with_its_words():
    first, second = _page().find_all("a")
    assert (first.text, first["href"]) == (
        "Read it on the site",
        "https://plan.example.org/a/?b=1&c=2",
    )
    assert second["href"] == second.text == "https://plan.example.org/a/"


def test_nothing_in_the_text_becomes_markup():
    evil = '<script>alert(1)</script>\nSee: https://a.example/"onclick="x\n\njavascript:alert(1)'
    page = _page(evil)
    assert page.find("script") is None
    assert all(set(link.attrs) == {"href"} for link in page.find_all("a"))
    assert all(link["href"].startswith("https://") for link in page.find_all("a"))


def test_text_right_under_a_heading_stays_apart_from_it():
    page = _page("News\n----\nSomething happened.")
    assert page.h2.text == "News"
    assert page.p.text == "Something happened."
