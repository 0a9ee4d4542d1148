"""Numbers of sections in the order in which people count."""

from __future__ import annotations

import pytest

from folkmoot.plans.numbering import NUMBER, level, number_key


def test_sections_stand_as_people_count() -> None:
    printed = ["b", "10", "2.10.1", "2a", "2.9", "A.1", "2.10", "A", "2", "1.1", "1"]
    assert sorted(printed, key=number_key) == [
        "1", "1.1", "2", "2.9", "2.10", "2.10.1", "2a", "10", "A", "A.1", "b"
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "depth"), [("2", 0), ("2.3", 1), ("A.1.2", 2)])
def test_level_is_how_deep_a_section_stands(number: str, depth: int) -> None:
    assert level(number) == depth


@pytest.mark.parametrize("number", ["2", "2.3", "2.10a", "A.1"])
def test_printed_numbers_are_numbers(number: str) -> None:
    assert NUMBER.fullmatch(number)


@pytest.mark.parametrize("number", ["2.", ".3", "2..3", "two three", "2-3", ""])
def test_other_texts_are_not(number: str) -> None:
    assert not NUMBER.fullmatch(number)
