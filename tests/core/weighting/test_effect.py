"""What unequal weights cost, as Kish has it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.weighting import design_effect, effective_size

weights = st.lists(st.floats(min_value=1e-3, max_value=1e3), min_size=1, max_size=50)


# Kish, "Weighting for unequal Pi", Journal of Official Statistics 8, 1992: 1 + L for two equal
# parts of a population, one of them sampled k times as densely, and so weighted by 1 and k:
# (0.5 + 0.5 k) (0.5 + 0.5 / k).
@pytest.mark.parametrize(
    ("times", "effect"), [(2, 1.125), (3, 4 / 3), (4, 1.5625), (5, 1.8), (10, 3.025), (20, 5.5125)]
)
def test_two_equal_parts_sampled_unequally_cost_what_kish_gives(times: int, effect: float) -> None:
    sampled = [1.0] * times + [float(times)]
    assert design_effect(sampled) == pytest.approx(effect)
    assert effective_size(sampled) == pytest.approx((times + 1) / effect)


def test_equal_weights_cost_nothing() -> None:
    assert design_effect([3.5] * 7) == pytest.approx(1)
    assert effective_size([3.5] * 7) == pytest.approx(7)


def test_a_weight_of_nought_counts_for_nobody() -> None:
    assert effective_size([1, 1, 0, 0]) == pytest.approx(2)
    assert design_effect([1, 1, 0, 0]) == pytest.approx(2)


@pytest.mark.parametrize("wrong", [[], [0.0, 0.0], [1.0, -1.0], [float("nan")], [float("inf")]])
def test_weights_of_nobody_are_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="weights of 0 or more"):
        effective_size(wrong)


@settings(deadline=None)
@given(weights)
def test_the_effect_is_one_and_the_squared_variation(found: list[float]) -> None:
    mean = sum(found) / len(found)
    variance = sum((weight - mean) ** 2 for weight in found) / len(found)
    assert design_effect(found) == pytest.approx(1 + variance / mean**2)
    assert 1 - 1e-9 <= effective_size(found) <= len(found) + 1e-9
