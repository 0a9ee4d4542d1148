"""A quotation is words of the answer, found where they were marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.themes.quoting import find_words, words_at

TEXT = "More officers.\r\nMore lights, and more officers again."


def test_words_are_found_whatever_their_capitals_and_breaks():
    span = find_words(TEXT, "officers. more LIGHTS")
    assert words_at(TEXT, span) == "officers.\r\nMore lights"


@pytest.mark.parametrize(("near", "place"), [(None, 5), (0, 5), (6, 38), (50, 5)])
def test_of_several_places_the_one_marked_is_meant(near, place):
    assert find_words(TEXT, "officers", near) == (place, place + 8)


@pytest.mark.parametrize("typed", ["", "  ", "fewer officers", "More officers. lights"])
def test_words_that_do_not_stand_there_are_found_nowhere(typed):
    assert find_words(TEXT, typed) is None


def test_a_quotation_of_an_erased_text_is_nothing():
    assert words_at("", (5, 13)) == ""


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_part_of_a_text_is_found_in_it(text, start, end):
    part = text[start:end]
    span = find_words(text, part)
    assert (span is not None) is bool(part.split())
    if span:
        assert len(words_at(text, span).split()) == len(part.split())
