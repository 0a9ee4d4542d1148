"""Two-way tables: what is withheld, and that nothing withheld can be worked out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.disclosure import (
    DifferenceError,
    ProtectedTable,
    check_difference,
    protect,
    protect_nested,
    protect_table,
    told,
)

CHILDREN = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]


def tables(height: int, width: int, most: int) -> st.SearchStrategy[list[list[int]]]:
    row = st.lists(st.integers(0, most), min_size=width, max_size=width)
    return st.lists(row, min_size=height, max_size=height)


def cells(shown: ProtectedTable) -> dict[tuple[int, int], int | None]:
    """Return every number as published, totals in the last row and the last column."""
    lines = [[*row, total] for row, total in zip(shown.cells, shown.row_totals, strict=True)]
    lines.append([*shown.column_totals, shown.total])
    return {(r, c): each for r, line in enumerate(lines) for c, each in enumerate(line)}


def with_totals(table: list[list[int]]) -> dict[tuple[int, int], int]:
    lines = [[*row, sum(row)] for row in table]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    return {(r, c): each for r, line in enumerate(lines) for c, each in enumerate(line)}


def test_the_published_table_of_children_keeps_its_totals() -> None:
    found = protect_table(CHILDREN)
    assert found.cells == (
        (None, None, None, None),
        (20, 10, None, None),
        (None, None, None, None),
        (12, 14, None, None),
    )
    assert (found.row_totals, found.column_totals) == ((20, 55, 25, 35), (50, 35, 30, 20))


@pytest.mark.parametrize("table", [[[5, 12], [80, 9]], [[0, 0], [0, 0]], [[0, 5], [6, 0]], [[400]]])
def test_nothing_is_withheld_without_need(table: list[list[int]]) -> None:
    assert cells(protect_table(table)) == with_totals(table)


def test_small_totals_are_withheld_like_small_cells() -> None:
    found = protect_table([[2, 1, 0], [30, 40, 50], [60, 70, 80]])
    assert found.row_totals[0] is None
    assert found.row_totals.count(None) >= 2 or found.total is None


def test_a_table_of_one_number_tells_nothing_at_all() -> None:
    assert set(cells(protect_table([[3]])).values()) == {None}


def every_table(
    table: list[list[int]], shown: ProtectedTable
) -> tuple[np.ndarray, dict[tuple[int, int], np.ndarray]]:
    """Return which tables of small numbers look as published, and the numbers in them.

    Enumerates them one and all: every combination of numbers in the withheld cells.
    """
    truth, published = with_totals(table), cells(shown)
    height, width = len(table), len(table[0])
    inner = list(itertools.product(range(height), range(width)))
    most = max(truth[cell] for cell in inner) + 5
    options = [
        [published[cell]] if published[cell] is not None else range(min(1, truth[cell]), most + 1)
        for cell in inner
    ]
    grid = np.meshgrid(*options, indexing="ij")
    numbers = dict(zip(inner, (axis.ravel() for axis in grid), strict=True))
    for row in range(height):
        numbers[row, width] = sum(numbers[row, column] for column in range(width))
    for column in range(width + 1):
        numbers[height, column] = sum(numbers[row, column] for row in range(height))
    fits = np.ones(len(numbers[0, 0]), dtype=bool)
    for cell, value in published.items():
        if value is not None:
            fits &= numbers[cell] == value
        elif truth[cell]:
            fits &= numbers[cell] >= 1
    return fits, numbers


def assert_nothing_is_told(table: list[list[int]], smallest: int) -> None:
    shown = protect_table(table, smallest)
    truth, published = with_totals(table), cells(shown)
    fits, numbers = every_table(table, shown)
    for cell, value in published.items():
        if value is not None:
            assert value == truth[cell]
            assert value == 0 or value >= smallest
            continue
        possible = {int(each) for each in numbers[cell][fits]}
        assert truth[cell] in possible
        assert len(possible) > 1, f"{table} tells {cell}"
        if 0 < truth[cell] < smallest:
            # Any number, but for a total of several that are each 1 or more.
            least = told(table, {each for each, count in truth.items() if count})[cell][0]
            assert possible >= set(range(max(1, least), smallest)), f"{cell} is in {possible}"


@settings(deadline=None, max_examples=150)
@given(tables(2, 2, 12))
def test_no_cell_of_four_follows_from_what_is_shown(table: list[list[int]]) -> None:
    assert_nothing_is_told(table, 5)


@settings(deadline=None, max_examples=60)
@given(st.one_of(tables(2, 3, 4), tables(3, 2, 4), tables(1, 4, 6), tables(4, 1, 6)))
def test_no_cell_of_six_follows_from_what_is_shown(table: list[list[int]]) -> None:
    assert_nothing_is_told(table, 3)


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 6).flatmap(lambda width: tables(5, width, 30)), st.integers(2, 10))
def test_larger_tables_tell_nothing_by_their_bounds(table: list[list[int]], smallest: int) -> None:
    truth, published = with_totals(table), cells(protect_table(table, smallest))
    withheld = {cell for cell, value in published.items() if value is None}
    least = told(table, {cell for cell, count in truth.items() if count})
    for cell, (low, high) in told(table, withheld).items():
        assert low < high
        if 0 < truth[cell] < smallest:
            assert low <= max(1, least[cell][0])
            assert high >= smallest - 1
    for cell in published.keys() - withheld:
        assert published[cell] == truth[cell]
        assert not 0 < truth[cell] < smallest


def test_the_same_table_is_withheld_in_the_same_way() -> None:
    assert protect_table(CHILDREN) == protect_table([list(row) for row in CHILDREN])


def test_what_one_list_less_another_would_tell_is_withheld() -> None:
    # 20 less 18 would tell of the two who are not in the part.
    whole, part = protect_nested([20, 30, 40], [18, 30, 20])
    assert whole == [20, 30, 40]
    assert part == [None, 30, None]


def test_a_part_of_nearly_everybody_is_withheld_whole() -> None:
    assert protect_nested([20, 30, 40], [19, 29, 40]) == ([20, 30, 40], [None, None, None])


def test_lists_whose_differences_are_large_are_shown() -> None:
    assert protect_nested([20, 30, 40], [10, 0, 40]) == ([20, 30, 40], [10, 0, 40])
    assert protect_nested([], []) == ([], [])


@pytest.mark.parametrize(("whole", "part"), [([5], [6]), ([5, 5], [5]), ([5], [-1])])
def test_a_part_that_is_none_is_refused(whole: list[int], part: list[int]) -> None:
    with pytest.raises(ValueError, match="lie within those of the whole"):
        protect_nested(whole, part)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=3))
def test_nothing_is_told_of_the_rest_by_two_lists(pairs: list[tuple[int, int]]) -> None:
    whole, part = [some + rest for some, rest in pairs], [some for some, _ in pairs]
    shown_whole, shown_part = protect_nested(whole, part)
    if set(shown_part) == {None} and shown_whole == protect(whole):
        # All of the part is withheld, and its total with it: nothing can be taken from the whole.
        return
    # Every pair of lists with these totals that looks the same.
    options = [
        [
            (some, rest)
            for some in range(sum(part) + 1)
            for rest in range(sum(whole) - sum(part) + 1)
            if (shown_part[at] is None and (some >= 1 or not part[at])) or some == shown_part[at]
            if (shown_whole[at] is None and some + rest >= 1) or some + rest == shown_whole[at]
        ]
        for at in range(len(pairs))
    ]
    alike = [
        found
        for found in itertools.product(*options)
        if sum(some for some, _ in found) == sum(part)
        and sum(rest for _, rest in found) == sum(whole) - sum(part)
    ]
    assert tuple(pairs) in alike
    for at, (some, rest) in enumerate(pairs):
        for side, count in ((0, some), (1, rest)):
            if 0 < count < 5:
                assert {found[at][side] for found in alike} >= {1, 2, 3, 4}


def test_two_tables_that_differ_by_few_are_refused_with_the_place() -> None:
    whole = [[20, 30], [40, 50]]
    with pytest.raises(
        DifferenceError, match="fewer than 5 people in row 1, column 1: publish one"
    ):
        check_difference(whole, [[18, 10], [20, 30]])
    check_difference(whole, whole)
    check_difference(whole, [[10, 10], [10, 10]])
    with pytest.raises(ValueError, match="the same rows and columns"):
        check_difference(whole, [[20, 30]])
