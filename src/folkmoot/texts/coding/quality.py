"""How well codes are suggested, measured on answers that were not learnt from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from folkmoot.texts.coding.frame import Marks
from folkmoot.texts.coding.learning import (
    NEVER,
    Calibration,
    Scores,
    calibrate,
    chosen,
)

THRESHOLDS = tuple(at / 40 for at in range(4, 27))
RESAMPLES = 1_000
BINS = 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure from 0 to 1 with its 95% bootstrap interval."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class CodeQuality:
    """How well one code is suggested."""

    precision: float | None
    """Of its suggestions, the share that people agree with; None where it was never suggested."""
    recall: float
    """Of the answers that people gave it, the share where it is suggested."""
    f1: float


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """Suggestions of about one probability: what was said, and what came true."""

    lower: float
    upper: float
    suggestions: int
    mean_probability: float
    share_right: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Cross-validated figures; codes that were not learnt count as missed."""

    answers: int
    folds: int
    samples_f1: Estimate
    micro_f1: Estimate
    macro_f1: Estimate
    top3_recall: float
    """The share of people's codes that are among the three most probable of their answer."""
    brier: float
    brier_of_shares: float
    """What saying each code's share for every answer would give: more is worse than no learning."""
    reliability: tuple[ReliabilityRow, ...]
    codes: tuple[CodeQuality | None, ...]
    """In the order of the frame; None for a code that was not learnt."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures, the calibration and the threshold for use, and what they were measured on."""

    quality: Quality
    calibration: Calibration
    threshold: float
    probabilities: Scores
    """Of every code for each answer, as learnt from others; 0 for a code that was not learnt."""
    picked: Marks
    """Which of them would have been suggested."""


def folds_of(texts: Sequence[str], marks: Marks, folds: int, seed: int) -> npt.NDArray[np.intp]:
    """Return a fold for each answer, so that answers in the same words share one.

    Wordings are dealt out in turn, those with the rarest code first, so that each fold has its
    share of every code.
    """
    rows_of: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        rows_of.setdefault(text, []).append(row)
    sizes = marks.sum(axis=0)
    rarest = np.where(marks, sizes, len(marks) + 1).argmin(axis=1)
    order = np.random.default_rng(seed).permutation(len(rows_of))
    wordings = [list(rows_of.values())[at] for at in order]
    wordings.sort(key=lambda rows: (int(sizes[rarest[rows[0]]]), int(rarest[rows[0]])))
    fold = np.zeros(len(texts), dtype=np.intp)
    for number, rows in enumerate(wordings):
        fold[rows] = number % folds
    return fold


def measure(
    scores: Scores,
    marks: Marks,
    learnt: npt.NDArray[np.intp],
    fold: npt.NDArray[np.intp],
    seed: int,
) -> Measured:
    """Return the figures, and the calibration and the threshold for use.

    `scores` are those of the learnt codes for answers that were left out. Within each fold,
    calibration and threshold are those of the other folds, so that nothing is measured on what it
    was fitted to.
    """
    folds = int(fold.max()) + 1
    probabilities = np.zeros(scores.shape)
    picked = np.zeros(marks.shape, dtype=np.bool_)
    for number in range(folds):
        own = fold == number
        calibration, threshold = _fitted(scores[~own], marks[~own], learnt)
        probabilities[own] = calibration.probabilities(scores[own])
        picked[np.ix_(own, learnt)] = chosen(probabilities[own], threshold)
    of_all = np.zeros(marks.shape)
    of_all[:, learnt] = probabilities
    return Measured(
        _quality(probabilities, picked, marks, learnt, folds, seed),
        *_fitted(scores, marks, learnt),
        of_all,
        picked,
    )


def _fitted(
    scores: Scores, marks: Marks, learnt: npt.NDArray[np.intp]
) -> tuple[Calibration, float]:
    calibration = calibrate(scores, marks[:, learnt])
    probabilities = calibration.probabilities(scores)
    missed = marks.sum(axis=1) - marks[:, learnt].sum(axis=1)
    best = max(
        THRESHOLDS,
        key=lambda threshold: (
            _samples_f1(chosen(probabilities, threshold), marks[:, learnt], missed).mean(),
            threshold,
        ),
    )
    return calibration, best


