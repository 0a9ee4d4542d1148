"""What a browser can send that nobody should: taken and read back equal, or refused in a sentence.

The server's half, question by question and with Hypothesis, is in tests/responses/test_fuzz.py.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest
from openpyxl import load_workbook
from tests.browser.desk import REFERENCE, SURVEY, Desk, desk_of, respond
from tests.browser.test_every_kind import PAUSE_MS, make_survey, page_at
from tests.conftest import LONDON_OPEN

from folkmoot.core.cells import typed_text

pytestmark = pytest.mark.browser

EVERY = "/consultations/police-and-crime-plan/every-way-of-asking/"
# Right to left, marks of direction, letters of two planes, a family of four joined by marks.
FAR = "‮שלום‬ ‏مرحبا بالعالم‏ ⁨x⁩ 👩🏽‍🚒👨‍👩‍👧‍👦 𐍈 \u200b\ufeff"
# As it comes from Word: curly quotes, a hard space, a soft hyphen, a bullet, a tab, long dashes.
WORD = "“More lights”, they said\u00a0– it’s dark…\n•\tSafe\u00adty first\n—end"
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", "＝1+1", "\t=1+1", "'=1", " =1")
MARKUP = "<script>alert(1)</script> {{ 7*7 }} &amp; %00 '; DROP TABLE answer; --"
KEPT = "\n".join((FAR, WORD, MARKUP, *FORMULAS))


# Makes the workbook of a survey beside the site, and leaves nothing in its database.
MAKE_WORKBOOK = """
import sys
from pathlib import Path
import django; django.setup()
from django.db import transaction
from tests.responses.asking import every_kind
from folkmoot.responses.workbook_screens import workbook_of
with transaction.atomic():
    Path(sys.argv[1]).write_bytes(workbook_of(every_kind()))
    transaction.set_rollback(True)
