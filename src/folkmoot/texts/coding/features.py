"""Answers as numbers that codes are learnt from: words, parts of words, and meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from folkmoot.texts.embedding import Vectors, embed, unit
from folkmoot.texts.english import FUNCTION_WORDS
from folkmoot.texts.wording import plain_text

Numbers: TypeAlias = sparse.csr_matrix

CHARACTERS_READ = 5_000
# Words, runs of letters, meaning: each of length 1 where there is any.
PARTS = 3


# Where somebody can be reached says nothing of what they think.
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)


def read_text(text: str | None) -> str:
    """Return what is learnt from: without mark-up and addresses, in small letters, cut if long."""
    return _ADDRESS.sub(" ", plain_text(text)[:CHARACTERS_READ]).casefold()


class Features:
    """What is read of an answer, as found in the answers that it is made from.

    Three parts of equal weight: TF-IDF of words and of pairs of words; TF-IDF of runs of three to
    five letters within words, which forgive slips and endings; and the WordLlama vector less the
    mean of all.
    """

    def __init__(self, texts: Sequence[str], vectors: Vectors) -> None:
        self._words = TfidfVectorizer(
            ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w[\w'’]*", dtype=np.float64
        )
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float64
        )
        self._words.fit([*texts, "nothing"])
        self._letters.fit([*texts, "nothing"])
        self._mean = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
        self._terms: npt.NDArray[np.object_] = self._words.get_feature_names_out()

    def numbers(self, texts: Sequence[str], vectors: Vectors) -> Numbers:
        """Return one row an answer."""
        parts = (self._words.transform(texts), self._letters.transform(texts))
        meaning = Numbers(unit(vectors - self._mean), dtype=np.float64)
        return Numbers(sparse.hstack([*parts, meaning]))

    def heaviest(self, row: Numbers, weights: npt.NDArray[np.float64], many: int) -> list[str]:
        """Return the words of an answer that weigh most for a code, the heaviest first.

        Words that say nothing by themselves are left out, and so is a word of a pair that is named.
        """
        own = row.indices < len(self._terms)
        at, weighs = row.indices[own], row.data[own] * weights[row.indices[own]]
        telling = weighs > 0
        weighed = zip((-weighs[telling]).round(9), self._terms[at[telling]], strict=True)
        named: list[str] = []
        for _, term in sorted(weighed):
            words = term.split()
            is_masked = any("xx" in word for word in words)
            if is_masked or words[0] in FUNCTION_WORDS or words[-1] in FUNCTION_WORDS:
                continue
            if not any(set(words) & set(other.split()) for other in named):
                named.append(term)
        return named[:many]


def vectors_of(texts: Sequence[str]) -> Vectors:
    """Return the WordLlama vectors of answers that were read."""
    return embed(texts)
