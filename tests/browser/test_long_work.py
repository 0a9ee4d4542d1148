"""Long work as an analyst sees it: under way, cancelled, and announced at its end.

A real worker reads the answers of the demonstration. Without scripts the page says how far it is
when it is looked at again; with them it looks by itself and says the end once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests import london
from tests.browser.conftest import served
from tests.browser.test_workbench import ANALYST, check, open_question, password, send, sign_in

pytestmark = pytest.mark.browser

SECONDS = 240


@pytest.fixture
def site(chromium: Any, london_file: Path, tmp_path: Path) -> Any:
    with served(london_file, tmp_path, at="") as address:
        yield address


@contextmanager
def worker(london_file: Path, folder: Path) -> Iterator[None]:
    """Let the project's own worker run beside the site until the end."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{london.copied(london_file, folder)}",
        "FOLKMOOT_VAR": str(london_file.parent),
        "FOLKMOOT_AT": "",
        "FOLKMOOT_DEMONSTRATION": "1",
        "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
    }
    command = [sys.executable, "-m", "folkmoot.cli.main", "worker"]
    with (folder / "worker.log").open("w") as out:
        running = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        yield
    finally:
        running.kill()
        running.wait(20)


def test_without_scripts_it_is_looked_at_again_and_cancelled(visit, site, london_file):
    page = visit(java_script_enabled=False)
    sign_in(page, site, ANALYST, password(london_file))
    open_question(page, site)
    send(page, "Suggest themes")
    assert page.locator("#work").get_by_text("It waits for the worker.").count() == 1
    assert page.get_by_role("progressbar", name="Suggest themes").count() == 1
    assert page.get_by_role("button", name="Suggest themes").is_disabled()
    with page.expect_navigation():
        page.get_by_role("link", name="Look again").press("Enter")
    assert page.locator("#work").count() == 1
    send(page, "Cancel, and change nothing")
    assert page.get_by_text("Cancelled: nothing was changed.").count() == 1
    assert page.locator("#work").count() == 0
    page.locator(".folkmoot-works summary").press("Enter")
    assert page.get_by_text("Cancelled before its end: nothing was changed.").is_visible()


def test_with_scripts_the_page_follows_it_and_says_the_end_once(visit, site, london_file, tmp_path):
    page = visit()
    sign_in(page, site, ANALYST, password(london_file))
    question = open_question(page, site)
    send(page, "Suggest themes")
    check(page)
    # What is announced stands ready and is empty: steps are not read out.
    assert page.locator("#work-said").get_attribute("role") == "status"
    assert page.locator("#work-said").inner_text() == ""
    page.locator("#work-cancel").focus()
    with worker(london_file, tmp_path):
        # A quick machine is done before the page looks again.
        page.wait_for_function(
            "document.querySelector('#work progress')?.value > 0"
            " || document.querySelector('#work-said').textContent.trim()",
            timeout=SECONDS * 1000,
        )
        assert page.evaluate(
            "!document.querySelector('#work-cancel') || document.activeElement.id == 'work-cancel'"
        )
        check(page)
        page.wait_for_function(
            "document.querySelector('#work-said').textContent.trim()", timeout=SECONDS * 1000
        )
    said = page.locator("#work-said").inner_text()
    assert said.startswith("Suggest themes: Done.")
    assert "themes suggested" in said
    assert page.locator("#work-cancel").count() == 0
    check(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Show where things stand now").press("Enter")
    assert page.url == question
    assert page.locator("#work").count() == 0
    page.locator(".folkmoot-works summary").press("Enter")
    assert page.locator(".folkmoot-works li").first.is_visible()
    check(page)
