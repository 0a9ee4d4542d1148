"""The desk of performance in Chromium: a signal explained, limits begun anew, evidence shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import NARROW, WIDE, served
from tests.browser.test_workbench import password, sign_in

pytestmark = pytest.mark.browser

OFFICER, APPROVER, ANALYST = (
    f"{who}@folkmoot.example" for who in ("officer", "approver", "analyst")
)
DESK = ".folkmoot-register"
QUALITATIVE = "/is-it-working/case-studies-and-inspection-findings/"


def check(page: Any) -> None:
    """Assert that the desk on a page has no fault and lies within the window."""
    from axe_playwright_python.sync_playwright import Axe

    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, context=DESK).response["violations"]
        assert [(width, each["id"], each["nodes"][0]["html"]) for each in found] == []


def opened(visit: Any, site: str, who: str, london_file: Path, **options: Any) -> Any:
    page = visit(**options)
    sign_in(page, site, who, password(london_file))
    return page


def test_what_officers_say_of_figures_reaches_the_public(
    visit: Any, no_fault: Any, chromium: Any, london_file: Path, tmp_path: Path
) -> None:
    with served(london_file, tmp_path, at="") as site:
        # The officer has no scripts at all.
        officer = opened(visit, site, OFFICER, london_file, java_script_enabled=False)
        officer.goto(f"{site}/admin/performance/signals/")
        first = officer.locator("section[aria-labelledby=waiting] td a").first
        title = first.evaluate("link => link.firstChild.textContent").removeprefix("Explain ")
        first.click()
        officer.fill("[name=text]", "Nobody knows yet what lies behind it.")
        officer.locator(f"{DESK} form[method=post] button").click()
        explained = officer.locator("section[aria-labelledby=explained]").inner_text()
        assert "Nobody knows yet what lies behind it." in explained
        officer.goto(f"{site}/admin/performance/evidence/add/")
        officer.select_option("[name=measure]", label="Case studies and inspection findings")
        officer.check("[name=kind][value=inspection]")
        officer.fill("[name=title]", "Files hold no call back")
        officer.fill("[name=finding]", "Four of ten files had no note of one.")
        officer.fill("[name=source]", "An invented inspection")
        officer.check("[name=consent][value=nobody]")
        officer.locator(f"{DESK} form[method=post] button").click()
        assert "Waiting for review: 1" in officer.locator(DESK).inner_text()

        approver = opened(visit, site, APPROVER, london_file)
        approver.goto(f"{site}/admin/performance/evidence/")
        check(approver)
        approver.get_by_role("link", name="Files hold no call back").press("Enter")
        show = approver.get_by_role("button", name="I have read it: show it")
        show.wait_for()
        check(approver)
        show.press("Enter")
        approver.get_by_text("is shown on the page of its measure now").wait_for()

        analyst = opened(visit, site, ANALYST, london_file)
        for screen in ("signals/", "signals/?area=every-area", "rebases/", "evidence/add/"):
            analyst.goto(f"{site}/admin/performance/{screen}")
            check(analyst)
        analyst.goto(f"{site}/admin/performance/rebases/add/")
        check(analyst)
        analyst.select_option("[name=measure]", label="Personal robbery")
        analyst.fill("[name=period]", "2022-04")
        analyst.fill("[name=decided_by]", "The performance panel")
        analyst.get_by_role("button", name="Count limits anew").press("Enter")
        analyst.locator(".error-message").first.wait_for()
        check(analyst)
        analyst.fill("[name=reason]", "An invented reason.")
        analyst.get_by_role("button", name="Count limits anew").press("Enter")
        analyst.locator("section[aria-labelledby=in-force] td").first.wait_for()
        check(analyst)
        analyst.get_by_role("link", name="Withdraw").first.press("Enter")
        analyst.get_by_role("button", name="Withdraw it").wait_for()
        check(analyst)

        reader = visit()
        reader.goto(f"{site}{QUALITATIVE}")
        assert "Files hold no call back" in reader.locator("#evidence").inner_text()
        no_fault(reader)
        reader.goto(f"{site}/is-it-working/")
        reader.locator(".tile-title a", has_text=title).first.press("Enter")
        said = reader.locator("#commentary")
        said.wait_for()
        assert "Nobody knows yet what lies behind it." in said.inner_text()
        no_fault(reader)
