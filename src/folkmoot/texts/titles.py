"""What a theme is called: a few words of its answers that many of them share and few others use.

Every word that means something is weighed by how many of the theme's answers use it and how few
others do. A title is the run of words, said by people, that gathers most of that weight without
words that carry none; where it speaks for few of the answers, a second one joins it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.texts.counting import PhraseCounts
from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, embed, exact, unit
from folkmoot.texts.english import (
    DESCRIBING,
    DESCRIBING_ENDINGS,
    INSIDE,
    LEANING,
    ORDERS,
    TOO_GENERAL,
)
from folkmoot.texts.phrases import Phrase, key_of, phrases_of

# Answers of a theme that are read for titles, and the longest title they may give.
ANSWERS_READ = 250
LONGEST = 7
# Titles that are compared with the theme's centre.
SHORTLIST = 60
# How much it counts that many answers use a word (1 would be in proportion).
COVERAGE = 0.6
# A word must be used by this share of a theme's answers, by two of them at least; so many are
# enough in any theme. In a small theme one answer's word may name it.
LEAST_SHARE = 0.02
ENOUGH_ANSWERS = 12
SMALL_THEME = 12
# What a title of one, two, three and more words that mean something is worth.
WORTH = (0.0, 0.5, 1.0, 1.12, 1.08, 0.98, 0.9)
# A title of twice the words must gather more weight, but not twice as much.
LENGTH_COSTS = 0.6
# That people say exactly this makes it likelier to be the right name.
SAID_ALIKE = 0.22
# "Fill job openings", "enforced in the county": less of a name than "job openings".
DEED = 0.65
# "Helpful polite", "no nothing": no name of a thing.
NAMELESS = 0.4
# "Housing for homeless people in the community" adds less than it seems to.
LESS_SURE = 0.85
# A title that says more of the same thing is preferred at this share of the worth.
LONGER_WORTH = 0.8
# A second title is joined where the first speaks for less than this share of the answers, and the
# second is worth this share of it and speaks for so many more.
SPEAKS_FOR = 0.6
SECOND_WORTH = 0.28
SPEAKS_FOR_MORE = 0.06
LONGEST_LABEL_WORDS = 8
# Letters by which two words are taken for one root.
ROOT = 4
# Answers in which a clause should stand word for word.
LEAST_CLAUSES = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """A phrase that could name a theme."""

    phrase: Phrase
    worth: float


def weighed_words(theme: int, counts: PhraseCounts) -> dict[str, float]:
    """Return what each word of a theme is worth that enough of its answers use."""
    said = counts.said[theme]
    read = len(said.texts)
    least = 1 if read < SMALL_THEME else max(2, min(math.ceil(LEAST_SHARE * read), ENOUGH_ANSWERS))
    worth = {}
    for key, answers in said.used.items():
        if answers >= least and " " not in key:
            lift = counts.lift(key, theme)
            if lift > 0:
                within, _ = counts.shares(key, theme)
                worth[key] = within**COVERAGE * lift * (0.4 if key in TOO_GENERAL else 1)
    return worth


def weighed_titles(
    theme: int, counts: PhraseCounts, centre: Vectors, common: Vectors
) -> list[Weighed]:
    """Return what could name a theme, from the most to the least telling."""
    words = weighed_words(theme, counts)
    said = counts.said[theme]
    texts = said.texts
    if len(texts) > ANSWERS_READ:
        texts = [texts[int(at)] for at in np.linspace(0, len(texts) - 1, ANSWERS_READ)]
    written: dict[str, Counter[tuple[str, ...]]] = {}
    for text in texts:
        for phrase in phrases_of(text, LONGEST):
            written.setdefault(key_of(phrase), Counter())[tuple(map(str.casefold, phrase))] += 1
    rough = []
    for key, forms in written.items():
        worth = _worth(key, words) * (1 + SAID_ALIKE * math.log(max(1, said.used[key])))
        if worth > 0:
            form = min(forms.items(), key=lambda each: (-each[1], each[0]))[0]
            rough.append((round(worth, 9), key, form))
    rough.sort(key=lambda each: (-each[0], each[1]))
    shortlist = [
        (worth, Phrase(key, counts.spellings.cased(form))) for worth, key, form in rough[:SHORTLIST]
    ]
    if not shortlist:
        return []
    fits = fits_of([phrase.text for _, phrase in shortlist], centre, common)
    weighed = [
        Weighed(phrase, round(worth * (0.5 + max(0.0, fit)), 6))
        for (worth, phrase), fit in zip(shortlist, fits, strict=True)
    ]
    return sorted(weighed, key=lambda each: (-each.worth, each.phrase.key))


def fits_of(texts: Sequence[str], centre: Vectors, common: Vectors) -> list[float]:
    """Return how near each text is to a theme's centre: its cosine."""
    vectors = exact(unit(embed([text.casefold() for text in texts]) - common))
    products = vectors @ exact(centre[None, :])[0] / np.float32(EXACT_LENGTH**2)
    return [float(product) for product in products]


def _worth(key: str, words: dict[str, float]) -> float:
    """Return what a title gathers of the weight of its words, and what its shape is worth."""
    said = key.split()
    meaning = [word for word in said if word not in INSIDE and word not in LEANING]
    gathered = [words.get(word, 0.0) for word in meaning]
    if not meaning or min(gathered) <= 0:
        return 0.0
    worth: float = sum(gathered) / len(meaning) ** LENGTH_COSTS
    return worth * WORTH[min(len(meaning), len(WORTH) - 1)] * _shape(said)


