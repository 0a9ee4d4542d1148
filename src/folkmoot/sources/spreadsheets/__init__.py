"""A CSV or XLSX file as rows of text, one after the other, however large it is.

Nothing is believed of a file but its bytes: what it is, how it is encoded and by what its cells
are divided is found out from its beginning, and said in a sentence where it cannot be.
"""

from folkmoot.sources.spreadsheets.opening import open_table
from folkmoot.sources.spreadsheets.rows import BrokenTableError, Table, TableRow, place
from folkmoot.sources.spreadsheets.workbooks import is_workbook, read_sheets

__all__ = [
    "BrokenTableError",
    "Table",
    "TableRow",
    "is_workbook",
    "open_table",
    "place",
    "read_sheets",
]
