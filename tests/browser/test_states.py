"""The consultation page in its four states: one database, four clocks, read as residents read."""

from __future__ import annotations

import pytest
from tests.browser.test_axe import check

pytestmark = pytest.mark.browser

CONSULTATION = "/consultations/police-and-crime-plan/"
WORDS = {"coming": "Coming", "open": "Open", "closed": "Closed", "published": "Published"}
LARGEST_BYTES = 300_000
MOST_KEYS = 400


def test_page_has_no_fault_in_any_state(visit, state_url):
    _, address = state_url
    check(visit(), address + CONSULTATION)


def test_page_says_its_state_first_and_the_same_without_javascript(visit, state_url):
    state, address = state_url
    with_script, without = visit(), visit(java_script_enabled=False)
    for page in (with_script, without):
        page.goto(address + CONSULTATION)
        assert page.locator("main .tags .tag").first.inner_text() == WORDS[state]
    said, said_without = (page.locator("main").inner_text() for page in (with_script, without))
    assert said == said_without


def test_everything_on_the_page_is_reached_by_keyboard_in_the_order_it_is_read(visit, state_url):
    _, address = state_url
    page = visit(viewport={"width": 1280, "height": 900})
    page.goto(address + CONSULTATION)
    # Each thing is numbered as it stands in the page; the keys must meet the numbers in order.
    expected = page.evaluate(
        """() => {
            const found = [...document.querySelectorAll(
                "a[href], button, input, select, textarea, summary, [tabindex='0'], video[controls]"
            )].filter(each => each.checkVisibility({visibilityProperty: true})
                && !each.disabled && each.tabIndex >= 0);
            found.forEach((each, place) => { each.dataset.place = place; });
            return found.length;
        }"""
    )
    met, unseen = [], []
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        place, name, outline = page.evaluate(
            """() => {
                const at = document.activeElement, style = getComputedStyle(at);
                const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
                    || style.boxShadow !== "none";
                return [at.dataset.place ?? null, at.innerText ?? at.tagName, marked];
            }"""
        )
        if place is None:
            break
        met.append(int(place))
        if not outline:
            unseen.append(name)
    assert unseen == []
    assert met == list(range(expected))


def test_page_is_light_and_nothing_in_it_moves(visit, state_url):
    _, address = state_url
    for width in (390, 1280):
        page = visit(viewport={"width": width, "height": 800})
        came: dict[str, int] = {}
        others: list[str] = []

        def add(answer, came=came, others=others) -> None:
            if not answer.url.startswith((address, "data:")):
                others.append(answer.url)
            elif answer.request.resource_type != "image":
                came[answer.url] = len(answer.body())

        page.on("response", add)
        page.add_init_script(
            """window.shifts = [];
            new PerformanceObserver(list => window.shifts.push(
                ...list.getEntries().map(each => each.value)
            )).observe({type: "layout-shift", buffered: true});"""
        )
        page.goto(address + CONSULTATION, wait_until="networkidle")
        page.mouse.wheel(0, 20_000)
        page.wait_for_timeout(300)
        assert page.evaluate("window.shifts") == []
        assert others == []
        assert sum(came.values()) < LARGEST_BYTES, came


def test_have_your_say_is_one_press_away_while_open(visit, state_url):
    state, address = state_url
    page = visit(viewport={"width": 390, "height": 800})
    page.goto(address + CONSULTATION)
    ways = page.locator("main .page-head a.button")
    assert bool(ways.count()) is (state == "open")
    if state == "open":
        ways.first.press("Enter")
        start = page.locator("#have-your-say a.button").first
        assert start.is_visible()
