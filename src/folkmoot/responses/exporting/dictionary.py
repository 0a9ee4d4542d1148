"""The data dictionary of an export: what each column holds, and what its codes mean."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from django.template.loader import render_to_string

from folkmoot.core.cells import safe_text
from folkmoot.responses.exporting.columns import Column, Shape
from folkmoot.responses.exporting.csv_file import BOM
from folkmoot.responses.exporting.missing import Missing

HEADERS = (
    "column",
    "question_number",
    "wording",
    "holds",
    "code",
    "code_wording",
    "spss_value",
    "versions",
    "note",
)
ALL_QUESTIONS = "(all questions)"
MISSING_WORDS = {
    Missing.NOT_ASKED: "Not asked: not on the respondent's way, or not in their version",
    Missing.SKIPPED: "Skipped: asked and left empty",
    Missing.DECLINED: "Prefer not to say",
    Missing.ERASED: "Erased since, on request or because its time was over",
}
APOSTROPHE = (
    "In CSV and XLSX a text that a spreadsheet could take for a formula, or that begins with an "
    "apostrophe or a square bracket, has one apostrophe put before it. Take the first apostrophe "
    "of a text away to have what was typed. Parquet and SPSS files hold the text unchanged."
)


def dictionary_rows(columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a data dictionary: the missing kinds, then columns, then their codes."""
    for missing, words in MISSING_WORDS.items():
        code = str(missing.code)
        yield (ALL_QUESTIONS, "", "", "missing", missing.mark, words, code, "", "")
    for column in columns:
        number = "" if column.number is None else str(column.number)
        versions = ", ".join(column.versions)
        about = (column.name, number, column.label, column.shape.value)
        yield (*about, "", "", "", versions, column.note)
        for code, label, value in coded(column):
            yield (column.name, number, "", "option", code, label, str(value), "", "")


def coded(column: Column) -> list[tuple[str, str, int]]:
    """Return the codes of a column with their wording and their value in SPSS.

    A code that is a whole number keeps it; else the options count from 1 in their order.
    """
    if column.shape is Shape.FLAG:
        return [
            ("1", "Chosen" if column.part else "Yes", 1),
            ("0", "Not chosen" if column.part else "No", 0),
        ]
    values = spss_values([code for code, _ in column.labels])
    return [(code, label, values[code]) for code, label in column.labels]


def spss_values(codes: Iterable[str]) -> dict[str, int]:
    """Return a number for each code: its own where all are whole numbers, else its place from 1."""
    found = list(codes)
    if found and all(code.isascii() and code.isdigit() and len(code) < 10 for code in found):
        own = {code: int(code) for code in found}
        if len(set(own.values())) == len(found):
            return own
    return {code: place for place, code in enumerate(found, start=1)}


def dictionary_csv(columns: Sequence[Column]) -> str:
    """Return the data dictionary as CSV, one line a column or code."""
    written = StringIO()
    written.write(BOM)
    writer = csv.writer(written)
    writer.writerow(HEADERS)
    for line in dictionary_rows(columns):
        writer.writerow([line[0], *(_cell(text) for text in line[1:])])
    return written.getvalue()


def dictionary_html(title: str, made: str, columns: Sequence[Column]) -> str:
    """Return the data dictionary as a page of its own, to be kept beside the files."""
    shown = {
        "title": title,
        "made": made,
        "apostrophe": APOSTROPHE,
        "missing": [
            {"mark": each.mark, "words": words, "code": each.code}
            for each, words in MISSING_WORDS.items()
        ],
        "columns": [{"column": each, "codes": coded(each)} for each in columns],
    }
    return render_to_string("responses/exporting/dictionary.html", shown)


def _cell(text: str) -> str:
    """Return a cell as it stands: the marks and numbers of missing kinds are ours, not typed."""
    marks = {each.mark for each in Missing} | {str(each.code) for each in Missing}
    return text if text in marks else safe_text(text)
