"""A workbook read whole: its sheets, its settings, and what its questions come to."""

from __future__ import annotations

from folkmoot.responses.questions import faults
from folkmoot.responses.xlsform import rich
from folkmoot.responses.xlsform.columns import CONSENT, MINUTES
from folkmoot.responses.xlsform.findings import Finding, Taken
from folkmoot.responses.xlsform.lists import read_lists
from folkmoot.responses.xlsform.reading.rows import read_rows
from folkmoot.responses.xlsform.sheets import SETTINGS, SURVEY, Row, Sheet, read_sheets
from folkmoot.responses.xlsform.tongues import tongue_of


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
    form, introductions = read_rows(survey, lists, tongue, title, findings)
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
