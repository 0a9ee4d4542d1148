"""Where a text names a person: by title, by what stands around the name, or by a common name.

No list holds every name. So a word that is none of everyday English (`vocabulary`) is a name where
something beside it is said of people only: "thanks to", "was so kind", "PC", "my son".
"""

from __future__ import annotations

import re
from itertools import chain

from folkmoot.texts.english import listed
from folkmoot.texts.names import KIN, SPOKEN_TITLES
from folkmoot.texts.person_names import rules
from folkmoot.texts.person_names.rules import Names
from folkmoot.texts.person_names.signs import DOES_BEGINS
from folkmoot.texts.person_names.words import LISTED_FIRST, WORD, without_possessive

_RULES = rules.rules_by_word()
_ROLES = KIN | SPOKEN_TITLES | listed("receptionist consultant support ward hca ot senior")
_ABBREVIATION = re.compile(r"[A-Z]{2,5}s?(?:['’]s)?")


def names_in(text: str) -> Names:
    """Yield start and end of each name of a person, in no order, none overlapping another."""
    is_shouted = text.isupper()
    taken = bytearray(len(text))
    found: list[tuple[int, int]] = []
    for start, end in chain(rules.signed(text), _read(text)):
        is_short = not is_shouted and _ABBREVIATION.fullmatch(text, start, end)
        if is_short and text[start:end].lower() not in LISTED_FIRST:
            continue
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end))
    while found:
        start, end = found.pop()
        yield start, end
        for beside in rules.beside(text, start, end):
            if not any(taken[slice(*beside)]):
                taken[slice(*beside)] = b"\1" * (beside[1] - beside[0])
                found.append(beside)


def _read(text: str) -> Names:
    """Yield names in one pass: a rule is asked only at a word that its sign may begin with."""
    before = None
    for match in WORD.finditer(text):
        word = match.group()
        lower = word.lower()
        for rule in _RULES.get(lower, ()):
            yield from rule(text, match)
        first = without_possessive(lower)
        if first in LISTED_FIRST:
            yield from rules.listed(text, match, first)
        if before is not None:
            if lower in DOES_BEGINS:
                yield from rules.described(text, before, match)
            if lower in _ROLES:
                yield from rules.explained(text, before, match)
            if word[0].isupper():
                if before.group()[0].isupper():
                    yield from rules.paired(text, before, match)
                yield from rules.unknown(text, match)
        before = match
