"""Registrations of each style that the DVLA issued are hidden, roads and words are not."""

from __future__ import annotations

import pytest

from folkmoot.texts import redact

MARKS = (
    "AB12 CDE",
    "ab12cde",
    "AB 12 CDE",
    "AB12-CDE",
    "M742 HEX",
    "Q123 ABC",
    "ABC 123A",
    "AIZ 1234",
)
LEFT = (
    "at 10 the bus came, by 30 per cent, on 12 may",
    "The M25 and the A12 for miles; B12 vitamins and R2D2",
    "register by 12 May, plate 4 of them",
)


@pytest.mark.parametrize("mark", MARKS)
def test_registrations_are_hidden(mark: str) -> None:
    assert redact(f"a van, {mark}, again") == "a van, [vehicle registration removed], again"


def test_older_styles_in_small_letters_are_hidden_where_they_are_said_to_be_one() -> None:
    assert redact("number plate y123 bcd") == "number plate [vehicle registration removed]"
    assert redact("reg is abc 123a") == "reg is [vehicle registration removed]"


@pytest.mark.parametrize("text", LEFT)
def test_roads_and_times_are_left_alone(text: str) -> None:
    assert redact(text) == text
