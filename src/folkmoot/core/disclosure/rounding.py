"""Two-way tables rounded such that rows and columns still add up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from folkmoot.core.disclosure.network import extended
from folkmoot.core.disclosure.twoway import ProtectedTable


def round_table(counts: Sequence[Sequence[int]], base: int = 5) -> ProtectedTable:
    """Return a table in which every number is a multiple of `base` and totals are still sums.

    Each number, totals included, is rounded down or up to the next multiple, and one that is a
    multiple stays. Of all such tables it is one with the least change in sum. Raises ValueError for
    a base below 2. Source: Cox and Ernst 1982, who show that there always is one.
    """
    if base < 2:
        raise ValueError("A base to round to is 2 or more.")
    # Slow to import, and wanted for rounding only.
    from scipy.optimize import linprog

    table = np.array(extended(counts).counts, dtype=np.int64)
    height, width = table.shape
    floors, rests = np.divmod(table, base)
    # 1 where a number is rounded up; every sum of rows and columns less its total is 0.
    sums = np.zeros((height + width, height, width))
    for row in range(height):
        sums[row, row, :-1], sums[row, row, -1] = 1, -1
    for column in range(width):
        sums[height + column, :-1, column], sums[height + column, -1, column] = 1, -1
    lines = sums.reshape(height + width, -1)
    found = linprog(
        (base - 2 * rests).ravel(),
        A_eq=lines,
        b_eq=-lines @ floors.ravel(),
        bounds=[(0, 1 if rest else 0) for rest in rests.ravel()],
        method="highs-ds",
    )
    # The corners of such a problem are whole numbers, and the simplex method ends in one.
    rounded = (floors + np.rint(found.x).reshape(height, width).astype(np.int64)) * base
    return ProtectedTable(
        cells=tuple(tuple(int(each) for each in line) for line in rounded[:-1, :-1]),
        row_totals=tuple(int(each) for each in rounded[:-1, -1]),
        column_totals=tuple(int(each) for each in rounded[-1, :-1]),
        total=int(rounded[-1, -1]),
    )
