"""What somebody typed, as words; and a text cut to where it speaks of them."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from folkmoot.texts.english import ARTICLES, AUXILIARIES, CONJUNCTIONS, PREPOSITIONS, PRONOUNS

LONGEST_QUERY = 100
MOST_WORDS = 12
SAY_LITTLE = ARTICLES | AUXILIARIES | CONJUNCTIONS | PREPOSITIONS | PRONOUNS
# What English adds to the end of a word; the index of SQLite knows no grammar.
ENDINGS = ("ing", "ed", "es", "s", "e")
SHORTEST_ROOT = 3
SHORTEST_BEGINNING = 4
CHARACTERS_SHOWN = 240
CHARACTERS_BEFORE = 80
WORD = re.compile(r"\w+")


def typed(text: str) -> str:
    """Return what was typed as it may be shown again: one line, no control characters, cut."""
    plain = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in text)
    return " ".join(plain.split())[:LONGEST_QUERY].strip()


def words(text: str) -> list[str]:
    """Return the words to look for, in lower case, each once and 12 at most.

    Only letters, marks and digits remain, so that nothing in them can be an operator of an index.
    Words that say little count only where there are no others.
    """
    kept = "".join(
        mark if unicodedata.category(mark)[0] in "LMN" else " " for mark in text[:LONGEST_QUERY]
    )
    found = list(dict.fromkeys(kept.casefold().split()))
    telling = [word for word in found if word not in SAY_LITTLE]
    return (telling or found)[:MOST_WORDS]


@lru_cache(maxsize=4096)
def root(word: str) -> str:
    """Return a word without its usual ending: "policing" and "police" share "polic"."""
    if word.endswith("ies") and len(word) > SHORTEST_ROOT + len("ies"):
        return f"{word[:-3]}y"
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
            return word[: -len(ending)]
    return word


def forms(word: str) -> list[str]:
    """Return a word and the forms of it that an index without grammar is asked for as well."""
    stem = root(word)
    others = [f"{stem}{ending}" for ending in ("", *ENDINGS)]
    if stem.endswith("y"):
        others.append(f"{stem[:-1]}ies")
    return list(dict.fromkeys([word, *others]))


def is_meant(word: str, sought: Sequence[str]) -> bool:
    """Return whether a word of a text is one that was looked for, or begins with one."""
    return _is_meant(word.casefold(), tuple(sought))


# A page of what was found says the same words many times.
@lru_cache(maxsize=16_384)
def _is_meant(lower: str, sought: tuple[str, ...]) -> bool:
    return any(
        lower == each
        or root(lower) == root(each)
        or (len(each) >= SHORTEST_BEGINNING and lower.startswith(each))
        for each in sought
    )


def snippet(text: str, sought: Sequence[str]) -> SafeString:
    """Return the part of a text with the most of the words looked for, each marked, as HTML.

    Everything that comes from the text is escaped.
    """
    text = " ".join(text.split())
    begins = max(0, _fullest(text, sought) - CHARACTERS_BEFORE)
    if begins:
        begins = text.find(" ", begins) + 1
    ends = begins + CHARACTERS_SHOWN
    if ends < len(text):
        ends = max(text.rfind(" ", begins, ends), begins + CHARACTERS_SHOWN // 2)
    shown = marked(text[begins:ends], sought)
    before, after = ("… " if begins else ""), (" …" if ends < len(text) else "")
    return mark_safe(f"{before}{shown}{after}")


def _fullest(text: str, sought: Sequence[str]) -> int:
    """Return where the part begins that has the most different words looked for; the first such."""
    places = [
        (each.start(), root(each[0].casefold()))
        for each in WORD.finditer(text)
        if is_meant(each[0], sought)
    ]
    room = CHARACTERS_SHOWN - CHARACTERS_BEFORE
    within: deque[tuple[int, str]] = deque()
    best, most = 0, 0
    for place, word in places:
        within.append((place, word))
        while within[0][0] < place - room:
            within.popleft()
        number = len({each for _, each in within})
        if number > most:
            best, most = within[0][0], number
    return best


def marked(text: str, sought: Sequence[str]) -> SafeString:
    """Return a text as HTML with the words that were looked for in <mark>."""
    parts: list[str] = []
    place = 0
    for each in WORD.finditer(text):
        if is_meant(each[0], sought):
            parts.append(escape(text[place : each.start()]))
            parts.append(f"<mark>{escape(each[0])}</mark>")
            place = each.end()
    parts.append(escape(text[place:]))
    return mark_safe("".join(parts))
