"""Which of many answers are most like one: their vectors in eight bits, compared exactly.

A vector takes 256 bytes, so that 100,000 answers fit in 26 MB. Each is scaled to its own largest
coordinate before it is rounded, as only its direction counts; the cosine of two is then off by less
than 0.01. Products of whole numbers this small are exact in float32, so that the same answers come
out in the same order on however many cores they are added up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from folkmoot.texts.embedding import Vectors

Packed = npt.NDArray[np.int8]
LARGEST = 127
# So many rows at once are widened to be multiplied: little beside the whole.
AT_ONCE = 8_192


def pack(vectors: Vectors) -> Packed:
    """Return vectors in eight bits, each at its own scale; a zero row stays zero."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    largest[largest == 0] = 1
    packed: Packed = np.rint(vectors * (LARGEST / largest)).astype(np.int8)
    return packed


def lengths(packed: Packed) -> npt.NDArray[np.float64]:
    """Return the length of each row; 1 for a zero row, whose likeness to all is then 0."""
    squares = np.zeros(len(packed), np.float64)
    for start in range(0, len(packed), AT_ONCE):
        wide = packed[start : start + AT_ONCE].astype(np.float32)
        squares[start : start + AT_ONCE] = np.einsum("ij,ij->i", wide, wide)
    squares[squares == 0] = 1
    return np.sqrt(squares)


def likenesses(
    packed: Packed, lengths_of: npt.NDArray[np.float64], sought: Packed
) -> npt.NDArray[np.float64]:
    """Return the cosine of every row with one vector, -1 to 1."""
    wanted = sought.astype(np.float32)
    products = np.zeros(len(packed), np.float64)
    for start in range(0, len(packed), AT_ONCE):
        wide = packed[start : start + AT_ONCE].astype(np.float32)
        products[start : start + AT_ONCE] = wide @ wanted
    return np.asarray(products / (lengths_of * lengths(sought[None, :])[0]), np.float64)


def nearest(
    likeness: npt.NDArray[np.float64], keys: npt.NDArray[np.int64], most: int
) -> npt.NDArray[np.intp]:
    """Return the places of the `most` greatest, greatest first; of equal ones the lesser key."""
    if len(likeness) > most:
        least = np.partition(likeness, len(likeness) - most)[len(likeness) - most]
        places = np.flatnonzero(likeness >= least)
    else:
        places = np.arange(len(likeness))
    return places[np.lexsort((keys[places], -likeness[places]))][:most]
