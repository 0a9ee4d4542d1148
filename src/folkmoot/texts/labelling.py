"""Names for themes: keywords, a label that says something, and answers that show it.

Phrases are weighed by class-based TF-IDF (Grootendorst 2022), where a theme is one document. A
label is one or two phrases that many answers of the theme use and few others do. See
docs/methods/themes.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.texts.clustering import Clusters, Labels
from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, embed, exact, unit
from folkmoot.texts.english import DESCRIBING_ENDINGS, INSIDE, LEANING, ORDERS
from folkmoot.texts.phrases import Phrase, Spellings, clauses_of, key_of, phrases_of

KEYWORDS = 10
EXEMPLARS = 5
# Answers of a theme that are read for phrases; spread evenly over all of them.
ANSWERS_READ = 3_000
# Phrases of a theme that are compared with its centre.
SHORTLIST = 80
# A phrase must be used by this share of a theme's answers, by two of them at least; so many are
# enough in any theme.
LEAST_SHARE = 0.03
ENOUGH_ANSWERS = 25
# In a theme of fewer answers than this, one answer's phrase may name it.
SMALL_THEME = 12
# How much it counts that many answers use a phrase (1 would be in proportion): long phrases are
# said in as many ways as there are people, so their counts are low.
COVERAGE = 0.6
# What one, two, three and more words that mean something are worth: longer says more.
WORTH = (0.0, 0.32, 1.0, 1.2, 1.25, 1.25)
# "Fill job openings", "enforced in the county": less of a name than "job openings".
DEED = 0.65
# Letters by which two words are taken for one root.
ROOT = 5
# Words of a clause that may stand as a label.
CLAUSE_WORDS = (3, 8)
# Answers in which a clause should stand word for word.
LEAST_CLAUSES = 3
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
    description: str = ""
    topic: frozenset[str] = frozenset()
    """Stems of the words that tell it from other themes."""


@dataclass(slots=True)
class _Counts:
    """How many answers of each theme use each phrase."""

    used: list[Counter[str]]
    read: list[int]
    everywhere: Counter[str]
    spellings: Spellings
    clauses: list[Counter[str]]
    """Short clauses in lower case, with how many answers of each theme hold them."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    phrase: Phrase
    worth: float


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
        label = _label(
            weighed[group], _clauses(group, counts, clusters.centres[group], common), taken, group
        )
        taken.add(label.casefold())
        named.append(Naming(label, _keywords(group, counts)))
    return named


def _count(texts: Sequence[str], labels: Labels, groups: int) -> _Counts:
    counts = _Counts([Counter() for _ in range(groups)], [0] * groups, Counter(), Spellings(), [])
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
        counts.clauses.append(Counter())
        for row in rows:
            counts.clauses[group].update(set(clauses_of(texts[int(row)], *CLAUSE_WORDS)))
    return counts


def _shares(key: str, group: int, counts: _Counts) -> tuple[float, float]:
    """Return the share of answers that use the phrase, within the theme and outside it."""
    within = counts.used[group][key]
    outside = counts.everywhere[key] - within
    others = sum(counts.read) - counts.read[group]
    return within / max(1, counts.read[group]), outside / max(1, others)


def _weigh(group: int, counts: _Counts, centre: Vectors, common: Vectors) -> list[_Weighed]:
    """Return the theme's phrases from the most to the least telling."""
    read = counts.read[group]
    least = 1 if read < SMALL_THEME else max(2, min(math.ceil(LEAST_SHARE * read), ENOUGH_ANSWERS))
    floor = 0.5 / max(1, sum(counts.read))
    rough = []
    for key, answers in counts.used[group].items():
        if answers < least:
            continue
        within, outside = _shares(key, group, counts)
        lift = math.log((within + floor) / (outside + floor)) if len(counts.read) > 1 else 1.0
        if lift > 0:
            worth = within**COVERAGE * lift * _merit(key)
            rough.append((round(worth, 9), key, answers))
    rough.sort(key=lambda each: (-each[0], each[1]))
    shortlist = [(worth, counts.spellings.phrase(key)) for worth, key, _ in rough[:SHORTLIST]]
    if not shortlist:
        return []
    vectors = exact(unit(embed([phrase.text.casefold() for _, phrase in shortlist]) - common))
    fits = vectors @ exact(centre[None, :])[0] / np.float32(EXACT_LENGTH**2)
    weighed = [
        _Weighed(phrase, round(worth * (0.5 + max(0.0, float(fit))), 6))
        for (worth, phrase), fit in zip(shortlist, fits, strict=True)
    ]
    return sorted(weighed, key=lambda each: (-each.worth, each.phrase.key))


