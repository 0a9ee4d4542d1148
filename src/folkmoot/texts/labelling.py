"""Names for themes: keywords, a title, a sentence, and answers that show it.

Phrases are weighed by class-based TF-IDF (Grootendorst 2022), where a theme is one document. See
docs/methods/themes.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.texts.clustering import Clusters
from folkmoot.texts.counting import PhraseCounts, count_phrases
from folkmoot.texts.embedding import Vectors, exact
from folkmoot.texts.english import AUXILIARIES, LIGHT_VERBS, POINTING
from folkmoot.texts.phrases import Phrase
from folkmoot.texts.titles import (
    clauses_for,
    fits_of,
    is_term,
    title_of,
    weighed_titles,
    weighed_words,
)
from folkmoot.texts.word_classes import WordClass

KEYWORDS = 10
EXEMPLARS = 5
# Words that say what a theme is about, for telling its camps apart.
TOPIC_WORDS = 5
TELLING = 0.5
# A sentence that stands for a theme has so many words, and so many are looked at.
SENTENCE_WORDS = (5, 24)
SENTENCES_READ = 200
# What a sentence gains by a verb, and loses by pointing at another.
WHOLE = 0.05
# A word that is said in one phrase in so many of its uses is no keyword of its own.
MOSTLY_WITHIN = 0.6
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
    """Return the words and phrases of highest class-based TF-IDF, none inside another.

    Two answers must say it, where any two say the same. Words of which most are said in one
    phrase give way to it ("Bowling Green").
    """
    average = sum(sum(said.used.values()) for said in counts.said) / max(1, len(counts.said))
    used = counts.said[theme].used
    total = max(1, sum(used.values()))
    usage = counts.spellings.usage
    least = min(2, max(used.values(), default=0))
    terms = {
        key: n
        for key, n in used.items()
        if n >= least
        and (" " not in key or (len(key.split()) <= 3 and is_term(key.split(), usage)))
    }
    ranked = sorted(
        (
            (round(n / total * math.log(1 + average / counts.everywhere[key]), 12), key)
            for key, n in terms.items()
        ),
        key=lambda each: (-each[0], each[1]),
    )
    whole = _terms_of_words(terms)
    chosen: list[Phrase] = []
    for _, key in ranked:
        phrase = counts.phrase(whole.get(key, key))
        if not any(phrase.stems & other.stems in (phrase.stems, other.stems) for other in chosen):
            chosen.append(phrase)
        if len(chosen) == KEYWORDS:
            break
    return tuple(phrase.text for phrase in chosen)


def _terms_of_words(terms: Mapping[str, int]) -> dict[str, str]:
    """Return the phrase in which most uses of a word stand, for words that have one."""
    best: dict[str, tuple[int, str]] = {}
    for key, n in sorted(terms.items()):
        said = key.split()
        for word in said if len(said) == 2 else ():
            if n >= MOSTLY_WITHIN * terms.get(word, n + 1) and n > best.get(word, (1, ""))[0]:
                best[word] = (n, key)
    return {word: key for word, (_, key) in best.items()}


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
    about = _about(keywords, counts)
    if not sentences:
        return f"{about}." if about else ""
    fits = fits_of(list(sentences), centre, common)
    typical = max(
        (round(fit + _stands_alone(sentence), 6), sentence)
        for fit, sentence in zip(fits, sentences, strict=True)
    )[1]
    quoted = typical[:1].upper() + typical[1:]
    return f"{about}: “{quoted}.”" if about else f"“{quoted}.”"


def _about(keywords: Sequence[str], counts: PhraseCounts) -> str:
    """Return "Speaks of wards and staff, often with the words friendly and helpful"."""
    usage = counts.spellings.usage
    kinds = [usage.kind_of_form(keyword.split()[-1].casefold()) for keyword in keywords]
    things = [word for word, kind in zip(keywords, kinds, strict=True) if kind is WordClass.THING]
    qualities = [
        word
        for word, kind in zip(keywords[:TOPIC_WORDS], kinds, strict=False)
        if kind is WordClass.QUALITY
    ]
    if not things:
        return f"Often says {_listed(qualities[:3])}" if qualities else ""
    words = "words" if len(qualities) > 1 else "word"
    often = f", often with the {words} {_listed(qualities[:2])}" if qualities else ""
    return f"Speaks of {_listed(things[:3])}{often}"


def _stands_alone(sentence: str) -> float:
    """Return what is added to the fit of a sentence that can be understood by itself."""
    said = [word.casefold() for word in sentence.split()]
    is_whole = not AUXILIARIES.isdisjoint(said) or not LIGHT_VERBS.isdisjoint(said)
    leans = said[0] in POINTING or said[-1] in POINTING
    return (WHOLE if is_whole else 0.0) - (WHOLE if leans else 0.0)


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
