"""Tables rounded such that they still add up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.disclosure import round_table


# Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22, 1994, chapter
# II: delinquent children by county and education, and its controlled rounding to base 5.
def test_the_published_table_is_rounded_as_published() -> None:
    found = round_table([[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]])
    assert found.cells == ((15, 0, 5, 0), (20, 10, 10, 15), (5, 10, 10, 0), (10, 15, 5, 5))
    assert found.row_totals == (20, 55, 25, 35)
    assert (found.column_totals, found.total) == ((50, 35, 30, 20), 135)


@settings(deadline=None)
@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 60), min_size=width, max_size=width), min_size=1, max_size=6
        )
    ),
    st.integers(2, 10),
)
def test_every_number_is_a_neighbouring_multiple_and_rows_and_columns_add_up(
    table: list[list[int]], base: int
) -> None:
    found = round_table(table, base)
    for row, line, total in zip(table, found.cells, found.row_totals, strict=True):
        assert sum(line) == total
        assert abs(total - sum(row)) < base
        for count, rounded in zip(row, line, strict=True):
            assert rounded % base == 0
            assert abs(rounded - count) < base
    columns = zip(*table, strict=True)
    for column, line, total in zip(
        columns, zip(*found.cells, strict=True), found.column_totals, strict=True
    ):
        assert sum(line) == total
        assert abs(total - sum(column)) < base
    assert sum(found.row_totals) == sum(found.column_totals) == found.total


@settings(deadline=None)
@given(st.lists(st.integers(0, 20).map(lambda number: number * 5), min_size=1, max_size=6))
def test_what_is_a_multiple_stays(counts: list[int]) -> None:
    assert round_table([counts]).cells == (tuple(counts),)


@pytest.mark.parametrize("base", [1, 0, -5])
def test_a_base_that_rounds_nothing_is_refused(base: int) -> None:
    with pytest.raises(ValueError, match="2 or more"):
        round_table([[1]], base)
