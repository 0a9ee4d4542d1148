"""Every write to a plan outside the page editor: checked, in a transaction, on the record."""

from folkmoot.plans.acts.progress import (
    ProgressError,
    complete_milestone,
    keep_commitment,
    report_progress,
    say_forecasts,
)
from folkmoot.plans.acts.records import changed, keep, remove, told
from folkmoot.plans.acts.sheets import (
    SheetError,
    export_commitments,
    import_commitments,
    undo_import,
)
from folkmoot.plans.acts.versions import VersionError, keep_version

__all__ = [
    "ProgressError",
    "SheetError",
    "VersionError",
    "changed",
    "complete_milestone",
    "export_commitments",
    "import_commitments",
    "keep",
    "keep_commitment",
    "keep_version",
    "remove",
    "report_progress",
    "say_forecasts",
    "told",
    "undo_import",
]
