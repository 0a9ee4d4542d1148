"""Forms on paper keyed with the keyboard alone: once, and twice with what differed settled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.desk import REFERENCE, Desk, check_screen, desk_of, press, said, tab_to
from tests.conftest import LONDON_OPEN

pytestmark = pytest.mark.browser

# What stands on a form of the demonstration's survey, question by question as it is typed.
CLOSED = ["2", "1", "2", "b", "3", "13", "5"]
LETTER = "More lights on the way home.\nAnd a warden in the park."


@pytest.fixture(scope="module")
def desk(chromium: Any, london_open_file: Any, tmp_path_factory: Any) -> Iterator[Desk]:
    with desk_of(london_open_file, tmp_path_factory.mktemp("keying"), LONDON_OPEN) as served:
        yield served


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def end(self) -> None:
        with self.page.expect_navigation():
            self.press("Control+Enter")


def open_batch(page: Any, desk: Desk, name: str, *, is_double: bool = False) -> None:
    """Open a batch by keyboard; it leads to the first form."""
    desk.open(page, "keying/")
    tab_to(page, "#id_survey")
    page.keyboard.type("Your say")
    tab_to(page, "#id_name")
    page.keyboard.type(name)
    tab_to(page, "#id_received_on")
    if is_double:
        tab_to(page, "#id_is_double")
        page.keyboard.press("Space")
    press(page, "main form button[type=submit]")
    assert "/key/" in page.url


def follow(page: Any, link: str) -> None:
    """Click a link and wait for the page it leads to."""
    with page.expect_navigation():
        page.click(link)


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.name"))


def test_a_form_is_keyed_by_number_with_the_keyboard_alone(visit, desk):
    page = desk.sign_in(visit())
    open_batch(page, desk, "Box 1, library")
    check_screen(page)
    assert focused(page) == "agree-violence"
    keys = Keys(page)
    for typed in CLOSED:
        keys.type(typed)
        keys.press("Enter")
    assert focused(page) == "matters-most"
    keys.type(LETTER)
    keys.press("Tab")
    page.wait_for_function("document.querySelector('#keying-saved').textContent.includes('Saved')")
    keys.end()
    # Two keys an answer, one more where two boxes are ticked, the letter, Tab, and the end.
    assert keys.pressed == 2 * len(CLOSED) + 1 + len(LETTER) + 2
    reference = REFERENCE.search(said(page))[0]
    assert "Write 1 on it." in said(page)
    assert focused(page) == "agree-violence"
    assert page.input_value("[name=agree-violence]") == ""

    desk.open(page, f"?q={reference}")
    follow(page, f"text={reference}")
    for words in ("Paper", "Agree", "Strongly agree", "A bit unsafe", "Patrol on foot", "West"):
        assert words in said(page)
    assert "And a warden in the park." in said(page)


def test_one_key_an_answer_is_enough_for_whoever_wants_it(visit, desk):
    page = desk.sign_in(visit())
    open_batch(page, desk, "Box 2, library")
    tab_to(page, "[data-goes-on] input")
    page.keyboard.press("Space")
    page.reload()
    assert page.is_checked("[data-goes-on] input"), "it is remembered in this browser"
    keys = Keys(page)
    for typed in CLOSED:
        keys.type(typed)
        if len(typed) > 1:
            keys.press("Enter")
    assert focused(page) == "matters-most"
    assert keys.pressed == len(CLOSED) + 2
    # A number that there is not, and an answer taken back: neither goes on by itself.
    page.focus("[name=agree-violence]")
    page.keyboard.press("Control+a")
    keys.type("9")
    assert focused(page) == "agree-violence"
    keys.press("Backspace")
    assert focused(page) == "agree-violence"
    keys.type("1")
    assert focused(page) == "agree-trust"
    keys.end()
    assert REFERENCE.search(said(page))


def test_what_is_odd_is_asked_about_once_and_a_form_is_undone(visit, desk):
    page = desk.sign_in(visit())
    open_batch(page, desk, "Box 3, library")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    marked = page.locator("[data-line=agree-violence]")
    marked.get_by_text("options 1 to 6").wait_for()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "Look at the paper once more." in said(page)
    check_screen(page)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "Form 1 is recorded as" in said(page)
    press(page, "form[action$='/undo/'] button")
    assert "Form 1 is open again, as you typed it." in said(page)
    assert page.input_value("[name=agree-violence]") == "7"


def test_two_people_key_a_form_and_a_third_look_settles_what_differs(visit, desk):
    one, other = desk.sign_in(visit()), desk.sign_in(visit(), "approver")
    open_batch(one, desk, "Box 4, twice", is_double=True)
    for page, trust in ((one, "1"), (other, "3")):
        if page is other:
            desk.open(page, "keying/")
            follow(page, "text=Box 4, twice")
            assert "Keyed once: to be keyed again by somebody else" in said(page)
            check_screen(page)
            press(page, "a[href$='?turn=2']")
            assert "Form 1, keyed again" in said(page)
            assert "More" not in page.input_value("[name=matters-most]")
        keys = Keys(page)
        for typed in ("2", trust, "2"):
            keys.type(typed)
            keys.press("Enter")
        tab_to(page, "[name=matters-most]")
        keys.type("More lights.")
        keys.end()
    assert "Form 1 was typed differently: it waits to be settled." in said(other)
    desk.open(other, "keying/")
    follow(other, "text=Box 4, twice")
    assert "Two people typed the same in 3 of 4 fields of 1 form (75.0%)." in said(other)
    press(other, "a[href$='/settle/']")
    check_screen(other)
    # Both stand side by side, in words as well as in numbers.
    assert "Strongly agree" in said(other)
    tab_to(other, "input[type=radio]")
    other.keyboard.press("ArrowDown")
    press(other, "main button[type=submit]")
    reference = REFERENCE.search(said(other))[0]
    desk.open(other, f"?q={reference}")
    follow(other, f"text={reference}")
    assert "Neither agree nor disagree" in said(other)


def test_everything_works_without_scripts(visit, desk):
    page = desk.sign_in(visit(java_script_enabled=False))
    open_batch(page, desk, "Box 5, no scripts")
    page.fill("[name=agree-violence]", "2")
    page.fill("[name=matters-most]", LETTER)
    with page.expect_navigation():
        page.click("text=End the form")
    assert REFERENCE.search(said(page))
