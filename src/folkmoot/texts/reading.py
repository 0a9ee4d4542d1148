"""Many answers read once: their words as numbers, and which answers use the same words.

Finding campaigns and forming themes both begin with the words of every answer. They are split once
and kept as whole numbers, four bytes a word, so that a million answers fit in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from folkmoot.texts.languages import language_of
from folkmoot.texts.wording import carries_signal, is_empty, plain_text, words

Numbers = npt.NDArray[np.int64]


class Status(Enum):
    """Where an answer stands after themes were sought."""

    ASSIGNED = "assigned"
    EMPTY = "empty"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers, and the different wordings among them in order of their first answer."""

    texts: list[str]
    """Every answer as plain text, in the order given."""
    statuses: list[Status]
    languages: list[str]
    """The code of each answer's language, "" where it cannot be told."""
    wording: Numbers
    """The wording of each answer. Answers of the same words share one."""
    first: Numbers
    """The first answer of each wording."""
    words: npt.NDArray[np.uint32]
    """The words of all wordings, one after the other, as rows of `hashes`."""
    starts: Numbers
    """Where each wording begins in `words`; one more at the end."""
    hashes: npt.NDArray[np.uint64]
    """One number a different word: the same in every reading."""
    vocabulary: list[str]
    """The different words, as rows of `hashes`."""

    @property
    def lengths(self) -> Numbers:
        """Return how many words each wording has."""
        return np.diff(self.starts)

    def words_of(self, row: int) -> list[str]:
        """Return the words of an answer, in lower case."""
        at = self.wording[row]
        numbers = self.words[self.starts[at] : self.starts[at + 1]].tolist()
        return [self.vocabulary[number] for number in numbers]

    def weights(self) -> Numbers:
        """Return how many answers use each wording."""
        return np.bincount(self.wording, minlength=len(self.first)).astype(np.int64)


class _Vocabulary(dict[str, int]):
    """The number of each different word, given when it is first met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def read_answers(texts: Sequence[str | None]) -> Reading:
    """Return what every answer says, its standing and its language."""
    vocabulary = _Vocabulary()
    wordings: dict[bytes, int] = {}
    plain: list[str] = []
    statuses: list[Status] = []
    languages: list[str] = []
    standing_of: list[tuple[Status, str]] = []
    wording, first, numbers, starts = array("q"), array("q"), array("I"), array("q", [0])
    for row, answer in enumerate(texts):
        text = plain_text(answer)
        plain.append(text)
        said = words(text)
        joined = " ".join(said)
        # Sixteen bytes stand for the words: two wordings that share them by chance are less
        # likely than a fault of the machine.
        key = blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = wordings.get(key)
        if known is None:
            known = wordings[key] = len(first)
            first.append(row)
            numbers.extend(map(vocabulary.__getitem__, said))
            starts.append(len(numbers))
            status = Status.ASSIGNED if carries_signal(said) else Status.CANNOT_TELL
            standing_of.append((status, language_of(text, said)))
        wording.append(known)
        status, language = standing_of[known]
        # Marks alone have no words, and neither has an emoji, which is an answer.
        is_nothing = not said and is_empty(text)
        statuses.append(Status.EMPTY if is_nothing else status)
        languages.append("" if is_nothing else language)
    return Reading(
        plain,
        statuses,
        languages,
        np.frombuffer(wording, np.int64) if wording else np.zeros(0, np.int64),
        np.frombuffer(first, np.int64) if first else np.zeros(0, np.int64),
        np.frombuffer(numbers, np.uint32) if numbers else np.zeros(0, np.uint32),
        np.frombuffer(starts, np.int64),
        _hashes(vocabulary),
        list(vocabulary),
    )


def _hashes(vocabulary: _Vocabulary) -> npt.NDArray[np.uint64]:
    digests = b"".join(
        blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for word in vocabulary
    )
    return np.frombuffer(digests, "<u8").astype(np.uint64)
