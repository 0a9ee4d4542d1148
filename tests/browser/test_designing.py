"""A policy officer designs a survey by clicking and typing in the admin, and it is answered.

Nothing comes from a workbook or a script: pages, questions of every sort and conditions are made in
the editor, a mistake is refused where it is mended, an approver publishes, and somebody answers.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import served
from tests.browser.test_admin import write
from tests.browser.test_every_kind import PAUSE_MS, a_pdf, go_on, page_at
from tests.conftest import LONDON_OPEN

from folkmoot.demo.staff import APPROVER_EMAIL, OFFICER_EMAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

TITLE = "Getting home at night"
WHERE = "/consultations/police-and-crime-plan/getting-home-at-night/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "site"
    made.mkdir()
    return made


@pytest.fixture
def site(chromium: Any, london_open_file: Path, folder: Path) -> Iterator[str]:
    with served(london_open_file, folder, at=LONDON_OPEN) as address:
        yield address


class Editor:
    """The editor of a survey in the hands of somebody who clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def field(self, name: str) -> Locator:
        return self.page.locator(f'[name="{name}"]')

    def add(self, within: str, kind: str = "") -> str:
        """Add a block at the end of others, and return the beginning of its fields' names."""
        count = self.field(f"{within}-count")
        many = int(count.input_value())
        adders = count.locator(
            "xpath=following-sibling::div[1]"
            "/*[self::button or self::div[not(@data-streamfield-child)]]"
            "/descendant-or-self::button[contains(@class, 'c-sf-add-button')]"
        )
        adders.last.click()
        if kind:
            self.page.get_by_role("option", name=re.compile(f"^{kind}")).click()
        added = self.field(f"{within}-{many}-order")
        added.wait_for(state="attached")
        return f"{within}-{many}-value"

    def fill(self, block: str, **fields: Any) -> None:
        for name, value in fields.items():
            field = self.field(f"{block}-{name}")
            if isinstance(value, bool):
                field.set_checked(value)
            elif field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def open(self, block: str, part: str) -> None:
        """Open a part of a block that is closed at first."""
        toggle = self.page.locator(
            f'[id$="-{block}-{part}-section"] > .w-panel__header [data-panel-toggle]'
        )
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()

    def page_of_questions(self, title: str) -> str:
        block = self.add("steps", "Page of questions")
        self.fill(block, title=title)
        return block

    def question(self, step: str, kind: str, title: str, **fields: Any) -> str:
        block = self.add(f"{step}-questions", kind)
        self.fill(block, title=title, **fields)
        return block

    def options(self, block: str, *labels: str, within: str = "options") -> None:
        """Write options, the first of which are there already."""
        for place, label in enumerate(labels):
            count = self.field(f"{block}-{within}-count")
            if place >= int(count.input_value()):
                self.add(f"{block}-{within}")
            self.fill(f"{block}-{within}-{place}-value", label=label)

    def mark_option(self, block: str, place: int, mark: str) -> None:
        """Say of an option, behind its gear, that it has a field or stands alone."""
        option = f"{block}-options-{place}"
        child = self.page.locator(f'[data-streamfield-child]:has(> [name="{option}-order"])')
        child.locator("[data-panel-controls] button[aria-controls$='-settings']").first.click()
        self.fill(f"{option}-value", **{mark: True})

    def only_if(self, block: str, part: str, question: str, *answers: str) -> str:
        """Show something only to those who chose one of some answers to an earlier question."""
        self.open(block, part)
        rule = self.add(f"{block}-shown_if", "A condition")
        holder = self.rule(rule)
        holder.get_by_label("Earlier question").select_option(label=question)
        for answer in answers:
            holder.locator(".rule-answers").get_by_label(answer, exact=True).check()
        return rule

    def rule(self, rule: str) -> Locator:
        child = rule.removesuffix("-value")
        return self.page.locator(f'[data-streamfield-child]:has(> [name="{child}-order"])')

    def move(self, block: str, way: str) -> None:
        child = block.removesuffix("-value")
        found = self.page.locator(f'[data-streamfield-child]:has(> [name="{child}-order"])')
        found.locator(f"> section > .w-panel__header button[title='{way}']").click()

    def save(self) -> None:
        with self.page.expect_navigation():
            self.page.click("button:has-text('Save draft')")
        self.page.wait_for_load_state()

    def said(self) -> str:
        return str(self.page.locator(".messages").inner_text())


