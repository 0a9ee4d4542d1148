"""Answers as vectors: WordLlama's weights, which come inside its wheel; no network, no PyTorch.

A vector is the mean of the vectors of an answer's tokens. The mean is taken here and not by the
library, whose batches are padded to their longest answer: one very long answer among short ones
would need gigabytes.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 256
# Meaning is settled long before this; an answer of a megabyte costs no more than a long letter.
CHARACTERS_READ = 20_000
BATCH = 10_000
# Unit vectors times this are whole numbers whose products sum to at most 2 ** 24, which float32
# holds exactly: the result is the same in whatever order, on however many cores, it is added up.
EXACT_LENGTH = 4_000


@cache
def _model() -> tuple[Tokenizer, Vectors]:
    """Return the tokenizer and the token vectors (tokens x DIMENSIONS).

    A plain load() looks for the tokenizer in another folder and then asks the network.
    """
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    import wordllama

    # Its import turns the whole programme's log on; the log is the programme's own.
    root.handlers[:], root.level = handlers, level
    loaded = wordllama.WordLlama.load(
        cache_dir=Path(wordllama.__file__).parent, dim=DIMENSIONS, disable_download=True
    )
    loaded.tokenizer.no_padding()
    return loaded.tokenizer, np.asarray(loaded.embedding, dtype=np.float32)


def embed(texts: Sequence[str]) -> Vectors:
    """Return one vector a text, in order: float32, DIMENSIONS wide, of length 1.

    A text without any token (an empty one) gets the zero vector. Only the first
    CHARACTERS_READ characters are read. The same text gives the same bytes whatever its
    neighbours and however many cores there are.
    """
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for start in range(0, len(texts), BATCH):
        # No token spans a space, so that each different piece between spaces is read only once.
        pieces: dict[str, int] = {}
        numbers, ends = array("i"), [0]
        for text in texts[start : start + BATCH]:
            numbers.extend(
                [pieces.setdefault(piece, len(pieces)) for piece in text[:CHARACTERS_READ].split()]
            )
            ends.append(len(numbers))
        counts = sparse.csr_matrix(
            (np.ones(len(numbers), np.float32), np.array(numbers, np.int32), ends),
            shape=(len(ends) - 1, len(pieces)),
        )
        vectors[start : start + BATCH] = counts @ _piece_vectors(list(pieces))
    return unit(vectors)


def _piece_vectors(pieces: list[str]) -> Vectors:
    """Return the sum of each piece's token vectors."""
    tokenizer, token_vectors = _model()
    tokens = [encoded.ids for encoded in tokenizer.encode_batch(pieces, add_special_tokens=False)]
    ends = np.cumsum([0, *map(len, tokens)])
    flat = np.fromiter((token for row in tokens for token in row), np.int32, int(ends[-1]))
    np.clip(flat, 0, len(token_vectors) - 1, out=flat)
    counts = sparse.csr_matrix(
        (np.ones(len(flat), np.float32), flat, ends), shape=(len(pieces), len(token_vectors))
    )
    return np.asarray(counts @ token_vectors, np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Return the rows at length 1; a zero row stays zero."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    lengths[lengths == 0] = 1
    return np.asarray(vectors / lengths[:, None], dtype=np.float32)


def exact(vectors: Vectors) -> Vectors:
    """Return unit vectors as whole numbers in float32, whose dot products are exact.

    Divide a dot product of two such rows by EXACT_LENGTH ** 2 for their cosine; each
    coordinate is off by less than 0.00013.
    """
    return np.asarray(np.rint(vectors * np.float32(EXACT_LENGTH)), dtype=np.float32)
