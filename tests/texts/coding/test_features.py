from __future__ import annotations

import pytest

from folkmoot.texts.coding.features import CHARACTERS_READ, read_text


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Light the park. Write to hannah@example.org, please", "light the park. write to please"),
        ("See https://example.org/a?b=1 for the survey", "see for the survey"),
        ("www.example.org has it", "has it"),
        ("Meet @ the town hall at 7", "meet @ the town hall at 7"),
        ("<p>More <b>buses</b></p>", "more buses"),
        (None, ""),
    ],
)
def test_what_is_learnt_from_is_without_mark_up_and_addresses(said: str | None, read: str) -> None:
    assert " ".join(read_text(said).split()) == read


def test_of_a_long_letter_the_start_is_read() -> None:
    assert len(read_text("a" * (CHARACTERS_READ + 1))) == CHARACTERS_READ
