"""Assisted coding: people code some answers, and codes for the rest are suggested with reasons.

Nothing is accepted by the machine. How it is done and how good it is:
docs/methods/assisted-coding.md.
"""

from __future__ import annotations

from folkmoot.texts.coding.coder import (
    Coder,
    CodingError,
    Status,
    SuggestedCode,
    Suggestion,
    learn_codes,
)
from folkmoot.texts.coding.frame import Code, read_coded, split_codes
from folkmoot.texts.coding.order import next_to_code
from folkmoot.texts.coding.quality import CodeQuality, Estimate, Quality, ReliabilityRow

__all__ = [
    "Code",
    "CodeQuality",
    "Coder",
    "CodingError",
    "Estimate",
    "Quality",
    "ReliabilityRow",
    "Status",
    "SuggestedCode",
    "Suggestion",
    "learn_codes",
    "next_to_code",
    "read_coded",
    "split_codes",
]
