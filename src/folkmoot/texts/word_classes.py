"""Whether a word names a thing, a quality or a deed in these answers.

No parser and no model: a word shows what it is by the small words that it stands between ("the
wait", "was slow", "they clean the"), over all the answers read. Where it is met too seldom for
that, short lists and endings decide, and what is still open is taken for a thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from folkmoot.texts.english import (
    ADVERBS,
    CONJUNCTIONS,
    COPULAS,
    DEEDS,
    DEEDS_IN_PAST,
    DESCRIBING,
    DETERMINERS,
    FUNCTION_WORDS,
    INTENSIFIERS,
    NOT_QUALITY_ENDINGS,
    PREPOSITIONS,
    PRONOUNS,
    QUALITIES,
    QUALITIES_IN_LY,
    QUALITY_ENDINGS,
    THINGS,
    listed,
)

# A word's own use decides from so many signs on, if so large a share of them agrees.
ENOUGH_SIGNS = 4
CLEAR_SHARE = 0.7
_DOERS = listed(
    "i we they you please will would can could should must may might shall won't can't cannot "
    "couldn't shouldn't wouldn't don't didn't doesn't never let's"
)
_OBJECT_BEGINS = DETERMINERS | PRONOUNS
_AFTER_QUALITY = CONJUNCTIONS | PREPOSITIONS
_BEFORE_QUALITY = COPULAS | INTENSIFIERS | listed("be been being feel felt feels")
_NO_ADVERBS = listed("family supply assembly italy july monopoly reply anomaly")
_DOUBLED = "bdgmnprt"
_VOWELS = "aeiou"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the singular of a plural in s, and the word itself otherwise."""
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class WordClass(Enum):
    """What a word is mostly used as."""

    THING = "thing"
    QUALITY = "quality"
    DEED = "deed"


class Usage:
    """How often each word, in the singular, was met as a thing, a quality and a deed."""

    def __init__(self) -> None:
        self._met: dict[WordClass, Counter[str]] = {each: Counter() for each in WordClass}

    def read(self, lower: Sequence[str], stems: Sequence[str]) -> None:
        """Note the signs of one clause, given as its words in lower case and their singulars."""
        last = len(lower) - 1
        for at, word in enumerate(lower):
            if word in FUNCTION_WORDS:
                continue
            before = lower[at - 1] if at else ""
            after = lower[at + 1] if at < last else ""
            shown = _sign(before, word, after)
            if shown:
                self._met[shown][stems[at]] += 1

    def kind(self, word: str) -> WordClass:
        """Return what a word is, given in lower case and in the singular."""
        met = {each: self._met[each][word] for each in WordClass}
        signs = sum(met.values())
        if signs >= ENOUGH_SIGNS:
            most = max(WordClass, key=lambda each: met[each])
            if met[most] >= CLEAR_SHARE * signs:
                return most
        return listed_class(word)

    def kind_of_form(self, word: str) -> WordClass:
        """Return what a word is as it is written: "parents" and "lights" are things."""
        singular = stem(word)
        kind = self.kind(singular)
        is_plural = word != singular and not word.endswith("'s")
        return WordClass.THING if is_plural and kind is WordClass.QUALITY else kind


def _sign(before: str, word: str, after: str) -> WordClass | None:
    """Return what the words beside a word show it to be, None where they show nothing."""
    if before in _DOERS or (before == "to" and after in _OBJECT_BEGINS):
        return None if word.endswith(("ing", "ly")) else WordClass.DEED
    is_last = not after or after in FUNCTION_WORDS
    if is_last and (before in DETERMINERS or before == "of"):
        return WordClass.THING
    if before in _BEFORE_QUALITY and (not after or after in _AFTER_QUALITY):
        return None if word.endswith(("ing", "ed")) else WordClass.QUALITY
    return None


def listed_class(word: str) -> WordClass:
    """Return what lists and endings say that a word is."""
    if word in THINGS or word.removesuffix("s") in THINGS:
        return WordClass.THING
    if word in QUALITIES or word in DESCRIBING or word in QUALITIES_IN_LY:
        return WordClass.QUALITY
    if word in DEEDS_IN_PAST or _base(word) in DEEDS:
        return WordClass.DEED
    if word.endswith(QUALITY_ENDINGS) and not word.endswith(NOT_QUALITY_ENDINGS):
        return WordClass.QUALITY
    if word.endswith("ed") and len(word) > 4:
        return WordClass.DEED
    return WordClass.THING


def _base(word: str) -> str:
    """Return a deed as it stands in a list: "generates" as "generate"."""
    for ending, instead in (("ies", "y"), ("es", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + instead in DEEDS:
            return word[: -len(ending)] + instead
    return word


def is_adverb(word: str) -> bool:
    """Whether the word says how, as "genuinely": it neither begins nor ends a name."""
    return word in ADVERBS or (
        len(word) > 4
        and word.endswith("ly")
        and word not in QUALITIES_IN_LY
        and word not in _NO_ADVERBS
    )


def gerund(deed: str) -> str:
    """Return "filling" for "fill", "writing" for "write", "cutting" for "cut"."""
    if deed.endswith("ie"):
        return deed[:-2] + "ying"
    if deed.endswith("e") and not deed.endswith(("ee", "oe", "ye")):
        return deed[:-1] + "ing"
    is_short = sum(letter in _VOWELS for letter in deed) == 1
    if is_short and len(deed) > 2 and deed[-1] in _DOUBLED and deed[-2] in _VOWELS:
        return deed + deed[-1] + "ing"
    return deed + "ing"
