"""A file of another product brought into the register by an officer, and surveys as workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.desk import Desk, check_screen, desk_of, press, said, tab_to
from tests.browser.test_every_kind import page_at
from tests.conftest import LONDON_OPEN

pytestmark = pytest.mark.browser

VIOLENCE = "Do you agree that reducing and preventing violence should be a priority?"
DO_MORE = "What should the police do more of where you live?"
MATTERS = "What matters most to you about policing and safety where you live?"
HEAD = f'Timestamp,"{VIOLENCE}","{DO_MORE}","{MATTERS}","Anything else?"\n'
ROWS = (
    "2021/11/20 9:00:00 AM GMT,Agree,Patrol on foot;Make roads safer,More lights.,"
    '"A bench, please."\n'
    "2021/11/20 9:05:00 PM GMT,Aye,Patrol on foot,=1+1 is two,\n"
)
BROKEN = "last Tuesday,Agree,,,Nothing.\n"
MENDED = "2021/11/23 10:00:00 AM GMT,Agree,,,Nothing.\n"
COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1638352800123,Wed Dec 01 17:00:00 WIB 2021,12,7,4,1,1,"Widen the path, please."\n'
    "1638352900456,Wed Dec 01 17:01:40 WIB 2021,13,7,0,3,-1,Nobody listens.\n"
)
FEEDBACK = "code,label,feedback,criticality,organization,row_index\n" + "".join(
    f"xn,Nothing,Reply {number}.,3,Trust A,{number}\n" for number in range(30)
)


@pytest.fixture(scope="module")
def desk(chromium: Any, london_open_file: Any, tmp_path_factory: Any) -> Iterator[Desk]:
    with desk_of(london_open_file, tmp_path_factory.mktemp("importing"), LONDON_OPEN) as served:
        yield served


def read_file(page: Any, desk: Desk, content: str, name: str = "answers.csv") -> None:
    """Choose a file and the demonstration's survey; it leads to what the columns are."""
    desk.open(page, "imports/")
    tab_to(page, "#id_survey")
    page.keyboard.type("Your say")
    page.set_input_files(
        "#id_file", {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    press(page, "main form button[type=submit]")
    assert page.url.endswith("/columns/"), said(page)


def choose(page: Any, column: int, words: str) -> None:
    """Say what a column becomes, by keyboard."""
    field = f"[name=column-{column}]"
    tab_to(page, field, most=600)
    page.keyboard.type(words)
    chosen = page.locator(f"{field} option:checked").inner_text()
    assert chosen.startswith(words), chosen


def chosen_of(page: Any, column: int) -> str:
    return str(page.locator(f"[name=column-{column}] option:checked").inner_text())


def check_file(page: Any) -> None:
    press(page, "main form button[type=submit]")
    assert page.url.endswith("/"), page.url


def test_a_file_is_matched_checked_mended_imported_and_undone(visit, desk):
    page = desk.sign_in(visit())
    read_file(page, desk, HEAD + ROWS + BROKEN)
    assert "Read as an export of Google Forms" in said(page)
    check_screen(page)
    # Its own columns and the questions of the same words are known; the last is not.
    assert chosen_of(page, 0) == "When it was submitted"
    assert chosen_of(page, 2).startswith(DO_MORE)
    assert chosen_of(page, 4) == "Leave this column out"
    choose(page, 4, "What would you change")
    check_file(page)

    # Dry run: nothing is written, and every fault has its row and its column.
    assert "What it would become" in said(page)
    check_screen(page)
    faults = [" ".join(row.split()) for row in page.locator("table").first.inner_text().split("\n")]
    assert any(each.startswith("3 B") and "“Aye” is none of the options" in each for each in faults)
    assert any(each.startswith("4 A Timestamp “last Tuesday” is no date") for each in faults)
    assert not page.query_selector("form[action$='/start/']")
    before = desk.rows("SELECT count(*) FROM responses_response")
    tab_to(page, "[name=value-0]")
    page.keyboard.type("Agree")
    press(page, "form[action$='/values/'] button")
    assert "“Aye” is none" not in said(page)
    assert "“last Tuesday” is no date" in said(page)

    # The mended file: what was said of columns and values is remembered.
    read_file(page, desk, HEAD + ROWS + MENDED, "answers-mended.csv")
    assert chosen_of(page, 4).startswith("What would you change")
    assert "Proposed: as last time" in said(page)
    check_file(page)
    assert "Rows with faults 0" in said(page)
    assert desk.rows("SELECT count(*) FROM responses_response") == before
    press(page, "form[action$='/start/'] button")
    assert "being imported" in said(page)
    desk.work()
    page.goto(page.url)
    assert "3 responses joined the register" in said(page)
    check_screen(page)

    desk.open(page, "?q=bench&since=2021-11-20&until=2021-11-20")
    page.locator("td.title a").first.click()
    for words in ("Agree", "Patrol on foot", "Make roads safer", "A bench, please.", "20 November"):
        assert words in said(page)

    desk.open(page, "imports/")
    check_screen(page)
    page.click("text=answers-mended.csv")
    press(page, "form[action$='/undo/'] button")
    assert "3 responses left the register." in page.inner_text("body")
    assert desk.rows("SELECT count(*) FROM responses_response") == before


def test_comments_with_milliseconds_since_1970_are_read_as_instants(visit, desk):
    page = desk.sign_in(visit())
    read_file(page, desk, COMMENTS, "comments.csv")
    assert "Read as a plain table" in said(page)
    assert chosen_of(page, 0) == "When it was submitted"
    assert chosen_of(page, 2) == "Number of the response there"
    choose(page, 7, "What matters most")
    check_file(page)
    assert "Rows with faults 0" in said(page)
    assert "1 December 2021 at 10:00" in said(page)
    # Either column says the same instant.
    press(page, "a[href$='/columns/']")
    choose(page, 0, "Leave this")
    choose(page, 1, "When it was")
    check_file(page)
    assert "1 December 2021 at 10:00" in said(page)


def test_feedback_about_one_organisation_is_not_taken_for_its_answer(visit, desk):
    page = desk.sign_in(visit())
    read_file(page, desk, FEEDBACK, "feedback.csv")
    assert chosen_of(page, 4) == "Leave this column out"
    assert "one name stands in most rows" in said(page)
    assert chosen_of(page, 5) == "Number of the response there"
    choose(page, 2, "What matters most")
    tab_to(page, "#received-on", most=600)
    check_file(page)
    assert "New responses 30" in said(page)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04broken", "broken or cut short"),
        (b"\xd0\xcf\x11\xe0old", "Excel file of the old kind"),
        (HEAD.encode(), "no responses below"),
    ],
)
def test_a_file_that_is_none_is_refused_at_its_field(visit, desk, content, sentence):
    page = desk.sign_in(visit())
    desk.open(page, "imports/")
    page.select_option("#id_survey", label="Your say on the draft")
    page.set_input_files(
        "#id_file", {"name": "answers.csv", "mimeType": "text/csv", "buffer": content}
    )
    with page.expect_navigation():
        page.click("text=Read the file")
    assert sentence in page.inner_text(".error-message")
    assert page.locator("#id_survey option:checked").inner_text() == "Your say on the draft"


