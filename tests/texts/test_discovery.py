"""Answers become themes, and every one of them is accounted for."""

from __future__ import annotations

import pytest

from folkmoot.texts import Status, discover_themes


def test_no_answers_give_no_themes() -> None:
    found = discover_themes([])
    assert (found.answers, found.themes, found.assignments) == (0, (), ())


def test_empty_answers_are_kept_apart_from_those_that_cannot_be_told() -> None:
    found = discover_themes(["", None, "  - ", "No", "n/a", "Don't know", "More police on foot"])
    assert [each.status for each in found.assignments] == [
        *[Status.EMPTY] * 3,
        *[Status.CANNOT_TELL] * 3,
        Status.ASSIGNED,
    ]
    assert (found.empty, found.cannot_tell) == (3, 3)


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="not 9 to 3"):
        discover_themes(["More police on foot"], themes=(9, 3))
