"""Reads exports of other products: files as tables, their columns as questions, rows as responses.

Pure: it knows no database. What is read is written by `acts.imports`.
"""

from folkmoot.responses.importing.checking import (
    Checked,
    Preview,
    check_rows,
    preview,
    read_rows,
    references_of,
)
from folkmoot.responses.importing.dialects import DIALECTS, Dialect, detect
from folkmoot.responses.importing.headings import Heading
from folkmoot.responses.importing.incoming import IncomingResponse, ReceivedCheck, as_received
from folkmoot.responses.importing.mapping import ColumnMapping, mapping_faults
from folkmoot.responses.importing.proposing import Proposal, propose
from folkmoot.responses.importing.rows import Fault, ReadRow
from folkmoot.sources.spreadsheets import BrokenTableError, open_table

__all__ = [
    "DIALECTS",
    "BrokenTableError",
    "Checked",
    "ColumnMapping",
    "Dialect",
    "Fault",
    "Heading",
    "IncomingResponse",
    "Preview",
    "Proposal",
    "ReadRow",
    "ReceivedCheck",
    "as_received",
    "check_rows",
    "detect",
    "mapping_faults",
    "open_table",
    "preview",
    "propose",
    "read_rows",
    "references_of",
]
