"""Elements that charts of many areas are drawn with."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.charts.shapes import mark, svg_of, ticks, words


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 7.3, [0, 2, 4, 6]),
        (0, 0.8, [0, 0.2, 0.4, 0.6, 0.8]),
        (150_000, 400_000, [150_000, 200_000, 250_000, 300_000, 350_000, 400_000]),
        (3, 3, [3]),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(expected)


@given(st.floats(-1000, 1000), st.floats(0.001, 100_000), st.integers(2, 9))
def test_ticks_are_few_even_and_within(low: float, width: float, most: int) -> None:
    found = ticks(low, low + width, most)
    assert 1 <= len(found) <= most + 1
    slack = width * 1e-6
    assert all(low - slack <= each <= low + width + slack for each in found)


def test_words_are_escaped() -> None:
    drawing = svg_of([words(1, 2, "Hammersmith & <Fulham>")], 100, 50)
    assert "".join(ElementTree.fromstring(drawing).itertext()) == "Hammersmith & <Fulham>"


def test_a_mark_differs_in_shape_and_not_in_colour_alone() -> None:
    assert "circle" in mark(5, 5)
    up, down = mark(5, 5, 1), mark(5, 5, -1)
    assert up != down
    assert "polygon" in up
    assert "polygon" in down