def test_a_survey_goes_out_as_a_workbook_and_comes_back_the_same(visit, desk, tmp_path):
    page = desk.sign_in(visit(accept_downloads=True), "approver")
    survey = page_at(desk.database, "your-say")
    consultation = page_at(desk.database, "police-and-crime-plan")
    link = f"/admin/responses/surveys/{survey}/xlsform/"
    with page.expect_download() as download:
        page.evaluate("address => { location.href = address }", link)
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    desk.open(page, f"consultations/{consultation}/xlsform/")
    check_screen(page)
    press(page, "main form button[type=submit]")
    assert "Choose the workbook." in said(page)
    page.set_input_files("[name=workbook]", {"name": "a.xlsx", "mimeType": "", "buffer": b"PK no"})
    press(page, "main form button[type=submit]")
    assert page.query_selector(".error-message")
    page.set_input_files("[name=workbook]", file)
    press(page, "main form button[type=submit]")
    check_screen(page)
    for words in (VIOLENCE, "Strongly agree", "16 questions"):
        assert words in said(page)
    tab_to(page, "#title")
    page.keyboard.press("Control+a")
    page.keyboard.type("The same once more")
    press(page, "main form button[type=submit]")
    page.wait_for_url("**/edit/")
    made = page_at(desk.database, "the-same-once-more")
    questions = (
        "SELECT content FROM wagtailcore_revision WHERE object_id = ? ORDER BY id DESC LIMIT 1"
    )
    ((after,),) = desk.rows(questions, str(made))
    assert VIOLENCE in after
