"""Answers found by keyboard: from a number on the front page to the answers it counts, and on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.conftest import NARROW, WIDE
from tests.browser.desk import Desk, desk_of, press, said, tab_to

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(chromium: Any, london_file: Any, tmp_path_factory: Any) -> Iterator[Desk]:
    with desk_of(london_file, tmp_path_factory.mktemp("answers"), "") as served:
        yield served


def check(page: Any) -> None:
    """Assert that the workbench on a page has no fault and lies within the window."""
    from axe_playwright_python.sync_playwright import Axe

    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, context=".folkmoot-workbench").response["violations"]
        assert [(width, each["id"], each["nodes"][0]["html"]) for each in found] == []


def listed(page: Any) -> int:
    return int(page.get_attribute("[data-count]", "data-count"))


def test_a_number_leads_to_its_answers_and_these_are_searched_by_keyboard(visit, desk):
    page = desk.sign_in(visit(), "analyst")
    page.goto(f"{desk.address}/admin/themes/")
    page.locator("tr", has_text="Suggested by machine").locator("td.title a").press("Enter")
    page.wait_for_url(re.compile(r"/admin/themes/\d+/[\w-]+/$"))
    nobody = page.locator("a[href$='?state=unread']").inner_text()
    press(page, "a[href$='?state=unread']")
    assert listed(page) == int(nobody.replace(",", ""))
    check(page)

    # The filter stays while words are looked for within it.
    tab_to(page, "#id_q")
    page.keyboard.type("foot patrols")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "state=unread" in page.url
    assert 0 < listed(page) < int(nobody.replace(",", ""))
    assert page.locator(".folkmoot-hits mark").count() > 1
    check(page)

    tab_to(page, "#id_q")
    page.keyboard.press("Control+a")
    page.keyboard.type("I am afraid to walk home in the dark")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    press(page, ".folkmoot-filter button[type=submit]")
    assert "nearest in meaning" in said(page)
    assert page.get_by_text(re.compile(r"^Likeness \d+%$")).count() > 1
    check(page)

    # What was filtered was kept by the address; like an answer, all others are looked at.
    press(page, "a[href*='?like=']")
    assert page.get_by_role("heading", name="More like this answer").count() == 1
    check(page)
    first = page.locator(".folkmoot-hits > li").first.locator("blockquote").first.inner_text()
    press(page, ".folkmoot-hits a[href*='/code/?answer=']")
    assert page.locator("[data-text]").inner_text().split() == first.split()


def test_answers_are_found_without_scripts(visit, desk):
    page = desk.sign_in(visit(java_script_enabled=False), "analyst")
    page.goto(f"{desk.address}/admin/themes/")
    page.locator("tr", has_text="Suggested by machine").locator("td.title a").click()
    page.get_by_role("link", name="Answers", exact=True).click()
    everything = listed(page)
    page.locator("summary", has_text="Filters").click()
    page.select_option("#id_channel", "web")
    page.get_by_role("button", name="Show", exact=True).click()
    assert 0 < listed(page) < everything
    page.get_by_role("link", name="Next page").click()
    page.get_by_role("link", name="Page before").click()
    assert "channel=web" in page.url
