"""A policy officer runs a consultation from draft to outcome in the admin, and nothing else.

One database is served by a later and later clock, as weeks pass. Everything is done by hand in
Chromium; after each act the public page is read as a resident reads it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import london
from tests.browser.conftest import served
from tests.browser.test_axe import check

from folkmoot.publishing.clock import local, now

pytestmark = pytest.mark.browser

TITLE = "A safer night"
RUN_DUE_JOBS = """
import django; django.setup()
from folkmoot.publishing.clock import now
from folkmoot.publishing.schedule import run_due
print(run_due(now))
"""
# Wagtail loads a preview in a second frame and shows it when it has come.
PREVIEWS = """state => [...document.querySelectorAll("iframe[title='Preview']")].some(
    frame => frame.contentDocument?.querySelector("main .tags .tag")?.innerText === state
        && frame.contentDocument.querySelector("h1").innerText === "A safer night"
)"""


def typed(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


class Body:
    """One database, whose site is served by one clock after the other."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.file, self.folder = file, folder
        self.began = now().replace(second=0, microsecond=0)

    def after(self, **time: float) -> datetime:
        return self.began + timedelta(**time)

    def at(self, instant: datetime) -> AbstractContextManager[str]:
        """Serve the site as at an instant; what was changed before stays changed."""
        return served(self.file, self.folder, at=instant.isoformat())

    def run_jobs(self, instant: datetime) -> str:
        """Let the worker do what is due at an instant."""
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{london.copied(self.file, self.folder)}",
            "FOLKMOOT_VAR": str(self.file.parent),
            "FOLKMOOT_AT": instant.isoformat(),
            "FOLKMOOT_DEMONSTRATION": "1",
            "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
        }
        command = [sys.executable, "-c", RUN_DUE_JOBS]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    def staff_password(self) -> str:
        return (self.file.parent / "demo-staff-password").read_text()


@pytest.fixture
def body(chromium: Any, london_file: Path, tmp_path: Path) -> Body:
    return Body(london_file, tmp_path)


