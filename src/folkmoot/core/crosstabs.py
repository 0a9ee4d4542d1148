"""Answers by group: shares with bases and intervals, and which columns differ.

Sources and published examples: `docs/methods/crosstabs.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import erfc, sqrt

from folkmoot.core.intervals import Interval, wilson
from folkmoot.core.many_comparisons import Correction, corrected

SMALLEST_TESTED_BASE = 30
# The normal approximation of a test needs as many expected on each side of each column.
SMALLEST_EXPECTED = 5
# By how little an effective base may fall short of a whole number.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers counted by group, as a database or `tally` counts them.

    `counts` and `weighted` hold a line for each row and in it a number for each column. Bases count
    those who answered in a group, whatever they said: as people, by weight, by squared weight.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    weighted: tuple[tuple[float, ...], ...]
    bases: tuple[int, ...]
    weighted_bases: tuple[float, ...]
    squared_bases: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A group: its letter in the table, and its base as people, by weight and as it tells.

    The effective base is that of a simple random sample which tells as much (Kish).
    """

    label: str
    letter: str
    base: int
    weighted_base: float
    effective_base: float


@dataclass(frozen=True, slots=True)
class Cell:
    """People of a column who gave an answer, and their weighted share of the column's base.

    `above` has the letters of the columns whose share is lower by more than chance, and
    `compared` of all that it was tested against. None for share and interval where nobody is in
    the column.
    """

    count: int
    weighted: float
    share: float | None
    interval: Interval | None
    above: str = ""
    compared: str = ""


@dataclass(frozen=True, slots=True)
class Crosstab:
    """A table of column shares; `total` is the column of everybody, which is not tested.

    `cells` has a line for each of `rows`, in it a cell for each column.
    """

    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[Cell, ...], ...]
    total: Column
    total_cells: tuple[Cell, ...]
    correction: Correction
    level: float