"""


@pytest.fixture(scope="module")
def desk(chromium: Any, london_open_file: Path, tmp_path_factory: Any) -> Iterator[Desk]:
    """The demonstration while it is open, with a survey of every kind of question too."""
    folder = tmp_path_factory.mktemp("bad-input")
    workbook = folder / "every-kind.xlsx"
    with desk_of(london_open_file, folder, LONDON_OPEN) as served:
        served.run("-c", MAKE_WORKBOOK, str(workbook))
        context = chromium.new_context(viewport={"width": 1400, "height": 1000})
        officer = served.sign_in(context.new_page(), "approver")
        consultation = page_at(served.database, "police-and-crime-plan")
        make_survey(officer, served.address, workbook, consultation)
        context.close()
        yield served


def go_on(page: Any) -> None:
    with page.expect_navigation():
        page.locator(".buttons button", has_text=re.compile("Save and continue|Continue")).click()


def back(page: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name="Back", exact=True).first.click()


def send(page: Any, *, javascript: bool = True) -> str:
    """Send what was checked, and return the reference."""
    page.click("text=Send my response")
    if not javascript:
        page.wait_for_timeout(PAUSE_MS)
        page.locator("main form[method=post] button").first.click()
    page.wait_for_url("**/received/**")
    found = REFERENCE.search(page.inner_text("main"))
    assert found
    return found[0]


def answer_whole(page: Any, where: str, text: str, line: str, *, javascript: bool) -> str:
    """Answer every open question of the survey of every kind; return the reference."""
    page.goto(f"{where}1/")
    page.check("#field-travel-3")
    page.fill("#field-travel-3-text", line)
    page.check("#field-worries-1")
    go_on(page)
    page.check("#field-agree-1")
    page.check("[name='streets--lighting'][value=very-dissatisfied]")
    go_on(page)
    if page.url.endswith("/2/") or "more=1" in page.url:
        page.fill("[name=why-dark]", text)
        go_on(page)
    go_on(page)
    page.fill("[name=where]", text)
    go_on(page)
    page.check("#field-respondent-kind >> text=An organisation")
    page.fill("[name=organisation]", line)
    page.fill("[name=respondent-name]", line)
    go_on(page)
    return send(page, javascript=javascript)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("line", ["=HYPERLINK(1;2) ‮🚲", "-2+3 <b>&amp;</b> ’"])
def test_what_can_be_kept_is_read_back_equal(visit, desk, tmp_path, javascript, line):
    page = visit(java_script_enabled=javascript)
    reference = answer_whole(page, desk.address + EVERY, KEPT, line, javascript=javascript)

    officer = desk.sign_in(visit())
    desk.open(officer, f"?q={reference}")
    officer.click(f"text={reference}")
    shown = officer.locator(".folkmoot-answers").first
    read = shown.evaluate("each => [...each.querySelectorAll('dd')].map(dd => dd.innerText)")
    for part in KEPT.split("\n"):
        # A page shows a run of space as one.
        words = " ".join(part.split())
        assert any(words in " ".join(each.split()) for each in read), part
    assert any(line in each for each in read)

    for form in ("csv", "xlsx", "parquet", "sav"):
        told = exported(desk.export("every-way-of-asking", tmp_path / f"all.{form}"), reference)
        assert told == {"travel__other__text": line, "where": KEPT, "why_dark": KEPT}, form


def exported(file: Path, reference: str) -> dict[str, str]:
    """Return what an export says of a response, and check that no cell of it is a formula."""
    match file.suffix:
        case ".csv":
            with file.open(encoding="utf-8-sig", newline="") as opened:
                rows = list(csv.DictReader(opened))
            for row in rows:
                assert not any(
                    (cell or "").lstrip()[:1] in "=+-@＝" for cell in row.values() if cell
                )
        case ".xlsx":
            book = load_workbook(file)
            cells = [list(each) for each in book["Responses"].iter_rows()]
            assert not any(cell.data_type == "f" for each in cells for cell in each)
            head = [cell.value for cell in cells[0]]
            rows = [dict(zip(head, (c.value for c in each), strict=True)) for each in cells[1:]]
        case ".parquet":
            rows = pl.read_parquet(file).to_dicts()
        case _:
            rows = pyreadstat.read_sav(str(file))[0].to_dict("records")
    (row,) = (each for each in rows if each["reference"] == reference)
    names = {"travel__other__text": "travel__other__text", "where": "where"}
    names["why_dark"] = next(name for name in row if re.fullmatch("why[-_]dark", name))
    return {name: typed_text(str(row[own])) for name, own in names.items()}


def test_what_word_puts_on_the_clipboard_is_pasted_and_kept(visit, desk):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{desk.address}{SURVEY}2/")
    # Word ends a line within a paragraph with a vertical tab, and a page with a form feed.
    pasted = f"{WORD}\vsecond line\fsecond page"
    page.evaluate("text => navigator.clipboard.writeText(text)", pasted)
    page.focus("#field-matters-most")
    page.keyboard.press("Control+V")
    assert "second page" in page.input_value("#field-matters-most")
    go_on(page)
    back(page)
    kept = page.input_value("#field-matters-most")
    assert kept == f"{WORD}\nsecond line\nsecond page"


# What is typed where, on which page of the survey of every kind, and what the sentence must say.
REFUSED = [
    (1, "#field-travel-3-text", "a\x07b", "a control code"),
    (3, "[name=minutes]", "NaN", "in digits"),
    (3, "[name=minutes]", "1e999", "in digits"),
    (3, "[name=minutes]", "9" * 5_000, "in digits"),
    (3, "[name=minutes]", "-1", "from 0 to 600"),
    (3, "[name=cost]", "1.999", "at most 2 digits"),
    (3, "[name=moved--year]", "20211", "a day that there is"),
    (3, "[name=postcode]", "‮NW1 6XE\x1b", "Write a postcode"),
    (3, "[name=postcode]", "=1+1", "Write a postcode"),
    (4, "[name=where]", "by the\x1b[2J river", "(a control code) after “by the”"),
    (4, "[name=where]", "x" * 100_001, "has 100,001 characters"),
    (5, "[name=organisation]", "x" * 201, "201 characters"),
]


@pytest.mark.parametrize(
    ("step", "field", "typed", "sentence"),
    REFUSED,
    ids=lambda each: ascii(each[:20]) if isinstance(each, str) else None,
)
def test_what_cannot_be_kept_is_said_above_and_at_the_field_and_is_still_there(
    visit, desk, step, field, typed, sentence
):
    page = visit()
    page.goto(f"{desk.address}{EVERY}{step}/")
    if step == 1:
        page.check("#field-travel-3")
    if "moved" in field:
        page.fill("[name=moved--day]", "3")
        page.fill("[name=moved--month]", "9")
    if "organisation" in field:
        page.check("#field-respondent-kind >> text=An organisation")
    # Nothing but the page itself keeps anybody from sending more.
    page.eval_on_selector(field, "each => each.removeAttribute('maxlength')")
    page.fill(field, typed)
    go_on(page)
    assert page.title().startswith("Error: ")
    (above,) = (
        each
        for each in page.query_selector_all(".error-summary li")
        if sentence in each.inner_text()
    )
    assert page.input_value(field) == typed
    above.query_selector("a").click()
    name = page.get_attribute(field, "name").partition("--")[0]
    at_field = page.locator(f".field-error:has([name^='{name}']) .error").first
    assert sentence in at_field.inner_text()
    # The link leads to the question itself.
    focused = page.locator(".field-error:focus, .field-error:has(:focus)")
    assert focused.locator(f"[name^='{name}']").count()


@pytest.mark.parametrize(
    ("character", "times"),
    [("x", 1_000_000), ("д", 500_000), ("🚲", 250_000)],
    ids=["a", "two", "four"],
)
def test_a_megabyte_of_text_is_refused_at_its_field_and_is_still_there(
    visit, desk, character, times
):
    page = visit()
    page.goto(f"{desk.address}{SURVEY}2/")
    text = character * times
    page.evaluate("text => { document.querySelector('#field-matters-most').value = text }", text)
    go_on(page)
    assert f"has {times:,} characters" in page.inner_text(".error-summary")
    assert page.evaluate("document.querySelector('#field-matters-most').value") == text
    page.fill("#field-matters-most", "More lights.")
    go_on(page)
    assert page.inner_text("h1") == "About you"


def test_what_is_larger_than_any_page_leads_back_to_what_was_typed(visit, desk):
    page = visit()
    page.goto(f"{desk.address}{SURVEY}2/")
    page.fill("#field-change-draft", "Kept.")
    go_on(page)
    back(page)
    text = "x" * 5_000_001
    page.evaluate("text => { document.querySelector('#field-matters-most').value = text }", text)
    go_on(page)
    assert "too large to be sent" in page.inner_text("h1")
    page.go_back()
    assert page.evaluate("document.querySelector('#field-matters-most').value.length") == 5_000_001
    # What was saved before is as it was.
    page.goto(f"{desk.address}{SURVEY}2/")
    assert page.input_value("#field-change-draft") == "Kept."


# Bodies that no form makes, each with its content type.
RAW = [
    ("matters-most=a%00b&token={token}", "application/x-www-form-urlencoded"),
    ("matters-most=%FF%FE%80&token={token}", "application/x-www-form-urlencoded"),
    ("matters-most=%ED%A0%80&token={token}", "application/x-www-form-urlencoded"),
    ("matters-most=a&matters-most=b&token={token}", "application/x-www-form-urlencoded"),
    ("nobody-asked=1&token={token}&matters-most=a", "application/x-www-form-urlencoded"),
    ("token={token}&matters-most=a;b=c&&&=&%", "application/x-www-form-urlencoded"),
    ("&".join(f"f{number}=" for number in range(10_050)), "application/x-www-form-urlencoded"),
    ('{{"matters-most": "a"}}', "application/json"),
    ("\x00\x01\x02", "application/octet-stream"),
    ("--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
    ("no boundary", "multipart/form-data"),
    ("", "application/x-www-form-urlencoded"),
]
POST = """async ([address, body, type]) => {
    const answer = await fetch(address, {method: 'POST', body, headers: {'Content-Type': type}});
    return [answer.status, await answer.text()];
}"""


def test_bodies_that_no_form_makes_are_answered_in_words_and_lose_nothing(visit, desk):
    page = visit()
    where = f"{desk.address}{SURVEY}2/"
    page.goto(where)
    page.fill("#field-matters-most", "What I meant.")
    go_on(page)
    page.goto(where)
    token = page.input_value("[name=token]")
    for body, kind in RAW:
        for address in (f"{SURVEY}2/", f"{SURVEY}check/"):
            before = page.input_value("#field-matters-most")
            asked = [address, body.replace("{token}", token), kind]
            status, html = page.evaluate(POST, asked)
            assert status < 500, (body[:40], address)
            assert "<h1" in html, (body[:40], address)
            page.goto(where)
            if status >= 400:
                assert page.input_value("#field-matters-most") == before, body[:40]


def test_a_tampered_token_sends_nothing_and_the_next_click_does(visit, desk):
    page = visit()
    page.goto(f"{desk.address}{SURVEY}2/")
    page.fill("#field-matters-most", "Lights by the river.")
    go_on(page)
    go_on(page)
    for forged in ("", "forged", page.input_value("[name=token]")[:-3] + "abc"):
        page.evaluate("text => { document.querySelector('[name=token]').value = text }", forged)
        with page.expect_navigation():
            page.click("text=Send my response")
        assert page.query_selector(".error-summary"), forged
        assert "Lights by the river." in page.inner_text("main")
    assert send(page)


def test_a_response_sent_again_after_the_back_button_is_one_response(visit, desk):
    page = visit()
    sent: list[tuple[str, str]] = []
    page.on(
        "request",
        lambda each: each.method == "POST" and sent.append((each.url, each.post_data or "")),
    )
    reference = respond(page, desk.address, "Sent once.")
    page.go_back()
    button = page.query_selector("text=Send my response")
    if button:
        button.click()
        page.wait_for_url("**/received/**")
        assert reference in page.inner_text("main")
    # The same bytes once more, as a browser that is asked to reload a post sends them.
    address, body = sent[-1]
    kind = "application/x-www-form-urlencoded"
    status, html = page.evaluate(POST, [address, body, kind])
    assert (status, reference in html) == (200, True)
    (count,) = desk.rows("SELECT count(*) FROM responses_answer WHERE text = ?", "Sent once.")[0]
    assert count == 1


def test_two_tabs_of_one_draft_lose_nothing_and_send_once(visit, desk):
    first = visit()
    first.goto(f"{desk.address}{SURVEY}1/")
    first.check("#field-agree-violence-1")
    go_on(first)
    second = first.context.new_page()
    second.goto(f"{desk.address}{SURVEY}3/")
    first.fill("#field-matters-most", "From the first tab.")
    second.check("#field-respondent-kind >> text=Myself")
    go_on(second)
    stale = first.context.new_page()
    stale.goto(f"{desk.address}{SURVEY}1/")
    go_on(first)
    go_on(first)
    for told in ("From the first tab.", "Strongly agree"):
        assert told in first.inner_text("main")
    second.reload()
    reference = send(first)
    # The other tabs still show what may be sent.
    second.click("text=Send my response")
    second.wait_for_load_state()
    assert reference in second.inner_text("main")
    stale.check("#field-safe-after-dark-1")
    go_on(stale)
    assert "You have sent your response already" in stale.inner_text("h1")
    assert reference in stale.inner_text("main")
    assert "Very safe" in stale.inner_text("main")


def test_at_closing_a_draft_has_its_grace_and_nothing_typed_is_lost(
    visit, london_open_file, tmp_path
):
    """One database, by the clock of just before the closing, then of after it, then of too late."""
    before, grace, late = "2022-01-21 23:58:00", "2022-01-22 00:05:00", "2022-01-22 00:40:00"
    begun, fresh, slow = visit(), visit(java_script_enabled=False), visit()
    with desk_of(london_open_file, tmp_path, before) as desk:
        for page in (begun, slow):
            page.goto(f"{desk.address}{SURVEY}1/")
            assert "closes on Friday 21 January 2022 at 23:59" in page.inner_text("main")
            page.check("#field-agree-violence-1")
            go_on(page)
        fresh.goto(f"{desk.address}{SURVEY}2/")
        port = int(desk.address.rpartition(":")[2])
    with desk_of(london_open_file, tmp_path, grace, port=port) as desk:
        begun.fill("#field-matters-most", "In time.")
        go_on(begun)
        assert "you can send your response until Saturday 22 January 2022 at 00:29" in (
            begun.inner_text("main")
        )
        go_on(begun)
        assert send(begun)
        fresh.fill("#field-matters-most", "Begun too late.")
        go_on(fresh)
        assert fresh.inner_text("h1") == "This survey has closed"
        assert "Your answers were not sent." in fresh.inner_text("main")
        assert "Begun too late." in fresh.inner_text("main")
    with desk_of(london_open_file, tmp_path, late, port=port):
        slow.fill("#field-matters-most", "After the grace.")
        go_on(slow)
        assert slow.inner_text("h1") == "This survey has closed"
        for typed in ("After the grace.", "Strongly agree"):
            assert typed in slow.inner_text("main")
