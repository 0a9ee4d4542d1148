"""Codes learnt from the answers that people coded, and suggestions for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from folkmoot.texts.coding.features import Features, Numbers, read_text, vectors_of
from folkmoot.texts.coding.frame import SEPARATOR, Code, CodedAnswers, Marks, read_coded
from folkmoot.texts.coding.learning import Calibration, Learnt, Scores, chosen, learn
from folkmoot.texts.coding.quality import Quality, folds_of, left_out_scores, measure
from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, exact
from folkmoot.texts.wording import carries_signal, is_empty, words

FEWEST_CODED = 20
FEWEST_OF_A_CODE = 5
FOLDS = 5
# Without cross-validation there is nothing to choose a threshold by.
USUAL_THRESHOLD = 0.35
WORDS_NAMED = 3
NEAREST_NAMED = 3
CHUNK = 2_000


Tell = Callable[[str, float], None]


class CodingError(ValueError):
    """Codes cannot be learnt from what was coded; the sentence says why, and what to do."""


class Status(Enum):
    """Where an answer stands; the value is what a table shows."""

    CODED = "coded"
    SUGGESTED = "suggested"
    EMPTY = "empty"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class SuggestedCode:
    """A code for an answer, and what led to it."""

    name: str
    probability: float
    words: tuple[str, ...]
    """The words of the answer that weighed most for the code, the heaviest first."""
    nearest: tuple[int, ...]
    """Rows of the answers most like it that people gave the code, the nearest first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The codes suggested for one answer, the most probable first; () where there is no reading."""

    status: Status
    codes: tuple[SuggestedCode, ...]
    doubt: float = 0.0
    """How uncertain its codes are, rare ones counting for more; 0 where there is no reading."""
    likeness: float = 0.0
    """How like it is to the coded answer most like it: 1 for the same words."""


@dataclass(frozen=True, slots=True)
class Coder:
    """What was learnt from coded answers."""

    codes: tuple[Code, ...]
    """The frame, the most used first."""
    learnt: tuple[int, ...]
    """Which of `codes` have examples enough."""
    quality: Quality | None
    """None where nothing was cross-validated."""
    threshold: float
    rows: tuple[int, ...]
    """The rows that people coded."""
    foretold: tuple[tuple[str, ...], ...] | None
    """What is suggested for each of `rows` where it was not learnt from; None as `quality`."""
    _marks: Marks
    _features: Features
    _vectors: Vectors
    _learnt_of: Learnt
    _calibration: Calibration

    @property
    def not_learnt(self) -> tuple[Code, ...]:
        """Codes with too few examples: they are never suggested."""
        return tuple(code for at, code in enumerate(self.codes) if at not in self.learnt)

    def probabilities(self, texts: Sequence[str | None]) -> Scores:
        """Return the probability of each code of `learnt`, in its order, one row an answer."""
        read = [read_text(text) for text in texts]
        numbers = self._features.numbers(read, vectors_of(read))
        return self._calibration.probabilities(self._learnt_of.scores(numbers))

    def likeness(self, texts: Sequence[str | None]) -> Scores:
        """Return how like each answer is to the coded one most like it: 1 for the same words."""
        vectors = exact(vectors_of([read_text(text) for text in texts]))
        products = vectors @ exact(self._vectors).T
        return np.asarray(products.max(axis=1) / EXACT_LENGTH**2, dtype=np.float64)

    def doubt(self, probabilities: Scores) -> Scores:
        """Return how uncertain the codes of each answer are, rare ones counting for more."""
        sizes = np.array([self.codes[code].answers for code in self.learnt], dtype=np.float64)
        rarity = np.sqrt(sizes.max() / sizes)
        return np.asarray((4 * probabilities * (1 - probabilities) * rarity).sum(axis=1))

    def suggest(self, texts: Sequence[str | None]) -> list[Suggestion]:
        """Return what is suggested for each answer, in order."""
        return list(self._suggestions(texts))

    def _suggestions(self, texts: Sequence[str | None]) -> Iterator[Suggestion]:
        for start in range(0, len(texts), CHUNK):
            read = [read_text(text) for text in texts[start : start + CHUNK]]
            vectors = vectors_of(read)
            numbers = self._features.numbers(read, vectors)
            probabilities = self._calibration.probabilities(self._learnt_of.scores(numbers))
            picked = chosen(probabilities, self.threshold)
            likeness = exact(vectors) @ exact(self._vectors).T
            known = np.clip(likeness.max(axis=1) / EXACT_LENGTH**2, 0, 1)
            doubt = self.doubt(probabilities)
            for at, text in enumerate(read):
                status = _standing(text)
                if status is not Status.SUGGESTED:
                    yield Suggestion(status, ())
                    continue
                row = numbers[at]
                codes = tuple(
                    self._suggested(int(code), row, probabilities[at, code], likeness[at])
                    for code in _most_probable_first(picked[at], probabilities[at])
                )
                yield Suggestion(
                    status, codes, round(float(doubt[at]), 6), round(float(known[at]), 6)
                )

    def _suggested(
        self, at: int, numbers: Numbers, probability: float, likeness: npt.NDArray[np.float32]
    ) -> SuggestedCode:
        """Return the suggestion of the code at `at` in `learnt`, with its reasons."""
        code = self.learnt[at]
        heaviest = self._features.heaviest(numbers, self._learnt_of.weights.rows[at], WORDS_NAMED)
        having = np.flatnonzero(self._marks[:, code])
        order = having[np.argsort(-likeness[having], kind="stable")][:NEAREST_NAMED]
        return SuggestedCode(
            name=self.codes[code].name,
            probability=round(float(probability), 4),
            words=tuple(heaviest),
            nearest=tuple(self.rows[int(row)] for row in order),
        )


def learn_codes(
    texts: Sequence[str | None],
    codes: Sequence[str | None],
    *,
    separator: str = SEPARATOR,
    folds: int = FOLDS,
    seed: int = 20,
    tell: Tell = lambda step, share: None,
) -> Coder:
    """Learn a code frame from the answers that people coded.

    `codes` holds one cell an answer, its codes divided by the separator; an empty one is an
    answer still to be coded. With `folds` under 2 nothing is cross-validated: quicker, and
    without figures.
    The same answers and seed give the same result on any number of cores. `tell` hears each step
    before it begins, and how much is done, 0 to 1; what it raises ends the work. Raises CodingError
    where too little was coded to learn from.
    """
    coded = read_coded(codes, separator)
    learnt = _learnable(coded)
    read = [read_text(texts[row]) for row in coded.rows]
    vectors = vectors_of(read)
    wanted = np.asarray(learnt, dtype=np.intp)

    def fitted(rows: npt.NDArray[np.intp]) -> tuple[Features, Learnt]:
        some = [read[row] for row in rows]
        features = Features(some, vectors[rows])
        numbers = features.numbers(some, vectors[rows])
        return features, learn(numbers, coded.marks[np.ix_(rows, wanted)])

    checked = 0

    def score(learnt_from: npt.NDArray[np.intp], rows: npt.NDArray[np.intp]) -> Scores:
        nonlocal checked
        tell("Foretelling coded answers from the others", checked / (folds + 1))
        checked += 1
        features, learnt_of = fitted(learnt_from)
        return learnt_of.scores(features.numbers([read[row] for row in rows], vectors[rows]))

    quality, calibration, threshold = None, Calibration(), USUAL_THRESHOLD
    foretold = None
    if folds > 1:
        fold = folds_of(read, coded.marks, folds, seed)
        if fold.any():
            scores = left_out_scores(fold, len(learnt), score)
            measured = measure(scores, coded.marks, wanted, fold, seed)
            quality, calibration, threshold = (
                measured.quality,
                measured.calibration,
                measured.threshold,
            )
            foretold = tuple(
                tuple(coded.codes[code].name for code in _most_probable_first(*row))
                for row in zip(measured.picked, measured.probabilities, strict=True)
            )
    tell("Learning from every coded answer", checked / (folds + 1))
    features, learnt_of = fitted(np.arange(len(read)))
    return Coder(
        codes=coded.codes,
        learnt=learnt,
        quality=quality,
        threshold=threshold,
        rows=coded.rows,
        foretold=foretold,
        _marks=coded.marks,
        _features=features,
        _vectors=vectors,
        _learnt_of=learnt_of,
        _calibration=calibration,
    )


def _learnable(coded: CodedAnswers) -> tuple[int, ...]:
    """Return the codes with examples enough. Raises CodingError where nothing can be learnt."""
    many = len(coded.rows)
    if not many:
        raise CodingError(
            "No row is coded: code some answers first, with several codes divided by “;”."
        )
    if len(coded.codes) == 1:
        raise CodingError(
            f"Only one code is used, “{coded.codes[0].name}”: there must be two to tell apart."
        )
    if many < FEWEST_CODED:
        rows = "1 row is" if many == 1 else f"{many} rows are"
        raise CodingError(
            f"Only {rows} coded: code at least {FEWEST_CODED}, better a few hundred, first."
        )
    learnt = tuple(at for at, code in enumerate(coded.codes) if code.answers >= FEWEST_OF_A_CODE)
    if not learnt:
        most = coded.codes[0]
        raise CodingError(
            f"No code is used {FEWEST_OF_A_CODE} times, the most used (“{most.name}”) only "
            f"{most.answers}: code more answers, or join codes that mean the same."
        )
    return learnt


def _most_probable_first(picked: Marks, probabilities: Scores) -> list[int]:
    """Return the columns that are picked of one answer."""
    own = np.flatnonzero(picked)
    return [int(each) for each in own[np.argsort(-probabilities[own], kind="stable")]]


def _standing(text: str) -> Status:
    if is_empty(text):
        return Status.EMPTY
    return Status.SUGGESTED if carries_signal(words(text)) else Status.CANNOT_TELL
