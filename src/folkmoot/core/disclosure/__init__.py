"""Small numbers protected before they are published. See `docs/methods/disclosure.md`."""

from folkmoot.core.disclosure.network import told
from folkmoot.core.disclosure.oneway import SMALLEST_BASE, SMALLEST_SHOWN, protect
from folkmoot.core.disclosure.rounding import round_table
from folkmoot.core.disclosure.twoway import (
    WITHHELD,
    DifferenceError,
    ProtectedTable,
    check_difference,
    protect_nested,
    protect_table,
)

__all__ = [
    "SMALLEST_BASE",
    "SMALLEST_SHOWN",
    "WITHHELD",
    "DifferenceError",
    "ProtectedTable",
    "check_difference",
    "protect",
    "protect_nested",
    "protect_table",
    "round_table",
    "told",
]
