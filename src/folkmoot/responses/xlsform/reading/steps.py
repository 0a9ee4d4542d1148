"""The steps that the rows of a workbook come to, while they are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from folkmoot.core.routing import ALWAYS, Condition
from folkmoot.responses.questions import Question, Step, SurveyForm
from folkmoot.responses.xlsform import rich
from folkmoot.responses.xlsform.findings import Finding
from folkmoot.responses.xlsform.rules import every
from folkmoot.responses.xlsform.sheets import SURVEY, Row

LONGEST_STEP_TITLE = 120


@dataclass(slots=True)
class Page:
    """A step on its way."""

    title: str
    shown_if: Condition = ALWAYS
    introduction: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    is_kept: bool = False


@dataclass(slots=True)
class Group:
    """A group that is open: what it is called, and when it is shown."""

    row: Row
    title: str
    shown_if: Condition
    is_screen: bool
    is_page: bool


@dataclass(slots=True)
class Outline:
    """The steps found so far, and the groups that are open."""

    title: str
    """Of the survey: that of a step in no group with a title."""
    findings: list[Finding]
    pages: list[Page] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    page: Page | None = None

    def form(self) -> tuple[SurveyForm, dict[int, str]]:
        """Return the steps that ask or say something, and the HTML before each, by its number."""
        pages = [page for page in self.pages if page.questions or page.introduction or page.is_kept]
        steps, introductions = [], {}
        for number, page in enumerate(pages, start=1):
            steps.append(Step(number, page.title, "", tuple(page.questions), page.shown_if))
            if page.introduction:
                introductions[number] = rich.html("\n\n".join(page.introduction))
        return SurveyForm(tuple(steps)), introductions

    def open(self) -> None:
        """Begin a step under the title of the group it stands in."""
        titles = [group.title for group in self.groups if group.title]
        title = titles[-1] if titles else self.title
        self.page = Page(title, every([each.shown_if for each in self.groups if each.is_page]))
        if len(title) > LONGEST_STEP_TITLE:
            self.page.title = f"{title[: LONGEST_STEP_TITLE - 1].rstrip()}…"
            self.page.introduction.append(title)
            row = self.groups[-1].row.number if self.groups else 0
            sentence = (
                f"the title of a step has at most {LONGEST_STEP_TITLE} characters: this "
                "one is shortened, and stands whole in the step's introduction."
            )
            self.findings.append(Finding(sentence, SURVEY, row, "label"))
        self.pages.append(self.page)

    def close(self) -> None:
        self.page = None

    def current(self) -> Page:
        """Return the step that is open; a new one where none is."""
        if self.page is None:
            self.open()
        assert self.page is not None
        return self.page

    def within(self) -> list[Condition]:
        """Return the conditions of groups that are no steps: those of each question in them."""
        return [group.shown_if for group in self.groups if not group.is_page]

    def say(self, text: str, shown_if: Condition) -> None:
        """Put the words of a note before the questions that follow it."""
        page = self.current()
        if shown_if != ALWAYS:
            # A step of its own, so that it is shown when it is to be, and only then.
            title = page.title
            if page.questions or page.introduction:
                self.close()
                self.open()
                page = self.current()
            page.title, page.shown_if = title, every([page.shown_if, shown_if])
            page.introduction.append(text)
            self.close()
            return
        if page.questions:
            self.close()
            page = self.current()
        page.introduction.append(text)
