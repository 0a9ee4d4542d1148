"""Names for themes: keywords, a label that says something, and answers that show it.

Phrases are weighed by class-based TF-IDF (Grootendorst 2022), where a theme is one document. A
label is one or two phrases that many answers of the theme use and few others do. See
docs/methods/themes.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.texts.clustering import Clusters
from folkmoot.texts.embedding import Vectors, embed, exact, unit
from folkmoot.texts.english import INSIDE, LEANING
from folkmoot.texts.phrases import Phrase, Spellings, key_of, phrases_of

KEYWORDS = 10
EXEMPLARS = 5
# Answers of a theme that are read for phrases; spread evenly over all of them.
ANSWERS_READ = 3_000
# Phrases of a theme that are compared with its centre.
SHORTLIST = 80
# A phrase must be used by this share of a theme's answers, and by two of them at least.
LEAST_SHARE = 0.01
# What one, two, three and more words that mean something are worth: longer says more.
WORTH = (0.0, 0.45, 1.0, 1.25, 1.3, 1.3)
# A second phrase is joined when it is worth at least this share of the first.
SECOND_WORTH = 0.35
LONGEST_LABEL_WORDS = 8
# Exemplars are of a length that people read.
READABLE_WORDS = (6, 90)
DIVERSITY = 0.35


@dataclass(frozen=True, slots=True)
class Naming:
    """What a theme is called."""

    label: str
    keywords: tuple[str, ...]


@dataclass(slots=True)
class _Counts:
    """How many answers of each theme use each phrase."""

    used: list[Counter[str]]
    read: list[int]
    everywhere: Counter[str]
    spellings: Spellings


@dataclass(frozen=True, slots=True)
class _Weighed:
    phrase: Phrase
    worth: float
    answers: int


def name_themes(texts: Sequence[str], clusters: Clusters, common: Vectors) -> list[Naming]:
    """Return a label and keywords for each group, in the order of the groups.

    `texts` are the answers behind the rows of `clusters`, without personal details; `common` is
    the vector (1 x dimensions) that was taken from theirs before clustering. Labels differ from
    each other.
    """
    groups = len(clusters.centres)
    counts = _count(texts, clusters.labels, groups)
    weighed = [_weigh(group, counts, clusters.centres[group], common) for group in range(groups)]
    taken: set[str] = set()
    named = []
    for group in range(groups):
        label = _label(weighed[group], taken, group)
        taken.add(label.casefold())
        named.append(Naming(label, _keywords(group, counts)))
    return named


def _count(texts: Sequence[str], labels: np.ndarray, groups: int) -> _Counts:  # type: ignore[type-arg]
    counts = _Counts([Counter() for _ in range(groups)], [0] * groups, Counter(), Spellings())
    for group in range(groups):
        rows = np.flatnonzero(labels == group)
        if len(rows) > ANSWERS_READ:
            rows = rows[np.linspace(0, len(rows) - 1, ANSWERS_READ).astype(np.int64)]
        counts.read[group] = len(rows)
        for row in rows:
            text = texts[int(row)]
            counts.spellings.read(text)
            seen = {}
            for written in phrases_of(text):
                key = key_of(written)
                if key not in seen:
                    seen[key] = written
                    counts.spellings.note(key, written)
            counts.used[group].update(seen.keys())
        counts.everywhere.update(counts.used[group])
    return counts


def _shares(key: str, group: int, counts: _Counts) -> tuple[float, float]:
    """Return the share of answers that use the phrase, within the theme and outside it."""
    within = counts.used[group][key]
    outside = counts.everywhere[key] - within
    others = sum(counts.read) - counts.read[group]
    return within / max(1, counts.read[group]), outside / max(1, others)


def _weigh(group: int, counts: _Counts, centre: Vectors, common: Vectors) -> list[_Weighed]:
    """Return the theme's phrases from the most to the least telling."""
    least = max(2, math.ceil(LEAST_SHARE * counts.read[group]))
    if counts.read[group] < 12:
        least = 1
    rough = []
    for key, answers in counts.used[group].items():
        if answers < least:
            continue
        within, outside = _shares(key, group, counts)
        floor = 0.5 / max(1, sum(counts.read))
        lift = math.log((within + floor) / (outside + floor)) if len(counts.read) > 1 else 1.0
        strong = len([w for w in key.split() if w not in INSIDE and w not in LEANING])
        if lift > 0:
            worth = math.sqrt(within) * lift * WORTH[min(strong, len(WORTH) - 1)]
            rough.append((round(worth, 9), key, answers))
    rough.sort(key=lambda each: (-each[0], each[1]))
    shortlist = [(worth, counts.spellings.phrase(key), n) for worth, key, n in rough[:SHORTLIST]]
    if not shortlist:
        return []
    vectors = exact(unit(embed([phrase.text for _, phrase, _ in shortlist]) - common))
    fits = vectors @ exact(centre[None, :])[0] / np.float32(4_000**2)
    weighed = [
        _Weighed(phrase, round(worth * (0.5 + max(0.0, float(fit))), 6), answers)
        for (worth, phrase, answers), fit in zip(shortlist, fits, strict=True)
    ]
    return sorted(weighed, key=lambda each: (-each.worth, each.phrase.key))


def _label(weighed: Sequence[_Weighed], taken: set[str], group: int) -> str:
    """Return the best label not yet taken: one phrase, or two joined by "and"."""
    for first in weighed:
        pair = [first.phrase]
        for second in weighed:
            if second.worth < SECOND_WORTH * first.worth:
                break
            if _adds(second.phrase, first.phrase):
                pair.append(second.phrase)
                break
        for phrases in (pair, pair[:1]):
            label = _sentence_case(_joined(phrases))
            if label.casefold() not in taken:
                return label
    return f"Theme {group + 1}"


def _adds(second: Phrase, first: Phrase) -> bool:
    together = len(first.words) + len(second.words) + 1
    return (
        not (second.stems & first.stems)
        and together <= LONGEST_LABEL_WORDS
        and "and" not in first.words
        and "and" not in second.words
    )


def _joined(phrases: Sequence[Phrase]) -> str:
    return " and ".join(phrase.text for phrase in phrases)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _keywords(group: int, counts: _Counts) -> tuple[str, ...]:
    """Return the words and phrases of highest class-based TF-IDF, none inside another."""
    average = sum(sum(used.values()) for used in counts.used) / max(1, len(counts.used))
    total = max(1, sum(counts.used[group].values()))
    ranked = sorted(
        (
            (round(n / total * math.log(1 + average / counts.everywhere[key]), 12), key)
            for key, n in counts.used[group].items()
            if len(key.split()) <= 3
        ),
        key=lambda each: (-each[0], each[1]),
    )
    chosen: list[Phrase] = []
    for _, key in ranked:
        phrase = counts.spellings.phrase(key)
        if not any(phrase.stems <= other.stems or other.stems <= phrase.stems for other in chosen):
            chosen.append(phrase)
        if len(chosen) == KEYWORDS:
            break
    return tuple(phrase.text for phrase in chosen)


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
