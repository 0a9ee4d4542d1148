"""Where a text names a person: by title, by what stands before the name, or by a common name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from folkmoot.texts.english import FUNCTION_WORDS, LIGHT_VERBS, VAGUE
from folkmoot.texts.names import (
    DOUBTFUL_FIRST_NAMES,
    FIRST_NAMES,
    KIN,
    NOT_SURNAMES,
    PLACE_WORDS,
    SAINTLY,
    SPOKEN_TITLES,
    TITLES,
)

_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ](?:['’][A-Z])?[A-Za-zÀ-ÖØ-öø-ÿ]{1,30}(?:-[A-ZÀ-Þ][A-Za-zÀ-ÿ]{1,30})?)"
_LINKING = r"(?:(?:van|von|de|der|den|du|da|dos|bin|ibn|al|el|ter)\s+)"
_REST = r"(?:[ \t]+(?:[A-Z]\.?[ \t]+)?" + _LINKING + "?" + _CAPITAL + "){0,2}"
_FULL = _CAPITAL + _REST

_WRITTEN_TITLES = TITLES | {title.upper() for title in TITLES} | SPOKEN_TITLES
_TITLED = re.compile(
    r"\b(?:" + "|".join(sorted(_WRITTEN_TITLES)) + r")"
    r"\.?[ \t]+(?P<name>(?:[A-Z]\.?[ \t]+)?" + _FULL + ")"
)
# "my name is sarah jones": here lower case counts too.
_INTRODUCED = re.compile(
    r"\b(?i:my (?:full |first )?name(?: is|'s|’s| was|:)|name:|i am called|i'm called|"
    r"signed(?: by)?:?|yours (?:sincerely|faithfully|truly),?|(?:kind|best|warm|many) regards,?)"
    r"\s+(?P<name>[^\W\d_][\w'’-]{1,30}(?:[ \t]+[^\W\d_][\w'’-]{1,30}){0,2})"
)
_SIGNED = re.compile(
    r"\b(?i:regards|thanks|thank you|cheers|sincerely|faithfully),?\s+(?P<name>"
    + _FULL
    + r")\s*[.!]?\s*\Z"
)
_RELATED = re.compile(
    r"\b(?i:(?:my|our|his|her|their|the)\s+(?:[a-z]{3,12}\s+)?(?:" + "|".join(sorted(KIN)) + r"),?"
    r"|(?:was|is|man|woman|officer|lady|someone|somebody|nurse|boy|girl) (?:named|called))"
    r"\s+(?P<name>" + _FULL + ")"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FOLLOWING = re.compile(_REST)
_NEVER = FUNCTION_WORDS | LIGHT_VERBS | VAGUE | NOT_SURNAMES
_VERB_AFTER = re.compile(
    r"(?:'s|’s)?\s+(?:is|was|has|had|and|who|from|at|helped|explained|listened)\b"
)
_LISTED_FIRST = FIRST_NAMES | DOUBTFUL_FIRST_NAMES
_MAY_OPEN_A_SENTENCE = frozenset(
    ["will", "may", "mark", "hope", "faith", "grant", "chase", "art", "august", "june", "april"]
)


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each name of a person, in no order, none overlapping another."""
    taken = bytearray(len(text))
    for start, end in chain(_in_context(text), _listed(text)):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield start, end


def _in_context(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_TITLED, _INTRODUCED, _SIGNED, _RELATED):
        for match in pattern.finditer(text):
            start = match.start("name")
            end = start + len(_trimmed(match.group("name")))
            if end > start:
                # A title goes with its name: "PC Shah" tells more than "Shah".
                yield (match.start() if pattern is _TITLED else start), end


def _trimmed(name: str) -> str:
    """Return the name up to its first word that cannot be part of one."""
    end = 0
    for word in _WORD.finditer(name):
        lower = word.group().casefold()
        if lower in _NEVER and lower not in _LISTED_FIRST:
            break
        end = word.end()
    return name[:end]


def _listed(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        written = match.group()
        first = re.sub(r"['’]s$", "", written)
        lower = first.casefold()
        if lower not in _LISTED_FIRST:
            continue
        before = text[max(0, match.start() - 20) : match.start()].split()
        if before and before[-1].rstrip(".").casefold() in SAINTLY:
            continue
        end = match.start() + len(first)
        following = _FOLLOWING.match(text, end) if first[0].isupper() and first == written else None
        surname = _trimmed(following.group()) if following else ""
        if any(word.casefold().rstrip(".") in PLACE_WORDS for word in surname.split()):
            continue
        if lower in FIRST_NAMES or _is_sure(text, match, first, surname):
            yield match.start(), end + len(surname)


def _is_sure(text: str, match: re.Match[str], first: str, surname: str) -> bool:
    """Whether a word that may be a name is one here."""
    if not first[0].isupper() or first.isupper():
        return False
    if surname:
        return True
    before = text[: match.start()].rstrip()
    opens = not before or before[-1] in ".!?:\n•-"
    if opens:
        may_be_a_word = first.casefold() in _MAY_OPEN_A_SENTENCE
        follows = _VERB_AFTER.match(text, match.end())
        if follows is None:
            return False
        return not (may_be_a_word and follows.group().split()[-1] in {"and", "at"})
    return first.casefold() not in {"may", "june", "april", "august", "victoria", "chelsea"}