def _samples_f1(picked: Marks, marks: Marks, missed: npt.NDArray[np.int_]) -> Scores:
    """Return the F1 of each answer's codes; `missed` counts codes that no column stands for."""
    both = (picked & marks).sum(axis=1)
    of_all = picked.sum(axis=1) + marks.sum(axis=1) + missed
    return np.asarray(2 * both / np.maximum(of_all, 1))


def _quality(
    probabilities: Scores,
    picked: Marks,
    marks: Marks,
    learnt: npt.NDArray[np.intp],
    folds: int,
    seed: int,
) -> Quality:
    by_answer = _samples_f1(picked, marks, np.zeros(len(marks), dtype=np.int_))
    both, alone = (picked & marks).astype(np.float64), (picked ^ marks).astype(np.float64)
    draws = (
        np.random.default_rng(seed)
        .multinomial(len(marks), np.full(len(marks), 1 / len(marks)), size=RESAMPLES)
        .astype(np.float64)
    )
    said = marks[:, learnt]
    return Quality(
        answers=len(marks),
        folds=folds,
        samples_f1=_estimate(by_answer.mean(), draws @ by_answer / len(marks)),
        micro_f1=_estimate(
            float(_f1(both.sum(), alone.sum())),
            _f1(draws @ both.sum(axis=1), draws @ alone.sum(axis=1)),
        ),
        macro_f1=_estimate(
            _f1(both.sum(axis=0), alone.sum(axis=0)).mean(),
            _f1(draws @ both, draws @ alone).mean(axis=1),
        ),
        top3_recall=_rounded(_top(probabilities, said, 3) / max(int(marks.sum()), 1)),
        brier=_rounded(((probabilities - said) ** 2).mean()),
        brier_of_shares=_rounded(((said.mean(axis=0) - said) ** 2).mean()),
        reliability=_reliability(probabilities, said),
        codes=_by_code(picked, marks, learnt),
    )


def _f1(both: Scores, alone: Scores) -> Scores:
    return np.asarray(2 * both / np.maximum(2 * both + alone, 1))


def _estimate(value: float, drawn: Scores) -> Estimate:
    lower, upper = np.quantile(drawn, [0.025, 0.975])
    return Estimate(_rounded(value), _rounded(lower), _rounded(upper))


def _top(probabilities: Scores, marks: Marks, many: int) -> int:
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :many]
    return int(np.take_along_axis(marks, order, axis=1).sum())


def _reliability(probabilities: Scores, marks: Marks) -> tuple[ReliabilityRow, ...]:
    bins = np.minimum((probabilities * BINS).astype(np.intp), BINS - 1)
    rows = []
    for number in range(BINS):
        own = bins == number
        if own.any():
            said, right = _rounded(probabilities[own].mean()), _rounded(marks[own].mean())
            bounds = number / BINS, (number + 1) / BINS
            rows.append(ReliabilityRow(*bounds, int(own.sum()), said, right))
    return tuple(rows)


def _by_code(
    picked: Marks, marks: Marks, learnt: npt.NDArray[np.intp]
) -> tuple[CodeQuality | None, ...]:
    codes: list[CodeQuality | None] = [None] * marks.shape[1]
    for code in (int(each) for each in learnt):
        right = int((picked[:, code] & marks[:, code]).sum())
        suggested, given = int(picked[:, code].sum()), int(marks[:, code].sum())
        codes[code] = CodeQuality(
            precision=_rounded(right / suggested) if suggested else None,
            recall=_rounded(right / max(given, 1)),
            f1=_rounded(2 * right / max(suggested + given, 1)),
        )
    return tuple(codes)


def _rounded(value: float) -> float:
    return round(float(value), 4)


def left_out_scores(
    fold: npt.NDArray[np.intp],
    codes: int,
    score: Callable[[npt.NDArray[np.intp], npt.NDArray[np.intp]], Scores],
) -> Scores:
    """Return the scores of each answer by what was learnt from the other folds.

    `score(learnt_from, rows)` learns from some rows and returns the scores of others.
    """
    scores = np.full((len(fold), codes), NEVER)
    for number in range(int(fold.max()) + 1):
        rows, others = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        if len(rows) and len(others):
            scores[rows] = score(others, rows)
    return scores
