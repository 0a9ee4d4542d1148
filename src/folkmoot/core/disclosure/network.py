"""What a table with its totals tells of the numbers withheld in it, and what must go with them.

Rows and columns are the nodes of a network and cells its arcs: if a cell is larger by one, another
of its row is smaller by one, so that one more of that column is larger, and so on round until the
sums hold again. How far a cell can move is the largest flow through the cells withheld, and what
it costs to let it move is the cheapest one. For two-way tables that is the same as linear
programming. Source: Cox 1995.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf

# A row and a column; the last of each is that of the totals.
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Extended:
    """A table with its totals as last row and last column.

    A reader takes a withheld number to be `least` or more, or 0 or more where it is in `hidden`.
    """

    counts: tuple[tuple[int, ...], ...]
    hidden: frozenset[Cell] = frozenset()
    least: int = 1

    @property
    def cells(self) -> list[Cell]:
        """All cells, totals included, row by row."""
        return [(row, column) for row in range(self.height) for column in range(self.width)]

    @property
    def height(self) -> int:
        """Number of rows with that of totals."""
        return len(self.counts)

    @property
    def width(self) -> int:
        """Number of columns with that of totals."""
        return len(self.counts[0])

    def count(self, cell: Cell) -> int:
        """Return the number in a cell."""
        return self.counts[cell[0]][cell[1]]

    def is_total(self, cell: Cell) -> bool:
        """Return whether a cell is a total of a row, of a column or of all."""
        return cell[0] == self.height - 1 or cell[1] == self.width - 1

    def turns(self, cell: Cell) -> bool:
        """Return whether a cell is a total of a row or column, on the other side of its sum."""
        return (cell[0] == self.height - 1) != (cell[1] == self.width - 1)

    def room_below(self, cell: Cell) -> int:
        """Return by how much the number could be smaller, as far as a reader knows."""
        least = 0 if cell in self.hidden else self.least
        return max(0, self.count(cell) - least)


def extended(
    counts: Sequence[Sequence[int]], hidden: Collection[Cell] = (), least: int = 1
) -> Extended:
    """Return a table with its totals. Raises ValueError for what is no table of counts."""
    if not counts or not counts[0] or len({len(row) for row in counts}) > 1:
        raise ValueError("A table has at least one row and one column, and rows of one length.")
    if any(count < 0 for row in counts for count in row):
        raise ValueError("A count is below 0.")
    rows = [(*row, sum(row)) for row in counts]
    rows.append(tuple(sum(column) for column in zip(*rows, strict=True)))
    return Extended(tuple(rows), frozenset(hidden), least)


def told(
    counts: Sequence[Sequence[int]], withheld: Collection[Cell], least: int = 1
) -> dict[Cell, tuple[int, float]]:
    """Return for each withheld cell the least and the most it can be, given what is shown.

    Totals are the last row and the last column, and shown unless withheld. A reader knows that
    each withheld number is `least` or more. The most is infinite where nothing shown bounds it.
    """
    table = extended(counts, least=least)
    free = dict.fromkeys(withheld, 0.0)
    found = {}
    for cell in withheld:
        down, _ = move(table, cell, -1, inf, free.get)
        up, _ = move(table, cell, 1, inf, free.get)
        found[cell] = (table.count(cell) - int(down), table.count(cell) + up)
    return found


def move(
    table: Extended,
    cell: Cell,
    step: int,
    want: float,
    cost: Callable[[Cell], float | None],
) -> tuple[float, set[Cell]]:
    """Return by how much a cell can move, at most `want`, and the cells that move with it.

    `step` is 1 for up and -1 for down. `cost` is that of moving a cell, None for one that cannot.
    The cheapest way is taken first, and one part of a way may undo part of one before. The cells
    are all of them only where the move is finite.
    """
    row, column = cell[0], table.height + cell[1]
    if step < 0:
        want = min(want, table.room_below(cell))
    is_up = (step > 0) != table.turns(cell)
    source, target = (column, row) if is_up else (row, column)
    moved: dict[Cell, float] = {}
    done = 0.0
    while done < want:
        way = _cheapest_way(table, cell, source, target, moved, cost)
        if way is None:
            break
        size = min(want - done, min(_room(table, each, sign, moved) for each, sign in way))
        done += size
        if size == inf:
            break
        for each, sign in way:
            moved[each] = moved.get(each, 0) + sign * size
    return done, {each for each, size in moved.items() if size}


def _room(table: Extended, cell: Cell, sign: int, moved: dict[Cell, float]) -> float:
    """Return how far an arc can still move in a direction; totals turn it round."""
    is_growing = (sign > 0) != table.turns(cell)
    return (inf if is_growing else table.room_below(cell)) - sign * moved.get(cell, 0)


def _cheapest_way(
    table: Extended,
    fixed: Cell,
    source: int,
    target: int,
    moved: dict[Cell, float],
    cost: Callable[[Cell], float | None],
) -> list[tuple[Cell, int]] | None:
    """Return the cells of the cheapest way from a node to another, each with its direction.

    From a column to a row a cell gives up what the column has too much; from a row to a column one
    takes what the row lacks. Equal ways are told apart by place (Dijkstra 1959).
    """
    height = table.height
    best = {source: 0.0}
    came: dict[int, tuple[int, Cell, int]] = {}
    queue = [(0.0, source)]
    while queue:
        so_far, node = heappop(queue)
        if node == target:
            break
        if so_far > best[node]:
            continue
        from_row = node < height
        for other in range(table.width if from_row else height):
            cell = (node, other) if from_row else (other, node - height)
            sign = 1 if from_row else -1
            if cell == fixed or _room(table, cell, sign, moved) <= 0:
                continue
            price = 0.0 if moved.get(cell) else cost(cell)
            if price is None:
                continue
            reached = height + other if from_row else other
            if so_far + price < best.get(reached, inf):
                best[reached] = so_far + price
                came[reached] = (node, cell, sign)
                heappush(queue, (so_far + price, reached))
    if target not in came:
        return None
    way = []
    node = target
    while node != source:
        node, cell, sign = came[node]
        way.append((cell, sign))
    return way
