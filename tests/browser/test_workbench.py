"""The analysts' workbench by keyboard: from campaigns to what the public reads.

Two people analyse the second question of the demonstration, whose themes are a draft. Every screen
is looked at by axe at 320 and 1280 px on the way.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import NARROW, WIDE, served

pytestmark = pytest.mark.browser

ANALYST = "analyst@folkmoot.example"
ADMINISTRATOR = "staff@folkmoot.example"
RESULTS = "/consultations/police-and-crime-plan/what-you-told-us/"


@pytest.fixture
def site(chromium: Any, london_file: Path, tmp_path: Path) -> Any:
    with served(london_file, tmp_path, at="") as address:
        yield address


def password(london_file: Path) -> str:
    return (london_file.parent / "demo-staff-password").read_text()


def sign_in(page: Any, site: str, email: str, secret: str) -> None:
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", email)
    page.fill("[name=password]", secret)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def check(page: Any) -> None:
    """Assert that the workbench on a page has no fault and lies within the window."""
    from axe_playwright_python.sync_playwright import Axe

    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, context=".folkmoot-workbench").response["violations"]
        assert [(width, each["id"], each["nodes"][0]["html"]) for each in found] == []


def open_question(page: Any, site: str) -> str:
    """Go to the front page of the question whose themes are a draft; return its address."""
    page.goto(f"{site}/admin/themes/")
    page.locator("tr", has_text="Suggested by machine").locator("td.title a").press("Enter")
    page.wait_for_url(re.compile(r"/admin/themes/\d+/[\w-]+/$"))
    return str(page.url)


def press_in_answer(page: Any, *keys: str) -> None:
    page.wait_for_function("document.activeElement.matches('[data-answer]')")
    for key in keys:
        page.keyboard.press(key)


def save_and_go_on(page: Any) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def send(page: Any, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).first.press("Enter")


def test_a_question_is_analysed_by_keyboard(visit, site, london_file):
    secret = password(london_file)
    page = visit()
    sign_in(page, site, ANALYST, secret)
    question = open_question(page, site)
    check(page)

    # Campaigns first, as the front page says.
    page.goto(f"{question}campaigns/")
    check(page)
    while page.get_by_role("button", name=re.compile("^Confirm letter")).count():
        letter = page.locator(".folkmoot-letter").first
        letter.locator("input[value=once]").press("Space")
        with page.expect_navigation():
            letter.get_by_role("button", name=re.compile("^Confirm")).press("Enter")

    # A theme is named, another merged into it, and a part of it split off.
    page.goto(f"{question}frame/")
    check(page)
    themes = page.locator("td.title > a")
    first, second = themes.nth(0).inner_text(), themes.nth(1).inner_text()
    themes.nth(1).press("Enter")
    page.wait_for_url("**/themes/themes/*/")
    check(page)
    page.select_option("#into", label=first)
    send(page, "Merge")
    assert page.get_by_text(f"{second}: counted under {first}").count() == 1
    page.locator("td.title > a", has_text=first).first.press("Enter")
    page.wait_for_url("**/themes/themes/*/")
    page.get_by_label("Name", exact=True).fill("What people want most")
    page.get_by_label("What belongs in it").fill("Anything that is asked for in so many words.")
    send(page, "Save theme")
    page.goto(f"{question}versions/")
    check(page)
    send(page, "Undo version 3")
    assert page.get_by_text("Version 3 undone").count() >= 1

    # A share is drawn for two readers; then answers are read by key.
    page.goto(f"{question}agreement/")
    page.get_by_label("Share of the answers").fill("1")
    send(page, "Draw")
    page.goto(f"{question}code/")
    check(page)
    read_by_keys(page)
    page.goto(f"{question}code/?grid=yes")
    check(page)

    # A second person reads what was drawn, blind to the first, and differs.
    other = visit()
    sign_in(other, site, ADMINISTRATOR, secret)
    other.goto(f"{question}code/")
    press_in_answer(other, "c")
    save_and_go_on(other)

    page.goto(f"{question}agreement/")
    check(page)
    assert page.get_by_text("Krippendorff’s alpha").count() >= 1


def read_by_keys(page: Any) -> None:
    """Read three answers: two themes with a quotation; none of these, taken back; cannot tell."""
    press_in_answer(page, "1", "2")
    ticked = page.locator("input[name$='-theme']:checked")
    assert ticked.count() == 2
    page.keyboard.press("n")
    assert ticked.count() == 0
    page.keyboard.press("n")
    page.keyboard.press("1")
    assert page.locator("input[name$='-status']:checked").count() == 0
    page.evaluate(
        """() => {
            const text = document.querySelector("[data-text]").firstChild;
            const range = document.createRange();
            range.selectNodeContents(text);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("q")
    assert page.locator("[data-quotation]").input_value()
    page.keyboard.press("f")
    save_and_go_on(page)
    press_in_answer(page, "n")
    save_and_go_on(page)
    press_in_answer(page, "u")
    page.wait_for_selector("text=Your last reading is taken back")
    assert page.locator("input[value=none]:checked").count() == 1
    press_in_answer(page, "c")
    assert page.locator("input[value=none]:checked").count() == 0
    save_and_go_on(page)
    press_in_answer(page, "/")
    page.keyboard.type("zzzz")
    assert page.locator("li[data-label]:visible").count() == 0
    page.keyboard.press("Escape")


def test_an_answer_is_coded_without_scripts(visit, site, london_file):
    page = visit(java_script_enabled=False)
    secret = password(london_file)
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", ANALYST)
    page.fill("[name=password]", secret)
    page.click("button[type=submit]")
    question = open_question(page, site)
    page.goto(f"{question}code/")
    read = page.locator("text=/^\\d+ read by you/").inner_text()
    page.locator("input[name$='-theme']").first.check()
    page.click("text=Save and go on")
    assert page.locator("text=/^\\d+ read by you/").inner_text() != read
