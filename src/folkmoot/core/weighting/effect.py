"""What unequal weights cost. Source: Kish 1965 and 1992."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def effective_size(weights: Sequence[float] | Floats) -> float:
    """Return how many equally weighted respondents tell as much: (sum w)^2 / sum w^2.

    Raises ValueError where no weight is above 0. Source: Kish 1965.
    """
    found = np.asarray(weights, dtype=np.float64)
    if not found.size or not np.all(np.isfinite(found)) or found.min() < 0 or found.max() == 0:
        raise ValueError("An effective sample size needs weights of 0 or more, one at least above.")
    found = found / found.max()
    return float(found.sum() ** 2 / np.square(found).sum())


def design_effect(weights: Sequence[float] | Floats) -> float:
    """Return by how much unequal weights multiply the variance: n sum w^2 / (sum w)^2.

    Respondents with a weight of 0 count in n. Source: Kish 1992.
    """
    return len(weights) / effective_size(weights)
