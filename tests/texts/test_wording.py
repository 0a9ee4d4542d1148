"""An answer is read as people typed it."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.texts.wording import carries_signal, is_empty, plain_text, without_masks, words


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (None, ""),
        ("<p>More <b>police</b></p><br/>on&nbsp;foot", "More police on foot"),
        ("I <3 my area and wait <5 minutes", "I <3 my area and wait <5 minutes"),
        ("<script>alert('x')</script>Hello", "Hello"),
        ("crime &amp; disorder", "crime & disorder"),
        ("zero\u200bwidth  and\n\nlines", "zerowidth and lines"),
        ("more\x00 pol\x00ice\x1f", "more police"),
    ],
)
def test_mark_up_goes_and_words_stay(answer: str | None, text: str) -> None:
    assert plain_text(answer) == text


def test_words_keep_their_apostrophes() -> None:
    assert words("Don’t STOP—the ward's officers!") == [
        "don't",
        "stop",
        "the",
        "ward's",
        "officers",
    ]


@given(st.text(alphabet=string.ascii_letters + "019'’''_-., &\n"))
def test_words_in_plain_letters_are_those_of_the_pattern(text: str) -> None:
    plain = re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.casefold().replace("’", "'"))
    assert words(text) == plain
    assert words(f"{text} é") == [*plain, "é"]


@pytest.mark.parametrize("text", ["", " ", "-", "...", "—\t\n", "()"])
def test_marks_alone_are_empty(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["No", "N/A", "don't know", "?1", "See above", "12", "👍"])
def test_what_says_nothing_carries_no_signal(text: str) -> None:
    assert not is_empty(text)
    assert not carries_signal(words(text))


@pytest.mark.parametrize("text", ["Nothing", "Police", "警察", "More of it on foot", "Más policía"])
def test_one_word_can_carry_signal(text: str) -> None:
    assert carries_signal(words(text))


def test_masked_names_are_left_out() -> None:
    assert without_masks("XXXX was kind and [name removed] too") == "| was kind and | too"
