"""A crosstab as it may be published: small numbers withheld, and what would give them away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from folkmoot.core.crosstabs import Cell, Crosstab
from folkmoot.core.disclosure import SMALLEST_SHOWN, protect_table
from folkmoot.core.intervals import Interval


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """A cell of a published table; all None and no letters where it is withheld."""

    count: int | None
    share: float | None
    interval: Interval | None
    above: str = ""
    compared: str = ""


@dataclass(frozen=True, slots=True)
class PublishedColumn:
    """A group with its letter and its base, None where that is withheld."""

    label: str
    letter: str
    base: int | None


@dataclass(frozen=True, slots=True)
class PublishedCrosstab:
    """A table of column shares for the public; `cells` has a line for each of `rows`."""

    rows: tuple[str, ...]
    columns: tuple[PublishedColumn, ...]
    cells: tuple[tuple[PublishedCell, ...], ...]
    total_base: int | None
    total_cells: tuple[PublishedCell, ...]


_NOTHING = PublishedCell(None, None, None)


def published(
    table: Crosstab, smallest: int = SMALLEST_SHOWN, smallest_base: int = 0
) -> PublishedCrosstab:
    """Return a crosstab with what may be published of it.

    A share with its base tells how many gave an answer and how many did not. Where everybody gave
    one answer, the table is protected as one; where several could be given, each row is with its
    complement. A column of fewer than `smallest_base` people is withheld whole, and then the column
    of everybody too, from which it could be worked out. Withheld cells have no letters, and no
    other cell has theirs.
    """
    bases = [column.base for column in table.columns]
    counts = [[cell.count for cell in line] for line in table.cells]
    if not counts or not bases:
        return PublishedCrosstab(table.rows, (), tuple(() for _ in counts), None, ())
    is_single = [sum(column) for column in zip(*counts, strict=True)] == bases
    shown = _shown(counts, smallest) if is_single else _shown_by_row(counts, bases, smallest)
    has_few = [0 < base < smallest_base for base in bases]
    *cells_shown, bases_shown = shown
    return PublishedCrosstab(
        rows=table.rows,
        columns=tuple(
            PublishedColumn(column.label, column.letter, column.base if is_shown else None)
            for column, is_shown in zip(table.columns, bases_shown[:-1], strict=True)
        ),
        cells=tuple(
            _line(
                [
                    (cell, column.letter) if is_shown and not few else None
                    for cell, column, is_shown, few in zip(
                        line, table.columns, line_shown[:-1], has_few, strict=True
                    )
                ]
            )
            for line, line_shown in zip(table.cells, cells_shown, strict=True)
        ),
        total_base=table.total.base if bases_shown[-1] else None,
        total_cells=tuple(
            _published(cell, "") if line_shown[-1] and not any(has_few) else _NOTHING
            for cell, line_shown in zip(table.total_cells, cells_shown, strict=True)
        ),
    )


def _shown(counts: Sequence[Sequence[int]], smallest: int) -> list[list[bool]]:
    """Return which numbers of a table may be shown, totals in the last row and column."""
    found = protect_table(counts, smallest)
    lines = [*zip(found.cells, found.row_totals, strict=True), (found.column_totals, found.total)]
    return [[number is not None for number in (*line, total)] for line, total in lines]


def _shown_by_row(
    counts: Sequence[Sequence[int]], bases: Sequence[int], smallest: int
) -> list[list[bool]]:
    """Return the same where several answers could be given: each row with who did not give it."""
    shown = []
    bases_shown = [True] * (len(bases) + 1)
    for line in counts:
        without = [base - count for base, count in zip(bases, line, strict=True)]
        given, not_given, totals = _shown([line, without], smallest)
        shown.append([a and b for a, b in zip(given, not_given, strict=True)])
        bases_shown = [a and b for a, b in zip(bases_shown, totals, strict=True)]
    return [*shown, bases_shown]


def _line(cells: Sequence[tuple[Cell, str] | None]) -> tuple[PublishedCell, ...]:
    """Return the cells of a row, with letters of those columns only that are shown in it."""
    letters = {each[1] for each in cells if each}
    return tuple(_published(each[0], letters) if each else _NOTHING for each in cells)


def _published(cell: Cell, letters: Collection[str]) -> PublishedCell:
    above, compared = (
        " ".join(letter for letter in named.split() if letter in letters)
        for named in (cell.above, cell.compared)
    )
    return PublishedCell(cell.count, cell.share, cell.interval, above, compared)