def tally(
    answers: Sequence[str | Collection[str]],
    groups: Sequence[str],
    weights: Sequence[float] | None = None,
    *,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> Tally:
    """Return respondents counted by what they answered and the group they are in.

    An answer is one option or a collection of several. Who answered nothing ("" or none) and who
    is in no group ("") is left out. `rows` and `columns` set what is counted and its order; without
    them it is what there is, as it comes. Raises ValueError for sequences of different lengths and
    for a weight below 0.
    """
    counts: Counter[tuple[str, str]] = Counter()
    weighted: dict[tuple[str, str], float] = {}
    bases: Counter[str] = Counter()
    sums: dict[str, tuple[float, float]] = {}
    given = weights if weights is not None else [1.0] * len(answers)
    for answer, group, weight in zip(answers, groups, given, strict=True):
        if not weight >= 0:
            raise ValueError(f"A weight is {weight:g}: weights are 0 or more.")
        options = ({answer} if isinstance(answer, str) else set(answer)) - {""}
        if not options or not group:
            continue
        bases[group] += 1
        plain, squared = sums.get(group, (0.0, 0.0))
        sums[group] = (plain + weight, squared + weight * weight)
        for option in options:
            counts[option, group] += 1
            weighted[option, group] = weighted.get((option, group), 0.0) + weight
    if rows is None:
        rows = _in_order(answers, {option for option, _ in counts})
    if columns is None:
        columns = list(bases)
    return Tally(
        rows=tuple(rows),
        columns=tuple(columns),
        counts=tuple(tuple(counts[row, column] for column in columns) for row in rows),
        weighted=tuple(
            tuple(weighted.get((row, column), 0.0) for column in columns) for row in rows
        ),
        bases=tuple(bases[column] for column in columns),
        weighted_bases=tuple(sums.get(column, (0.0, 0.0))[0] for column in columns),
        squared_bases=tuple(sums.get(column, (0.0, 0.0))[1] for column in columns),
    )


def crosstab(
    tallied: Tally,
    *,
    correction: Correction = Correction.HOLM,
    level: float = 0.05,
    confidence: float = 0.95,
    smallest_base: float = SMALLEST_TESTED_BASE,
) -> Crosstab:
    """Return shares of each column with intervals, and which columns are above which.

    In each row every pair of columns is compared by a z test of two proportions, and the p-values
    of the row are corrected for their number. Not compared are columns with an effective base
    under `smallest_base` and pairs in which fewer than five would be expected on either side.
    Columns must be of different people; a row may share people with others, as where several
    answers could be chosen.
    """
    sums = zip(tallied.bases, tallied.weighted_bases, tallied.squared_bases, strict=True)
    columns = tuple(
        _column(label, letter(place), base, weighted, squared)
        for place, (label, (base, weighted, squared)) in enumerate(
            zip(tallied.columns, sums, strict=True)
        )
    )
    total = _column(
        "", "", sum(tallied.bases), sum(tallied.weighted_bases), sum(tallied.squared_bases)
    )
    cells, totals = [], []
    for counts, weighted in zip(tallied.counts, tallied.weighted, strict=True):
        line = [
            _cell(column, count, weight, confidence)
            for column, count, weight in zip(columns, counts, weighted, strict=True)
        ]
        cells.append(_compared(line, columns, correction, level, smallest_base))
        totals.append(_cell(total, sum(counts), sum(weighted), confidence))
    return Crosstab(tallied.rows, columns, tuple(cells), total, tuple(totals), correction, level)


def two_proportions(first: float, first_base: float, second: float, second_base: float) -> float:
    """Return the two-sided p-value of two shares being equal, by z with the pooled variance.

    1 where both are 0 or both 1. Source: Fleiss, Levin and Paik 2003, section 3.2, without a
    correction for continuity.
    """
    pooled = (first * first_base + second * second_base) / (first_base + second_base)
    variance = pooled * (1 - pooled) * (1 / first_base + 1 / second_base)
    if variance <= 0:
        return 1.0
    return erfc(abs(first - second) / sqrt(2 * variance))


def letter(place: int) -> str:
    """Return the letter of a column: "A" of 0, "Z" of 25, "AA" of 26."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _in_order(answers: Sequence[str | Collection[str]], counted: Collection[str]) -> list[str]:
    """Return options as they first come; those of one answer that came as a set by the alphabet."""
    found: dict[str, None] = {}
    for answer in answers:
        several = [answer] if isinstance(answer, str) else answer
        is_ordered = isinstance(several, Sequence)
        found |= dict.fromkeys(several if is_ordered else sorted(several))
    return [option for option in found if option in counted]


def _column(label: str, column_letter: str, base: int, weighted: float, squared: float) -> Column:
    effective = weighted * weighted / squared if squared else 0.0
    return Column(label, column_letter, base, weighted, effective)


def _cell(column: Column, count: int, weighted: float, confidence: float) -> Cell:
    if not column.weighted_base:
        return Cell(count, weighted, None, None)
    share = min(1.0, weighted / column.weighted_base)
    return Cell(count, weighted, share, wilson(share, column.effective_base, confidence))


def _compared(
    line: Sequence[Cell],
    columns: Sequence[Column],
    correction: Correction,
    level: float,
    smallest_base: float,
) -> tuple[Cell, ...]:
    """Return the cells of a row with the letters of those that they are above."""
    pairs = [
        (a, b)
        for a, b in combinations(range(len(line)), 2)
        if _can_compare(line[a], columns[a], line[b], columns[b], smallest_base)
    ]
    p_values = [
        two_proportions(
            line[a].share or 0,
            columns[a].effective_base,
            line[b].share or 0,
            columns[b].effective_base,
        )
        for a, b in pairs
    ]
    above: dict[int, list[int]] = {place: [] for place in range(len(line))}
    compared: dict[int, list[int]] = {place: [] for place in range(len(line))}
    for (a, b), p in zip(pairs, corrected(p_values, correction), strict=True):
        compared[a].append(b)
        compared[b].append(a)
        if p < level:
            high, low = (a, b) if (line[a].share or 0) > (line[b].share or 0) else (b, a)
            above[high].append(low)
    return tuple(
        Cell(
            cell.count,
            cell.weighted,
            cell.share,
            cell.interval,
            _letters(columns, above[place]),
            _letters(columns, compared[place]),
        )
        for place, cell in enumerate(line)
    )


def _can_compare(
    first: Cell, one: Column, second: Cell, other: Column, smallest_base: float
) -> bool:
    smaller = min(one.effective_base, other.effective_base)
    if first.share is None or second.share is None or smaller < smallest_base - ROUNDING:
        return False
    both = one.effective_base + other.effective_base
    pooled = (first.share * one.effective_base + second.share * other.effective_base) / both
    return smaller * min(pooled, 1 - pooled) >= SMALLEST_EXPECTED - ROUNDING


def _letters(columns: Sequence[Column], places: Sequence[int]) -> str:
    return " ".join(columns[place].letter for place in sorted(places))