def _shape(said: Sequence[str]) -> float:
    """Return what the shape of a phrase is worth: a name for a thing before an order or a deed."""
    merit = 1.15 if said[0] in LEANING else 1.0
    if said[0] in ORDERS or said[0].endswith("ed") or (len(said) > 1 and said[-1] in ORDERS):
        merit *= DEED
    if len(said) > 1 and said[-1].endswith(("ed", "ly")):
        merit *= DEED
    if said[-1].endswith(DESCRIBING_ENDINGS):
        merit *= DEED
    if len(said) > 1 and said[-1] in DESCRIBING:
        merit *= NAMELESS
    if len(said) > 1 and "nothing" in said:
        merit *= NAMELESS
    if len(said) > 2 and said[-1] in TOO_GENERAL:
        merit *= LESS_SURE
    if "and" in said:
        merit *= DEED if len(said) > 3 else LESS_SURE
    if len(said) > 1 and said[0] in DESCRIBING and said[1] in INSIDE:
        merit *= DEED
    if len([word for word in said if word in INSIDE]) > 2:
        merit *= DEED
    return merit


def title_of(
    theme: int,
    weighed: Sequence[Weighed],
    clauses: Sequence[str],
    counts: PhraseCounts,
    taken: set[str],
) -> str:
    """Return the best title that no other theme has taken."""
    for first in weighed:
        for offer in _offers(theme, first, weighed, clauses, counts):
            title = offer[:1].upper() + offer[1:]
            if title.casefold() not in taken:
                return title
    for offer in clauses:
        if offer.casefold() not in taken:
            return offer[:1].upper() + offer[1:]
    return f"Theme {theme + 1}"


def _offers(
    theme: int,
    first: Weighed,
    weighed: Sequence[Weighed],
    clauses: Sequence[str],
    counts: PhraseCounts,
) -> Iterator[str]:
    """Yield titles built on a phrase, best first."""
    # The name of a place, as of the town that was asked, says nothing of what is said there.
    is_name = all(word[0].isupper() for word in first.phrase.words)
    enough = [
        each
        for each in weighed
        if each.worth >= SECOND_WORTH * first.worth * (0.5 if is_name else 1)
    ]
    first = _longer(first, enough)
    spoken = _speaks_for(theme, [first.phrase], counts)
    second = None
    if spoken < SPEAKS_FOR or is_name:
        second = next(
            (
                each.phrase
                for each in enough
                if _adds(each.phrase, first.phrase)
                and (is_name or _speaks_for(theme, [each.phrase], counts) >= SPEAKS_FOR_MORE)
            ),
            None,
        )
    if len(first.phrase.words) == 1 and second is None:
        # One word names no theme; what people say around it may.
        yield from [each for each in clauses if first.phrase.key in key_of(each.split()).split()][
            :3
        ]
    if second is not None:
        yield f"{first.phrase.text} and {second.text}"
    yield first.phrase.text


def _longer(first: Weighed, enough: Sequence[Weighed]) -> Weighed:
    """Return a title that says all of the first and more, where it is worth nearly as much."""
    for each in enough:
        if _roots(each.phrase) > _roots(first.phrase) and each.worth >= LONGER_WORTH * first.worth:
            return each
    return first


def _speaks_for(theme: int, phrases: Sequence[Phrase], counts: PhraseCounts) -> float:
    """Return about the share of answers that use a word of some phrases.

    Each phrase speaks for those that use the commonest of its words.
    """
    return sum(
        max(counts.shares(word, theme)[0] for word in sorted(phrase.stems)) for phrase in phrases
    )


def _adds(second: Phrase, first: Phrase) -> bool:
    together = len(first.words) + len(second.words) + 1
    return (
        not (_roots(second) & _roots(first))
        # "Caring staff and polite": a lone word beside a phrase says no second thing.
        and (len(second.words) > 1 or len(first.words) == 1)
        and second.words[0] != "no"
        and second.words[-1] not in DESCRIBING
        and together <= LONGEST_LABEL_WORDS
        and "and" not in first.words
        and "and" not in second.words
    )


def _roots(phrase: Phrase) -> frozenset[str]:
    """Return the first letters of its words: "noisy" and "noise" would say one thing twice."""
    return frozenset(word[:ROOT] for word in phrase.stems)


def clauses_for(theme: int, counts: PhraseCounts, centre: Vectors, common: Vectors) -> list[str]:
    """Return a theme's short clauses, those that many answers hold and that are near it first.

    A clause of one answer stands only in a theme of which none repeats itself.
    """
    ranked = sorted(counts.said[theme].clauses.items(), key=lambda each: (-each[1], each[0]))
    ranked = ranked[:SHORTLIST]
    most = ranked[0][1] if ranked else 0
    ranked = [each for each in ranked if each[1] >= min(most, LEAST_CLAUSES)]
    if not ranked:
        return []
    fits = fits_of([clause for clause, _ in ranked], centre, common)
    merits = [
        (-round(math.sqrt(answers) * max(0.0, fit) ** 2, 6), clause)
        for (clause, answers), fit in zip(ranked, fits, strict=True)
    ]
    return [clause for _, clause in sorted(merits)]
