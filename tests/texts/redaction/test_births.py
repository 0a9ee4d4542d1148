"""A date is a date of birth where a word for being born stands beside it."""

from __future__ import annotations

import pytest

from folkmoot.texts import redact

BORN = (
    ("born on the 3rd of May 1985", "born on the [date of birth removed]"),
    ("DOB 12.3.85", "DOB [date of birth removed]"),
    ("d.o.b: 6Feb1935", "d.o.b: [date of birth removed]"),
    ("12/03/1985 is my date of birth", "[date of birth removed] is my date of birth"),
    ("date of brith May 3, 1990", "date of brith [date of birth removed]"),
)
LEFT = ("Since 12/03/1985 nothing was done", "I was born in Leeds and moved on 3 May 2001")


@pytest.mark.parametrize(("text", "hidden"), BORN)
def test_dates_of_birth_are_hidden_and_the_words_stay(text: str, hidden: str) -> None:
    assert redact(text) == hidden


@pytest.mark.parametrize("text", LEFT)
def test_other_dates_are_left_alone(text: str) -> None:
    assert redact(text) == text
