"""P-values of many comparisons, corrected for their number. See `docs/methods/crosstabs.md`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum


class Correction(Enum):
    """How p-values are corrected; the value is how a table's note names it."""

    NONE = "none"
    BONFERRONI = "Bonferroni"
    HOLM = "Holm"
    BENJAMINI_HOCHBERG = "Benjamini-Hochberg"


def corrected(p_values: Sequence[float], correction: Correction) -> list[float]:
    """Return the p-values of one family of tests after correction, in the same order.

    Bonferroni and Holm hold the chance of any false finding at the level that the results are
    compared with, Holm at no loss; Benjamini-Hochberg holds the expected share of false findings.
    Raises ValueError for what is no p-value. Sources: Holm 1979; Benjamini and Hochberg 1995.
    """
    if any(not 0 <= p <= 1 for p in p_values):
        raise ValueError("A p-value is 0 to 1.")
    many = len(p_values)
    if correction is Correction.NONE:
        return list(p_values)
    if correction is Correction.BONFERRONI:
        return [min(1.0, p * many) for p in p_values]
    found = [0.0] * many
    order = sorted(range(many), key=lambda place: p_values[place])
    if correction is Correction.HOLM:
        largest = 0.0
        for rank, place in enumerate(order):
            largest = max(largest, min(1.0, p_values[place] * (many - rank)))
            found[place] = largest
        return found
    smallest = 1.0
    for rank in range(many, 0, -1):
        place = order[rank - 1]
        smallest = min(smallest, p_values[place] * many / rank)
        found[place] = smallest
    return found