def sign_in(page: Page, address: str, email: str, password: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", email)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def begin(editor: Editor, address: str, consultation: int) -> None:
    """Add a survey below the consultation, and write what stands around its questions."""
    page = editor.page
    page.goto(f"{address}/admin/pages/{consultation}/")
    page.click("a[aria-label='Add child page']")
    page.get_by_role("link", name=re.compile("^Survey")).first.click()
    page.fill("[name=title]", TITLE)
    page.fill("[name=summary]", "Tell us how you get home, and what would help.")
    write(page, "consent", "We use your answers for this consultation only.")


def design(editor: Editor) -> dict[str, str]:
    """Make pages and questions of many kinds, and return the beginnings of some fields' names."""
    about = editor.page_of_questions("Why we ask")
    evidence = editor.add(f"{about}-content", "Evidence")
    editor.fill(evidence, quotation="One in three walks home alone.", source="Survey, June 2021")

    travel = editor.page_of_questions("How you travel")
    how = editor.question(travel, "Choice: one answer", "How do you mostly get home?")
    editor.options(how, "On foot", "By bus", "Other, please say")
    editor.mark_option(how, 2, "asks_text")
    worries = editor.question(travel, "Choice: one answer", "What worries you?", several=True)
    editor.options(worries, "Dark streets", "Waiting alone", "None of these")
    editor.mark_option(worries, 2, "is_exclusive")
    editor.question(travel, "Number", "How many minutes does it take?", unit="minutes")

    streets = editor.page_of_questions("Your streets")
    safe = editor.question(
        streets,
        "Scale",
        "I feel safe on my way home.",
        scale="Agreement: strongly agree to strongly disagree",
    )
    why = editor.question(streets, "Long text", "What makes you feel unsafe?")
    editor.only_if(
        why,
        "when_this_question_is_shown",
        "I feel safe on my way home.",
        "Disagree",
        "Strongly disagree",
    )
    grid = editor.question(streets, "Grid", "How important are these?")
    editor.fill(grid, scale="Importance: very important to not at all important")
    editor.options(grid, "Lighting", "Patrols", within="rows")
    ranking = editor.question(streets, "Ranking", "What should come first?")
    editor.options(ranking, "Buses", "Lamps", "Police")

    more = editor.page_of_questions("For those who walk")
    editor.only_if(more, "when_this_page_is_shown", "How do you mostly get home?", "On foot")
    editor.question(more, "Date", "When did you last walk home?")
    editor.question(more, "Postcode", "What is your postcode?")
    editor.question(more, "Place on a map", "Where would a lamp help most?")
    editor.question(more, "File", "Is there a picture or a letter you want to send?")
    return {"safe": safe, "why": why}


def test_an_officer_designs_a_survey_an_approver_publishes_it_and_it_is_answered(
    visit, site, london_open_file, folder, no_fault
):
    password = (london_open_file.parent / "demo-staff-password").read_text()
    file = folder / london_open_file.name
    page = visit(viewport={"width": 1280, "height": 1000})
    sign_in(page, site, OFFICER_EMAIL, password)
    editor = Editor(page)
    begin(editor, site, page_at(file, "police-and-crime-plan"))
    made = design(editor)
    editor.save()

    # A question that is asked about is moved behind the one that asks about it.
    editor.move(made["safe"], "Move down")
    editor.save()
    assert "could not be saved" in editor.said()
    refused = page.get_by_text(
        "The question “What makes you feel unsafe?” depends on “I feel safe on my way home.”, "
        "which is asked later: move that question before it, or choose an earlier one."
    )
    assert refused.is_visible(), "the page, the question and its condition are open"
    # The editor counts its blocks afresh: what was moved stands where the other stood.
    editor.move(made["why"], "Move up")
    editor.save()
    assert "could not be saved" not in editor.said()

    see_every_page(page)
    edit = page.url
    submit(page)
    assert visit().goto(site + WHERE).status == 404, "nothing is public yet"

    approver = visit(viewport={"width": 1280, "height": 1000})
    sign_in(approver, site, APPROVER_EMAIL, password)
    approver.goto(edit)
    approve(approver)
    reference = answer(visit(viewport={"width": 390, "height": 800}), site + WHERE, no_fault)
    assert answers_of(file, reference)["what-makes-you-feel-unsafe"] == "No lamps at all."


def see_every_page(page: Page) -> None:
    """Look at each page in the preview, those that only some are asked too."""
    page.click("button[aria-label='Toggle preview']")
    modes = page.locator("#id_preview_mode")
    modes.wait_for()
    assert modes.locator("option").all_inner_texts() == [
        "First page",
        "1. Why we ask",
        "2. How you travel",
        "3. Your streets",
        "4. For those who walk (only for some)",
    ]
    for mode, said in (
        ("1", "One in three walks home alone."),
        ("2", "Other, please say"),
        ("3", "Shown only if they chose “Disagree” or “Strongly disagree” at question 4."),
        ("4", "Shown only if they chose “On foot” at question 1."),
        ("", "Start now"),
    ):
        preview_as(page, mode, said)


def preview_as(page: Page, mode: str, said: str) -> None:
    """Choose a mode of the preview, until its frame shows some words."""
    shows = """said => [...document.querySelectorAll("iframe[title='Preview']")].some(
        frame => frame.contentDocument?.body?.innerText.includes(said))"""
    from playwright.sync_api import TimeoutError as TimeoutReached

    for _ in range(4):
        page.select_option("#id_preview_mode", mode)
        try:
            page.wait_for_function(shows, arg=said, timeout=10_000)
        except TimeoutReached:
            page.select_option("#id_preview_mode", "" if mode else "1")
        else:
            return
    raise AssertionError(f"The preview never said: {said}")


def submit(page: Page) -> None:
    """Send the draft to be approved, as somebody who may not publish."""
    page.click("footer .w-dropdown__toggle")
    with page.expect_navigation():
        page.click("[name=action-submit]")
    assert "error" not in page.locator(".messages").inner_text()


def approve(page: Page) -> None:
    page.click("footer .w-dropdown__toggle")
    with page.expect_navigation():
        page.click("button[data-workflow-action-name='approve']:has-text('Approve')")
    assert "error" not in page.locator(".messages").inner_text()


def answer(page: Page, where: str, no_fault: Any) -> str:
    """Answer the survey as somebody who walks and feels unsafe; return the reference."""
    page.goto(f"{where}1/")
    assert "One in three walks home alone." in page.inner_text("main")
    no_fault(page)
    go_on(page)
    page.get_by_label("On foot").check()
    page.get_by_label("Dark streets").check()
    page.get_by_label("None of these").check()
    assert not page.get_by_label("Dark streets").is_checked()
    page.get_by_label("How many minutes").fill("25")
    go_on(page)
    assert "What makes you feel unsafe?" not in page.inner_text("main")
    page.get_by_label("Strongly disagree").first.check()
    go_on(page)
    page.get_by_label("What makes you feel unsafe?").fill("No lamps at all.")
    page.get_by_role("radio", name="Lighting Very important").check()
    page.locator('button[aria-label="Move Lamps up"]').click()
    go_on(page)
    for part, typed in (("Day", "3"), ("Month", "9"), ("Year", "2021")):
        page.get_by_label(part).fill(typed)
    page.get_by_label("What is your postcode?").fill("nw1 6xe")
    page.get_by_label("Where would a lamp help most?").fill("The underpass")
    page.set_input_files(
        "input[type=file]", {"name": "note.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
    )
    page.check("#field-respondent-kind >> text=Myself")
    go_on(page)
    said = page.inner_text("main")
    for given in ("On foot", "None of these", "25", "No lamps at all.", "NW1", "note.pdf"):
        assert given in said, given
    page.click("text=Send my response")
    page.wait_for_timeout(PAUSE_MS)
    if "/received/" not in page.url:
        page.locator("main form[method=post] button").first.click()
    page.wait_for_url("**/received/**")
    found = re.search(r"FM-\w{4}-\w{4}-\w{2}", page.inner_text("main"))
    assert found
    return found[0]


def answers_of(file: Path, reference: str) -> dict[str, str]:
    """Return what was written in a response, by the key of its question."""
    with sqlite3.connect(file) as database:
        found = database.execute(
            "SELECT question, text FROM responses_answer JOIN responses_response"
            " ON responses_response.id = response_id WHERE reference = ?",
            [reference],
        )
        return dict(found.fetchall())
