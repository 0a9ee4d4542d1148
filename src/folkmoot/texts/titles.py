"""What a theme is called: a few words of its answers that many of them share and few others use.

Every word that means something is weighed by how many of the theme's answers use it and how few
others do. A title is the run of words, said by people, that gathers most of that weight without
words that carry none; where it speaks for few of the answers, a second one joins it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.texts.counting import PhraseCounts
from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, embed, exact, unit
from folkmoot.texts.english import DESCRIBING, INSIDE, LEANING, QUALITIES, TOO_GENERAL
from folkmoot.texts.phrases import Phrase, key_of, phrases_of
from folkmoot.texts.title_shapes import (
    LESS_SURE,
    as_one,
    as_title,
    common_opening,
    completed,
    shape_worth,
)
from folkmoot.texts.word_classes import Usage, WordClass, stem

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
FEW_ANSWERS = 40
# In a theme of few answers a word that so many use is worth this much by itself.
MOST_SAY, ALONE_WORTH = 0.5, 0.65
# What one answer alone says of a small theme is seldom what the theme is about.
ONE_VOICE = 0.5
# A name said in more than this share of the themes is that of the place that was asked.
EVERYWHERE = 0.5
# A title that says more of the same thing is preferred at this share of the worth.
LONGER_WORTH = 0.8
# A second title is joined where the first speaks for less than this share of the answers, and the
# second is worth this share of it and speaks for so many more.
SPEAKS_FOR = 0.6
SECOND_WORTH = 0.28
SPEAKS_FOR_MORE = 0.06
LONGEST_LABEL_WORDS = 8
# "Local" and "young" stand before a thing and are not said of it.
BEFORE = DESCRIBING - QUALITIES
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
    repeats = any(answers > 1 for key, answers in said.used.items() if " " not in key)
    worth = {}
    for key, answers in said.used.items():
        if answers >= least and " " not in key:
            lift = counts.lift(key, theme)
            if lift > 0:
                within, _ = counts.shares(key, theme)
                worth[key] = within**COVERAGE * lift * (0.4 if key in TOO_GENERAL else 1)
                if answers == 1 and repeats:
                    worth[key] *= ONE_VOICE
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
    usage = counts.spellings.usage
    is_small = len(said.texts) < FEW_ANSWERS
    alone = [
        word
        for word in words
        if is_small
        and counts.shares(word, theme)[0] >= MOST_SAY
        and usage.kind(word) is WordClass.THING
    ]
    rough = []
    for key, forms in written.items():
        worth = _worth(key, words, usage, alone) * (
            1 + SAID_ALIKE * math.log(max(1, said.used[key]))
        )
        if is_small and said.used[key] < 2 and not INSIDE.isdisjoint(key.split()):
            worth *= LESS_SURE
        if worth > 0:
            rough.append((round(worth, 9), key, _form(forms)))
    rough.sort(key=lambda each: (-each[0], each[1]))
    heard = as_one(texts)
    shortlist = [
        (worth, Phrase(key, counts.spellings.cased(as_title(completed(form, heard), usage))))
        for worth, key, form in rough[:SHORTLIST]
    ]
    if not shortlist:
        return []
    fits = fits_of([phrase.text for _, phrase in shortlist], centre, common)
    weighed = [
        Weighed(phrase, round(worth * (0.5 + max(0.0, fit)), 6))
        for (worth, phrase), fit in zip(shortlist, fits, strict=True)
    ]
    return sorted(weighed, key=lambda each: (-each.worth, each.phrase.key))


def _form(forms: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the form a phrase is written in most; a plural may be half as common.

    "Homeless shelters" needs no article, "homeless shelter" does.
    """
    most = max(forms.values())
    return min(
        (form for form, times in forms.items() if 2 * times >= most),
        key=lambda form: (form[-1] == stem(form[-1]), -forms[form], form),
    )


def fits_of(texts: Sequence[str], centre: Vectors, common: Vectors) -> list[float]:
    """Return how near each text is to a theme's centre: its cosine."""
    vectors = exact(unit(embed([text.casefold() for text in texts]) - common))
    products = vectors @ exact(centre[None, :])[0] / np.float32(EXACT_LENGTH**2)
    return [float(product) for product in products]


