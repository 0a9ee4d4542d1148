"""How far a count strays by chance, against published figures and slow sums."""

from __future__ import annotations

from itertools import pairwise
from math import comb, exp, factorial, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import pdtr

from folkmoot.core.funnel import binomial_limits, poisson_limits

# Seaton and Manktelow, BMC Medical Research Methodology 12:98, 2012, table 1: the chance that an
# area which differs by chance alone lies beyond each 95% limit drawn from probabilities, over
# expectations from 1 to 50. Median, least and greatest.
PUBLISHED_ABOVE = (0.0201, 0.0052, 0.0250)
PUBLISHED_BELOW = (0.0186, 0.0000, 0.0250)


def test_published_chances_of_lying_outside_are_those_of_these_limits() -> None:
    above, below = [], []
    for hundredths in range(100, 5001):
        expected = hundredths / 100
        limits = poisson_limits(expected, 0.95)
        above.append(1 - pdtr(floor(limits.upper), expected))
        below.append(pdtr(int(np.ceil(limits.lower)) - 1, expected) if limits.lower > 0 else 0.0)
    for chances, published in ((above, PUBLISHED_ABOVE), (below, PUBLISHED_BELOW)):
        found = (np.median(chances), min(chances), max(chances))
        assert [f"{each:.4f}" for each in found] == [f"{each:.4f}" for each in published]


def poisson(count: int, expected: float) -> float:
    return sum(exp(-expected) * expected**each / factorial(each) for each in range(count + 1))


def binomial(count: int, base: int, share: float) -> float:
    return sum(
        comb(base, each) * share**each * (1 - share) ** (base - each) for each in range(count + 1)
    )


@given(st.floats(0.05, 60), st.sampled_from([0.95, 0.998]))
def test_a_whole_count_is_outside_where_so_many_or_so_few_are_too_rare(
    expected: float, coverage: float
) -> None:
    limits = poisson_limits(expected, coverage)
    rare = (1 - coverage) / 2
    above, below = floor(limits.upper) + 1, int(np.ceil(limits.lower)) - 1
    assert 1 - poisson(above - 1, expected) <= rare + 1e-12
    assert 1 - poisson(above - 2, expected) > rare - 1e-12
    assert below < 0 or poisson(below, expected) <= rare + 1e-12
    assert poisson(below + 1, expected) > rare - 1e-12


@given(st.integers(1, 60), st.floats(0.02, 0.98), st.sampled_from([0.95, 0.998]))
def test_a_share_is_held_to_its_own_distribution(base: int, share: float, coverage: float) -> None:
    limits = binomial_limits(share, base, coverage)
    rare = (1 - coverage) / 2
    assert 0 <= limits.lower <= limits.upper <= base
    for count in range(base + 1):
        so_many = 1 - binomial(count - 1, base, share)
        so_few = binomial(count, base, share)
        if abs(so_many - rare) > 1e-9:
            assert (count > limits.upper) == (so_many < rare)
        if abs(so_few - rare) > 1e-9:
            assert (count < limits.lower) == (so_few < rare)


def test_few_expected_events_have_no_lower_limit() -> None:
    assert poisson_limits(3, 0.95).lower == 0
    assert poisson_limits(0, 0.998).lower == 0


def test_limits_grow_smoothly_with_what_is_expected() -> None:
    upper = [poisson_limits(tenths / 10, 0.998).upper for tenths in range(1, 400)]
    assert upper == sorted(upper)
    assert max(after - before for before, after in pairwise(upper)) < 1.1


@pytest.mark.parametrize("coverage", [0, 1, 1.2])
def test_a_coverage_that_is_none_is_refused(coverage: float) -> None:
    with pytest.raises(ValueError, match="coverage"):
        poisson_limits(4, coverage)


def test_what_cannot_be_expected_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        poisson_limits(-1, 0.95)
    with pytest.raises(ValueError, match="share"):
        binomial_limits(1.1, 10, 0.95)
    with pytest.raises(ValueError, match="base"):
        binomial_limits(0.5, 0, 0.95)
