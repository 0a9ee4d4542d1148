"""Whole postcodes and addresses are hidden; streets, districts and roads with a number stay."""

from __future__ import annotations

import pytest

from folkmoot.texts import redact

HIDDEN = (
    ("I live at 122 Upper Church St.", "I live at [address removed]"),
    ("flat 12 oak house is empty", "[address removed] is empty"),
    ("we moved to 9 Deptford", "we moved to [address removed]"),
    ("my address is 14 the moorings view", "my address is [address removed]"),
    ("SE15-4TQ", "[postcode removed]"),
    ("SW1A OAA", "[postcode removed]"),
)
LEFT = (
    "Elm Grove and Station Road, SE15 and the A406, are not safe after 10 pm.",
    "Close 2 lanes of the high street, and 20 residential roads.",
    "XQ1 2AB and ZZ9 9ZZ are no postcodes.",
    "There are 30 people way past the park, and 12 beds on Elm Ward.",
)


@pytest.mark.parametrize(("text", "hidden"), HIDDEN)
def test_where_somebody_lives_is_hidden(text: str, hidden: str) -> None:
    assert redact(text) == hidden


@pytest.mark.parametrize("text", LEFT)
def test_where_nobody_is_said_to_live_stays(text: str) -> None:
    assert redact(text) == text
