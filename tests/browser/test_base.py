"""What no test without a browser can show: keys, scripts, policies, sizes and sign-in."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

PAGES = ["/", "/design/", "/plan/", "/consultations/police-and-crime-plan/", "/is-it-working/"]


def blocked_by_policy(page) -> list[str]:
    """Return, as they come, the complaints that a page breaks its content security policy."""
    complaints: list[str] = []
    page.on(
        "console",
        lambda line: (
            complaints.append(line.text)
            if line.type == "error" and "Content Security Policy" in line.text
            else None
        ),
    )
    return complaints


def leads_nowhere(page, address: str) -> None:
    """Answer for the harmless page outside, which a test must not visit."""
    page.route(address, lambda route: route.fulfill(body="The weather", content_type="text/html"))


@pytest.fixture
def way_out(site_url, visit) -> str:
    page = visit()
    page.goto(site_url)
    return page.locator(".leave").get_attribute("href")


@pytest.mark.parametrize("address", PAGES)
def test_first_key_reaches_the_skip_link_and_it_leads_to_the_content(visit, site_url, address):
    page = visit()
    page.goto(site_url + address)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.is_visible()
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("address", PAGES)
def test_page_loads_nothing_that_its_policy_forbids_and_nothing_from_elsewhere(
    visit, site_url, address
):
    page = visit()
    complaints = blocked_by_policy(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_url + address, wait_until="networkidle")
    assert complaints == []
    assert [url for url in asked if not url.startswith((site_url, "data:"))] == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("address", PAGES)
def test_page_says_the_same_without_javascript(visit, site_url, address):
    with_script, without = visit(), visit(java_script_enabled=False)
    for page in (with_script, without):
        page.goto(site_url + address)
    said, said_without = (page.locator("main").inner_text() for page in (with_script, without))
    assert said == said_without
    assert without.locator(".leave").is_visible()


def test_way_out_leaves_and_the_page_is_gone_from_the_history(visit, site_url, way_out):
    page = visit()
    leads_nowhere(page, way_out)
    page.goto(f"{site_url}/privacy/")
    page.goto(f"{site_url}/staying-safe/")
    page.locator(".leave").click()
    page.wait_for_url(way_out)
    page.go_back()
    assert page.url == f"{site_url}/privacy/"


def test_three_presses_of_escape_leave(visit, site_url, way_out):
    page = visit()
    leads_nowhere(page, way_out)
    page.goto(f"{site_url}/staying-safe/")
    for _ in range(2):
        page.keyboard.press("Escape")
    assert page.url == f"{site_url}/staying-safe/"
    page.keyboard.press("Escape")
    page.wait_for_url(way_out)


def test_another_key_between_the_presses_begins_the_count_again(visit, site_url, way_out):
    page = visit()
    leads_nowhere(page, way_out)
    page.goto(f"{site_url}/staying-safe/")
    for key in ("Escape", "Escape", "Tab", "Escape"):
        page.keyboard.press(key)
    page.wait_for_load_state("networkidle")
    assert page.url == f"{site_url}/staying-safe/"


def test_way_out_is_a_link_without_javascript_and_tells_nothing_of_this_site(
    visit, site_url, way_out
):
    page = visit(java_script_enabled=False)
    told: list[str | None] = []

    def answer(route):
        told.append(route.request.headers.get("referer"))
        route.fulfill(body="The weather", content_type="text/html")

    page.route(way_out, answer)
    page.goto(f"{site_url}/staying-safe/")
    page.locator(".leave").click()
    page.wait_for_url(way_out)
    assert told == [None]


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1440])
def test_way_out_covers_no_text_when_the_page_is_read_to_its_end(visit, site_url, width):
    page = visit(viewport={"width": width, "height": 900})
    page.goto(site_url)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    bar, foot = page.locator(".leave-bar").bounding_box(), page.locator("footer").bounding_box()
    assert foot["y"] + foot["height"] <= bar["y"] + 1


@pytest.mark.parametrize("address", PAGES)
def test_what_has_the_focus_is_never_hidden_under_the_way_out(visit, site_url, address):
    page = visit(viewport={"width": 390, "height": 700})
    page.goto(site_url + address)
    for _ in range(40):
        page.keyboard.press("Tab")
        box = page.evaluate(
            """() => {
                const focused = document.activeElement;
                if (!focused || focused.closest('.leave-bar') || focused === document.body)
                    return null;
                const bar = document.querySelector('.leave-bar').getBoundingClientRect();
                return [focused.getBoundingClientRect().top, bar.top, focused.outerHTML];
            }"""
        )
        if box is None:
            break
        top, bar, html = box
        assert top < bar, html[:200]


def test_targets_of_forms_are_44_pixels_high(visit, site_url):
    page = visit(viewport={"width": 320, "height": 900})
    page.goto(f"{site_url}/design/")
    for selector in (".button", ".choice", "select", "textarea"):
        for target in page.locator(selector).all():
            assert target.bounding_box()["height"] >= 44, selector


def test_page_works_at_four_times_its_size(visit, site_url):
    """1280 pixels at 400% are 320 by 256; the way out then gives up its place."""
    page = visit(viewport={"width": 320, "height": 256})
    page.goto(site_url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".leave-bar").evaluate("bar => getComputedStyle(bar).position") == "static"


def test_print_carries_the_content_and_no_controls(visit, site_url):
    page = visit()
    page.goto(f"{site_url}/design/")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".site-nav", ".leave-bar", ".skip", ".site-footer"):
        assert not page.locator(selector).is_visible(), selector
    assert page.locator("h1").evaluate("title => getComputedStyle(title).color") == "rgb(0, 0, 0)"


def test_forced_colours_leave_every_mark_to_be_seen(visit, site_url):
    page = visit(forced_colors="active")
    page.goto(f"{site_url}/design/")
    marks = page.locator(".timeline > li").evaluate_all(
        "marks => marks.map(mark => getComputedStyle(mark, '::before').backgroundColor)"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert marks[0] not in (ground, "rgba(0, 0, 0, 0)")


def test_page_that_came_back_with_errors_is_read_from_its_summary(visit, site_url):
    from django.template.loader import render_to_string

    page = visit()
    script = "/static/publishing/folkmoot.js"
    summary = render_to_string(
        "publishing/components/error_summary.html",
        {"errors": [{"id": "safe", "message": "Choose how safe you feel."}]},
    )
    html = f'{summary}<input id="safe"><script type="module" src="{script}"></script>'
    page.route("**/failing/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{site_url}/failing/")
    page.wait_for_function("document.activeElement.className === 'error-summary'")
    page.get_by_role("link", name="Choose how safe you feel.").click()
    assert page.evaluate("document.activeElement.id") == "safe"


def test_staff_sign_in_under_the_strict_policy_and_edit_under_their_own(
    visit, site_url, london_file: Path
):
    page = visit(viewport={"width": 1280, "height": 900})
    complaints = blocked_by_policy(page)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{site_url}/admin/")
    assert "/admin/login/" in page.url
    password = (london_file.parent / "demo-staff-password").read_text().strip()
    page.locator("input[name=username]").fill("staff@folkmoot.example")
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").click()
    page.wait_for_url(f"{site_url}/admin/")
    assert complaints == []
    page.goto(f"{site_url}/admin/settings/publishing/sitesettings/")
    notice = page.get_by_label("Notice", exact=True)
    notice.fill("Edited by a test.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Site settings updated").wait_for()
    reader = visit()
    reader.goto(site_url)
    assert reader.locator(".site-notice").inner_text().strip() == "Edited by a test."
    assert complaints == []
    assert errors == []
