"""The title of a theme among what could name it, one or two phrases of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from folkmoot.texts.counting import PhraseCounts
from folkmoot.texts.embedding import Vectors
from folkmoot.texts.english import DESCRIBING, QUALITIES
from folkmoot.texts.phrases import Phrase, key_of
from folkmoot.texts.titles.shapes import common_opening
from folkmoot.texts.titles.weights import SHORTLIST, Weighed, fits_of, weighed_words
from folkmoot.texts.word_classes import WordClass

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
