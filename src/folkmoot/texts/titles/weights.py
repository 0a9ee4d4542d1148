"""What the words and phrases of a theme are worth as its title."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.texts.counting import PhraseCounts
from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, embed, exact, unit
from folkmoot.texts.english import INSIDE, LEANING, TOO_GENERAL
from folkmoot.texts.phrases import Phrase, key_of, phrases_of
from folkmoot.texts.titles.shapes import LESS_SURE, as_one, as_title, completed, shape_worth
from folkmoot.texts.vocabulary import is_everyday
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
# A word in small letters that is none of everyday English, and is used by fewer answers than so
# many in all themes, is misspelt or known to few.
UNKNOWN_WORD, KNOWN_TO = 0.5, 3


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
        Weighed(phrase, round(worth * (0.5 + max(0.0, fit)) * _spelling(phrase, counts), 6))
        for (worth, phrase), fit in zip(shortlist, fits, strict=True)
    ]
    return sorted(weighed, key=lambda each: (-each.worth, each.phrase.key))


def _spelling(phrase: Phrase, counts: PhraseCounts) -> float:
    """Return what a phrase is worth for its words: "nufin" is misspelt and heads no report."""
    is_known = all(
        word != word.casefold() or is_everyday(word) or counts.everywhere[stem(word)] >= KNOWN_TO
        for word in phrase.words
    )
    return 1.0 if is_known else UNKNOWN_WORD


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