def _worth(key: str, words: dict[str, float], usage: Usage, alone: Collection[str]) -> float:
    """Return what a title gathers of the weight of its words, and what its shape is worth."""
    said = key.split()
    meaning = [word for word in said if word not in INSIDE and word not in LEANING]
    gathered = [words.get(word, 0.0) for word in meaning]
    if not meaning or min(gathered) <= 0:
        return 0.0
    worth: float = sum(gathered) / len(meaning) ** LENGTH_COSTS
    if key in alone:
        return worth * ALONE_WORTH * shape_worth(said, usage)
    return worth * WORTH[min(len(meaning), len(WORTH) - 1)] * shape_worth(said, usage)


def title_of(
    theme: int,
    weighed: Sequence[Weighed],
    clauses: Sequence[str],
    counts: PhraseCounts,
    taken: set[str],
) -> str:
    """Return the best title that no other theme has taken."""
    opening = common_opening(counts.said[theme].texts)
    if opening and opening.casefold() not in taken:
        return opening
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
    is_name = _is_name(first.phrase)
    enough = [
        each
        for each in weighed
        if each.worth >= SECOND_WORTH * first.worth * (0.5 if is_name else 1)
    ]
    if is_name and _is_everywhere(first.phrase, counts):
        # The name of the town that was asked says nothing of what is said there.
        enough = [each for each in enough if not _is_everywhere(each.phrase, counts)] or enough
        first = enough[0]
    first = _longer(first, enough)
    spoken = _speaks_for(theme, [first.phrase], counts)
    second = None
    if spoken < SPEAKS_FOR or is_name:
        second = next(
            (
                each.phrase
                for each in enough
                if _adds(each.phrase, first.phrase, counts)
                and (is_name or _speaks_for(theme, [each.phrase], counts) >= SPEAKS_FOR_MORE)
            ),
            None,
        )
    if len(first.phrase.words) == 1 and second is None:
        # One word names no theme; what people say around it may.
        own = counts.said[theme].clauses
        near = [each for each in clauses if first.phrase.key in key_of(each.split()).split()]
        yield from [each for each in near if own[each.casefold()] > 1][:3]
        yield from _with_qualities(theme, first.phrase, counts)
    if second is not None:
        yield f"{first.phrase.text} and {second.text}"
    yield first.phrase.text


def _with_qualities(theme: int, lone: Phrase, counts: PhraseCounts) -> Iterator[str]:
    """Yield "ward: caring and clean" for a thing, "satisfactory and perfect" for a quality."""
    usage = counts.spellings.usage
    words = weighed_words(theme, counts)
    used = counts.said[theme].used
    ranked = sorted(words, key=lambda word: (-round(words[word], 9), word))
    qualities = [
        counts.phrase(word).text
        for word in ranked
        if used[word] > 1
        and word != lone.key
        and usage.kind(word) is WordClass.QUALITY
        and word not in BEFORE
    ]
    if not qualities:
        return
    if usage.kind(lone.key) is WordClass.THING:
        yield f"{lone.text}: {' and '.join(qualities[:2])}"
    elif usage.kind(lone.key) is WordClass.QUALITY:
        yield f"{lone.text} and {qualities[0]}"


def _is_name(phrase: Phrase) -> bool:
    return all(word[0].isupper() for word in phrase.words)


def _is_everywhere(phrase: Phrase, counts: PhraseCounts) -> bool:
    """Whether a name is said in most themes."""
    if not _is_name(phrase) or len(counts.said) < 3:
        return False
    themes = sum(said.used[phrase.key] > 0 for said in counts.said)
    return themes > EVERYWHERE * len(counts.said)


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


def _adds(second: Phrase, first: Phrase, counts: PhraseCounts) -> bool:
    """Whether a second title says another thing, in a form that "and" may join to the first."""
    together = len(first.words) + len(second.words) + 1
    kinds = [counts.spellings.usage.kind(phrase.key.split()[-1]) for phrase in (first, second)]
    return (
        not (_roots(second) & _roots(first))
        # "Caring staff and polite": a lone word beside a phrase says no second thing.
        and (len(second.words) > 1 or len(first.words) == 1)
        and second.words[0] != "no"
        and (kinds[1] is WordClass.THING or (len(first.words) == 1 and kinds[0] is kinds[1]))
        and (kinds[0] is kinds[1] or len(first.words) > 1)
        and together <= LONGEST_LABEL_WORDS
        and not _is_everywhere(second, counts)
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
