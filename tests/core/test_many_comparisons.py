"""Corrections for many comparisons, against their authors' examples and by what they promise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from folkmoot.core.many_comparisons import Correction, corrected

p_lists = st.lists(st.floats(min_value=0, max_value=1), max_size=12)

# Benjamini and Hochberg, "Controlling the false discovery rate", 1995, section 4: fifteen tests of
# a trial of two treatments after myocardial infarction (Neuhaus and others). At 0.05 Bonferroni
# finds three, and so does Holm; their procedure finds four.
NEUHAUS = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000),
]


@pytest.mark.parametrize(
    ("correction", "found"),
    [
        (Correction.NONE, 9),
        (Correction.BONFERRONI, 3),
        (Correction.HOLM, 3),
        (Correction.BENJAMINI_HOCHBERG, 4),
    ],
)
def test_the_trial_of_two_treatments_has_as_many_findings_as_published(
    correction: Correction, found: int
) -> None:
    assert sum(p <= 0.05 for p in corrected(NEUHAUS, correction)) == found


@pytest.mark.parametrize(
    ("correction", "expected"),
    [
        (Correction.BONFERRONI, [0.04, 0.16, 0.12, 0.02]),
        (Correction.HOLM, [0.03, 0.06, 0.06, 0.02]),
        (Correction.BENJAMINI_HOCHBERG, [0.02, 0.04, 0.04, 0.02]),
    ],
)
def test_four_p_values_by_hand(correction: Correction, expected: list[float]) -> None:
    assert corrected([0.01, 0.04, 0.03, 0.005], correction) == pytest.approx(expected)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_no_p_value_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="p-value"):
        corrected([0.5, wrong], Correction.HOLM)


@settings(deadline=None)
@given(p_lists)
def test_benjamini_hochberg_is_that_of_scipy(p_values: list[float]) -> None:
    found = corrected(p_values, Correction.BENJAMINI_HOCHBERG)
    expected = false_discovery_control(p_values).tolist() if p_values else []
    assert found == pytest.approx(expected)


@settings(deadline=None)
@given(p_lists)
def test_holm_is_never_above_bonferroni_nor_below_none(p_values: list[float]) -> None:
    for p, holm, bonferroni in zip(
        p_values,
        corrected(p_values, Correction.HOLM),
        corrected(p_values, Correction.BONFERRONI),
        strict=True,
    ):
        assert p <= holm <= bonferroni + 1e-12


@settings(deadline=None)
@given(p_lists, st.sampled_from(Correction), st.randoms())
def test_order_does_not_matter(p_values: list[float], correction: Correction, rng) -> None:
    order = list(range(len(p_values)))
    rng.shuffle(order)
    shuffled = corrected([p_values[place] for place in order], correction)
    plain = corrected(p_values, correction)
    assert shuffled == pytest.approx([plain[place] for place in order])
