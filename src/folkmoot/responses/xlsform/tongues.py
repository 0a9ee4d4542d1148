"""Which of a workbook's languages is read, and which columns nobody reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from folkmoot.responses.xlsform import rich
from folkmoot.responses.xlsform.columns import CHOICE_COLUMNS, SURVEY_COLUMNS
from folkmoot.responses.xlsform.findings import Finding
from folkmoot.responses.xlsform.sheets import CHOICES, SURVEY, Row, Sheet

_HEAD = re.compile(r"(label|hint|guidance_hint)::?(.+)", re.IGNORECASE)
READ = frozenset(
    {
        *SURVEY_COLUMNS,
        *CHOICE_COLUMNS,
        "value",
        "caption",
        "kobo--score-choices",
        "kobo--rank-items",
        "$kuid",
        "$autoname",
        "$xpath",
        "$qpath",
    }
)
# Columns that say nothing a respondent would miss.
PASSED_OVER = frozenset({"constraint_message", "required_message", "constraint_message_"})


@dataclass(slots=True)
class Tongue:
    """The language that is read: "" where the columns name none."""

    name: str = ""
    columns: dict[str, str] = field(default_factory=dict)

    def text(self, row: Row, column: str) -> str:
        """Return what stands in a column that may have a language."""
        chosen = row[self.columns.get(column, column)]
        return chosen or row[column] or (row["caption"] if column == "label" else "")

    def plain(self, row: Row, column: str) -> str:
        """Return the same in one line, without marks of style."""
        return rich.plain(self.text(row, column))

    def tell_left_columns(self, sheet: Sheet, findings: list[Finding]) -> None:
        """Add a finding for each column with something in it that was not read."""
        read = READ | PASSED_OVER | set(self.columns.values()) | {"relevant"}
        for column in sheet.columns:
            if column in read or _HEAD.fullmatch(column):
                continue
            filled = [row for row in sheet.rows if row[column]]
            if filled:
                many = f"{len(filled)} cells" if len(filled) > 1 else "1 cell"
                findings.append(
                    Finding(
                        f"this column ({many}) is left out: {_why(column)}.",
                        SURVEY,
                        filled[0].number,
                        column,
                    )
                )


def _why(column: str) -> str:
    if column == "default":
        return "no answer is filled in beforehand here"
    if column in {"calculation", "calculate", "trigger"}:
        return "a survey here calculates nothing"
    if column == "choice_filter":
        return "all choices of a list are offered, whatever was answered before"
    if column.split("::")[0] in {"media", "image", "audio", "video", "big-image"}:
        return "put pictures and recordings into the introduction of a step"
    if column in {"readonly", "read_only"}:
        return "make a note of what is only to be read"
    return "it has no counterpart here"


def tongue_of(sheets: Mapping[str, Sheet], preferred: str, findings: list[Finding]) -> Tongue:
    """Return the language to read: columns without one, else the preferred, else the first."""
    survey = sheets[SURVEY]
    found: dict[str, dict[str, str]] = {}
    for column in survey.columns:
        if match := _HEAD.fullmatch(column):
            found.setdefault(match[2].strip(), {})[match[1].lower()] = column
    if not found:
        return Tongue()
    if "label" in survey.columns or "caption" in survey.columns:
        chosen = ""
    else:
        chosen = next((name for name in found if name.lower() == preferred.lower()), "")
        chosen = chosen or next(iter(found))
    others = [name for name in found if name != chosen]
    if others:
        findings.append(
            Finding(
                f"only {chosen or 'the words without a language'} "
                f"{'are' if not chosen else 'is'} taken: {', '.join(others)} "
                f"{'is' if len(others) == 1 else 'are'} left out. Translate the survey's page.",
                column=found[others[0]].get("label", "label"),
            )
        )
    columns = dict(found.get(chosen, {}))
    return Tongue(chosen, columns)


def label_column(sheet: Sheet, tongue: Tongue) -> str:
    """Return the column with the labels of choices."""
    for column in sheet.columns:
        match = _HEAD.fullmatch(column)
        if match and match[1].lower() == "label" and match[2].strip() == tongue.name:
            return column
    if "label" in sheet.columns:
        return "label"
    labels = (column for column in sheet.columns if column.lower().startswith("label:"))
    return next(labels, "caption")


__all__ = ["CHOICES", "Tongue", "label_column", "tongue_of"]
