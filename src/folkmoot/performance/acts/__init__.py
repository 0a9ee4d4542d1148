"""Every write to releases and observations, and to what officers say of figures."""

from folkmoot.performance.acts.evidencing import (
    Entry,
    enter_evidence,
    review_evidence,
    withdraw_evidence,
)
from folkmoot.performance.acts.explaining import explain
from folkmoot.performance.acts.importing import Imported, ImportRefusedError, import_release
from folkmoot.performance.acts.rebasing import rebase, withdraw_rebasing
from folkmoot.performance.acts.refusing import RefusedError

__all__ = [
    "Entry",
    "ImportRefusedError",
    "Imported",
    "RefusedError",
    "enter_evidence",
    "explain",
    "import_release",
    "rebase",
    "review_evidence",
    "withdraw_evidence",
    "withdraw_rebasing",
]
