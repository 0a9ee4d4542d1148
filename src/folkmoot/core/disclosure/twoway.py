"""Two-way tables: small numbers withheld, and others with which they could be worked out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from folkmoot.core.disclosure.network import Cell, Extended, extended, move
from folkmoot.core.disclosure.oneway import SMALLEST_SHOWN, protect

# The Government Analysis Function's shorthand for a number that is confidential.
WITHHELD = "[c]"


class DifferenceError(ValueError):
    """One table less another would tell a small number; the sentence says where."""


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table as it may be published; None where a number is withheld."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def protect_table(
    counts: Sequence[Sequence[int]], smallest: int = SMALLEST_SHOWN
) -> ProtectedTable:
    """Return a two-way table with its totals, None where a number is withheld.

    Numbers from 1 to `smallest` - 1 are withheld, totals included. So are the fewest and smallest
    others found with which each of them could, as far as the sums tell, be any number from 1 to
    `smallest` - 1, and every other withheld number at least two. Only a total of several withheld
    numbers cannot be smaller than there are of them. Zeros are shown, and totals, unless nothing
    else will do. Sources: Cox 1995; Castro 2012.
    """
    table = extended(counts)
    withheld = _withheld(table, smallest)
    shown = [
        [None if (row, column) in withheld else count for column, count in enumerate(line)]
        for row, line in enumerate(table.counts)
    ]
    return ProtectedTable(
        cells=tuple(tuple(line[:-1]) for line in shown[:-1]),
        row_totals=tuple(line[-1] for line in shown[:-1]),
        column_totals=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
    )


def protect_nested(
    whole: Sequence[int], part: Sequence[int], smallest: int = SMALLEST_SHOWN
) -> tuple[list[int | None], list[int | None]]:
    """Return two lists of counts, of all and of some of them, such that neither tells of the rest.

    What one less the other would give counts as a small number too. The totals of both may be
    published, unless all of the part is withheld, as it is where nothing less will do. Raises
    ValueError where `part` is not within `whole`.
    """
    if len(whole) != len(part) or any(
        not 0 <= some <= every for every, some in zip(whole, part, strict=True)
    ):
        raise ValueError("The counts of a part lie within those of the whole, one for one.")
    if not whole:
        return [], []
    last = len(whole)
    counts = [(some, every - some) for every, some in zip(whole, part, strict=True)]
    table = extended(counts, hidden={(row, 1) for row in range(last)})
    totals = {(last, 0), (last, 1), (last, 2)}
    withheld = _withheld(table, smallest, totals)
    if withheld & totals or not _is_safe(table, withheld, smallest):
        return protect(whole, smallest), [None] * last
    return (
        [None if (row, 2) in withheld else count for row, count in enumerate(whole)],
        [None if (row, 0) in withheld else count for row, count in enumerate(part)],
    )


def check_difference(
    whole: Sequence[Sequence[int]],
    part: Sequence[Sequence[int]],
    smallest: int = SMALLEST_SHOWN,
) -> None:
    """Raise DifferenceError where publishing both tables would tell a small number of the rest.

    `part` counts some of the people in `whole`, by the same rows and columns. Totals are checked
    as well.
    """
    first, second = extended(whole), extended(part)
    if (first.height, first.width) != (second.height, second.width):
        raise ValueError("Two tables can be compared only by the same rows and columns.")
    for row, column in first.cells:
        rest = first.counts[row][column] - second.counts[row][column]
        if 0 < rest < smallest:
            at_row = "the totals" if row == first.height - 1 else f"row {row + 1}"
            at_column = "the totals" if column == first.width - 1 else f"column {column + 1}"
            raise DifferenceError(
                f"The two tables differ by fewer than {smallest} people in {at_row}, {at_column}: "
                "publish one of them, or merge rows or columns in both."
            )


def _withheld(table: Extended, smallest: int, shown: Collection[Cell] = frozenset()) -> set[Cell]:
    """Return what is withheld: small numbers, and what would give them away but for `shown`."""
    small = _small(table, smallest)
    # What was never to be published costs nothing; of the others the smallest number goes first.
    withheld = {*small, *table.hidden}
    for cell in sorted(small, key=lambda each: (-table.count(each), each)):
        for step, want in _wanted(table.count(cell), smallest):
            withheld |= move(table, cell, step, want, _Costs(table, withheld, shown))[1]
    return withheld


def _is_safe(table: Extended, withheld: set[Cell], smallest: int) -> bool:
    """Return whether each small number could be any other, with no more withheld."""
    free = dict.fromkeys(withheld, 0.0)
    return all(
        move(table, cell, step, want, free.get)[0] >= want
        for cell in _small(table, smallest)
        for step, want in _wanted(table.count(cell), smallest)
    )


def _small(table: Extended, smallest: int) -> list[Cell]:
    return [cell for cell in table.cells if 0 < table.count(cell) < smallest]


def _wanted(count: int, smallest: int) -> list[tuple[int, int]]:
    """Return how far up and down a small number should be able to move, as a reader sees it.

    As far as the mark itself leaves open, from 1 to `smallest` - 1, and by one at least.
    """
    up = max(smallest - 1 - count, 1 if smallest == 2 else 0)
    return [(step, want) for step, want in ((1, up), (-1, count - 1)) if want]


class _Costs:
    """What it costs to withhold a cell: nothing if it is already, else more the more it tells."""

    def __init__(
        self, table: Extended, withheld: Collection[Cell], shown: Collection[Cell]
    ) -> None:
        self.table = table
        self.withheld = withheld
        self.shown = shown
        self.everything = table.counts[-1][-1] * len(table.cells) + 1

    def __call__(self, cell: Cell) -> float | None:
        if cell in self.withheld:
            return 0.0
        if cell in self.shown:
            return None
        count = self.table.count(cell)
        if not count:
            return float(self.everything**2)
        return float(count + self.everything * self.table.is_total(cell))
