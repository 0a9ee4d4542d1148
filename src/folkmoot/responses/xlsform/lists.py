"""The sheet choices: lists of options by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from folkmoot.responses.questions import ChoiceQuestion, Option
from folkmoot.responses.xlsform import rich
from folkmoot.responses.xlsform.findings import Finding
from folkmoot.responses.xlsform.names import code_of, distinct
from folkmoot.responses.xlsform.sheets import CHOICES, Sheet
from folkmoot.responses.xlsform.tongues import Tongue, label_column

LONGEST_LABEL = 200


@dataclass(slots=True)
class ChoiceLists:
    """Lists of options by name; `codes` gives the code of each name as it was written."""

    options: dict[str, list[Option]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def code(self, question: ChoiceQuestion, written: str) -> str:
        """Return the code of an option by its name as it is written in an expression."""
        code = code_of(written)
        return code if any(each.code == code for each in question.options) else written


def read_lists(sheets: Mapping[str, Sheet], tongue: Tongue, findings: list[Finding]) -> ChoiceLists:
    """Return the lists of the sheet choices; what is odd in them becomes a finding."""
    sheet = sheets.get(CHOICES, Sheet())
    lists = ChoiceLists()
    column = label_column(sheet, tongue)
    for row in sheet.rows:
        list_name, name = row["list_name"], row["name"] or row["value"]
        if not list_name:
            continue
        options = lists.options.setdefault(list_name, [])
        codes = lists.codes.setdefault(list_name, {})
        if not name:
            findings.append(
                Finding("this choice has no name: give it one.", CHOICES, row.number, "name", True)
            )
            continue
        label = rich.plain(row[column]) or name
        if len(label) > LONGEST_LABEL:
            findings.append(
                Finding(
                    f"a choice has at most {LONGEST_LABEL} characters and this has {len(label)}: "
                    "shorten it.",
                    CHOICES,
                    row.number,
                    column,
                    True,
                )
            )
        if name in codes:
            findings.append(
                Finding(
                    f"{name} stands twice in the list {list_name}: give each choice a name of "
                    "its own.",
                    CHOICES,
                    row.number,
                    "name",
                    True,
                )
            )
            continue
        codes[name] = distinct(code_of(name), set(codes.values()))
        options.append(Option(codes[name], label))
    if "external_choices" in sheets and sheets["external_choices"].rows:
        findings.append(
            Finding(
                "this sheet is left out: put the choices into the sheet choices.",
                "external_choices",
            )
        )
    return lists
