"""Which words may be the name of a person, and where a name ends."""

from __future__ import annotations

import re

from folkmoot.texts.english import FUNCTION_WORDS, LIGHT_VERBS, VAGUE, listed
from folkmoot.texts.names import (
    COMMON_SURNAMES,
    DOUBTFUL_FIRST_NAMES,
    FIRST_NAMES,
    FORMAL_TITLES,
    LINKING,
    NOT_SURNAMES,
    PLACE_WORDS,
    PLACES,
)
from folkmoot.texts.person_names.signs import LETTERS
from folkmoot.texts.vocabulary import is_everyday

WORD = re.compile(LETTERS)
LISTED_FIRST = FIRST_NAMES | DOUBTFUL_FIRST_NAMES
_NEXT = re.compile(r"[ \t]{1,2}(?:[A-Z]\.?[ \t]{1,2})?(?P<word>" + LETTERS + ")")
_LAST = re.compile(LETTERS + r"\Z")
_NEVER = FUNCTION_WORDS | LIGHT_VERBS | VAGUE | NOT_SURNAMES | FORMAL_TITLES
NATIONS = ("ian", "ish", "ese", "ican", "icans", "ians")
# "Londoners".
_PEOPLE_OF = ("er", "ers")
_ENDINGS_OF_WORDS = tuple(
    listed("ing ed es ly n't n’t ology ises izes ation ment ness ful ical able")
)
_STRETCHED = re.compile(r"(.)\1\1|^alot$")
_MOST_SURNAMES = 2


def stands_out(word: str) -> bool:
    """Whether a word is none of everyday English and no place that is known."""
    lower = without_possessive(word.casefold())
    if len(lower) < 2 or "xx" in lower or lower in PLACES or lower in _NEVER:
        return False
    if lower.endswith(_PEOPLE_OF) and lower[: lower.rindex("er")] in PLACES:
        return False
    parts = lower.replace("'", "").replace("’", "").split("-")
    return not all(len(part) < 2 or is_everyday(part) for part in parts)


def may_be_name(word: str) -> bool:
    """Whether a word can be part of a name where something says that a name stands there."""
    lower = word.casefold()
    return (lower not in _NEVER or lower in LISTED_FIRST) and bool(lower.strip("x"))


def is_slip(word: str) -> bool:
    """Whether a word in small letters is more likely another word, or misspelt, than a name."""
    return len(word) < 3 or word.endswith(_ENDINGS_OF_WORDS) or bool(_STRETCHED.search(word))


def without_possessive(word: str) -> str:
    """Return the word without 's at its end."""
    return word.removesuffix("'s").removesuffix("’s")


def name_end(text: str, start: int, *, capital: bool, small: bool) -> int | None:
    """Return where a name that begins at `start` ends, or None where none begins.

    With `capital`, any word with a capital may be one; else it must stand out as well. With
    `small`, a word without a capital that stands out may be one.
    """
    match = WORD.match(text, start)
    if match is None:
        return None
    word = match.group()
    if word[0].isupper():
        is_plain = capital and not word.isupper() and may_be_name(word)
        is_known = stands_out(word) or word.casefold() in LISTED_FIRST
        is_nation = not capital and word.endswith(NATIONS)
        if is_nation or not (is_plain or is_known):
            return None
        return surname_end(text, match.end(), small=False)
    if small and stands_out(word) and not is_slip(word):
        return surname_end(text, match.end(), small=True)
    return None


def surname_end(text: str, end: int, *, small: bool) -> int:
    """Return where the surnames end that follow a first name, without 's."""
    for _ in range(_MOST_SURNAMES):
        following = _NEXT.match(text, end)
        if following is None or text[end - 2 : end] in {"'s", "’s"}:
            break
        word = following.group("word")
        lower = word.casefold()
        if lower in LINKING:
            linked = _NEXT.match(text, following.end())
            if linked is None or not linked.group("word")[0].isupper():
                break
            end = linked.end()
            continue
        if word[0].isupper():
            if not may_be_name(word) or (word.isupper() and not stands_out(word)):
                break
        elif not (small and (stands_out(word) or lower in COMMON_SURNAMES)):
            break
        end = following.end()
    return end - 2 if text[end - 2 : end] in {"'s", "’s"} else end


def first_name_before(text: str, start: int, surname: str) -> int:
    """Return where a name begins whose last word begins at `start`."""
    if start == 0 or text[start - 1] != " ":
        return start
    first = _LAST.search(text, max(0, start - 45), start - 1)
    if first is None:
        return start
    is_alike = first.group()[0].isupper() == surname[0].isupper()
    if first.group().casefold() in LISTED_FIRST or (is_alike and stands_out(first.group())):
        return first.start()
    return start


def is_place(text: str, start: int, end: int) -> bool:
    """Whether what could be a name is, or begins, the name of a street or a building."""
    return text[start:end].split()[-1].casefold() in PLACE_WORDS or is_place_after(text, end)


def is_place_after(text: str, end: int) -> bool:
    """Whether the word after `end` makes a place of what stands before: "George Street"."""
    following = _NEXT.match(text, end)
    return following is not None and following.group("word").casefold() in PLACE_WORDS
