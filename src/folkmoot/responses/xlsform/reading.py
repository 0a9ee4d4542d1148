"""An XLSForm workbook as the questions of a survey, with what was odd about it.

Groups become steps, notes introductions, groups shown as a table grids. What a survey here has no
place for (calculations, repeats, choices from other files) is left out and told, cell by cell.
Source: https://xlsform.org/en/; Kobo's own types: https://support.kobotoolbox.org/xls_form.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from folkmoot.core.routing import ALWAYS, Condition
from folkmoot.responses.questions import (
    DECLINED,
    RESERVED,
    ChoiceQuestion,
    GridQuestion,
    PlaceQuestion,
    Question,
    Step,
    SurveyForm,
    faults,
)
from folkmoot.responses.xlsform import rich
from folkmoot.responses.xlsform.columns import (
    CONSENT,
    GRID,
    KIND_COLUMN,
    MINUTES,
    STEP,
)
from folkmoot.responses.xlsform.conditions import NotUnderstoodError, condition_of
from folkmoot.responses.xlsform.findings import Finding, Taken
from folkmoot.responses.xlsform.lists import ChoiceLists, read_lists
from folkmoot.responses.xlsform.names import distinct, key_of
from folkmoot.responses.xlsform.rules import every, raw_rules
from folkmoot.responses.xlsform.sheets import SETTINGS, SURVEY, Row, Sheet, read_sheets
from folkmoot.responses.xlsform.taking import Taker
from folkmoot.responses.xlsform.tongues import Tongue, tongue_of
from folkmoot.responses.xlsform.types import (
    BEGIN_GROUP,
    END_GROUP,
    LEFT_OUT,
    METADATA,
    SKIPPED_GROUPS,
    Type,
    type_of,
)

LONGEST_STEP_TITLE = 120


def read_workbook(content: bytes) -> Taken:
    """Return what a workbook asks, and every finding.

    Raises WorkbookRefusedError for a file that is no workbook or no XLSForm. Reads the file only:
    nothing is made or changed.
    """
    sheets = read_sheets(content)
    survey = sheets[SURVEY]
    settings = sheets.get(SETTINGS, Sheet())
    said = settings.rows[0] if settings.rows else Row(2, {})
    findings: list[Finding] = []
    tongue = tongue_of(sheets, said["default_language"], findings)
    lists = read_lists(sheets, tongue, findings)
    title = rich.plain(said["form_title"]) or "Survey from an XLSForm"
    if len(title) > 255:
        title = title[:255]
    reader = _Reader(survey, lists, tongue, title, findings)
    reader.read()
    form, introductions = reader.form()
    findings += [Finding(sentence, is_fault=True, sheet="") for sentence in faults(form)]
    if not form.questions:
        findings.append(
            Finding("no question was found that a survey here can ask: add one.", is_fault=True)
        )
    minutes = said[MINUTES]
    return Taken(
        title,
        form,
        introductions,
        said[CONSENT],
        int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 4 else None,
        tuple(sorted(findings, key=lambda each: (each.sheet, each.row))),
    )


@dataclass(slots=True)
class _Page:
    """A step on its way."""

    title: str
    shown_if: Condition = ALWAYS
    introduction: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    is_kept: bool = False


@dataclass(slots=True)
class _Group:
    """A group that is open: what it is called, and when it is shown."""

    row: Row
    title: str
    shown_if: Condition
    is_screen: bool
    is_page: bool


@dataclass(slots=True)
class _Reader:
    """Goes through the rows of the sheet survey, one by one."""

    sheet: Sheet
    lists: ChoiceLists
    tongue: Tongue
    title: str
    findings: list[Finding]
    pages: list[_Page] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    named: dict[str, Question] = field(default_factory=dict)
    taken: set[str] = field(default_factory=lambda: set(RESERVED))
    page: _Page | None = None
    grid: tuple[_Group, list[Row]] | None = None
    skipping: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    taker: Taker = field(init=False)

    def __post_init__(self) -> None:
        self.taker = Taker(self.lists, self.tongue, self.findings)

    def read(self) -> None:
        for row in self.sheet.rows:
            if row["type"] and not row["type"].startswith("#"):
                self._row(row, type_of(row["type"]))
        for group in self.groups:
            self._find(group.row, "type", "this group has no end: add a row end_group.", fault=True)
        self._close()
        self.tongue.tell_left_columns(self.sheet, self.findings)
        if self.renamed:
            written, key = self.renamed[0]
            many = len(self.renamed)
            self.findings.append(
                Finding(
                    f"{many} name{'s are' if many > 1 else ' is'} written the way keys are here, "
                    f"with small letters and hyphens: {written} is now {key}.",
                    column="name",
                )
            )

    def form(self) -> tuple[SurveyForm, dict[int, str]]:
        pages = [page for page in self.pages if page.questions or page.introduction or page.is_kept]
        steps, introductions = [], {}
        for number, page in enumerate(pages, start=1):
            steps.append(Step(number, page.title, "", tuple(page.questions), page.shown_if))
            if page.introduction:
                introductions[number] = rich.html("\n\n".join(page.introduction))
        return SurveyForm(tuple(steps)), introductions

    def _row(self, row: Row, kind: Type) -> None:
        if self.skipping:
            self._skip(row, kind)
        elif kind.name in SKIPPED_GROUPS:
            self.skipping.append(kind.name)
            self.left[row["name"]] = SKIPPED_GROUPS[kind.name]
            self._find(
                row,
                "type",
                f"{SKIPPED_GROUPS[kind.name]}, and all that stands in it, is "
                "left out: a survey here asks each question once.",
            )
        elif kind.name in BEGIN_GROUP:
            self._begin(row, kind)
        elif kind.name in END_GROUP:
            self._end(row)
        elif self.grid is not None:
            self.grid[1].append(row)
        elif kind.name in METADATA:
            self.left[row["name"]] = "what a device records of itself"
            self._find(
                row,
                "type",
                f"{kind.written} is left out: no device is recorded here, and "
                "the time of a response always is.",
            )
        elif kind.name in LEFT_OUT:
            self.left[row["name"]] = LEFT_OUT[kind.name]
            self._find(
                row, "type", f"{LEFT_OUT[kind.name]} is left out: there is no counterpart here."
            )
        elif kind.name == "note":
            self._note(row)
        else:
            self._question(row, kind)

    def _skip(self, row: Row, kind: Type) -> None:
        if row["name"]:
            self.left[row["name"]] = "part of a repeat or matrix"
        opened = kind.name.replace("end", "begin", 1)
        if kind.name in SKIPPED_GROUPS or kind.name in BEGIN_GROUP:
            self.skipping.append(kind.name)
        elif kind.name.startswith("end") and opened == self.skipping[-1]:
            self.skipping.pop()

    def _begin(self, row: Row, kind: Type) -> None:
        appearance = row["appearance"].split()
        title = self.tongue.plain(row, "label")
        group = _Group(
            row,
            title,
            self._condition(row),
            "field-list" in appearance or row[KIND_COLUMN] == STEP,
            is_page=not (self.groups and self.groups[-1].is_screen),
        )
        self.groups.append(group)
        if "table-list" in appearance or row[KIND_COLUMN] == GRID or kind.name != "begin_group":
            self.grid = (group, [])
        elif group.is_page:
            self._close()
            self._open()
            if self.page is not None:
                self.page.is_kept = row[KIND_COLUMN] == STEP

    def _end(self, row: Row) -> None:
        if not self.groups:
            self._find(row, "type", "no group is open here: take this row out.", fault=True)
            return
        group = self.groups.pop()
        if self.grid is not None:
            rows, self.grid = self.grid[1], None
            self._grid(group, rows)
        elif group.is_page:
            self._close()

    def _open(self) -> None:
        """Begin a step under the title of the group it stands in."""
        titles = [group.title for group in self.groups if group.title]
        title = titles[-1] if titles else self.title
        self.page = _Page(title, every([each.shown_if for each in self.groups if each.is_page]))
        if len(title) > LONGEST_STEP_TITLE:
            self.page.title = f"{title[: LONGEST_STEP_TITLE - 1].rstrip()}…"
            self.page.introduction.append(title)
            self._find(
                self.groups[-1].row if self.groups else Row(0, {}),
                "label",
                f"the title of a step has at most {LONGEST_STEP_TITLE} characters: this "
                "one is shortened, and stands whole in the step's introduction.",
            )
        self.pages.append(self.page)

    def _close(self) -> None:
        self.page = None

    def _current(self) -> _Page:
        if self.page is None:
            self._open()
        assert self.page is not None
        return self.page

    def _within(self) -> list[Condition]:
        """Return the conditions of groups that are no steps: those of each question in them."""
        return [group.shown_if for group in self.groups if not group.is_page]

    def _note(self, row: Row) -> None:
        text = self.tongue.text(row, "label")
        if hint := self.tongue.text(row, "hint"):
            text = f"{text}\n\n{hint}"
        self._tell_piped(row, text)
        shown_if = every([*self._within(), self._condition(row)])
        page = self._current()
        if shown_if != ALWAYS:
            # A step of its own, so that it is shown when it is to be, and only then.
            title = page.title
            if page.questions or page.introduction:
                self._close()
                self._open()
                page = self._current()
            page.title, page.shown_if = title, every([page.shown_if, shown_if])
            page.introduction.append(text)
            self._close()
            return
        if page.questions:
            self._close()
            page = self._current()
        page.introduction.append(text)

    def _question(self, row: Row, kind: Type) -> None:
        page = self._current()
        if self._is_beside(row, kind, page):
            return
        question = self.taker.question(row, kind, self._key(row))
        if question is None:
            return
        self._tell_piped(row, self.tongue.text(row, "label"))
        shown_if = every([*self._within(), self._condition(row)])
        self._take(row, replace(question, shown_if=shown_if), page)

    def _take(self, row: Row, question: Question, page: _Page) -> None:
        page.questions.append(question)
        self.taken.add(question.key)
        self.named[row["name"]] = question

    def _is_beside(self, row: Row, kind: Type, page: _Page) -> bool:
        """Take a field that belongs to the question before it: other text, point, declining."""
        before = page.questions[-1] if page.questions else None
        if before is None:
            return False
        written = next(name for name, each in self.named.items() if each is before)
        suffix = row["name"].removeprefix(f"{written}--")
        if suffix != row["name"]:
            changed = _beside(before, kind, suffix)
            if changed is not None:
                page.questions[-1] = changed
                self.named[written] = changed
                self.named[row["name"]] = changed
                return True
        if kind.name == "text" and isinstance(before, ChoiceQuestion) and row["relevant"]:
            return self._is_other(row, before, written, page)
        return False

    def _is_other(self, row: Row, before: ChoiceQuestion, written: str, page: _Page) -> bool:
        """Take "Please specify" after a closed question as the field of its option "other"."""
        match = re.fullmatch(
            r"selected\(\s*\$\{(.+?)\}\s*,\s*['\"](.+?)['\"]\s*\)|\$\{(.+?)\}\s*=\s*['\"](.+?)['\"]",
            row["relevant"].strip(),
        )
        if match is None or (match[1] or match[3]).strip() != written:
            return False
        code = self.lists.code(before, match[2] or match[4])
        called = {
            f"{written}_other",
            f"{written}_{match[2] or match[4]}",
            f"other_{written}",
            f"{written}-other",
            f"{written}_specify",
            f"{written}_oth",
        }
        if row["name"] not in called or not any(each.code == code for each in before.options):
            return False
        changed = _asking(before, code)
        page.questions[-1] = self.named[written] = changed
        self.left[row["name"]] = "the text beside an option"
        self._find(
            row,
            "name",
            f"this field is now the one beside the option {code} of "
            f"{before.key}, where its text stays with it.",
        )
        return True

    def _grid(self, group: _Group, rows: list[Row]) -> None:
        page = self._current()
        made = self.taker.table(group.row, rows, self._key(group.row))
        if made is None:
            return
        question, of_rows = made
        shown_if = every([*self._within(), group.shown_if])
        question = replace(question, shown_if=shown_if)
        page.questions.append(question)
        self.taken.add(question.key)
        self.named[group.row["name"]] = question
        if isinstance(question, GridQuestion):
            for row, part in zip(of_rows, question.parts, strict=True):
                self.named[row["name"]] = part

    def _key(self, row: Row) -> str:
        written = row["name"]
        if not written:
            self._find(row, "name", "this question has no name: give it one.", fault=True)
            return distinct("question", self.taken)
        key = key_of(written)
        if key != written:
            self.renamed.append((written, key))
        if key in self.taken:
            key = distinct(key, self.taken)
            self._find(
                row,
                "name",
                f"{written} is the name of another question too, or one that "
                f"the form itself uses: this question is now {key}.",
            )
        return key

    def _condition(self, row: Row) -> Condition:
        written = row["relevant"]
        try:
            found = condition_of(written, self._named)
            raw_rules(found)
        except NotUnderstoodError as error:
            self._find(
                row,
                "relevant",
                f"the condition “{written}” is left out, so that this is always shown: {error}.",
            )
            return ALWAYS
        return found

    def _named(self, name: str) -> Question | None:
        if name in self.left:
            raise NotUnderstoodError(f"it asks about {name} ({self.left[name]}), which is left out")
        return self.named.get(name)

    def _tell_piped(self, row: Row, text: str) -> None:
        if "${" in text:
            self._find(
                row,
                "label",
                "an answer is put into these words with ${…}, which stands "
                "there as it is written now: change the words.",
            )

    def _find(self, row: Row, column: str, sentence: str, *, fault: bool = False) -> None:
        self.findings.append(Finding(sentence, SURVEY, row.number, column, fault))


def _beside(before: Question, kind: Type, suffix: str) -> Question | None:
    """Return a question with the field beside it that a row of ours says; None for another."""
    if suffix == DECLINED and kind.name == "select_multiple":
        return replace(before, may_decline=True)
    if suffix == "point" and isinstance(before, PlaceQuestion):
        return before
    if kind.name != "text" or not isinstance(before, ChoiceQuestion):
        return None
    if any(option.code == suffix for option in before.options):
        return _asking(before, suffix)
    return None


def _asking(question: ChoiceQuestion, code: str) -> ChoiceQuestion:
    options = tuple(
        replace(option, asks_text=option.asks_text or option.code == code)
        for option in question.options
    )
    return replace(question, options=options)
