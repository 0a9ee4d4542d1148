"""One logistic regression a code, the nearest coded answers, and probabilities that hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from folkmoot.texts.coding.features import Numbers
from folkmoot.texts.coding.frame import Marks
from folkmoot.texts.coding.neighbours import Neighbours

Scores = npt.NDArray[np.float64]
"""One row an answer, one column a code."""

# The inverse of the penalty's weight. From 1 to 4 the figures hardly change.
STRENGTH = 2.0
UNKNOWING = 0.01
# How much the nearest coded answers count beside what was learnt of words.
NEIGHBOURS_SHARE = 0.25
SURELY_NOT = 1e-6
NEVER = -20.0
"""The log odds of a code without an example: a probability of next to nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: a row of weights and an offset a code."""

    rows: npt.NDArray[np.float64]
    offsets: npt.NDArray[np.float64]

    def probabilities(self, numbers: Numbers) -> Scores:
        """Return the probability of each code for each answer, before it is calibrated."""
        return np.asarray(1 / (1 + np.exp(-(numbers @ self.rows.T + self.offsets))))


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights of words and meanings, and the coded answers themselves."""

    weights: Weights
    neighbours: Neighbours

    def scores(self, numbers: Numbers) -> Scores:
        """Return the log odds of each code for each answer, before they are calibrated."""
        own, beside = self.weights.probabilities(numbers), self.neighbours.shares(numbers)
        mixed = (1 - NEIGHBOURS_SHARE) * own + NEIGHBOURS_SHARE * beside
        kept = np.clip(mixed, SURELY_NOT, 1 - SURELY_NOT)
        return np.asarray(np.log(kept / (1 - kept)))


def learn(numbers: Numbers, marks: Marks) -> Learnt:
    """Return what tells each code from all others, and which answers have it.

    On one core whatever there is: sums over several differ in their last digits.
    """
    codes = marks.shape[1]
    rows = np.zeros((codes, numbers.shape[1]))
    offsets = np.full(codes, NEVER)
    with threadpool_limits(limits=1):
        for code in range(codes):
            given = marks[:, code]
            if given.all():
                offsets[code] = -NEVER
            elif given.any():
                model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
                model.fit(numbers, given)
                rows[code], offsets[code] = model.coef_[0], model.intercept_[0]
    return Learnt(Weights(rows, offsets), Neighbours.of(numbers, marks))


@dataclass(frozen=True, slots=True)
class Calibration:
    """How log odds become probabilities: the slope and the offset that Platt's method gives."""

    slope: float = 1.0
    offset: float = 0.0

    def probabilities(self, scores: Scores) -> Scores:
        """Return probabilities, rounded so that the last digits of a sum do not show."""
        return np.round(1 / (1 + np.exp(-(self.slope * scores + self.offset))), 6)


def calibrate(scores: Scores, marks: Marks) -> Calibration:
    """Return the calibration that fits scores of answers which were not learnt from.

    One for all codes, as a rare code has too few answers for one of its own. Platt, 1999.
    """
    flat, given = np.clip(scores, NEVER, -NEVER).reshape(-1, 1), marks.reshape(-1)
    if given.all() or not given.any():
        return Calibration()
    with threadpool_limits(limits=1):
        model = LogisticRegression(C=1e6, solver="liblinear", random_state=0, intercept_scaling=10)
        model.fit(flat, given)
    slope = float(model.coef_[0, 0])
    if slope <= 0:
        # What was left out came out the wrong way round: keep the order, and claim next to nothing.
        share = float(given.mean())
        return Calibration(UNKNOWING, round(float(np.log(share / (1 - share))), 6))
    return Calibration(round(slope, 6), round(float(model.intercept_[0]), 6))


def chosen(probabilities: Scores, threshold: float) -> Marks:
    """Return the codes at least as probable as the threshold, and always the most probable one."""
    picked = probabilities >= threshold
    if probabilities.shape[1]:
        picked[np.arange(len(picked)), probabilities.argmax(axis=1)] = True
    return np.asarray(picked)
