"""Chromium, and the demonstration served as a body would serve it.

Without Chromium or Playwright these tests are skipped with one loud line; with CI=true they fail.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests import london
from tests.conftest import LONDON_OPEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS_TO_START = 90
NARROW, WIDE = 320, 1280


def _missing(what: str) -> None:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"The browser tests cannot run: {what}")
    pytest.skip(f"NOT TESTED IN A BROWSER: {what}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("Playwright is missing; 'make test' installs it.")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        _missing("chromium is missing; 'apt install chromium' brings it.")
    # Playwright runs a loop of its own in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Any]:
    """Return a function that opens a fresh window; its arguments are those of a context."""
    contexts = []

    def opened(**options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        # A machine that runs other tests besides may take its time.
        page.set_default_timeout(60_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def no_fault() -> Any:
    """Return a check that a page has no axe violation and nothing outside the window."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def check(page: Page) -> None:
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            violations = axe.run(page).response["violations"]
            assert [(width, each["id"], each["nodes"][0]["html"]) for each in violations] == []

    return check


@pytest.fixture(scope="session")
def site_url(
    chromium: Browser, london_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of the demonstration as it stands now."""
    with served(london_file, tmp_path_factory.mktemp("served"), at="") as address:
        yield address


@pytest.fixture(scope="session")
def open_site_url(
    chromium: Browser, london_open_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of the demonstration while its consultation is open."""
    with served(london_open_file, tmp_path_factory.mktemp("open"), at=LONDON_OPEN) as address:
        yield address


INSTANTS = {
    "coming": "2021-11-01",
    "open": LONDON_OPEN,
    "closed": "2022-02-10",
    "published": "2022-04-01",
}


@pytest.fixture(scope="session", params=INSTANTS)
def state_url(
    request: Any, chromium: Browser, london_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """A state of the consultation, and the address of the one site that stands there by its clock.

    All four are one database: nothing but the clock differs.
    """
    state = request.param
    with served(london_file, tmp_path_factory.mktemp(state), at=INSTANTS[state]) as address:
        yield state, address


@contextmanager
def served(
    file: Path, folder: Path, *, at: str, port: int = 0, with_worker: bool = False
) -> Iterator[str]:
    """Serve a copy of a database with the project's own command until the end."""
    copy = london.copied(file, folder)
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{copy}",
        "FOLKMOOT_VAR": str(file.parent),  # its static files were gathered when it was loaded
        "FOLKMOOT_AT": at,
        "FOLKMOOT_DEMONSTRATION": "1",
        "FOLKMOOT_BASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
    }
    command = [sys.executable, "-m", "folkmoot.cli.main", "serve", "--port", str(port)]
    command += ["--workers", "1", *([] if with_worker else ["--no-worker"])]
    log = folder / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        _wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(SECONDS_TO_START * 5):
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{address}/privacy/", timeout=10).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"The site did not start in {SECONDS_TO_START} s: {log.read_text()}")
