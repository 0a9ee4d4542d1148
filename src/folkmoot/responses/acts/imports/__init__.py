"""Files of responses on their way into the register, and out of it again."""

from folkmoot.responses.acts.imports.checks import begin_check, check_import
from folkmoot.responses.acts.imports.files import begin_import, give_up_import, keep_mapping
from folkmoot.responses.acts.imports.rows import (
    MOST_WHILE_OPEN,
    begin_rows,
    import_rows,
    keeps_others_waiting,
)
from folkmoot.responses.acts.imports.runs import (
    ImportRefusedError,
    ImportStoppedError,
    already_there,
    opened_file,
    opened_rows,
)

__all__ = [
    "MOST_WHILE_OPEN",
    "ImportRefusedError",
    "ImportStoppedError",
    "already_there",
    "begin_check",
    "begin_import",
    "begin_rows",
    "check_import",
    "give_up_import",
    "import_rows",
    "keep_mapping",
    "keeps_others_waiting",
    "opened_file",
    "opened_rows",
]
