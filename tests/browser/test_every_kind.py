"""A survey of every kind of question, from a workbook to a cleaned set of answers.

An officer makes it in the admin and publishes it; somebody begins it on one device with scripts
and by keyboard, and sends it from another without scripts; an analyst exports it in four formats.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest
from openpyxl import load_workbook
from tests import factories, london
from tests.browser.conftest import served
from tests.browser.test_admin import publish, sign_in
from tests.conftest import LONDON_OPEN
from tests.responses.asking import every_kind

from folkmoot.core.cells import typed_text
from folkmoot.responses.workbook_screens import workbook_of

pytestmark = pytest.mark.browser

TITLE = "Every way of asking"
FORMULA = "=HYPERLINK(1) said “my” neighbour ‮ 🚲"
FORMATS = ("csv", "xlsx", "parquet", "sav")
# A little more than the page of a pause asks for.
PAUSE_MS = 5500


@pytest.fixture
def workbook(db: None, tmp_path: Path) -> Path:
    """The workbook of a survey with every kind of question and conditions on some."""
    file = tmp_path / "every-kind.xlsx"
    file.write_bytes(workbook_of(every_kind(factories.make_image("Map", 1200, 800))))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "site"
    made.mkdir()
    return made


def make_survey(page: Any, address: str, workbook: Path, consultation: int) -> None:
    """Make a survey of a workbook in the admin, change it in the editor, publish it."""
    page.goto(f"{address}/admin/responses/consultations/{consultation}/xlsform/")
    page.set_input_files("[name=workbook]", workbook)
    with page.expect_navigation():
        page.click("text=Look at it")
    page.fill("[name=title]", TITLE)
    with page.expect_navigation():
        page.click("text=Make this survey as a draft")
    page.wait_for_url(re.compile(r"/edit/$"))
    page.fill("[name=summary]", "A survey that asks in every way there is.")
    publish(page)


def go_on(page: Any) -> None:
    page.locator(".buttons button", has_text=re.compile("Save and continue|Continue")).first.click()
    page.wait_for_load_state()


def exported(file: Path, folder: Path, form: str) -> Path:
    """Export the survey with the command, in one of its formats."""
    out = folder / f"answers.{form}"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{london.copied(file, folder)}",
        "FOLKMOOT_VAR": str(file.parent),
        "FOLKMOOT_AT": LONDON_OPEN,
        "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
    }
    command = ["-m", "folkmoot.cli.main", "export", "responses", "every-way-of-asking"]
    done = subprocess.run(
        [sys.executable, *command, "--format", form, "--out", str(out)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return out


def test_every_kind_is_made_answered_on_two_devices_and_exported(
    visit, london_open_file, folder, workbook, no_fault
):
    file = folder / london_open_file.name
    london.copied(london_open_file, folder)
    with served(london_open_file, folder, at=LONDON_OPEN) as address:
        officer = visit(viewport={"width": 1400, "height": 1000})
        sign_in(officer, address, (london_open_file.parent / "demo-staff-password").read_text())
        make_survey(officer, address, workbook, page_at(file, "police-and-crime-plan"))
        where = f"{address}/consultations/police-and-crime-plan/every-way-of-asking/"
        code = begin_with_scripts(visit(), where, no_fault)
        reference = finish_without_scripts(visit(java_script_enabled=False), where, code)
    for form in FORMATS:
        assert told(exported(london_open_file, folder, form)) == {
            "reference": reference,
            "travel__other__text": FORMULA,
            "where": "The underpass",
            "minutes": 12.0,
            "cost": 1234.5,
        }, form


def page_at(file: Path, slug: str) -> int:
    """Return the key of a page by the last part of its address."""
    with sqlite3.connect(file) as database:
        found = database.execute("SELECT id FROM wagtailcore_page WHERE slug = ?", [slug])
        return int(found.fetchone()[0])


def begin_with_scripts(page: Any, where: str, no_fault: Any) -> str:
    """Answer the first pages by keyboard, and ask for the code with which to come back."""
    page.goto(f"{where}1/")
    no_fault(page)
    other = page.locator("#field-travel-3-text")
    assert not other.is_visible()
    page.focus("#field-travel-1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("#field-travel-3")
    other.fill(FORMULA)
    page.check("#field-worries-1")
    page.check("#field-worries-5")
    assert not page.is_checked("#field-worries-1"), "an exclusive option takes the others out"
    page.check("#field-worries-1")
    go_on(page)
    no_fault(page)
    page.check("#field-agree-1")
    for label in ("Patrols", "Lights"):
        page.focus(f'button[aria-label="Move {label} up"]')
        page.keyboard.press("Enter")
    page.locator("button", has_text="Save and come back later").click()
    page.wait_for_load_state()
    no_fault(page)
    found = re.search(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){2,}\b", page.inner_text("main"))
    assert found, page.inner_text("main")
    return found[0]


def finish_without_scripts(page: Any, where: str, code: str) -> str:
    """Go on where the other device stopped, and send; return the reference."""
    page.goto(f"{where}return/")
    page.fill("[name=code]", code)
    page.locator("main form[method=post] button").first.click()
    page.goto(f"{where}2/")
    assert page.is_checked("#field-agree-1")
    go_on(page)
    page.fill("[name=minutes]", "many")
    page.fill("[name=cost]", "1,234.50")
    go_on(page)
    assert page.title().startswith("Error: ")
    assert page.input_value("[name=minutes]") == "many"
    page.fill("[name=minutes]", "12")
    for part, typed in (("day", "3"), ("month", "9"), ("year", "1998")):
        page.fill(f"[name=moved--{part}]", typed)
    page.fill("[name=postcode]", "nw1 6xe")
    page.select_option("[name=borough]", label="Camden")
    go_on(page)
    page.fill("[name=where]", "The underpass")
    page.set_input_files(
        "[name=letter]", {"name": "note.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
    )
    go_on(page)
    page.check("#field-age-band-1")
    page.check("[name=monitoring-consent]")
    page.check("#field-respondent-kind >> text=Myself")
    go_on(page)
    said = page.inner_text("main")
    for answer in (FORMULA, "The underpass", "note.pdf", "Camden", "NW1"):
        assert answer in said
    page.click("text=Send my response")
    assert "we have your response" not in page.inner_text("h1").lower()
    page.wait_for_timeout(PAUSE_MS)
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url("**/received/**")
    found = re.search(r"FM-\w{4}-\w{4}-\w{2}", page.inner_text("main"))
    assert found
    return found[0]


def a_pdf() -> bytes:
    """Return a small true PDF."""
    from pypdf import PdfWriter

    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(file)
    return file.getvalue()


def told(file: Path) -> dict[str, Any]:
    """Return what an export tells of the one response in it, whatever its format."""
    match file.suffix:
        case ".csv":
            with file.open(encoding="utf-8-sig", newline="") as opened:
                (row,) = csv.DictReader(opened)
        case ".xlsx":
            head, values = load_workbook(file)["Responses"].iter_rows(values_only=True)
            row = dict(zip(head, values, strict=True))
        case ".parquet":
            (row,) = pl.read_parquet(file).to_dicts()
        case _:
            (row,) = pyreadstat.read_sav(str(file))[0].to_dict("records")
    texts = {name: typed_text(row[name]) for name in ("reference", "travel__other__text", "where")}
    return texts | {name: float(row[name]) for name in ("minutes", "cost")}
