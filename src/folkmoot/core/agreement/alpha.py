"""Krippendorff's alpha: any number of coders, answers that some left out, one code or several."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from enum import Enum
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from folkmoot.core.agreement.pairs import Agreement
from folkmoot.core.intervals import Interval

# Rows of distances between values that are worked out at once.
ROWS = 1_024
MISSING = -1
_EMPTY = object()

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class Distance(Enum):
    """How far two codings of one answer are apart: 0 is the same, 1 nothing in common."""

    NOMINAL = "nominal"
    MASI = "MASI"


def masi_distance(first: Collection[Hashable], second: Collection[Hashable]) -> float:
    """Return the distance of two sets of themes: 1 - Jaccard x monotonicity.

    Monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 else.
    Two empty sets are equal. Source: Passonneau 2006.
    """
    a, b = set(first), set(second)
    if a == b:
        return 0.0
    shared = len(a & b)
    if not shared:
        return 1.0
    return 1 - shared / len(a | b) * (2 / 3 if a <= b or b <= a else 1 / 3)


def krippendorff_alpha(
    answers: Iterable[Sequence[Hashable | Collection[Hashable] | None]],
    distance: Distance = Distance.NOMINAL,
    confidence: float = 0.95,
) -> Agreement:
    """Return alpha of the codings of each answer, in which None is one that a coder left out.

    With `Distance.MASI` a coding is a collection of themes, which may be empty. Answers coded once
    or never tell nothing of agreement and are not in the base. The interval takes the answers as
    drawn at random. Sources: Krippendorff 2011; Passonneau 2006; for the interval the delta
    method, as `docs/methods/agreement.md` tells.
    """
    codings = [
        [_value(coding, distance) for coding in answer if coding is not None] for answer in answers
    ]
    codings = [coded for coded in codings if len(coded) > 1]
    if not codings:
        return Agreement(None, None, 0)
    place: dict[Hashable, int] = {}
    codes = np.full((len(codings), max(map(len, codings))), MISSING, dtype=np.int64)
    for row, coded in enumerate(codings):
        codes[row, : len(coded)] = [place.setdefault(value, len(place)) for value in coded]
    measure = _Nominal() if distance is Distance.NOMINAL else _Masi(list(place))
    return _alpha(codes, len(place), measure, confidence)


def _value(coding: Any, distance: Distance) -> Hashable:
    if distance is Distance.NOMINAL:
        return coding  # type: ignore[no-any-return]
    return frozenset([coding] if isinstance(coding, str) else coding)


class _Nominal:
    """Distances of values that are equal or not."""

    def between(self, first: Codes, second: Codes) -> Floats:
        """Return the distance of each pair of values."""
        return np.asarray(first != second, dtype=np.float64)

    def to_all(self, counts: Floats) -> Floats:
        """Return for each value the sum of its distances to all that were given."""
        return np.asarray(counts.sum() - counts, dtype=np.float64)


class _Masi:
    """MASI distances of sets of themes. Only sets that share a theme are less than 1 apart."""

    def __init__(self, values: Sequence[Any]) -> None:
        themes: dict[Hashable, int] = {}
        # The empty set holds a theme of its own, so that it is equal to itself and to no other.
        held = [
            (row, themes.setdefault(theme, len(themes)))
            for row, value in enumerate(values)
            for theme in value or (_EMPTY,)
        ]
        rows, columns = np.array(held).T
        self.holds = csr_array((np.ones(len(held)), (rows, columns)))
        self.sizes = np.asarray(self.holds.sum(axis=1), dtype=np.float64)

    def between(self, first: Codes, second: Codes) -> Floats:
        """Return the distance of each pair of values."""
        shared = np.asarray((self.holds[first] * self.holds[second]).sum(axis=1), dtype=np.float64)
        return 1 - _likeness(shared, self.sizes[first], self.sizes[second])

    def to_all(self, counts: Floats) -> Floats:
        """Return for each value the sum of its distances to all that were given."""
        sums = np.full(len(counts), counts.sum())
        for start in range(0, len(counts), ROWS):
            shared = (self.holds[start : start + ROWS] @ self.holds.T).tocoo()
            rows, columns = shared.coords
            like = _likeness(shared.data, self.sizes[rows + start], self.sizes[columns])
            summed = np.bincount(rows, like * counts[columns], shared.shape[0])
            sums[start : start + ROWS] -= summed
        return sums


def _likeness(shared: Floats, first: Floats, second: Floats) -> Floats:
    """Return Jaccard x monotonicity of sets of some sizes that share so many themes."""
    thirds = 1.0 + (shared == np.minimum(first, second)) + ((shared == first) & (shared == second))
    return np.asarray(shared / (first + second - shared) * thirds / 3, dtype=np.float64)


def _alpha(codes: Codes, values: int, measure: _Nominal | _Masi, confidence: float) -> Agreement:
    """Return alpha by sums over answers, and its interval by each answer's part in it."""
    is_given = codes != MISSING
    given = is_given.sum(axis=1)
    total = int(given.sum())
    apart = np.zeros(len(codes))
    for first in range(codes.shape[1]):
        for second in range(first + 1, codes.shape[1]):
            both = is_given[:, first] & is_given[:, second]
            apart[both] += 2 * measure.between(codes[both, first], codes[both, second])
    apart /= given - 1
    to_all = measure.to_all(np.bincount(codes[is_given], minlength=values).astype(np.float64))
    by_chance = np.where(is_given, to_all[codes], 0).sum(axis=1)
    observed, expected = apart.sum(), by_chance.sum()
    if not expected:
        return Agreement(None, None, len(codes))
    alpha = float(1 - (total - 1) * observed / expected)
    if len(codes) < 2:
        return Agreement(alpha, None, len(codes))
    parts = (
        -(total - 1) * apart - observed * given + 2 * (total - 1) * observed * by_chance / expected
    ) / expected
    spread = float(np.var(parts, ddof=1)) * len(codes)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(spread)
    return Agreement(alpha, Interval(alpha - reach, min(1.0, alpha + reach)), len(codes))
