"""Every place that an area could have."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.funnel import Placed, places
from folkmoot.core.intervals import Interval


def test_areas_that_overlap_share_their_places() -> None:
    found = places([Interval(8, 9), Interval(4, 6), Interval(5, 7), Interval(1, 2)])
    assert found == [Placed(1, 1), Placed(2, 3), Placed(2, 3), Placed(4, 4)]
    assert [str(each) for each in found] == ["1", "2 to 3", "2 to 3", "4"]


def test_intervals_that_touch_are_not_told_apart() -> None:
    assert places([Interval(4, 6), Interval(2, 4)]) == [Placed(1, 2), Placed(1, 2)]


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 20)), min_size=1, max_size=30))
def test_the_place_by_value_is_always_among_them(areas: list[tuple[float, float]]) -> None:
    ordered = sorted(areas, key=lambda area: -area[0])
    found = places([Interval(value - reach, value + reach) for value, reach in ordered])
    assert all(each.first <= place <= each.last for place, each in enumerate(found, 1))
