"""How many answers of each theme use each phrase."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from folkmoot.texts.clustering import Labels
from folkmoot.texts.phrases import Phrase, Spellings, clauses_of, key_of, phrases_of

# Answers of a theme that are read for phrases; spread evenly over all of them.
ANSWERS_READ = 600
# Words of a clause that may stand as a label.
CLAUSE_WORDS = (3, 8)


@dataclass(slots=True)
class Said:
    """What the answers of one theme say that were read."""

    texts: list[str]
    used: Counter[str] = field(default_factory=Counter)
    """Keys of phrases, with how many answers use each."""
    clauses: Counter[str] = field(default_factory=Counter)
    """Short clauses in lower case, with how many answers hold each."""


@dataclass(slots=True)
class PhraseCounts:
    """What is said in each theme and everywhere."""

    said: list[Said]
    everywhere: Counter[str]
    spellings: Spellings

    def shares(self, key: str, theme: int) -> tuple[float, float]:
        """Return the share of answers that use a phrase, within a theme and outside it."""
        own = self.said[theme]
        within = own.used[key]
        others = sum(len(each.texts) for each in self.said) - len(own.texts)
        outside = (self.everywhere[key] - within) / max(1, others)
        return within / max(1, len(own.texts)), outside

    def lift(self, key: str, theme: int) -> float:
        """Return by what factor a phrase is said more in a theme than elsewhere, as a logarithm.

        1 for everything where there is no elsewhere.
        """
        if len(self.said) == 1:
            return 1.0
        within, outside = self.shares(key, theme)
        floor = 0.5 / sum(len(each.texts) for each in self.said)
        return math.log((within + floor) / (outside + floor))

    def phrase(self, key: str) -> Phrase:
        return self.spellings.phrase(key)


def count_phrases(texts: Sequence[str], labels: Labels, themes: int) -> PhraseCounts:
    """Return what answers say, theme by theme. `labels` holds the theme of each text."""
    counts = PhraseCounts([], Counter(), Spellings())
    for theme in range(themes):
        rows = np.flatnonzero(labels == theme)
        if len(rows) > ANSWERS_READ:
            rows = rows[np.linspace(0, len(rows) - 1, ANSWERS_READ).astype(np.int64)]
        said = Said([texts[int(row)] for row in rows])
        for text in said.texts:
            counts.spellings.read(text)
            seen: dict[str, tuple[str, ...]] = {}
            for written in phrases_of(text):
                seen.setdefault(key_of(written), written)
            for key, written in seen.items():
                counts.spellings.note(key, written)
            said.used.update(seen.keys())
            said.clauses.update(set(clauses_of(text, *CLAUSE_WORDS)))
        counts.everywhere.update(said.used)
        counts.said.append(said)
    return counts
