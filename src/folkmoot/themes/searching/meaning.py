"""Answers nearest in meaning to a sentence or to another answer.

The vectors of a question are read once in a process, 26 MB for 100,000 answers, and read again when
some were added or erased. What is in memory is never shown by itself: every page fetches the
answers it shows, and shows none whose words are gone.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Max
from django_tasks_db.models import DBTaskResult

from folkmoot.publishing.search.words import words
from folkmoot.responses.models import Answer, AnswerVector
from folkmoot.texts.embedding import DIMENSIONS, embed
from folkmoot.texts.nearness import Packed, lengths, likenesses, nearest, pack
from folkmoot.themes.acts.vectors import MADE_WITH, make_vectors, read
from folkmoot.themes.searching.tasks import make_answers_findable

if TYPE_CHECKING:
    from collections.abc import Collection

# No search goes on for ever: so many answers are ranked.
MOST_NEAR = 200
# So many new answers are made findable while somebody waits; more are left to the worker.
MOST_AT_ASKING = 2_000
MOST_BYTES = 60 * 2**20
UNFINISHED = ("READY", "RUNNING")
ROWS_AT_ONCE = 5_000

# How many vectors there are and the key of the last: vectors are never changed in place.
Mark = tuple[int, int]


class NotFindableError(Exception):
    """Nothing can be compared; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """The vectors of all answers to a question, by the keys of the answers, lowest first."""

    mark: Mark
    keys: npt.NDArray[np.int64]
    rows: Packed
    lengths: npt.NDArray[np.float64]

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return self.keys.nbytes + self.rows.nbytes + self.lengths.nbytes

    def nearest(
        self, sought: Packed, *, among: Collection[int] | None = None, but: Collection[int] = ()
    ) -> list[tuple[int, float]]:
        """Return the nearest answers with their likeness, nearest first; of `among`, if given.

        What has nothing to do with it at all is left out.
        """
        keys = self.keys
        likeness = likenesses(self.rows, self.lengths, sought)
        if among is not None:
            keep = np.isin(keys, np.fromiter(among, np.int64, len(among)))
        else:
            keep = np.ones(len(keys), bool)
        if but:
            keep &= ~np.isin(keys, np.fromiter(but, np.int64, len(but)))
        places = np.flatnonzero(keep)
        best = places[nearest(likeness[places], keys[places], MOST_NEAR)]
        return [(int(keys[place]), float(likeness[place])) for place in best if likeness[place] > 0]


_kept: OrderedDict[tuple[int, str], Meanings] = OrderedDict()
_lock = Lock()


def meanings(survey_id: int, question: str) -> Meanings:
    """Return the vectors of a question, all answers to it included.

    A few new answers are made findable first. Raises NotFindableError while there are many, which
    the worker then makes findable, and where no answer has a word.
    """
    found = _current(survey_id, question)
    new = _new(survey_id, question, found)
    if new > MOST_AT_ASKING:
        _ask_the_worker(survey_id, question)
        raise NotFindableError(
            f"{len(found.keys):,} answers can be found by meaning so far; the rest are being made "
            "ready. Search by words, or reload this page in a moment."
        )
    if new:
        make_vectors(survey_id, question)
        found = _current(survey_id, question)
    if not found.rows.any():
        raise NotFindableError("No answer to this question has a word that could be compared.")
    return found


def vector_of_sentence(text: str) -> Packed:
    """Return the vector of what was typed. Raises NotFindableError for what has none."""
    packed = pack(embed([read(text)]))[0]
    if not words(text) or not packed.any():
        raise NotFindableError(
            "There is no word in this that could be compared: describe in a sentence what the "
            "answers should say."
        )
    return packed


def vector_of_answer(found: Meanings, answer: int) -> Packed:
    """Return the vector of an answer. Raises NotFindableError for one that has none."""
    place = int(np.searchsorted(found.keys, answer))
    if place == len(found.keys) or found.keys[place] != answer or not found.rows[place].any():
        raise NotFindableError(
            "This answer has no words that could be compared, or they were erased: choose another, "
            "or describe in a sentence what the answers should say."
        )
    return found.rows[place]


def forget() -> None:
    """Forget all vectors in memory."""
    with _lock:
        _kept.clear()


def _current(survey_id: int, question: str) -> Meanings:
    vectors = AnswerVector.objects.filter(survey=survey_id, question=question, made_with=MADE_WITH)
    at = (survey_id, question)
    counted = vectors.aggregate(many=Count("pk"), last=Max("pk"))
    mark = (counted["many"], counted["last"] or 0)
    with _lock:
        kept = _kept.get(at)
        if kept is not None and kept.mark == mark:
            _kept.move_to_end(at)
            return kept
        # Two in memory at once would be one too many.
        _kept.pop(at, None)
    keys, rows = [], bytearray()
    read = vectors.order_by("answer").values_list("answer_id", "vector")
    for key, vector in read.iterator(chunk_size=ROWS_AT_ONCE):
        keys.append(key)
        rows += vector
    packed = np.frombuffer(rows, np.int8).reshape(-1, DIMENSIONS)
    found = Meanings(mark, np.array(keys, np.int64), packed, lengths(packed))
    with _lock:
        _kept[at] = found
        while len(_kept) > 1 and sum(each.bytes for each in _kept.values()) > MOST_BYTES:
            _kept.popitem(last=False)
    return found


def _new(survey_id: int, question: str, found: Meanings) -> int:
    """Return how many answers came after the last with a vector, up to one more than matters.

    Keys of answers only grow, so that nothing has to be looked for among those before.
    """
    last = int(found.keys[-1]) if len(found.keys) else 0
    came = Answer.objects.filter(response__survey=survey_id, question=question, pk__gt=last)
    return came.exclude(text="")[: MOST_AT_ASKING + 1].count()


def _ask_the_worker(survey_id: int, question: str) -> None:
    waiting = DBTaskResult.objects.filter(
        task_path=make_answers_findable.module_path, status__in=UNFINISHED
    ).values_list("args_kwargs", flat=True)
    if [survey_id, question] not in [each["args"] for each in waiting]:
        make_answers_findable.enqueue(survey_id, question)
