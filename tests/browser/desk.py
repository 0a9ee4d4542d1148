"""The desk of the officers who receive responses: the demonstration's admin, and what is behind it.

Each desk has a site of its own, with a copy of the demonstration's database.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from tests import london
from tests.browser.conftest import NARROW, WIDE, served

SURVEY = "/consultations/police-and-crime-plan/your-say/"
REFERENCE = re.compile(r"FM-\w{4}-\w{4}-\w{2}")
WORK = (
    "import django; django.setup()\n"
    "from django.core.management import call_command\n"
    "call_command('db_worker', batch=True, startup_delay=False, verbosity=0)"
)
_axe = Axe()


@dataclass(frozen=True)
class Desk:
    """A site, the file of its database, the files it began with, and the instant of its clock."""

    address: str
    database: Path
    var: Path
    at: str

    def sign_in(self, page: Any, who: str = "officer") -> Any:
        """Sign somebody of the demonstration's staff in, and return the page."""
        page.goto(f"{self.address}/admin/login/")
        page.fill("[name=username]", f"{who}@folkmoot.example")
        page.fill("[name=password]", (self.var / "demo-staff-password").read_text())
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    def open(self, page: Any, screen: str) -> None:
        """Go to one of the screens of the menu "Responses"."""
        page.goto(f"{self.address}/admin/responses/{screen}")

    def run(self, *arguments: str) -> str:
        """Run Python beside the site, as its worker or somebody at a terminal would."""
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "FOLKMOOT_VAR": str(self.var),
            "FOLKMOOT_AT": self.at,
            "FOLKMOOT_DEMONSTRATION": "1",
            "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def work(self) -> None:
        """Let the background worker do what waits for it."""
        self.run("-c", WORK)

    def export(self, survey: str, out: Path) -> Path:
        """Export a survey's responses with the command, in the format of the file's name."""
        form = out.suffix.removeprefix(".")
        command = ["-m", "folkmoot.cli.main", "export", "responses", survey]
        self.run(*command, "--format", form, "--out", str(out))
        return out

    def rows(self, query: str, *values: Any) -> Sequence[tuple[Any, ...]]:
        """Return what the database says."""
        with sqlite3.connect(self.database) as database:
            return database.execute(query, values).fetchall()


@contextmanager
def desk_of(file: Path, folder: Path, at: str, port: int = 0) -> Iterator[Desk]:
    """Serve a copy of the demonstration until the end; the copy that is there, from the second on.

    A desk whose clock goes on is served at the `port` of the one before.
    """
    database = london.copied(file, folder)
    with served(file, folder, at=at, port=port) as address:
        yield Desk(address, database, file.parent, at)


def check_screen(page: Any) -> None:
    """Assert that a screen of the admin has no fault of ours, and lies inside the window.

    What stands around it is Wagtail's own.
    """
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate(
            "Math.max(...[...document.querySelectorAll('main .nice-padding > *')]"
            ".map(each => each.getBoundingClientRect().right), 0)"
        )
        assert wide <= width, f"{page.url} is {wide} px wide at {width} px"
        found = _axe.run(page, context="main .nice-padding").response["violations"]
        faults = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
        assert not faults, f"{page.url} at {width} px: {faults}"


def tab_to(page: Any, selector: str, most: int = 200) -> None:
    """Press Tab until an element has the focus, as somebody without a mouse must."""
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def press(page: Any, selector: str, key: str = "Enter") -> None:
    """Reach a link or a button by keyboard, press it, and wait for the page it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press(key)


def said(page: Any) -> str:
    """Return what a page says, with every run of space as one."""
    return " ".join(page.locator("main").inner_text().split())


def respond(page: Any, address: str, text: str, *, publication: str = "") -> str:
    """Answer the demonstration's survey as a resident, and return the reference."""
    page.goto(f"{address}{SURVEY}1/")
    page.check("#field-agree-violence-2")
    page.click("text=Save and continue")
    page.fill("#field-matters-most", text)
    page.click("text=Save and continue")
    page.check("#field-respondent-kind >> text=Myself")
    if publication:
        page.check(f"#field-respondent-publication >> text={publication}")
    page.click("text=Save and continue")
    page.click("text=Send my response")
    page.wait_for_url("**/received/**")
    found = REFERENCE.search(page.inner_text("main"))
    assert found
    return found[0]
