"""Agreement of two coders against published tables, scikit-learn and a bootstrap."""

from __future__ import annotations

import random
from statistics import stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from folkmoot.core.agreement import cohen_kappa, theme_agreement
from folkmoot.core.intervals import wilson

# Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, third edition, 2003, table
# 18.1: a hundred patients, two raters; psychotic, neurotic or organic.
PATIENTS = {
    ("psychotic", "psychotic"): 75,
    ("psychotic", "neurotic"): 1,
    ("psychotic", "organic"): 4,
    ("neurotic", "psychotic"): 5,
    ("neurotic", "neurotic"): 4,
    ("neurotic", "organic"): 1,
    ("organic", "organic"): 10,
}


def coders(table: dict[tuple[str, str], int]) -> tuple[list[str], list[str]]:
    pairs = [pair for pair, count in table.items() for _ in range(count)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def test_kappa_is_that_of_the_textbook() -> None:
    found = cohen_kappa(*coders(PATIENTS))
    assert found.coefficient == pytest.approx(0.676, abs=0.0005)
    assert found.base == 100


# Feinstein and Cicchetti, "High agreement but low kappa", Journal of Clinical Epidemiology 43,
# 1990: the same agreement of 85 in 100, with and without balance; kappa falls, and positive and
# negative agreement show why.
@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "kappa", "positive", "negative"),
    [(40, 9, 6, 45, 0.70, 0.84, 0.86), (80, 10, 5, 5, 0.32, 0.91, 0.40)],
)
def test_positive_and_negative_agreement_show_why_kappa_is_low(
    both: int, first: int, second: int, neither: int, kappa: float, positive: float, negative: float
) -> None:
    answers = [({"t"}, {"t"})] * both + [({"t"}, set())] * first
    answers += [(set(), {"t"})] * second + [(set(), set())] * neither
    (found,) = theme_agreement([a for a, _ in answers], [b for _, b in answers])
    assert (found.both, found.first_only, found.second_only, found.neither) == (
        *(both, first, second, neither),
    )
    assert found.kappa.coefficient == pytest.approx(kappa, abs=0.005)
    assert found.positive == pytest.approx(positive, abs=0.005)
    assert found.negative == pytest.approx(negative, abs=0.005)


pairs = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30)


@settings(deadline=None)
@given(pairs)
def test_kappa_is_that_of_scikit_learn(coded: list[tuple[str, str]]) -> None:
    first, second = [a for a, _ in coded], [b for _, b in coded]
    found = cohen_kappa(first, second)
    if len({*first, *second}) == 1:
        assert (found.coefficient, found.interval) == (None, None)
    else:
        assert found.coefficient == pytest.approx(cohen_kappa_score(first, second))
        assert found.interval is not None
        assert found.interval.holds(found.coefficient)


@settings(deadline=None, max_examples=25)
@given(pairs)
def test_positive_agreement_is_the_f1_of_either_coder_against_the_other(
    coded: list[tuple[str, str]],
) -> None:
    first, second = [{a} for a, _ in coded], [{b} for _, b in coded]
    for found in theme_agreement(first, second):
        a, b = ([found.theme in each for each in coder] for coder in (first, second))
        assert found.positive == pytest.approx(f1_score(a, b))
        assert found.positive_interval is not None
        assert found.positive_interval.holds(found.positive)


def test_answers_that_one_coder_left_are_passed_over() -> None:
    assert cohen_kappa(["a", None, "b", "a"], ["a", "b", None, "b"]).base == 2
    (found,) = theme_agreement([{"x"}, None, set()], [{"x"}, {"x"}, None])
    assert (found.both, found.first_only, found.second_only, found.neither) == (1, 0, 0, 0)
    assert found.negative is None


def test_nobody_having_coded_anything_is_no_agreement() -> None:
    assert cohen_kappa([], []).coefficient is None
    assert theme_agreement([set()], [set()]) == []


def test_lists_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        cohen_kappa(["a", "b"], ["a"])


def test_themes_come_most_used_first() -> None:
    found = theme_agreement([{"rare", "often"}, {"often"}], [{"often"}, {"also"}])
    assert [each.theme for each in found] == ["often", "also", "rare"]


def test_the_interval_of_positive_agreement_is_that_of_the_shared_part() -> None:
    (found,) = theme_agreement([{"t"}] * 10, [{"t"}] * 6 + [set()] * 4)
    shared = wilson(6 / 10, 10)
    assert found.positive == pytest.approx(12 / 16)
    assert found.positive_interval is not None
    assert found.positive_interval.lower == pytest.approx(2 * shared.lower / (1 + shared.lower))


def test_the_interval_of_kappa_is_about_as_wide_as_a_bootstrap_finds_it() -> None:
    first, second = coders(PATIENTS)
    coded, rng = list(zip(first, second, strict=True)) * 3, random.Random(5)
    found = cohen_kappa(*zip(*coded, strict=True))
    drawn = [
        cohen_kappa(*zip(*rng.choices(coded, k=len(coded)), strict=True)).coefficient
        for _ in range(400)
    ]
    assert found.interval is not None
    width = found.interval.upper - found.interval.lower
    assert width == pytest.approx(2 * 1.96 * stdev(each for each in drawn if each), rel=0.12)
