"""How far a count strays by chance alone, exactly."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from math import floor, sqrt
from statistics import NormalDist

from folkmoot.core.intervals import Interval

# The chance of so many events or fewer.
Chance = Callable[[int], float]


@lru_cache(maxsize=4096)
def poisson_limits(expected: float, coverage: float) -> Interval:
    """Return the counts between which `coverage` of counts lie, where `expected` are expected.

    A whole count lies above the upper limit where the chance of so many or more is no greater
    than half of what is left, and below the lower one where that of so few or fewer is; between
    whole counts the limits are drawn straight. Raises ValueError for a negative expectation.
    """
    if expected < 0:
        raise ValueError("What is expected is not negative.")
    pdtr = import_module("scipy.special").pdtr

    def chance(count: int) -> float:
        return float(pdtr(count, expected)) if count >= 0 else 0.0

    return _limits(chance, expected, sqrt(expected), coverage)


@lru_cache(maxsize=4096)
def binomial_limits(share: float, base: int, coverage: float) -> Interval:
    """Return the counts among `base` between which `coverage` lie, where `share` is the chance.

    Drawn as those of `poisson_limits`. Raises ValueError for a share outside 0 to 1 or a base
    below 1.
    """
    if base < 1 or not 0 <= share <= 1:
        raise ValueError("Limits of a share need a share of 0 to 1 and a base of 1 or more.")
    bdtr = import_module("scipy.special").bdtr

    def chance(count: int) -> float:
        if count < 0:
            return 0.0
        return float(bdtr(count, base, share)) if count < base else 1.0

    found = _limits(chance, base * share, sqrt(base * share * (1 - share)), coverage)
    return Interval(found.lower, min(float(base), found.upper))


def _limits(chance: Chance, mean: float, spread: float, coverage: float) -> Interval:
    if not 0 < coverage < 1:
        raise ValueError("Limits need a coverage between 0 and 1.")
    tail = (1 - coverage) / 2
    low, part_of_low = _quantile(chance, tail, mean, spread)
    high, part_of_high = _quantile(chance, 1 - tail, mean, spread)
    return Interval(max(0.0, low - part_of_low), high + 1 - part_of_high)


def _quantile(chance: Chance, p: float, mean: float, spread: float) -> tuple[int, float]:
    """Return the least count whose chance, with all below it, is `p` or more; and by what part
    of its own chance it goes past that."""
    count = max(0, floor(mean + NormalDist().inv_cdf(p) * spread))
    while count > 0 and chance(count - 1) >= p:
        count -= 1
    while (reached := chance(count)) < p:
        count += 1
    own = reached - chance(count - 1)
    return count, (reached - p) / own if own else 0.0
