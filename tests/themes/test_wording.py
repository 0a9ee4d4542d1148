"""Quotations: redacted, then ended where a sentence ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.themes.wording import ELLIPSIS, quotation, shorten


def test_a_short_text_stays_as_it_is():
    assert shorten("Mend the lights.") == "Mend the lights."


def test_line_breaks_become_spaces():
    assert shorten("Mend\n\n the   lights.") == "Mend the lights."


def test_a_long_text_ends_with_its_last_whole_sentence():
    text = (
        f"{'Mend the lights on our road now. ' * 3}And then there is a long tail {'of words ' * 20}"
    )
    assert shorten(text, 140) == "Mend the lights on our road now. " * 2 + (
        f"Mend the lights on our road now.{ELLIPSIS}"
    )


def test_a_long_sentence_ends_with_a_whole_word():
    short = shorten("patrol " * 100, 100)
    assert short.endswith(f"patrol{ELLIPSIS}")
    assert len(short) <= 100


@given(st.text(max_size=600), st.integers(min_value=20, max_value=300))
def test_nothing_is_longer_than_asked_nor_invented(text, longest):
    short = shorten(text, longest)
    assert len(short) <= longest
    assert " ".join(text.split()).startswith(short.removesuffix(ELLIPSIS))


@pytest.mark.parametrize("detail", ["07700 900123", "jane.doe@example.org", "SW1A 2AA"])
def test_a_detail_at_the_cut_is_out_before_the_text_is_cut(detail):
    for padding in range(60, 100):
        said = quotation(f"{'a ' * padding}Ring {detail} about it, please do.", 150)
        assert detail not in said
        assert detail[:6] not in said
