"""Crosstabs as published: nothing small, and nothing from which it follows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.crosstabs import Crosstab, crosstab, tally
from folkmoot.core.disclosure import told
from folkmoot.core.published_crosstabs import PublishedCell, published

NOTHING = PublishedCell(None, None, None)


def table(counts: dict[str, dict[str, int]]) -> Crosstab:
    """Return the crosstab of as many people as each answer of each group has."""
    pairs = [
        (a, group) for group, line in counts.items() for a, n in line.items() for _ in range(n)
    ]
    return crosstab(tally([a for a, _ in pairs], [group for _, group in pairs]))


def test_a_table_of_large_numbers_is_published_as_it_is() -> None:
    whole = table({"A": {"yes": 60, "no": 40}, "B": {"yes": 20, "no": 80}})
    found = published(whole)
    for line, shown in zip(whole.cells, found.cells, strict=True):
        assert [(c.count, c.share, c.above) for c in line] == [
            (c.count, c.share, c.above) for c in shown
        ]
    assert [column.base for column in found.columns] == [100, 100]
    assert found.total_base == 200
    assert [cell.count for cell in found.total_cells] == [80, 120]


def test_a_small_cell_takes_with_it_what_would_give_it_away() -> None:
    found = published(table({"A": {"yes": 2, "no": 40}, "B": {"yes": 30, "no": 50}}))
    assert all(cell == NOTHING for line in found.cells for cell in line)
    assert [column.base for column in found.columns] == [42, 80]
    assert [cell.count for cell in found.total_cells] == [32, 90]


def test_neither_has_a_withheld_cell_letters_nor_is_it_named_by_another() -> None:
    whole = table(
        {
            "A": {"yes": 90, "no": 30, "perhaps": 30},
            "B": {"yes": 3, "no": 60, "perhaps": 40},
            "C": {"yes": 30, "no": 60, "perhaps": 30},
            "D": {"yes": 15, "no": 80, "perhaps": 50},
        }
    )
    assert whole.cells[0][0].above == "B C D"
    yes = published(whole).cells[0]
    assert [cell.count for cell in yes] == [90, None, None, 15]
    assert [cell.above for cell in yes] == ["D", "", "", ""]
    assert [cell.compared for cell in yes] == ["D", "", "", "A"]


def test_nearly_everybody_is_as_telling_as_nearly_nobody() -> None:
    # Several answers: 48 of 50 in A took the bus, so two did not.
    answers = (
        [["bus", "walk"]] * 20 + [["bus"]] * 28 + [["walk"]] * 2 + [["bus"]] * 30 + [["walk"]] * 20
    )
    found = published(crosstab(tally(answers, ["A"] * 50 + ["B"] * 50)))
    bus, walk = found.cells
    assert bus == (NOTHING, NOTHING)
    assert [cell.count for cell in walk] == [22, 20]


def test_a_small_group_is_withheld_whole_and_everybody_with_it() -> None:
    found = published(
        table({"A": {"yes": 10, "no": 10}, "B": {"yes": 50, "no": 50}}), smallest_base=25
    )
    for line in found.cells:
        assert line[0] == NOTHING
        assert line[1].count == 50
    assert found.total_cells == (NOTHING, NOTHING)
    assert [column.base for column in found.columns] == [20, 100]


def test_bases_that_are_small_numbers_are_withheld() -> None:
    found = published(table({"A": {"yes": 2}, "B": {"yes": 50}, "C": {"yes": 40}}))
    assert found.columns[0].base is None
    assert [column.base for column in found.columns].count(None) > 1 or found.total_base is None


def test_a_table_of_nothing_stays_one() -> None:
    found = published(crosstab(tally([], [])))
    assert (found.rows, found.cells, found.total_base) == ((), (), None)


counts = st.integers(0, 12)


@settings(deadline=None)
@given(st.lists(st.tuples(counts, counts, counts), min_size=2, max_size=4))
def test_no_small_number_is_shown_or_follows(groups: list[tuple[int, ...]]) -> None:
    whole = table({str(at): dict(zip("abc", line, strict=True)) for at, line in enumerate(groups)})
    found = published(whole)
    lines = [[*line, total] for line, total in zip(found.cells, found.total_cells, strict=True)]
    shown = [[cell.count for cell in line] for line in lines]
    if shown:
        shown.append([*(column.base for column in found.columns), found.total_base])
    withheld = {
        (row, column)
        for row, line in enumerate(shown)
        for column, number in enumerate(line)
        if number is None
    }
    assert not any(number is not None and 0 < number < 5 for line in shown for number in line)
    inner = [[cell.count for cell in line] for line in whole.cells]
    if inner and inner[0]:
        assert all(low < high for low, high in told(inner, withheld).values())
