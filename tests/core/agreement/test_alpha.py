"""Krippendorff's alpha against what he prints, a slow count over pairs, and a bootstrap."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from statistics import stdev
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.agreement import Distance, krippendorff_alpha, masi_distance


def by_answer(*coders: str) -> list[list[str | None]]:
    """Return the codings of each answer; a point stands for one that a coder left out."""
    answers = zip(*coders, strict=True)
    return [[None if code == "." else code for code in answer] for answer in answers]


# Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, sections A, B and C.
@pytest.mark.parametrize(
    ("coders", "alpha", "base"),
    [
        (("0100000010", "1110010000"), 0.095, 10),
        (("aabbdcccedda", "babbbccceddd"), 0.692, 12),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743, 11),
    ],
)
def test_alpha_is_what_krippendorff_prints(
    coders: tuple[str, ...], alpha: float, base: int
) -> None:
    found = krippendorff_alpha(by_answer(*coders))
    assert found.coefficient == pytest.approx(alpha, abs=0.0005)
    assert found.base == base


# Passonneau, "Measuring agreement on set-valued items (MASI)", 2006, section 4: 1 for equal sets,
# 2/3 where one holds the other, 1/3 where they overlap, times Jaccard. The first is the example in
# the documents of NLTK, whose 0.67 for 2/3 makes it 0.665 there.
@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ({1, 2}, {1, 2, 3, 4}, 1 - 1 / 2 * 2 / 3),
        ({"a", "b"}, {"a", "b"}, 0),
        ({"a", "b"}, {"b", "c"}, 1 - 1 / 3 * 1 / 3),
        ({"a"}, {"b"}, 1),
        (set(), {"a"}, 1),
        (set(), set(), 0),
    ],
)
def test_masi_distance_is_what_passonneau_gives(first: set, second: set, distance: float) -> None:
    assert masi_distance(first, second) == pytest.approx(distance)
    assert masi_distance(second, first) == pytest.approx(distance)


def slow_alpha(answers: list[list[Any]], distance: Callable[[Any, Any], float]) -> float | None:
    """Return alpha by its definition: mean distance within answers over that of all pairs."""
    coded = [[value for value in answer if value is not None] for answer in answers]
    coded = [answer for answer in coded if len(answer) > 1]
    every = [value for answer in coded for value in answer]
    within = sum(
        distance(a, b) / (len(answer) - 1)
        for answer in coded
        for a, b in itertools.permutations(answer, 2)
    )
    chance = sum(distance(a, b) for a, b in itertools.permutations(every, 2))
    return 1 - within * (len(every) - 1) / chance if chance else None


codes = st.one_of(st.none(), st.sampled_from("abc"))
themes = st.one_of(st.none(), st.sets(st.sampled_from("abcd"), max_size=3))


@settings(deadline=None)
@given(st.lists(st.lists(codes, min_size=1, max_size=4), max_size=12))
def test_alpha_is_that_of_a_slow_count_over_pairs(answers: list[list[str | None]]) -> None:
    expected = slow_alpha(answers, lambda a, b: float(a != b))
    found = krippendorff_alpha(answers).coefficient
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


@settings(deadline=None)
@given(st.lists(st.lists(themes, min_size=1, max_size=4), max_size=12))
def test_alpha_of_several_themes_is_that_of_a_slow_count_over_pairs(answers: list) -> None:
    expected = slow_alpha(answers, masi_distance)
    found = krippendorff_alpha(answers, Distance.MASI).coefficient
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-6))


@settings(deadline=None)
@given(st.lists(st.tuples(codes, codes, codes), min_size=2, max_size=12), st.randoms())
def test_neither_the_order_of_answers_nor_of_coders_matters(
    answers: list, rng: random.Random
) -> None:
    shuffled = [rng.sample(answer, k=3) for answer in rng.sample(answers, k=len(answers))]
    first, second = krippendorff_alpha(answers), krippendorff_alpha(shuffled)
    assert first.base == second.base
    if first.coefficient is not None and first.interval and second.interval:
        assert second.coefficient == pytest.approx(first.coefficient)
        assert second.interval.lower == pytest.approx(first.interval.lower)


@pytest.mark.parametrize("distance", list(Distance))
def test_the_interval_is_about_as_wide_as_a_bootstrap_finds_it(distance: Distance) -> None:
    rng = random.Random(7)

    def coded() -> list[frozenset[str]]:
        held = frozenset(rng.sample("abcdef", k=rng.randint(0, 2)))
        return [held if rng.random() < 0.7 else frozenset(rng.sample("abc", k=1)) for _ in "12"]

    answers = [coded() for _ in range(300)]
    found = krippendorff_alpha(answers, distance)
    drawn = [
        krippendorff_alpha(rng.choices(answers, k=len(answers)), distance).coefficient
        for _ in range(300)
    ]
    assert found.interval is not None
    width = found.interval.upper - found.interval.lower
    assert width == pytest.approx(2 * 1.96 * stdev(each for each in drawn if each), rel=0.15)
    assert found.coefficient is not None
    assert found.interval.holds(found.coefficient)


def test_coders_who_always_agree_have_an_alpha_of_one() -> None:
    found = krippendorff_alpha(by_answer("abcabc", "abcabc"))
    assert found.coefficient == pytest.approx(1)


@pytest.mark.parametrize("answers", [[], [["a", None]], [["a", "a"], ["a", "a"]]])
def test_where_nothing_varies_there_is_no_alpha(answers: list) -> None:
    found = krippendorff_alpha(answers)
    assert (found.coefficient, found.interval) == (None, None)


def test_one_answer_has_no_interval() -> None:
    assert krippendorff_alpha([["a", "b", "b"]]).interval is None


def test_ten_thousand_answers_are_counted_and_not_paired() -> None:
    # The pairs of all codings would be 200 million here: this ends only if none is looked at.
    rng = random.Random(1)
    answers = [
        [rng.sample("abcdefghij", k=3), rng.sample("abcdefghij", k=2)] for _ in range(10_000)
    ]
    found = krippendorff_alpha(answers, Distance.MASI)
    assert found.base == 10_000
    assert found.coefficient == pytest.approx(0, abs=0.05)
