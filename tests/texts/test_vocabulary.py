"""Everyday words are told from others without a list of all of them."""

from __future__ import annotations

import pytest

from folkmoot.texts.vocabulary import is_everyday


@pytest.mark.parametrize(
    "word", ["nurses", "Helped", "friendliness", "STOPPED", "cycling", "safety"]
)
def test_words_and_their_forms_are_everyday(word: str) -> None:
    assert is_everyday(word)


@pytest.mark.parametrize("word", ["Wiremu", "adeyemi", "Nowakowska", "Yıldız", "O'Brien", "xqzt"])
def test_names_and_letters_at_random_are_not(word: str) -> None:
    assert not is_everyday(word)
