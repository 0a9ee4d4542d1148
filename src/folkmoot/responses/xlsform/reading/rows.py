"""The rows of the sheet survey, one by one, as steps and questions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from folkmoot.core.routing import ALWAYS, Condition
from folkmoot.responses.questions import (
    RESERVED,
    ChoiceQuestion,
    GridQuestion,
    Question,
    SurveyForm,
)
from folkmoot.responses.xlsform.columns import GRID, KIND_COLUMN, STEP
from folkmoot.responses.xlsform.conditions import NotUnderstoodError, condition_of
from folkmoot.responses.xlsform.findings import Finding
from folkmoot.responses.xlsform.lists import ChoiceLists
from folkmoot.responses.xlsform.names import distinct, key_of
from folkmoot.responses.xlsform.reading.beside import asking, beside, specified
from folkmoot.responses.xlsform.reading.steps import Group, Outline, Page
from folkmoot.responses.xlsform.rules import every, raw_rules
from folkmoot.responses.xlsform.sheets import SURVEY, Row, Sheet
from folkmoot.responses.xlsform.taking import Taker
from folkmoot.responses.xlsform.tongues import Tongue
from folkmoot.responses.xlsform.types import (
    BEGIN_GROUP,
    END_GROUP,
    LEFT_OUT,
    METADATA,
    SKIPPED_GROUPS,
    Type,
    type_of,
)


def read_rows(
    sheet: Sheet, lists: ChoiceLists, tongue: Tongue, title: str, findings: list[Finding]
) -> tuple[SurveyForm, dict[int, str]]:
    """Return the questions of a sheet, and the HTML that stands before each step, by its number.

    `title` is that of the survey. What is odd is added to `findings`.
    """
    outline = Outline(title, findings)
    _Reader(sheet, lists, tongue, findings, outline).read()
    return outline.form()


@dataclass(slots=True)
class _Reader:
    """Goes through the rows of the sheet survey, one by one."""

    sheet: Sheet
    lists: ChoiceLists
    tongue: Tongue
    findings: list[Finding]
    outline: Outline
    named: dict[str, Question] = field(default_factory=dict)
    taken: set[str] = field(default_factory=lambda: set(RESERVED))
    grid: tuple[Group, list[Row]] | None = None
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
        for group in self.outline.groups:
            self._find(group.row, "type", "this group has no end: add a row end_group.", fault=True)
        self.outline.close()
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
        group = Group(
            row,
            title,
            self._condition(row),
            "field-list" in appearance or row[KIND_COLUMN] == STEP,
            is_page=not (self.outline.groups and self.outline.groups[-1].is_screen),
        )
        self.outline.groups.append(group)
        if "table-list" in appearance or row[KIND_COLUMN] == GRID or kind.name != "begin_group":
            self.grid = (group, [])
        elif group.is_page:
            self.outline.close()
            self.outline.open()
            if self.outline.page is not None:
                self.outline.page.is_kept = row[KIND_COLUMN] == STEP

    def _end(self, row: Row) -> None:
        if not self.outline.groups:
            self._find(row, "type", "no group is open here: take this row out.", fault=True)
            return
        group = self.outline.groups.pop()
        if self.grid is not None:
            rows, self.grid = self.grid[1], None
            self._grid(group, rows)
        elif group.is_page:
            self.outline.close()

    def _note(self, row: Row) -> None:
        text = self.tongue.text(row, "label")
        if hint := self.tongue.text(row, "hint"):
            text = f"{text}\n\n{hint}"
        self._tell_piped(row, text)
        shown_if = every([*self.outline.within(), self._condition(row)])
        self.outline.say(text, shown_if)

    def _question(self, row: Row, kind: Type) -> None:
        page = self.outline.current()
        if self._is_beside(row, kind, page):
            return
        question = self.taker.question(row, kind, self._key(row))
        if question is None:
            return
        self._tell_piped(row, self.tongue.text(row, "label"))
        shown_if = every([*self.outline.within(), self._condition(row)])
        self._take(row, replace(question, shown_if=shown_if), page)

    def _take(self, row: Row, question: Question, page: Page) -> None:
        page.questions.append(question)
        self.taken.add(question.key)
        self.named[row["name"]] = question

    def _is_beside(self, row: Row, kind: Type, page: Page) -> bool:
        """Take a field that belongs to the question before it: other text, point, declining."""
        before = page.questions[-1] if page.questions else None
        if before is None:
            return False
        written = next(name for name, each in self.named.items() if each is before)
        suffix = row["name"].removeprefix(f"{written}--")
        if suffix != row["name"]:
            changed = beside(before, kind, suffix)
            if changed is not None:
                page.questions[-1] = changed
                self.named[written] = changed
                self.named[row["name"]] = changed
                return True
        if kind.name == "text" and isinstance(before, ChoiceQuestion) and row["relevant"]:
            return self._is_other(row, before, written, page)
        return False

    def _is_other(self, row: Row, before: ChoiceQuestion, written: str, page: Page) -> bool:
        """Take "Please specify" after a closed question as the field of its option "other"."""
        code = specified(row, before, written, self.lists)
        if code is None:
            return False
        changed = asking(before, code)
        page.questions[-1] = self.named[written] = changed
        self.left[row["name"]] = "the text beside an option"
        self._find(
            row,
            "name",
            f"this field is now the one beside the option {code} of "
            f"{before.key}, where its text stays with it.",
        )
        return True

    def _grid(self, group: Group, rows: list[Row]) -> None:
        page = self.outline.current()
        made = self.taker.table(group.row, rows, self._key(group.row))
        if made is None:
            return
        question, of_rows = made
        shown_if = every([*self.outline.within(), group.shown_if])
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
