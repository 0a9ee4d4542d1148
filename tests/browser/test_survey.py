"""The survey as a person meets it: with and without JavaScript, by keyboard alone, when wrong."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

SURVEY = "/consultations/police-and-crime-plan/your-say/"
WORDS = "More lights on the path <by the river> & fewer cars."
REFERENCE = re.compile(r"FM-\w{4}-\w{4}-\w{2}")


def heading(page) -> str:
    return page.inner_text("h1")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_whole_way_works_with_and_without_javascript(visit, open_site_url, javascript):
    page = visit(java_script_enabled=javascript)
    page.goto(open_site_url + SURVEY)
    page.click("text=Start now")
    page.check("#field-agree-violence-1")
    page.check("#field-do-more-2")
    page.check("#field-do-more-3")
    page.click("text=Save and continue")
    assert heading(page) == "In your own words"
    page.fill("#field-matters-most", WORDS)
    page.check("text=Yes, you may quote what I wrote")
    page.click("text=Save and continue")
    assert heading(page) == "About you"
    page.check("#field-age-band >> text=Prefer not to say")
    page.check("[name=monitoring-consent]")
    page.check("#field-respondent-kind >> text=An organisation")
    page.click("text=Save and continue")
    assert page.title().startswith("Error: ")
    assert page.is_checked("#field-age-band >> text=Prefer not to say")
    page.fill("#field-organisation", "The Guild (invented)")
    page.click("text=Save and continue")
    assert heading(page) == "Check your answers"
    for said in ("Strongly agree", WORDS, "The Guild (invented)", "Prefer not to say"):
        assert said in page.inner_text("main")
    page.click("a[href$='/2/#field-matters-most']")
    assert page.input_value("#field-matters-most") == WORDS
    page.fill("#field-matters-most", WORDS + "\nAnd a bench.")
    page.click("text=Save and continue")
    page.click("text=Save and continue")
    assert "And a bench." in page.inner_text("main")
    page.click("text=Send my response")
    if not javascript:
        # Without the work of a script a pause is asked for.
        page.wait_for_timeout(5500)
        page.locator("main form[method=post] button").first.click()
    page.wait_for_url("**/received/**")
    assert heading(page) == "We have your response"
    assert REFERENCE.search(page.inner_text("main"))
    assert "bench" not in page.content()
    assert "folkmoot-draft" not in {each["name"] for each in page.context.cookies()}


def test_every_page_of_the_way_has_no_fault(visit, open_site_url, no_fault):
    page = visit()
    page.goto(open_site_url + SURVEY)
    no_fault(page)
    page.click("text=Start now")
    no_fault(page)
    for step in ("In your own words", "About you", "Check your answers"):
        page.click("text=Save and continue")
        assert heading(page) == step
        no_fault(page)
    page.click("text=Send my response")
    no_fault(page)


def test_a_refused_page_has_no_fault_and_is_read_from_its_summary(visit, open_site_url, no_fault):
    page = visit()
    page.goto(f"{open_site_url}{SURVEY}3/")
    page.check("#field-respondent-kind >> text=An organisation")
    page.click("text=Save and continue")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    no_fault(page)
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "field-organisation"


def test_a_forged_page_keeps_what_was_typed(visit, open_site_url, no_fault):
    page = visit()
    page.goto(f"{open_site_url}{SURVEY}2/")
    page.evaluate("document.querySelector('[name=token]').value = 'forged'")
    page.fill("#field-matters-most", WORDS)
    page.click("text=Save and continue")
    assert "nothing was saved" in page.inner_text(".error-summary")
    assert page.input_value("#field-matters-most") == WORDS
    no_fault(page)
    page.click("text=Save and continue")
    assert heading(page) == "About you"


def test_the_whole_way_works_by_keyboard_alone(visit, open_site_url):
    page = visit()
    page.goto(open_site_url + SURVEY)

    def tab_to(selector: str) -> None:
        """Press Tab until the element has the focus, as somebody without a mouse must."""
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"{selector} cannot be reached by keyboard on {page.url}")

    def press(selector: str, key: str = "Enter") -> None:
        tab_to(selector)
        with page.expect_navigation():
            page.keyboard.press(key)

    press("a.button")
    tab_to("[name=agree-violence]")
    page.keyboard.press("Space")
    tab_to("[name=do-more]")
    page.keyboard.press("Space")
    press("button.button")
    tab_to("#field-matters-most")
    page.keyboard.type(WORDS)
    press("button.button", "Space")
    press("button.button")
    assert WORDS in page.inner_text("main")
    assert "Strongly agree" in page.inner_text("main")
    press("button.button")
    assert REFERENCE.search(page.inner_text("main"))


def test_every_target_is_large_enough_on_a_phone(visit, open_site_url):
    page = visit(viewport={"width": 390, "height": 844})
    page.goto(f"{open_site_url}{SURVEY}1/")
    for target in page.query_selector_all(".choice, main .button"):
        assert target.bounding_box()["height"] >= 44
    # The label is part of the target: whoever taps its end answers too.
    label = page.locator("label[for=field-agree-violence-1]")
    box = label.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    assert page.is_checked("#field-agree-violence-1")


def test_after_closing_the_way_ends_with_what_to_do(visit, site_url, no_fault):
    page = visit()
    page.goto(f"{site_url}{SURVEY}1/")
    assert heading(page) == "This survey has closed"
    no_fault(page)
