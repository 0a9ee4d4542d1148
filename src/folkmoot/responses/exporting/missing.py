"""Why a cell of an export has no answer."""

from __future__ import annotations

from enum import Enum


class Missing(Enum):
    """A kind of missing answer; the value is its wording.

    `NOT_ASKED`: the question was not on the respondent's way, or not in their version. `SKIPPED`:
    it was asked and left empty. `DECLINED`: "prefer not to say". `ERASED`: there was an answer,
    and it was erased since, on request or because its time was over.
    """

    NOT_ASKED = "not asked"
    SKIPPED = "skipped"
    DECLINED = "prefer not to say"
    ERASED = "erased"

    # Members are looked up for every cell; each is there once, so its identity will do.
    __hash__ = object.__hash__

    @property
    def mark(self) -> str:
        """How it stands in a cell of text, as in a CSV: "[not asked]"."""
        return f"[{self.value}]"

    @property
    def code(self) -> int:
        """How it stands among the numeric codes of SPSS; no answer has such a code."""
        return CODES[self]


CODES = {
    Missing.SKIPPED: -9,
    Missing.NOT_ASKED: -8,
    Missing.DECLINED: -7,
    Missing.ERASED: -6,
}
# SPSS declares user-missing values as a range; all four lie in it and nothing else does.
LOWEST_CODE, HIGHEST_CODE = min(CODES.values()), max(CODES.values())
MARKS = {missing: missing.mark for missing in Missing}
