"""From a row of a file to a response: every cell read, every fault said by row and column."""

from folkmoot.responses.importing.rows.outcomes import Fault, ReadRow, Unlisted
from folkmoot.responses.importing.rows.reader import RowReader

__all__ = ["Fault", "ReadRow", "RowReader", "Unlisted"]
