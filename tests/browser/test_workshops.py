"""A workshop as people meet it: with and without JavaScript, by keyboard, and near its time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.browser.conftest import served
from tests.conftest import LONDON_OPEN

pytestmark = pytest.mark.browser

CONSULTATION = "/consultations/police-and-crime-plan/"
WORKSHOP = f"{CONSULTATION}workshop-trust/"
LINK = "https://meet.folkmoot.example/room/417"
NEAR = "2021-12-09 17:45"
NARROW, WIDE = 320, 1280


@pytest.fixture
def no_fault():
    """Return a check that a page has no axe violation and nothing outside the window."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def check(page) -> None:
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            violations = axe.run(page).response["violations"]
            assert [(width, each["id"], each["nodes"][0]["html"]) for each in violations] == []

    return check


def heading(page) -> str:
    return page.inner_text("h1")


def own_page(file: Path, email: str) -> str:
    """Return the path of somebody's own page, which only the e-mail to them tells."""
    with closing(sqlite3.connect(file)) as database:
        ((key,),) = database.execute(
            "SELECT key FROM workshops_registration WHERE email = ?", [email]
        ).fetchall()
    return f"{WORKSHOP}place/{key}/"


@pytest.mark.parametrize("javascript", [True, False])
def test_registering_works_with_and_without_javascript(visit, open_site_url, javascript):
    page = visit(java_script_enabled=javascript)
    page.goto(open_site_url + CONSULTATION)
    page.click(f"a[href='{WORKSHOP}register/']")
    assert heading(page) == "Register"
    page.fill("#field-name", "Ada")
    page.fill("#field-email", "ada at example")
    page.fill("#field-access_needs", "Captions, please")
    page.click("form.survey button")
    assert page.title().startswith("Error: ")
    assert page.input_value("#field-access_needs") == "Captions, please"
    page.fill("#field-email", f"ada-{javascript}@folkmoot.example")
    page.check("text=I agree")
    page.click("form.survey button")
    assert heading(page) == "Look at your e-mail"
    assert "folkmoot.example" not in page.inner_text("main")


def test_every_page_on_the_way_has_no_fault(visit, open_site_url, no_fault):
    page = visit()
    page.goto(open_site_url + WORKSHOP)
    no_fault(page)
    page.click("main a.button")
    no_fault(page)
    page.click("form.survey button")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    no_fault(page)
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "field-name"
    page.fill("#field-name", "Cy")
    page.fill("#field-email", "cy@folkmoot.example")
    page.check("text=I agree")
    page.click("form.survey button")
    no_fault(page)


def test_registering_works_by_keyboard_alone_and_never_meets_the_field_for_programs(
    visit, open_site_url
):
    page = visit()
    page.goto(f"{open_site_url}{WORKSHOP}register/")
    met = []

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            met.append(page.evaluate("document.activeElement.id"))
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"{selector} cannot be reached by keyboard on {page.url}")

    tab_to("#field-name")
    page.keyboard.type("Dee")
    tab_to("#field-email")
    page.keyboard.type("dee@folkmoot.example")
    tab_to("#field-consent-yes")
    page.keyboard.press("Space")
    tab_to("form.survey button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert heading(page) == "Look at your e-mail"
    assert "field-website" not in met


def test_an_officer_sets_the_way_in_and_a_resident_joins_near_the_time_and_not_before(
    visit, london_open_file, tmp_path_factory, no_fault
):
    folder = tmp_path_factory.mktemp("workshop")
    file = folder / london_open_file.name
    with served(london_open_file, folder, at=LONDON_OPEN) as address:
        resident = visit()
        resident.goto(f"{address}{WORKSHOP}register/")
        resident.fill("#field-name", "Eve")
        resident.fill("#field-email", "eve@folkmoot.example")
        resident.check("text=I agree")
        resident.click("form.survey button")
        place = own_page(file, "eve@folkmoot.example")
        officer = visit()
        officer.goto(f"{address}/admin/login/")
        officer.fill("[name=username]", "staff@folkmoot.example")
        password = (london_open_file.parent / "demo-staff-password").read_text()
        officer.fill("[name=password]", password)
        officer.click("[type=submit]")
        officer.goto(f"{address}/admin/workshops/")
        officer.locator("tr", has_text="trust and confidence").get_by_text("Door list").click()
        officer.fill("#joining [name=address]", LINK)
        officer.fill("#joining [name=note]", "Passcode 8812")
        officer.click("text=Save how to join")
        assert officer.input_value("#joining [name=address]") == LINK
        resident.goto(address + place)
        assert heading(resident) == "You have a place"
        assert "17:30 on 9 December 2021" in resident.inner_text("main")
        assert LINK not in resident.content()
        no_fault(resident)
    with served(london_open_file, folder, at=NEAR) as address:
        resident.goto(address + place)
        assert resident.get_attribute("text=Join the workshop", "href") == LINK
        assert "Passcode 8812" in resident.inner_text("main")
        no_fault(resident)
        resident.click("text=Give your place back")
        assert heading(resident) == "Give your place back?"
        no_fault(resident)
        resident.click("text=Give my place back")
        assert heading(resident) == "You have no place any more"
        assert LINK not in resident.content()
        no_fault(resident)
