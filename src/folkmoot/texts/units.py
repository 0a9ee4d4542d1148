"""Answers that form themes as one, and where each of them was put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from folkmoot.texts.campaigns import Campaign
from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, exact
from folkmoot.texts.languages import main_language
from folkmoot.texts.reading import Numbers, Reading, Status

# A second theme is named when an answer is at least this near to it, beside its own.
SECOND_LIKENESS = 0.8


@dataclass(frozen=True, slots=True)
class Units:
    """Answers of the same words, and copies of one letter, each as one."""

    of_row: Numbers
    """The unit of each answer; -1 for those that are in no theme."""
    rows: Numbers
    """The answer that stands for each unit."""
    weights: Numbers
    """How many answers each unit stands for."""


def units_of(reading: Reading, campaigns: Sequence[Campaign]) -> Units:
    """Return the units of answers that carry a theme, in order of their first answer."""
    key = reading.wording.copy()
    first_campaign = len(reading.first)
    for number, campaign in enumerate(campaigns):
        key[list(campaign.members)] = first_campaign + number
    is_assigned = np.fromiter(
        (status is Status.ASSIGNED for status in reading.statuses), np.bool_, len(key)
    )
    keys, first, place, weights = np.unique(
        key[is_assigned], return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(keys), np.int64)
    rank[order] = np.arange(len(keys))
    of_row = np.full(len(key), -1, np.int64)
    of_row[is_assigned] = rank[place]
    rows = np.flatnonzero(is_assigned)[first[order]]
    for unit in np.flatnonzero(keys[order] >= first_campaign):
        rows[unit] = campaigns[int(keys[order][unit]) - first_campaign].exemplar
    return Units(of_row, rows, weights[order].astype(np.int64))


def is_foreign(reading: Reading, units: Units) -> npt.NDArray[np.bool_]:
    """Return which units are in another language than most answers."""
    main = main_language(
        language
        for language, status in zip(reading.languages, reading.statuses, strict=True)
        if status is Status.ASSIGNED
    )
    languages = (reading.languages[row] for row in units.rows)
    return np.fromiter((each not in ("", main) for each in languages), np.bool_, len(units.rows))


@dataclass(slots=True)
class Placing:
    """The group of each unit, its cosine to the centre, and a second group."""

    group: Numbers
    score: npt.NDArray[np.float64]
    second: Numbers
    """-1 where no second group is near enough."""

    @classmethod
    def of(cls, units: int) -> Placing:
        return cls(np.zeros(units, np.int64), np.zeros(units), np.full(units, -1, np.int64))

    def put(
        self, units: Numbers, vectors: Vectors, centres: Vectors, groups: Numbers | None = None
    ) -> None:
        """Put some units into the groups given, or else into those of the nearest centres."""
        if not len(units):
            return
        cosines = exact(vectors) @ exact(centres).T / np.float32(EXACT_LENGTH**2)
        own = np.argmax(cosines, axis=1) if groups is None else groups
        at = np.arange(len(units))
        score = cosines[at, own]
        cosines[at, own] = -np.inf
        second = np.argmax(cosines, axis=1)
        near = cosines[at, second]
        is_near = (near > 0) & (near >= SECOND_LIKENESS * score)
        self.group[units] = own
        self.score[units] = score
        self.second[units] = np.where(is_near, second, -1)
