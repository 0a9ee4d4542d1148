"""The register by keyboard, and responses reviewed until the public reads exactly what was left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.desk import Desk, check_screen, desk_of, press, respond, said, tab_to
from tests.browser.test_axe import check
from tests.conftest import LONDON_OPEN

pytestmark = pytest.mark.browser

SURVEY_PAGE = "/consultations/police-and-crime-plan/your-say/"
TOLD = "Ring Ada Byron on 020 7946 0018 about the lights by the river. 🚲 Ada knows."
UNNAMED = "Yes, without my name"


@pytest.fixture(scope="module")
def desk(chromium: Any, london_open_file: Any, tmp_path_factory: Any) -> Iterator[Desk]:
    with desk_of(london_open_file, tmp_path_factory.mktemp("register"), LONDON_OPEN) as served:
        yield served


def search(page: Any, desk: Desk, words: str) -> None:
    """Look for words in the register, by keyboard."""
    desk.open(page, "")
    tab_to(page, "#id_q")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_response_is_found_read_flagged_and_noted_by_keyboard(visit, desk):
    words = "Thimblewick crossings by the school gate, please."
    reference = respond(visit(), desk.address, words)
    page = desk.sign_in(visit())
    search(page, desk, "thimblewick school")
    assert "1 response found." in said(page)
    check_screen(page)
    tab_to(page, "details summary")
    if not page.is_visible("#id_channel"):
        page.keyboard.press("Enter")
    tab_to(page, "#id_channel")
    page.keyboard.type("Paper")
    press(page, ".folkmoot-filter button[type=submit]")
    assert "No response matches." in said(page)
    check_screen(page)
    press(page, "a:is([href$='/responses/'].button)")
    search(page, desk, "thimblewick school")
    press(page, f"td a:is([href*='/{key_of(desk, reference)}/'])")
    assert reference in page.inner_text("h1, .w-header")
    assert words in said(page)
    check_screen(page)

    tab_to(page, "#note-text")
    page.keyboard.type("Passed to the roads team.")
    press(page, "form[action*='/note/'] button")
    assert "The note is added." in page.inner_text("body")
    assert "Passed to the roads team." in said(page)

    tab_to(page, "details:has(#flag-kind) summary")
    page.keyboard.press("Enter")
    tab_to(page, "#flag-reason")
    page.keyboard.type("Asks a question.")
    press(page, "form[action*='/flag/'] button")
    assert "The response is flagged." in page.inner_text("body")
    page.locator(".help-block:has-text('Asks a question.') form button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "is cleared." in page.inner_text("body")
    history = page.inner_text(".folkmoot-history")
    for act in ("flag", "note"):
        assert act in history.lower()


def key_of(desk: Desk, reference: str) -> int:
    ((key,),) = desk.rows("SELECT id FROM responses_response WHERE reference = ?", reference)
    return int(key)


def test_duplicates_are_merged_and_one_is_restored(visit, desk):
    both = [respond(visit(), desk.address, f"Quiet streets, said {n}.") for n in ("once", "twice")]
    page = desk.sign_in(visit())
    search(page, desk, "quiet streets said")
    for reference in reversed(both):
        tab_to(page, f"input[aria-label='Choose {reference}']")
        page.keyboard.press("Space")
    press(page, "button[value=merge]")
    check_screen(page)
    press(page, "main form button[type=submit]")
    assert "Choose which response counts." in said(page)
    tab_to(page, "input[name=stands]")
    page.keyboard.press("Space")
    tab_to(page, "[name=reason]")
    page.keyboard.type("One person, twice.")
    press(page, "main form button[type=submit]")
    assert f"merged into {both[1]}" in page.inner_text("body")
    assert f"It stands in the place of {both[0]}" in said(page)
    press(page, f"a[href*='/{key_of(desk, both[0])}/']")
    assert "This response does not count: duplicate" in said(page)
    check_screen(page)
    tab_to(page, "details:has(#restore-reason) summary")
    page.keyboard.press("Enter")
    tab_to(page, "#restore-reason")
    page.keyboard.type("Two people of one household.")
    press(page, "form[action*='/restore/'] button")
    assert "The response counts again." in page.inner_text("body")


def test_a_campaign_is_marked_found_and_taken_back(visit, desk):
    text = "Stop the closures now: keep our station open."
    sent = [respond(visit(), desk.address, text) for _ in range(2)]
    page = desk.sign_in(visit())
    search(page, desk, "closures station")
    for reference in reversed(sent):
        tab_to(page, f"input[aria-label='Choose {reference}']")
        page.keyboard.press("Space")
    tab_to(page, "#chosen-reason")
    page.keyboard.type("The leaflet of 30 November.")
    press(page, "button[value=campaign]")
    assert "2 responses are flagged." in page.inner_text("body")
    desk.open(page, "?flag=campaign&q=closures+station")
    assert "2 responses found." in said(page)
    for reference in sent:
        desk.open(page, f"?q={reference}")
        page.click(f"td >> text={reference}")
        # The site may have flagged it for something of its own.
        campaign = page.locator(".help-block:has-text('Campaign') form button")
        campaign.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    desk.open(page, "?flag=campaign&q=closures+station")
    assert "No response matches." in said(page)


def select(page: Any, words: str, before: str) -> None:
    """Select words of an answer that stand before others, as a mouse or a caret does."""
    page.evaluate(
        """([words, before]) => {
            const text = document.querySelector("[data-text]");
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode()); ) {
                const at = node.data.indexOf(words + before);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                const selection = window.getSelection();
                selection.removeAllRanges();
                selection.addRange(range);
                return;
            }
            throw new Error(`${words} is in no text`);
        }""",
        [words, before],
    )


def test_the_public_reads_exactly_what_a_reviewer_left(visit, desk):
    told = respond(visit(), desk.address, TOLD, publication=UNNAMED)
    plain = respond(visit(), desk.address, "Plain words for all.", publication=UNNAMED)
    refused = respond(visit(), desk.address, "My neighbour is a thief.", publication=UNNAMED)
    private = respond(visit(), desk.address, "For your eyes only.")
    resident = visit()
    assert resident.goto(f"{desk.address}{SURVEY_PAGE}responses/").status == 404

    page = desk.sign_in(visit())
    desk.open(page, "publishing/")
    check_screen(page)
    press(page, "a[href*='/publishing/'][href$='/next/']")
    # The first to wait is the first that was sent.
    assert told in page.inner_text("h1, .w-header")
    check_screen(page)
    # What pattern finds is ticked; a name it does not know is marked, with why.
    assert "“020 7946 0018” (phone number)" in said(page)
    answer = page.locator("[data-answer]:has([data-text])")
    why = answer.locator("[data-why]")
    assert why.input_value() == "name"
    assert "“Ada Byron” (name)" in said(page)
    select(page, "Ada", " knows")
    page.keyboard.press("r")
    assert "“Ada” (name)" in said(page)
    assert "🚲 Ada knows" in answer.locator("[data-text]").inner_text()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "is reviewed." in page.inner_text("body")

    assert plain in page.inner_text("h1, .w-header")
    approve_all(page)
    assert refused in page.inner_text("h1, .w-header")
    tab_to(page, "[data-answer]:has([data-text]) input[type=radio]")
    page.keyboard.press("x")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    # Why it is not published must be said.
    assert "Nothing was changed." in said(page)
    tab_to(page, "[data-answer]:has([data-text]) [data-reason]")
    page.keyboard.type("Accuses somebody who can be found.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    desk.open(page, "publishing/")
    section = page.locator("section:has-text('Your say')").first
    section.locator("[name$=is_on]").check()
    section.locator("[name$=from_at]").fill("2021-12-01T00:00")
    with page.expect_navigation():
        section.locator("form button").click()
    assert "are published once reviewed" in page.inner_text("body")

    address = f"{desk.address}{SURVEY_PAGE}responses/"
    assert resident.goto(address).status == 200
    shown = public_texts(resident)
    (redacted,) = (each for each in shown if "lights by the river" in each)
    left = "Ring [name removed] on [phone number removed] about the lights by the river. 🚲 "
    assert f"{left}[name removed] knows." in redacted
    assert any("Plain words for all." in each for each in shown)
    everything = " ".join(shown)
    for hidden in ("Ada", "7946", "thief", "For your eyes only", told, private):
        assert hidden not in everything
    check(visit(), address)
    # So few may match that they could be told apart.
    resident.goto(f"{address}?q=river")
    assert "Too few to list" in said(resident)

    desk.open(page, f"?q={plain}")
    page.click(f"td >> text={plain}")
    page.locator("details:has(#withdraw-reason) summary").click()
    page.fill("#withdraw-reason", "Its sender asked.")
    with page.expect_navigation():
        page.locator("form[action*='/withdraw/'] button").click()
    # Another resident: a browser may show for a while what it read before.
    other = visit()
    other.goto(address)
    after = public_texts(other)
    assert not any("Plain words for all." in each for each in after)
    assert len(after) == len(shown) - 1


def approve_all(page: Any) -> None:
    """Publish every answer as it is, by keyboard, and go on to the next response."""
    tab_to(page, "[data-answer]:has([data-text]) input[type=radio]")
    page.keyboard.press("a")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def public_texts(page: Any) -> list[str]:
    """Return what the public reads of each response, from the page of each."""
    links = page.locator(".listed h2 a")
    addresses = [links.nth(place).get_attribute("href") for place in range(links.count())]
    texts = []
    for each in addresses:
        page.goto(re.sub(r"(https?://[^/]+).*", rf"\1{each}", page.url))
        texts.append(" ".join(page.locator("main .prose").inner_text().split()))
        page.go_back()
    return texts
