"""The page of what was found stands alone and says nothing of anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from folkmoot.texts import discover_themes
from folkmoot.texts.report import quotation, report_page

Planted = list[tuple[str, str]]
LETTER = (
    "We the undersigned ask that the police station in the high street keeps its front counter "
    "open on every day of the week & that nobody is <b>sent</b> to a website instead"
)


class Outline(HTMLParser):
    """The headings, links, ids and open tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if given.get("id"):
            self.ids.add(given["id"] or "")
        if tag == "a":
            self.links.add((given["href"] or "").removeprefix("#"))
        if tag in ("script", "img", "link", "iframe") or "src" in given:
            self.loaded.append(tag)


def page_of(planted: Callable[[int, int], Planted]) -> tuple[str, Outline]:
    answers = [text for text, _ in planted(300, 3)] + [LETTER] * 8 + ["", "Policja na ulicach"]
    ids = [f"R{number}" for number in range(len(answers))]
    page = report_page(
        discover_themes(answers),
        answers,
        ids,
        title="What <people> say",
        written={1},
        note="A note.",
    )
    outline = Outline()
    outline.feed(page)
    return page, outline


def test_the_page_needs_nothing_but_itself(planted: Callable[[int, int], Planted]) -> None:
    page, outline = page_of(planted)
    assert outline.loaded == []
    assert "url(" not in page
    assert "://" not in page
    assert "<title>What &lt;people&gt; say</title>" in page


def test_headings_and_links_lead_somewhere(planted: Callable[[int, int], Planted]) -> None:
    _, outline = page_of(planted)
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    for before, after in zip(outline.levels, outline.levels[1:], strict=False):
        assert after <= before + 1
    assert outline.links
    assert outline.links <= outline.ids


def test_it_tells_of_campaigns_of_languages_and_of_who_wrote(
    planted: Callable[[int, int], Planted],
) -> None:
    page, _ = page_of(planted)
    assert "front counter open on every day of the week &amp; that" in page
    assert "Answers in Polish" in page
    assert page.count("Machine-written") == 1
    assert "<p>A note.</p>" in page


def test_no_answers_make_a_page_that_says_so() -> None:
    assert "No answer says enough" in report_page(discover_themes([""]), [""], ["1"], title="None")


def test_a_quotation_is_plain_redacted_and_of_a_length_that_people_read() -> None:
    assert quotation("<p>Ring Sarah Jones on 07700 900123</p>") == (
        "Ring [name removed] on [phone number removed]"
    )
    long = quotation("police on the street " * 50_000)
    assert len(long) < 410
    assert long.endswith("street …")
    assert quotation(None) == ""
