"""Whether a weighted share, beside an unweighted count, gives a small number away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.disclosure.oneway import SMALLEST_SHOWN

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Members = NDArray[np.bool_]

# How near a reader comes to a share that is printed in whole per cent with both its bounds: each
# is within half a point of what it was, and the three together within about a third of that.
PRINTED = 0.0015


def gives_away(
    answered: Sequence[int],
    chosen: Sequence[int],
    weights: Sequence[float],
    groups: Sequence[Sequence[bool]],
    smallest: int = SMALLEST_SHOWN,
) -> bool:
    """Return whether an option's count and weighted share tell a small number of a group.

    Cells are people alike in their weight: how many `answered`, how many of these chose the option,
    and what each of them weighs. A group says of each cell whether it is in it. A group of which 1
    to `smallest` - 1 chose the option, or did not, is safe where any such number would go with the
    count and the share as well, so that the reader knows no more than "[c]" tells. The reader is
    taken to know every weight, and how many answered in every cell, though none of it is published.
    """
    people = np.asarray(answered, dtype=np.int64)
    did = np.asarray(chosen, dtype=np.int64)
    weight = np.asarray(weights, dtype=np.float64)
    return any(
        _is_told(people, counts, weight, np.asarray(group, dtype=np.bool_), smallest)
        for group in groups
        for counts in (did, people - did)
    )


def _is_told(people: Counts, counts: Counts, weight: Floats, group: Members, smallest: int) -> bool:
    members = int(counts[group].sum())
    if not 0 < members < smallest:
        return False
    total, summed = int(counts.sum()), float(counts @ weight)
    slack = PRINTED * float(people @ weight)
    inside, outside = people[group], people[~group]
    fewest = max(1, total - int(outside.sum()))
    for many in range(fewest, min(smallest - 1, int(inside.sum()), total) + 1):
        least = _filled(inside, weight[group], many) + _filled(
            outside, weight[~group], total - many
        )
        most = _filled(inside, -weight[group], many) + _filled(
            outside, -weight[~group], total - many
        )
        if least > summed + slack or -most < summed - slack:
            return True
    return False


def _filled(people: Counts, weight: Floats, many: int) -> float:
    """Return the least that so many people can weigh."""
    order = np.argsort(weight, kind="stable")
    before = np.cumsum(people[order]) - people[order]
    taken = np.clip(many - before, 0, people[order])
    return float(taken @ weight[order])
