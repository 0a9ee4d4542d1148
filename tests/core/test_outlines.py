"""Boundaries as paths of one drawing."""

from __future__ import annotations

from math import cos, radians

import pytest

from folkmoot.core.outlines import WIDTH, outlines

# Two squares of a tenth of a degree, one east of the other, at 51.5 degrees north.
WEST = [[(0.0, 51.45), (0.1, 51.45), (0.1, 51.55), (0.0, 51.55), (0.0, 51.45)]]
EAST = [[(x + 0.1, y) for x, y in WEST[0]]]


def test_north_is_up_and_shapes_are_true_in_the_middle() -> None:
    drawn = outlines({"w": [WEST], "e": [EAST]})
    assert drawn.width == WIDTH
    # A degree of longitude is shorter than one of latitude by the cosine.
    assert drawn.height == pytest.approx(WIDTH / (2 * cos(radians(51.5))), abs=0.1)
    assert drawn.areas["w"].path.startswith(f"M0.0 {drawn.height}L{WIDTH / 2:.1f} {drawn.height}")
    assert drawn.areas["w"].path.endswith("Z")


def test_a_mark_stands_in_the_middle_of_the_largest_part() -> None:
    island = [[(0.19, 51.45), (0.2, 51.45), (0.2, 51.46), (0.19, 51.45)]]
    drawn = outlines({"w": [island, WEST], "e": [EAST]})
    assert drawn.areas["w"].x == pytest.approx(WIDTH / 4, abs=0.1)
    assert drawn.areas["w"].y == pytest.approx(drawn.height / 2, abs=0.1)
    assert drawn.areas["w"].path.count("M") == 2


def test_corners_that_fall_together_are_drawn_once() -> None:
    fine = [[*WEST[0][:2], (0.1, 51.4500001), *WEST[0][2:]]]
    assert outlines({"w": [fine], "e": [EAST]}) == outlines({"w": [WEST], "e": [EAST]})


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="no boundary"):
        outlines({})
    with pytest.raises(ValueError, match="enclose nothing"):
        outlines({"w": [[[(0.0, 51.0), (0.1, 51.0), (0.0, 51.0)]]]})
