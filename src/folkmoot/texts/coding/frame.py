"""The codes that people gave to answers, read from the cells of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SEPARATOR = ";"

Marks = npt.NDArray[np.bool_]
"""One row an answer, one column a code."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the frame, as people use it."""

    name: str
    """The spelling used most."""
    answers: int
    other_spellings: tuple[str, ...]
    """Spellings that differ in case or spaces only, and are treated as this one."""


@dataclass(frozen=True, slots=True)
class CodedAnswers:
    """Which answers people coded, and with what."""

    codes: tuple[Code, ...]
    """The most used first."""
    rows: tuple[int, ...]
    """The coded answers, in the order given."""
    marks: Marks
    """One row for each of `rows`, one column for each of `codes`."""


def split_codes(cell: str | None, separator: str = SEPARATOR) -> tuple[str, ...]:
    """Return the codes in a cell, each once, without spaces around them; () for an empty one."""
    parts = (" ".join(part.split()) for part in (cell or "").split(separator))
    return tuple({part.casefold(): part for part in parts if part}.values())


def read_coded(cells: Sequence[str | None], separator: str = SEPARATOR) -> CodedAnswers:
    """Return the coded answers and their frame; codes that differ in case only are one."""
    spellings: dict[str, Counter[str]] = {}
    coded: dict[int, tuple[str, ...]] = {}
    for row, cell in enumerate(cells):
        codes = split_codes(cell, separator)
        for code in codes:
            spellings.setdefault(code.casefold(), Counter())[code] += 1
        if codes:
            coded[row] = tuple(code.casefold() for code in codes)
    found = sorted(
        ((key, _code(counts)) for key, counts in spellings.items()),
        key=lambda each: (-each[1].answers, each[0]),
    )
    column = {key: at for at, (key, _) in enumerate(found)}
    marks = np.zeros((len(coded), len(found)), dtype=np.bool_)
    for at, keys in enumerate(coded.values()):
        marks[at, [column[key] for key in keys]] = True
    return CodedAnswers(tuple(code for _, code in found), tuple(coded), marks)


def _code(spellings: Counter[str]) -> Code:
    by_use = [spelling for spelling, _ in spellings.most_common()]
    return Code(by_use[0], spellings.total(), tuple(by_use[1:]))
