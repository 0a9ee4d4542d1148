"""A line that areas are held against, and the limits around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import asin, pi, sin, sqrt
from statistics import NormalDist

from folkmoot.core.funnel.counting import binomial_limits, poisson_limits
from folkmoot.core.intervals import Interval

# Two and three standard errors, as one speaks of them: 1 area in 20 and 1 in 500 by chance.
INNER, OUTER = 0.95, 0.998
# The tenth of areas at each end is drawn in, so that no outlier hides itself in the spread.
DRAWN_IN = 0.1


class Position(Enum):
    """Where an area lies; the value is how a table says it."""

    ABOVE = "Above the 99.8% limits"
    RAISED = "Within the 99.8% limits, above the 95%"
    WITHIN = "Within the limits"
    LOWERED = "Within the 99.8% limits, below the 95%"
    BELOW = "Below the 99.8% limits"

    @property
    def side(self) -> int:
        """1 above the 99.8% limits, -1 below them, 0 within."""
        return {Position.ABOVE: 1, Position.BELOW: -1}.get(self, 0)


@dataclass(frozen=True, slots=True)
class Funnel:
    """A line and how far areas stray from it: by chance, and where need be by their spread.

    `line` is events for one of what they are counted among. `dispersion` is how many times as
    widely areas differ as chance alone would have it. `spread` is the standard deviation of true
    levels on the scale that steadies their variance; 0 where chance explains the differences.
    """

    line: float
    dispersion: float
    spread: float
    is_share: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether chance alone sets the limits."""
        return self.spread == 0

    def limits(self, among: float, coverage: float) -> Interval:
        """Return the limits for an area of that size, in events for one of it."""
        if self.is_exact:
            if self.is_share:
                counts = binomial_limits(self.line, round(among), coverage)
            else:
                counts = poisson_limits(self.line * among, coverage)
            return Interval(counts.lower / among, counts.upper / among)
        z = NormalDist().inv_cdf((1 + coverage) / 2)
        reach = z * sqrt(1 / (4 * among) + self.spread**2)
        middle = _steadied(self.line, self.is_share)
        return Interval(
            _as_it_was(middle - reach, self.is_share), _as_it_was(middle + reach, self.is_share)
        )

    def position(self, count: float, among: float) -> Position:
        """Return where an area with that count lies."""
        value = count / among
        outer, inner = self.limits(among, OUTER), self.limits(among, INNER)
        if value > outer.upper:
            return Position.ABOVE
        if value < outer.lower:
            return Position.BELOW
        if value > inner.upper:
            return Position.RAISED
        return Position.LOWERED if value < inner.lower else Position.WITHIN


def rate_funnel(
    counts: Sequence[float], among: Sequence[float], *, sets_line: Sequence[bool] | None = None
) -> Funnel:
    """Return the funnel of counts of independent events among so many residents or cases.

    The line is the rate of all together. `sets_line` names the areas that make it; the others are
    only held against it. Where areas differ more than chance explains, the limits widen by what
    is left (Spiegelhalter 2005). Raises ValueError for a negative count or a size of 0 or less.
    """
    return _funnel(counts, among, sets_line, is_share=False)


def share_funnel(
    counts: Sequence[float], among: Sequence[float], *, sets_line: Sequence[bool] | None = None
) -> Funnel:
    """Return the funnel of how many of so many cases have something: shares of 0 to 1."""
    if any(count > base for count, base in zip(counts, among, strict=True)):
        raise ValueError("A share is of a whole that is not smaller.")
    return _funnel(counts, among, sets_line, is_share=True)


def _funnel(
    counts: Sequence[float],
    among: Sequence[float],
    sets_line: Sequence[bool] | None,
    *,
    is_share: bool,
) -> Funnel:
    kept = [
        (count, size)
        for count, size, sets in zip(
            counts, among, sets_line if sets_line is not None else [True] * len(counts), strict=True
        )
        if sets
    ]
    if not kept:
        raise ValueError("A funnel needs areas that make its line.")
    if any(count < 0 or size <= 0 for count, size in zip(counts, among, strict=True)):
        raise ValueError("A funnel needs counts of zero or more, each among more than none.")
    line = sum(count for count, _ in kept) / sum(size for _, size in kept)
    middle = _steadied(line, is_share)
    scores = [2 * sqrt(size) * (_steadied(count / size, is_share) - middle) for count, size in kept]
    dispersion = sum(score**2 for score in _drawn_in(scores)) / len(scores)
    many = len(kept)
    # Where chance alone is at work the dispersion is about 1, with a variance of 2 / many.
    if dispersion <= 1 + 2 * sqrt(2 / many):
        return Funnel(line, dispersion, 0.0, is_share)
    weights = [4 * size for _, size in kept]
    total = sum(weights)
    left = total - sum(weight**2 for weight in weights) / total
    variance = (many * dispersion - (many - 1)) / left
    return Funnel(line, dispersion, sqrt(variance), is_share)


def _drawn_in(scores: Sequence[float]) -> list[float]:
    """Return scores with those at both ends put to the next that is not (Winsorised)."""
    ordered = sorted(scores)
    cut = int(len(ordered) * DRAWN_IN)
    low, high = ordered[cut], ordered[len(ordered) - 1 - cut]
    return [min(high, max(low, score)) for score in scores]


def _steadied(value: float, is_share: bool) -> float:
    """Return a rate or a share on the scale on which its variance is 1 / 4n at every level."""
    return asin(sqrt(min(1.0, value))) if is_share else sqrt(value)


def _as_it_was(steadied: float, is_share: bool) -> float:
    """Return the rate or the share of a place on that scale."""
    if is_share:
        return sin(min(pi / 2, max(0.0, steadied))) ** 2
    return max(0.0, steadied) ** 2