def _merit(key: str) -> float:
    """Return what the shape of a phrase is worth: a name for a thing before an order or a deed."""
    said = key.split()
    meaning = [word for word in said if word not in INSIDE and word not in LEANING]
    merit = WORTH[min(len(meaning) + (said[0] in LEANING), len(WORTH) - 1)]
    if said[0] in ORDERS or said[0].endswith("ed") or (len(said) > 1 and said[-1] in ORDERS):
        merit *= DEED
    if len(said) > 1 and said[-1].endswith("ed"):
        merit *= DEED
    if said[-1].endswith(DESCRIBING_ENDINGS) or "to" in said:
        merit *= DEED
    return merit


def _label(weighed: Sequence[_Weighed], clauses: Sequence[str], taken: set[str], group: int) -> str:
    """Return the best label not yet taken: one phrase, two joined by "and", or a short clause."""
    for first in weighed:
        for offer in _offers(first, weighed, clauses):
            label = _sentence_case(offer)
            if label.casefold() not in taken:
                return label
    for offer in clauses:
        if offer.casefold() not in taken:
            return _sentence_case(offer)
    return f"Theme {group + 1}"


def _offers(first: _Weighed, weighed: Sequence[_Weighed], clauses: Sequence[str]) -> Iterator[str]:
    """Yield labels built on a phrase, best first."""
    enough = [each for each in weighed if each.worth >= SECOND_WORTH * first.worth]
    second = next((each.phrase for each in enough if _adds(each.phrase, first.phrase)), None)
    pair = [first.phrase] if second is None else [first.phrase, second]
    if len(first.phrase.words) == 1:
        # One word names no theme; what people say around it may.
        said = [clause for clause in clauses if first.phrase.key in key_of(clause.split()).split()]
        longer = [each.phrase for each in enough if _extends(each.phrase, first.phrase)]
        if longer:
            yield _joined(longer[:1])
        elif second is None or len(second.words) == 1:
            yield from said[:3]
    yield _joined(pair)
    yield _joined(pair[:1])


def _extends(longer: Phrase, first: Phrase) -> bool:
    """Whether a phrase says more of the same thing, without leaning to one side of it."""
    return _roots(longer) > _roots(first) and longer.words[0].casefold() not in LEANING


def _adds(second: Phrase, first: Phrase) -> bool:
    together = len(first.words) + len(second.words) + 1
    return (
        not (_roots(second) & _roots(first))
        # "Caring staff and polite": a lone word beside a phrase says no second thing.
        and (len(second.words) > 1 or len(first.words) == 1)
        and together <= LONGEST_LABEL_WORDS
        and "and" not in first.words
        and "and" not in second.words
    )


def _roots(phrase: Phrase) -> frozenset[str]:
    """Return the first letters of its words: "noisy" and "noise" would say one thing twice."""
    return frozenset(word[:ROOT] for word in phrase.stems)


def _clauses(group: int, counts: _Counts, centre: Vectors, common: Vectors) -> list[str]:
    """Return the theme's short clauses, those that many answers hold and that are near it first.

    A clause of one answer stands only in a theme of which none repeats itself.
    """
    ranked = sorted(counts.clauses[group].items(), key=lambda each: (-each[1], each[0]))[:SHORTLIST]
    most = ranked[0][1] if ranked else 0
    ranked = [each for each in ranked if each[1] >= min(most, LEAST_CLAUSES)]
    if not ranked:
        return []
    vectors = exact(unit(embed([clause for clause, _ in ranked]) - common))
    fits = vectors @ exact(centre[None, :])[0] / np.float32(EXACT_LENGTH**2)
    merits = [
        (-round(math.sqrt(answers) * max(0.0, float(fit)) ** 2, 6), clause)
        for (clause, answers), fit in zip(ranked, fits, strict=True)
    ]
    return [clause for _, clause in sorted(merits)]


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
