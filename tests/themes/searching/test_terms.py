"""What was typed, read as words and phrases."""

from __future__ import annotations

import pytest

from folkmoot.themes.searching.terms import LONGEST, terms, typed


@pytest.mark.parametrize(
    ("text", "words", "phrases"),
    [
        ("street lights", ("street", "lights"), ()),
        ('"street lights"', (), (("street", "lights"),)),
        ("“Street  lights” broken", ("broken",), (("street", "lights"),)),
        ('lights "broken"', ("broken", "lights"), ()),
        ("the lights and the street", ("lights", "street"), ()),
        ('"to be" or not', ("not",), (("to", "be"),)),
        ('"street lights" "street lights"', (), (("street", "lights"),)),
        ('an unfinished "street light', ("unfinished", "street", "light"), ()),
        ("MATCH OR * NEAR(", ("match",), ()),
        ('"" " - "', (), ()),
        ("", (), ()),
    ],
)
def test_words_and_phrases_are_told_apart(text, words, phrases):
    found = terms(text)
    assert set(found.words) == set(words)
    assert found.phrases == phrases


def test_what_was_typed_is_one_line_of_plain_marks():
    assert typed(" a\n\tb\x00 c ") == "a b c"
    assert len(typed("x" * 9999)) == LONGEST
