"""Names for themes: keywords, a title, a sentence, and answers that show it.

Phrases are weighed by class-based TF-IDF (Grootendorst 2022), where a theme is one document. See
docs/methods/themes.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.texts.clustering import Clusters
from folkmoot.texts.counting import PhraseCounts, count_phrases
from folkmoot.texts.embedding import Vectors, exact
from folkmoot.texts.phrases import Phrase
from folkmoot.texts.titles import (
    clauses_for,
    fits_of,
    title_of,
    weighed_titles,
    weighed_words,
)

KEYWORDS = 10
EXEMPLARS = 5
# Words that say what a theme is about, for telling its camps apart.
TOPIC_WORDS = 5
TELLING = 0.5
# A sentence that stands for a theme has so many words, and so many are looked at.
SENTENCE_WORDS = (5, 24)
SENTENCES_READ = 200
# Exemplars are of a length that people read.
READABLE_WORDS = (6, 90)
DIVERSITY = 0.35
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\s+\|\s*|\s*\|\s+")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a theme is called."""

    label: str
    keywords: tuple[str, ...]
    description: str = ""
    topic: frozenset[str] = frozenset()
    """Stems of the words that tell it from other themes."""


def name_themes(texts: Sequence[str], clusters: Clusters, common: Vectors) -> list[Naming]:
    """Return a name for each group, in the order of the groups.

    `texts` are the answers behind the rows of `clusters`, without personal details; `common` is
    the vector (1 x dimensions) that was taken from theirs before clustering. Labels differ from
    each other.
    """
    themes = len(clusters.centres)
    counts = count_phrases(texts, clusters.labels, themes)
    taken: set[str] = set()
    named = []
    for theme in range(themes):
        centre = clusters.centres[theme]
        weighed = weighed_titles(theme, counts, centre, common)
        clauses = clauses_for(theme, counts, centre, common)
        label = title_of(theme, weighed, clauses, counts, taken)
        taken.add(label.casefold())
        keywords = _keywords(theme, counts)
        description = _description(theme, counts, keywords, centre, common)
        named.append(Naming(label, keywords, description, _topic(theme, counts)))
    return named


def _topic(theme: int, counts: PhraseCounts) -> frozenset[str]:
    """Return the stems that most answers of a theme use of those that tell it from others."""
    telling = [word for word in weighed_words(theme, counts) if counts.lift(word, theme) >= TELLING]
    ranked = sorted(telling, key=lambda word: (-counts.shares(word, theme)[0], word))
    return frozenset(ranked[:TOPIC_WORDS])


def _keywords(theme: int, counts: PhraseCounts) -> tuple[str, ...]:
    """Return the words and phrases of highest class-based TF-IDF, none inside another."""
    average = sum(sum(said.used.values()) for said in counts.said) / max(1, len(counts.said))
    used = counts.said[theme].used
    total = max(1, sum(used.values()))
    ranked = sorted(
        (
            (round(n / total * math.log(1 + average / counts.everywhere[key]), 12), key)
            for key, n in used.items()
            if len(key.split()) <= 3
        ),
        key=lambda each: (-each[0], each[1]),
    )
    chosen: list[Phrase] = []
    for _, key in ranked:
        phrase = counts.phrase(key)
        if not any(phrase.stems <= other.stems or other.stems <= phrase.stems for other in chosen):
            chosen.append(phrase)
        if len(chosen) == KEYWORDS:
            break
    return tuple(phrase.text for phrase in chosen)


def _description(
    theme: int, counts: PhraseCounts, keywords: Sequence[str], centre: Vectors, common: Vectors
) -> str:
    """Return one sentence: what is said most, and a typical sentence of an answer."""
    shortest, longest = SENTENCE_WORDS
    sentences = dict[str, None]()
    for text in counts.said[theme].texts[:SENTENCES_READ]:
        for sentence in _SENTENCE.split(text):
            if shortest <= len(sentence.split()) <= longest and "|" not in sentence:
                sentences.setdefault(sentence.strip(" .!?;,|-"))
    about = _listed(keywords[:3])
    if not sentences:
        return f"Speaks of {about}." if about else ""
    fits = fits_of(list(sentences), centre, common)
    typical = max(zip(fits, sentences, strict=True), key=lambda each: (round(each[0], 6), each[1]))
    quoted = typical[1][:1].upper() + typical[1][1:]
    return f"Speaks of {about}: “{quoted}.”" if about else f"“{quoted}.”"


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def exemplars(vectors: Vectors, centre: Vectors, lengths: Sequence[int]) -> list[int]:
    """Return the rows that show a theme best, best first: near its centre, unlike each other.

    `lengths` are the rows' lengths in words; rows of a readable length come first. Chosen by
    maximal marginal relevance (Carbonell and Goldstein 1998).
    """
    shortest, longest = READABLE_WORDS
    readable = [row for row, length in enumerate(lengths) if shortest <= length <= longest]
    pool = readable if len(readable) >= EXEMPLARS else list(range(len(lengths)))
    whole = exact(vectors[pool])
    near = whole @ exact(centre[None, :])[0]
    # The nearest hundred are all typical; among them the choice is for difference.
    order = np.argsort(-near, kind="stable")[:100]
    whole, near = whole[order], near[order]
    repeated = np.zeros(len(order), np.float32)
    picked: list[int] = []
    while len(picked) < min(EXEMPLARS, len(order)):
        merit = near.astype(np.float64) - DIVERSITY * repeated
        merit[picked] = -np.inf
        best = int(np.argmax(merit))
        picked.append(best)
        repeated = np.maximum(repeated, whole @ whole[best])
    return [pool[int(order[each])] for each in picked]
