"""What was found is marked: words wherever they stand, phrases only where they stand whole."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.themes.searching.marking import fullest_part, marked, spans
from folkmoot.themes.searching.terms import terms


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Mend the lights.", "light", ["lights"]),
        ("On the street, and the street again.", '"on the street"', ["On the street"]),
        ("Police on the street", 'police "the street"', ["Police", "the street"]),
        ("Lights, dark. Dark lights.", '"dark lights"', ["Dark lights"]),
        ("Nothing.", "lights", []),
    ],
)
def test_words_and_whole_phrases_are_marked(text, typed, shown):
    html = str(marked(text, terms(typed)))
    assert re.findall("<mark>(.*?)</mark>", html) == shown


def test_mark_up_in_a_text_stays_text():
    assert str(marked("<b>light</b>", terms("light"))) == "&lt;b&gt;<mark>light</mark>&lt;/b&gt;"


def test_the_part_shown_is_the_one_with_most_of_what_was_found():
    text = f"One light. {'Nothing here. ' * 80}A light by a dark path, a light. {'No more. ' * 80}"
    part = fullest_part(text, terms("light dark"), 300)
    assert "A light by a dark path" in part
    assert part.startswith("… ")
    assert part.endswith(" …")
    assert len(part) <= 304


WORDS = st.lists(st.sampled_from(["light", "Lights", "dark", "the", "é", "<b>"]), max_size=30)


@given(WORDS, st.sampled_from(["light", '"the dark"', 'dark "light the"', '"light light"']))
def test_marks_never_overlap_and_nothing_of_a_text_is_lost(said, typed):
    text = " ".join(said)
    found = spans(text, terms(typed))
    assert all(first[1] < second[0] for first, second in pairwise(found))
    plain = re.sub("</?mark>", "", str(marked(text, terms(typed))))
    assert plain == text.replace("<", "&lt;").replace(">", "&gt;")