def sign_in(page: Any, address: str, password: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", "approver@folkmoot.example")
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def open_list(page: Any, address: str) -> None:
    """Go to the list of consultations in the admin, from the pages of the site."""
    page.goto(f"{address}/admin/pages/")
    page.click("a[title*='child pages of'][title*='Consultations']")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def edit_address(page: Any, address: str) -> str:
    """Return where the consultation is edited."""
    open_list(page, address)
    page.click(f"main table a:has-text('{TITLE}')")
    page.wait_for_url(re.compile(r"/edit/$"))
    return str(page.url)


def write(page: Any, field: str, text: str) -> None:
    """Type into a field of rich text, and wait until the form holds what was typed."""
    hidden = f"[name={field}]"
    page.locator(f"[data-draftail-editor-wrapper]:has({hidden})").or_(
        page.locator(f".w-field__input:has({hidden})")
    ).locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(text)
    page.wait_for_function(
        "([field, text]) => document.querySelector(field).value.includes(text)",
        arg=[hidden, text],
    )


def choose_plan(page: Any) -> None:
    page.click("text=Choose a page (Plan)")
    dialog = page.locator(".modal")
    dialog.locator("a.choose-page, a[data-chooser-modal-choice]").filter(
        has_text=re.compile("Police and Crime Plan")
    ).first.click()
    page.wait_for_selector(".modal", state="hidden")


def send(page: Any) -> None:
    """Send a form of the admin that stands by itself; by keyboard, as a calendar may cover it."""
    with page.expect_navigation():
        page.locator("main button[type=submit]").press("Enter")


def preview_as(page: Any, mode: str, word: str) -> None:
    """Choose a mode of the preview; the editor drops a choice made while it loads another."""
    from playwright.sync_api import TimeoutError as TimeoutReached

    for _ in range(4):
        page.select_option("#id_preview_mode", mode)
        try:
            page.wait_for_function(PREVIEWS, arg=word, timeout=10_000)
        except TimeoutReached:
            page.select_option("#id_preview_mode", "")
        else:
            return
    raise AssertionError(f"The preview never showed the page as {word}.")


def save_draft(page: Any) -> None:
    with page.expect_navigation():
        page.click("button:has-text('Save draft')")
    assert "error" not in page.locator(".messages").inner_text()


def publish(page: Any) -> None:
    """Choose "Publish" (or "Schedule to publish") from the actions at the page's foot."""
    page.click("footer button[aria-label='More actions'], footer .w-dropdown__toggle")
    with page.expect_navigation():
        page.click("[name=action-publish]")
    assert "error" not in page.locator(".messages").inner_text()


def said_on(page: Any) -> str:
    return str(page.locator("main").inner_text())


def state_of(page: Any) -> str:
    return str(page.locator("main .tags .tag").first.inner_text())


def test_a_consultation_is_run_from_draft_to_outcome(body, visit):
    goes_live, opens = body.after(days=1), body.after(days=2)
    closes, moved_to = body.after(days=50), body.after(days=57)
    answered = body.after(days=100)
    page = visit(viewport={"width": 1400, "height": 1000})
    where = "/consultations/a-safer-night/"

    def resident(address: str, status: int = 200) -> Any:
        """Open the public page in a browser that has not seen it before."""
        opened = visit(viewport={"width": 390, "height": 800})
        assert opened.goto(address + where).status == status
        return opened

    with body.at(body.began) as address:
        sign_in(page, address, body.staff_password())
        # Create: only one kind of page may stand in the list of consultations.
        open_list(page, address)
        page.click("a[aria-label='Add child page']")
        page.fill("[name=title]", TITLE)
        page.fill("[name=summary]", "Tell us what would make going home at night safer.")
        choose_plan(page)
        page.fill("[name=run_by]", "Mayor's Office for Policing and Crime")
        page.fill("[name=stage]", "Draft")
        page.fill("[name=opens_at]", typed(opens))
        page.keyboard.press("Escape")
        page.fill("[name=closes_at]", typed(closes))
        page.keyboard.press("Escape")
        write(page, "background", "Every night thousands of people walk home alone.")
        # The editor keeps what is typed by itself, which makes the draft.
        page.wait_for_url(re.compile(r"/edit/$"))
        save_draft(page)
        # Nobody but staff sees it.
        resident(address, 404)

        # Preview in a state that is weeks away.
        page.click("button[aria-label='Toggle preview']")
        page.wait_for_function(PREVIEWS, arg="Coming")
        preview_as(page, "OPEN", "Open")

        # Schedule.
        page.click("button[aria-label='Toggle status']")
        page.click("button:has-text('Set schedule')")
        page.fill("[name=go_live_at]", typed(goes_live))
        # By keyboard, as an open calendar covers the button.
        with page.expect_navigation():
            page.locator("button:has-text('Save schedule')").press("Enter")
        publish(page)
        resident(address, 404)

    later = goes_live + timedelta(minutes=1)
    assert "publish what is scheduled" in body.run_jobs(later)
    with body.at(later) as address:
        assert state_of(resident(address)) == "Coming"
        check(visit(), address + where)

    while_open = body.after(days=10)
    with body.at(while_open) as address:
        assert state_of(resident(address)) == "Open"
        check(visit(), address + where)
        sign_in(page, address, body.staff_password())
        edit = edit_address(page, address)
        # Extend: a reason is needed, and the public reads it.
        page.goto(edit)
        page.locator("main a:has-text('Move the closing time')").first.click()
        page.wait_for_url(re.compile("/closing/$"))
        page.fill("[name=closes_at]", typed(moved_to))
        page.keyboard.press("Escape")
        send(page)
        assert "moved" not in said_on(resident(address))
        page.fill("[name=reason]", "The easy-read version came out a week late.")
        send(page)
        said = said_on(resident(address))
        assert "The easy-read version came out a week late." in said
        assert f"{local(moved_to):%-d %B %Y}" in said

        # Add an update, and publish at once.
        page.goto(edit)
        page.click("#id_updates-ADD")
        page.fill("[name=updates-0-on]", f"{local(while_open):%Y-%m-%d}")
        page.keyboard.press("Escape")
        page.fill("[name=updates-0-title]", "Half of the boroughs have answered")
        write(page, "updates-0-text", "Thank you. There is time until the new closing day.")
        publish(page)
        assert "Half of the boroughs have answered" in said_on(resident(address))

    with body.at(body.after(days=60)) as address:
        assert state_of(resident(address)) == "Closed"
        check(visit(), address + where)
        # Publish the outcome, for a day to come.
        sign_in(page, address, body.staff_password())
        page.goto(edit_address(page, address))
        page.fill("[name=outcome_at]", typed(answered))
        page.keyboard.press("Escape")
        write(page, "outcome", "Lights on the way home come first in the final plan.")
        publish(page)
        assert "Lights on the way home" not in resident(address).content()

    with body.at(answered + timedelta(minutes=1)) as address:
        assert state_of(resident(address)) == "Published"
        assert "Lights on the way home" in said_on(resident(address))
        check(visit(), address + where)
        # The history tells it all.
        sign_in(page, address, body.staff_password())
        page.goto(re.sub("/edit/$", "/history/", edit_address(page, address)))
        history = page.locator("main").inner_text()
        assert "The easy-read version came out a week late." in history
