"""The delivery plan's commitments go out as a spreadsheet, come back changed, and are undone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.browser.desk import Desk, check_screen, desk_of, press, said, tab_to

pytestmark = pytest.mark.browser

AT = "2024-06-03"
PANELS = "Publish what stop and search panels find"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def desk(chromium: Any, london_file: Any, tmp_path_factory: Any) -> Iterator[Desk]:
    with desk_of(london_file, tmp_path_factory.mktemp("commitments"), AT) as served:
        yield served


def commitments(page: Any, desk: Desk) -> Any:
    page.goto(f"{desk.address}/admin/plans/commitments/")
    return page


def downloaded(page: Any, words: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click(f"button:has-text('{words}')")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def write(file: Path, sheet: str, of: str, **cells: Any) -> None:
    """Write in the row of a commitment, by the letters of the columns, and save the workbook."""
    book = load_workbook(file)
    rows = book[sheet].iter_rows(min_row=2)
    row = next(row[0].row for row in rows if of in [cell.value for cell in row])
    for letter, value in cells.items():
        book[sheet][f"{letter}{row}"] = value
    book.save(file)


def look(page: Any, file: Path) -> None:
    page.set_input_files("#id_file", file)
    press(page, "form[enctype] button[type=submit]")


def test_commitments_go_out_and_come_back_changed_and_are_undone(visit, desk, tmp_path):
    page = desk.sign_in(visit(accept_downloads=True))
    commitments(page, desk)
    for words in ("Overdue: 2", PANELS, "Due in the next 30 days", "Not updated for 90 days"):
        assert words in said(page)
    check_screen(page)
    file = downloaded(page, "Export as a workbook", tmp_path)

    # What cannot be is told by sheet, row and column, and nothing of it is taken.
    write(file, "Commitments", PANELS, G="03/04/2025")
    write(file, "New updates", PANELS, F="=1+1")
    look(page, file)
    assert "Nothing was changed. 2 faults in the file." in said(page)
    assert "G (Now expected) “03/04/2025” may be 3 April 2025 or 4 March 2025" in said(page)
    assert "F (What came of it) The cell holds a formula" in said(page)
    check_screen(page)

    # Mended: every change from what to what, then all of it at once.
    write(file, "Commitments", PANELS, G=date(2025, 4, 3), I="Three boroughs have no panel yet.")
    write(file, "New updates", PANELS, E="31 May 2024", F="One more borough has a panel.")
    commitments(page, desk)
    look(page, file)
    assert "Now expected 31 December 2023 3 April 2025" in said(page)
    assert "31 May 2024 One more borough has a panel." in said(page)
    check_screen(page)
    press(page, "main form button[type=submit]")
    assert "2 changes and 1 update" in page.inner_text("body")
    check_screen(page)
    imported = page.url

    public = visit(viewport=PHONE)
    address = f"{desk.address}/plan/commitments/stop-and-search-panels/"
    public.goto(address)
    text = said(public)
    for words in ("expected on 3 April 2025", "Three boroughs have no panel yet.", "One more"):
        assert words in text
    rows = public.locator("#forecasts ~ .scroll tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == ["3 June 2024", "20 April 2023"]

    page.goto(imported)
    press(page, "main form button[type=submit]")
    assert "is undone, by an import of its own." in page.inner_text("body")
    public = visit(viewport=PHONE)  # a browser keeps a public page for a minute
    public.goto(address)
    assert "expected on 3 April 2025" not in said(public)
    assert "The update of 31 May 2024 was imported in error and is withdrawn." in said(public)
    assert public.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_one_sheet_goes_out_and_comes_back_as_csv(visit, desk, tmp_path):
    page = commitments(desk.sign_in(visit(accept_downloads=True)), desk)
    file = downloaded(page, "Milestones as CSV", tmp_path)
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    row = next(row for row in rows if "Findings from every borough" in row)
    # As Excel set to the United Kingdom writes the file: every day anew, semicolons between.
    row[6], row[8] = "2024-07-05", "Three boroughs have no panel."
    days = [[_uk_day(cell) for cell in each] for each in rows]
    with file.open("w", newline="", encoding="cp1252") as out:
        csv.writer(out, delimiter=";").writerows(days)
    look(page, file)
    assert "Findings from every borough Now expected nothing 5 July 2024" in said(page)


def _uk_day(cell: str) -> str:
    try:
        return f"{date.fromisoformat(cell):%d/%m/%Y}"
    except ValueError:
        return cell


def test_public_list_is_filtered_by_keyboard_and_has_no_fault(visit, desk, no_fault):
    page = visit(viewport=PHONE, accept_downloads=True)
    page.goto(f"{desk.address}/plan/commitments/")
    assert "as it stands today, 3 June 2024" in said(page)
    tab_to(page, "#filter-standing")
    page.keyboard.type("Overdue")
    press(page, "form.filters button")
    assert "standing=overdue" in page.url
    assert PANELS in said(page)
    no_fault(page)
    with page.expect_download() as download:
        page.click("text=Download this list as CSV")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.splitlines()[0].startswith("Commitment,Priorities,Led by,Standing on 3 June 2024")
    page.goto(f"{desk.address}/plan/commitments/?on=2023-01-31")
    assert "as it was known on 31 January 2023" in said(page)
    no_fault(page)
    page.goto(f"{desk.address}/plan/commitments/stop-and-search-panels/")
    no_fault(page)
