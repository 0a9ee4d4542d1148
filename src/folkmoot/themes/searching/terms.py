"""What somebody typed to find answers, as words and phrases in quotation marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from folkmoot.publishing.search.words import words

LONGEST = 500
MOST_PHRASES = 6
# Straight, curly and angled quotation marks, as keyboards and telephones type them.
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')


@dataclass(frozen=True, slots=True)
class Terms:
    """Words that must all stand in an answer, and phrases that must stand there as one."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


def typed(text: str) -> str:
    """Return what was typed as it may be shown again: one line, no control characters, cut."""
    plain = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in text)
    return " ".join(plain.split())[:LONGEST].strip()


def terms(text: str) -> Terms:
    """Return the words and phrases of what was typed; a phrase of one word is that word.

    Outside quotation marks words that say little do not count where others do.
    """
    phrases: list[tuple[str, ...]] = []
    single: list[str] = []
    for quoted in _QUOTED.findall(text):
        found = _plain(quoted)
        if len(found) == 1:
            single.append(found[0])
        elif found and found not in phrases:
            phrases.append(found)
    rest = _QUOTED.sub(" ", text)
    outside = [word for word in words(rest) if word not in single]
    return Terms((*single, *outside), tuple(phrases[:MOST_PHRASES]))


def _plain(text: str) -> tuple[str, ...]:
    """Return the words of a phrase in order: letters, marks and digits only, as `words` does."""
    kept = "".join(mark if unicodedata.category(mark)[0] in "LMN" else " " for mark in text)
    return tuple(kept.casefold().split())
