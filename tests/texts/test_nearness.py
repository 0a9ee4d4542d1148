"""Vectors in eight bits: near to what they were made of, compared exactly, ranked alike always."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from folkmoot.texts.embedding import DIMENSIONS, embed
from folkmoot.texts.nearness import lengths, likenesses, nearest, pack

SENTENCES = [
    "More officers should patrol the high street.",
    "I want to see police constables walking in town.",
    "Mend the broken lamps in the park.",
    "",
]


def compared(texts, sought):
    packed = pack(embed(texts))
    return likenesses(packed, lengths(packed), pack(embed([sought]))[0])


def test_an_answer_is_nearest_to_itself_and_then_to_what_says_the_same():
    likeness = compared(SENTENCES, SENTENCES[0])
    assert likeness[0] == pytest.approx(1)
    assert likeness[1] > likeness[2] > likeness[3] == 0


def test_a_packed_vector_loses_less_than_a_hundredth_of_a_cosine():
    vectors = embed(SENTENCES[:3])
    packed = pack(vectors)
    for place in range(3):
        near = likenesses(packed, lengths(packed), packed[place])
        assert np.abs(near - vectors @ vectors[place]).max() < 0.01


def test_a_packed_vector_takes_a_byte_a_dimension():
    assert pack(embed(SENTENCES)).nbytes == len(SENTENCES) * DIMENSIONS


@given(arrays(np.int8, (40, DIMENSIONS), elements=st.integers(-127, 127)), st.integers(0, 39))
def test_the_likeness_is_the_cosine_of_whole_numbers(packed, place):
    whole = packed.astype(np.int64)
    products = whole @ whole[place]
    long = np.sqrt(np.maximum((whole * whole).sum(axis=1), 1))
    exact = products / (long * long[place])
    assert (likenesses(packed, lengths(packed), packed[place]) == exact).all()


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=60), st.integers(1, 70))
def test_the_nearest_are_those_of_a_plain_sort_the_lesser_key_first(values, most):
    keys = np.arange(1000, 1000 - len(values), -1)
    plain = sorted(range(len(values)), key=lambda place: (-values[place], keys[place]))
    assert nearest(np.array(values), keys, most).tolist() == plain[:most]
