"""Small numbers: what is withheld, and that nothing withheld follows from what is shown."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.disclosure import SMALLEST_SHOWN, protect

tables = st.lists(st.integers(min_value=0, max_value=40), max_size=12)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([5, 12, 80], [5, 12, 80]),
        # Two are too few, and hide each other.
        ([3, 2, 40], [None, None, 40]),
        # One is too few: the smallest other one goes with it, and not a zero.
        ([3, 12, 40, 0], [None, None, 40, 0]),
        # Equal cells go together: which was chosen would tell which was too few.
        ([3, 12, 12, 40], [None, None, None, 40]),
        # Two cells that add up to 2, and neither is 0, are both 1.
        ([1, 1, 10, 20], [None, None, None, 20]),
        # Three that add up to 12, and none is over 4, are all 4.
        ([4, 4, 4, 30], [None, None, None, None]),
        # Zeros go last, and then all of them.
        ([3, 0, 0], [None, None, None]),
        # One cell equals its total, whatever is withheld.
        ([3], [None]),
    ],
)
def test_what_is_withheld(counts: list[int], shown: list[int | None]) -> None:
    assert protect(counts) == shown


def test_another_threshold_can_be_asked_for() -> None:
    assert protect([9, 8, 30], smallest=10) == [None, None, 30]
    assert protect([9, 8, 30], smallest=1) == [9, 8, 30]


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_nothing_withheld_follows_from_the_total_and_the_method(cells: int) -> None:
    # Every table of so many cells, gathered by what a reader sees of it. The reader knows the
    # method too: a withheld cell is safe where some other table looks the same but for that cell.
    most = {2: 22, 3: 22, 4: 14}[cells]
    looks_like = defaultdict(list)
    for counts in itertools.product(range(most), repeat=cells):
        looks_like[tuple(protect(counts)), sum(counts)].append(counts)
    for (shown, total), possible in looks_like.items():
        for place, cell in enumerate(shown):
            if cell is None:
                told = {counts[place] for counts in possible}
                assert len(told) > 1, f"{shown} of {total} tells cell {place}: {told}"


@given(tables)
def test_no_small_number_is_shown(counts: list[int]) -> None:
    for count, shown in zip(counts, protect(counts), strict=True):
        assert shown in (None, count)
        assert shown is None or not 0 < shown < SMALLEST_SHOWN


@given(tables)
def test_nothing_is_withheld_without_need(counts: list[int]) -> None:
    if not any(0 < count < SMALLEST_SHOWN for count in counts):
        assert protect(counts) == counts


@given(tables)
def test_order_does_not_matter(counts: list[int]) -> None:
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place), reverse=True)
    moved = protect([counts[place] for place in order])
    assert [moved[order.index(place)] for place in range(len(counts))] == protect(counts)
