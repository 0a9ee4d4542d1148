"""What people gave the coded answers most like an answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from folkmoot.texts.coding.features import PARTS, Numbers
from folkmoot.texts.coding.frame import Marks
from folkmoot.texts.embedding import DIMENSIONS, EXACT_LENGTH, Vectors, exact

NEAREST = 25
# The nearest count for much more than those a little further off.
SHARPNESS = 3

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Coded answers to be looked up by likeness, with their codes."""

    _terms: Numbers
    _meanings: Vectors
    _marks: Marks

    @classmethod
    def of(cls, numbers: Numbers, marks: Marks) -> Neighbours:
        """Return the answers ready to be looked up."""
        return cls(*_parts(numbers), marks)

    def likeness(self, numbers: Numbers) -> Shares:
        """Return how like each answer is to each coded one: 1 for the same words, about 0 for none.

        Rounded, so that ties fall the same way wherever sums are added up.
        """
        terms, meanings = _parts(numbers)
        of_terms = (terms @ self._terms.T).toarray()
        of_meanings = meanings @ self._meanings.T / np.float32(EXACT_LENGTH**2)
        return np.asarray(np.round((of_terms + of_meanings) / PARTS, 6))

    def shares(self, numbers: Numbers) -> Shares:
        """Return for each code how much of the nearest answers has it, 0 to 1."""
        likeness = self.likeness(numbers)
        nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :NEAREST]
        weights = np.clip(np.take_along_axis(likeness, nearest, axis=1), 0, None) ** SHARPNESS
        total = weights.sum(axis=1, keepdims=True)
        given = np.einsum("ij,ijk->ik", weights, self._marks[nearest].astype(np.float64))
        shares = np.where(total > 0, given / np.maximum(total, 1e-12), self._marks.mean(axis=0))
        return np.asarray(shares)


def _parts(numbers: Numbers) -> tuple[Numbers, Vectors]:
    ends = numbers.shape[1] - DIMENSIONS
    meanings = numbers[:, ends:].toarray().astype(np.float32)
    return numbers[:, :ends], exact(meanings)
