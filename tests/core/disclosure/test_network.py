"""What a table tells of the numbers withheld in it, as published and by linear programming."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from folkmoot.core.disclosure import told

# Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22, 1994, chapter
# II: delinquent children by county and education of the head of household.
CHILDREN = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
# What it withholds in a table that only looks protected, and in one that is.
LOOKS_PROTECTED = {(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 0), (2, 3), (3, 0), (3, 3)}
PROTECTED = {(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 0), (2, 1), (2, 3), (3, 0), (3, 2), (3, 3)}


def test_the_published_table_that_looks_protected_tells_the_published_cell() -> None:
    # Rows Alpha and Beta less columns Medium and High leave the children of Alpha, Very high.
    found = told(CHILDREN, LOOKS_PROTECTED, least=0)
    assert found[0, 3] == (1, 1)
    assert [cell for cell, (low, high) in found.items() if low == high] == [(0, 3)]


def test_the_published_table_that_is_protected_tells_no_cell() -> None:
    assert all(low < high for low, high in told(CHILDREN, PROTECTED, least=0).values())


def test_one_withheld_cell_of_a_row_is_what_the_total_leaves() -> None:
    assert told([[3, 12, 40]], {(0, 0)}) == {(0, 0): (3, 3)}


def test_a_number_with_all_its_totals_withheld_has_no_upper_bound() -> None:
    withheld = {(0, 0), (0, 2), (2, 0), (2, 2)}
    found = told([[3, 10], [10, 10]], withheld)
    assert found[0, 0] == (1, inf)


def test_a_reader_who_knows_that_no_nought_is_withheld_knows_more() -> None:
    withheld = {(0, 0), (0, 1), (1, 0), (1, 1)}
    table = [[2, 3], [4, 9]]
    assert told(table, withheld, least=0)[0, 0] == (0, 5)
    assert told(table, withheld, least=1)[0, 0] == (1, 4)


@pytest.mark.parametrize("wrong", [[], [[]], [[1], [1, 2]], [[1, -1]]])
def test_what_is_no_table_of_counts_is_refused(wrong: list) -> None:
    with pytest.raises(ValueError, match=r"A table has|below 0"):
        told(wrong, set())


@st.composite
def withheld_tables(draw: st.DrawFn) -> tuple[list[list[int]], set[tuple[int, int]]]:
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    counts = st.lists(st.integers(0, 12), min_size=width, max_size=width)
    table = draw(st.lists(counts, min_size=height, max_size=height))
    places = st.tuples(st.integers(0, height), st.integers(0, width))
    return table, draw(st.sets(places, max_size=10))


def by_linear_programming(
    table: list[list[int]], withheld: set[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, float]]:
    """Return the least and the most of each withheld cell as HiGHS finds them."""
    counts = np.array(table)
    counts = np.vstack([counts, counts.sum(axis=0)])
    counts = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    lines = []
    for axis, size in enumerate(counts.shape):
        for place in range(size):
            line = np.zeros(counts.shape)
            taken = np.moveaxis(line, axis, 0)[place]
            taken[:-1], taken[-1] = 1, -1
            lines.append(line.ravel())
    bounds = [
        (0, None) if cell in withheld else (count, count) for cell, count in np.ndenumerate(counts)
    ]
    found = {}
    for cell in withheld:
        aim = np.zeros(counts.shape)
        aim[cell] = 1
        low, high = (
            linprog(sign * aim.ravel(), A_eq=lines, b_eq=[0] * len(lines), bounds=bounds)
            for sign in (1, -1)
        )
        found[cell] = (round(low.fun), inf if high.status == 3 else round(-high.fun))
    return found


@settings(deadline=None, max_examples=60)
@given(withheld_tables())
def test_bounds_are_those_of_linear_programming(found: tuple) -> None:
    table, withheld = found
    assert told(table, withheld, least=0) == by_linear_programming(table, withheld)
