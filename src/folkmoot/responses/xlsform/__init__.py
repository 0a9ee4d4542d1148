"""Surveys as XLSForm workbooks, the convention of ODK and Kobo: written and read.

Knows no page, no database and no clock. Source: https://xlsform.org/en/.
"""

from folkmoot.responses.xlsform.findings import Finding, Taken, WorkbookRefusedError
from folkmoot.responses.xlsform.raw import raw_steps
from folkmoot.responses.xlsform.reading import read_workbook
from folkmoot.responses.xlsform.writing import write_workbook

__all__ = [
    "Finding",
    "Taken",
    "WorkbookRefusedError",
    "raw_steps",
    "read_workbook",
    "write_workbook",
]
