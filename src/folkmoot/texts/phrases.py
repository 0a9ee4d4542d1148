"""Phrases of one to five words that could stand as a label or a keyword.

No parser: a phrase is a run of words within a clause that begins and ends with words that mean
something and is held together only by words such as "of" and "in the".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from folkmoot.texts.english import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    COPULAS,
    FUNCTION_WORDS,
    INSIDE,
    INTENSIFIERS,
    LEANING,
    LIGHT_VERBS,
    NOT_QUALITY_ENDINGS,
    ORDERS,
    QUALITIES_IN_LY,
    VAGUE,
)
from folkmoot.texts.word_classes import Usage, stem

LONGEST = 5
# A capital in the middle of a sentence is believed from this many on.
SEEN_IN_CAPITALS = 2
_CLAUSE = re.compile(r"[^\w\s'’&-]+|-+\s|\s-+|\s&+\s|_")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_WEAK = FUNCTION_WORDS | LIGHT_VERBS


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it is counted and as it is most often written."""

    key: str
    """Lower case, singular, without articles: "waiting time for appointment"."""
    words: tuple[str, ...]
    """As most people write it: ("waiting", "times", "for", "appointments")."""

    @property
    def stems(self) -> frozenset[str]:
        """The words of the key that mean something."""
        return frozenset(word for word in self.key.split() if word not in INSIDE)

    @property
    def text(self) -> str:
        return " ".join(self.words)


def is_strong(word: str) -> bool:
    """Whether the word means something by itself."""
    return len(word) > 2 and word not in _WEAK and word not in VAGUE and not word[0].isdigit()


def phrases_of(text: str, longest: int = LONGEST) -> Iterator[tuple[str, ...]]:
    """Yield each phrase of the text as written, repeats included."""
    for clause in _CLAUSE.split(text):
        written = [word.replace("’", "'") for word in _WORD.findall(clause)]
        lower = [word.casefold() for word in written]
        for start, first in enumerate(lower):
            if not (is_strong(first) or first in LEANING):
                continue
            for end in range(start + 1, min(start + longest, len(written)) + 1):
                if end - start > 1 and not _may_continue(lower, start, end - 1):
                    break
                if _stands(lower[start:end]):
                    yield tuple(written[start:end])
        yield from _qualities(lower)


def _qualities(lower: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield "friendly staff" for "the staff were very friendly", and so on."""
    for at, word in enumerate(lower[1:-1], start=1):
        if word not in COPULAS:
            continue
        thing = _thing_before(lower, at)
        after = at + 1
        while after < len(lower) - 1 and lower[after] in INTENSIFIERS:
            after += 1
        if not thing or not _is_quality(lower[after]):
            continue
        yield (lower[after], *thing)
        if lower[after + 1 : after + 2] == ["and"] and after + 2 < len(lower):
            other = lower[after + 2]
            if _is_quality(other):
                yield (other, *thing)
                yield (lower[after], "and", other, *thing)


def _thing_before(lower: Sequence[str], at: int) -> tuple[str, ...]:
    last = lower[at - 1]
    pair = at > 1 and is_strong(lower[at - 2])
    if pair and (is_strong(last) or last in VAGUE):
        return (lower[at - 2], last)
    return (last,) if is_strong(last) else ()


def _is_quality(word: str) -> bool:
    if not is_strong(word) or word in ORDERS:
        return False
    return word in QUALITIES_IN_LY or not word.endswith(NOT_QUALITY_ENDINGS)


def clauses_of(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Yield each clause of so many words, in lower case but for "I"."""
    for clause in _CLAUSE.split(text):
        said = [word.replace("’", "'").casefold() for word in _WORD.findall(clause)]
        if shortest <= len(said) <= longest and said[-1] not in INSIDE | CONJUNCTIONS | AUXILIARIES:
            yield " ".join("I" + word[1:] if word.split("'")[0] == "i" else word for word in said)


def _may_continue(lower: Sequence[str], start: int, at: int) -> bool:
    """Whether the word at `at` may belong to a phrase that began at `start`."""
    word = lower[at]
    if at == start + 1 and word in INSIDE and lower[start] in LEANING:
        return False
    if word in ARTICLES and lower[at - 1] not in INSIDE:
        return False
    return word in INSIDE or (word not in _WEAK and (len(word) > 2 or not word.isalpha()))


def _stands(said: Sequence[str]) -> bool:
    """Whether words of which the first is strong or leans on the next stand as a phrase."""
    first, last = said[0], said[-1]
    if len(said) == 1:
        return is_strong(first)
    if last.endswith("'s"):
        return False
    if not is_strong(last) and not (last in VAGUE and is_strong(said[-2])):
        return False
    if any(word in LEANING for word in said[1:] if word not in INSIDE):
        return False
    stems = [stem(word) for word in said if word not in INSIDE]
    return any(is_strong(word) for word in said) and len(set(stems)) == len(stems)


def key_of(written: Iterable[str]) -> str:
    """Return the form under which spellings of one phrase are counted together."""
    return " ".join(stem(word.casefold()) for word in written if word.casefold() not in ARTICLES)


def clauses_in(text: str) -> Iterator[list[str]]:
    """Yield the words of each clause, as written."""
    for clause in _CLAUSE.split(text):
        written = _WORD.findall(clause.replace("’", "'"))
        if written:
            yield written


class Spellings:
    """How each phrase is written most often, with names in capitals and nothing else."""

    def __init__(self) -> None:
        self._forms: dict[str, Counter[tuple[str, ...]]] = {}
        self._capitals: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self._beside: Counter[tuple[str, str, bool]] = Counter()
        self.usage = Usage()

    def read(self, text: str) -> None:
        """Note how words are used, and capitalised where it is not the start of a clause."""
        for written in clauses_in(text):
            lower = [word.casefold() for word in written]
            self.usage.read(lower, [stem(word) for word in lower])
            for at in range(1, len(written)):
                word, form = lower[at], written[at]
                self._seen[word] += 1
                if form[0].isupper():
                    self._capitals[f"{word} {form}"] += 1
                if written[at - 1][0].isupper():
                    self._beside[lower[at - 1], word, form[0].isupper()] += 1

    def note(self, key: str, written: tuple[str, ...]) -> None:
        self._forms.setdefault(key, Counter())[tuple(word.casefold() for word in written)] += 1

    def phrase(self, key: str) -> Phrase:
        """Return the commonest form; the alphabet decides between equals."""
        form = min(self._forms[key].items(), key=lambda counted: (-counted[1], counted[0]))[0]
        return Phrase(key, self.cased(form))

    def cased(self, form: Iterable[str]) -> tuple[str, ...]:
        """Return words in lower case with capitals where most people write them.

        "Road" gets its capital behind "Scottsville" only.
        """
        cased: list[str] = []
        before = ""
        for word in form:
            own = self._cased(word)
            if own == word and before and cased[-1][0].isupper():
                capital, small = (self._beside[before, word, large] for large in (True, False))
                if capital >= SEEN_IN_CAPITALS and capital > small:
                    own = word.capitalize()
            cased.append(own)
            before = word
        return tuple(cased)

    def _cased(self, word: str) -> str:
        if word.isascii():
            base, owned = (word[:-2], "'s") if word.endswith("'s") else (word, "")
            seen = self._seen[base] + (self._seen[word] if owned else 0)
            for form in (base.upper(), base.capitalize()):
                capitals = self._capitals[f"{base} {form}"]
                capitals += self._capitals[f"{word} {form}{owned}"] if owned else 0
                if seen >= SEEN_IN_CAPITALS and capitals * 10 > seen * 6:
                    return form + owned
        return word
