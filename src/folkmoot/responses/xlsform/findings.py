"""What is odd about a workbook, each with the cell it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from folkmoot.responses.questions import SurveyForm


class WorkbookRefusedError(ValueError):
    """A file cannot be read as a workbook at all; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was not taken as it stands. `row` counts from 1 as spreadsheets do.

    While there is a fault nothing can be made; anything else is made, and told.
    """

    sentence: str
    sheet: str = "survey"
    row: int = 0
    column: str = ""
    is_fault: bool = False

    @property
    def where(self) -> str:
        """The cell in words: "Sheet survey, row 4, column relevant"."""
        parts = [f"sheet {self.sheet}" if self.sheet else ""]
        parts += [f"row {self.row}" if self.row else ""]
        parts += [f"column {self.column}" if self.column else ""]
        return ", ".join(part for part in parts if part).capitalize()

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


@dataclass(frozen=True, slots=True)
class Taken:
    """What a workbook says: the questions, and what was odd.

    `introductions` holds the HTML of each step, by its number; `consent` is HTML too, empty where
    the workbook has none.
    """

    title: str
    form: SurveyForm
    introductions: dict[int, str] = field(default_factory=dict)
    consent: str = ""
    minutes: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What keeps a survey from being made of it."""
        return tuple(each for each in self.findings if each.is_fault)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What was left out or changed, and keeps nothing from being made."""
        return tuple(each for each in self.findings if not each.is_fault)
