"""Targets read and fitted to the sample: a margin for each variable, or one sentence why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isfinite

import numpy as np
from numpy.typing import NDArray

# How far published targets may be from what they should sum to, as rounding leaves them.
ROUNDED = 0.01
# A total this small may be percentages that somebody miscounted.
SMALLEST_TOTAL = 200
LISTED = 20

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class TargetsError(ValueError):
    """Sample and targets do not fit; the sentence names the variable, the level and what to do."""


class ReadAs(Enum):
    """What the targets of a variable are: told by what they sum to."""

    SHARES = "shares of 1"
    PERCENTAGES = "percentages"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Margin:
    """A variable as numbers: what share each level is to have, and each respondent's level.

    `codes` are places in `levels`, and one more where the level is not known.
    """

    variable: str
    levels: tuple[str, ...]
    shares: Floats
    codes: Codes
    unknown: int

    @property
    def size(self) -> int:
        """Number of respondents, known or not."""
        return len(self.codes)


def sample_size(
    sample: Mapping[str, Sequence[str]], targets: Mapping[str, Mapping[str, float]]
) -> int:
    """Return the number of respondents. Raises TargetsError where variables do not fit."""
    if not targets:
        raise TargetsError("There are no targets: give at least one variable with its levels.")
    for name in targets:
        if name not in sample:
            raise TargetsError(f"The targets have “{name}”, and the sample has no such variable.")
    sizes = {len(sample[name]) for name in targets}
    if len(sizes) > 1:
        raise TargetsError("The variables of the sample have columns of different lengths.")
    (size,) = sizes
    if not size:
        raise TargetsError("The sample has no respondents.")
    return size


def starting_weights(given: Sequence[float] | None, size: int) -> Floats:
    """Return design weights with a mean of 1."""
    if given is None:
        return np.ones(size)
    if len(given) != size:
        raise TargetsError(f"There are {size:,} respondents and {len(given):,} design weights.")
    weights = np.asarray(given, dtype=np.float64)
    wrong = np.flatnonzero(~(np.isfinite(weights) & (weights > 0)))
    if wrong.size:
        at = int(wrong[0])
        raise TargetsError(
            f"The design weight of respondent {at + 1:,} is {weights[at]:g}: give each a number "
            "above 0, or leave out whoever shall not count."
        )
    weights = weights / weights.max()
    return np.asarray(weights / weights.mean(), dtype=np.float64)


def readings(
    targets: Mapping[str, Mapping[str, float]], notes: list[str]
) -> dict[str, tuple[ReadAs, float]]:
    """Return how each variable's targets are read, with their total, noting what was scaled."""
    totals = {name: float(sum(levels.values())) for name, levels in targets.items()}
    read = {name: _read_as(total) for name, total in totals.items()}
    counted = [name for name in totals if read[name] is ReadAs.COUNTS]
    if len(counted) == 1 and totals[counted[0]] < SMALLEST_TOTAL:
        raise TargetsError(
            f"The targets of “{counted[0]}” sum to {totals[counted[0]]:g}: give shares that sum to "
            "1, percentages that sum to 100, or counts of the population."
        )
    for name in counted[1:]:
        first, other = totals[counted[0]], totals[name]
        if abs(first - other) > ROUNDED * max(first, other):
            raise TargetsError(
                f"The targets of “{counted[0]}” sum to {first:,.10g} and those of “{name}” to "
                f"{other:,.10g}: give all of them for one population, or as shares of 1."
            )
    wholes = {ReadAs.SHARES: 1.0, ReadAs.PERCENTAGES: 100.0}
    if counted:
        wholes[ReadAs.COUNTS] = totals[counted[0]]
    for name, total in totals.items():
        whole = wholes[read[name]]
        if abs(total - whole) > 1e-9 * whole:
            notes.append(
                f"The targets of “{name}” sum to {total:,.10g} and were scaled to {whole:,.10g}."
            )
    return {name: (read[name], totals[name]) for name in totals}


def _read_as(total: float) -> ReadAs:
    if abs(total - 1) <= ROUNDED:
        return ReadAs.SHARES
    return ReadAs.PERCENTAGES if abs(total - 100) <= 100 * ROUNDED else ReadAs.COUNTS


def _check_targets(name: str, levels: Mapping[str, float]) -> None:
    if not levels:
        raise TargetsError(f"“{name}” has no targets.")
    for level, target in levels.items():
        if not level:
            raise TargetsError(
                f"A target of “{name}” has no level: name it, or leave it out where it is for "
                "people whose level is not known."
            )
        if not isfinite(target) or target < 0:
            raise TargetsError(
                f"The target of “{name}”, “{level}”, is {target:g}: give a number of 0 or more."
            )
    if not any(levels.values()):
        raise TargetsError(f"All targets of “{name}” are 0.")


def margin(
    name: str, column: Sequence[str], targets: Mapping[str, float], notes: list[str]
) -> Margin:
    """Return one variable as numbers. Raises TargetsError where a level has no counterpart."""
    _check_targets(name, targets)
    counts = Counter(column)
    unknown = counts.pop("", 0)
    if not counts:
        raise TargetsError(f"No respondent has a known level of “{name}”: leave its targets out.")
    _check_levels(name, counts, targets)
    if unknown:
        notes.append(
            f"“{name}” is not known of {unknown:,} of {len(column):,} respondents: it leaves their "
            "weights as they are, and its targets hold for the others."
        )
    levels = tuple(targets)
    place = {level: code for code, level in enumerate(levels)} | {"": len(levels)}
    codes = np.fromiter(map(place.__getitem__, column), dtype=np.int64, count=len(column))
    shares = np.array([targets[level] for level in levels], dtype=np.float64)
    return Margin(name, levels, shares / shares.sum(), codes, unknown)


def _check_levels(name: str, counts: Mapping[str, int], targets: Mapping[str, float]) -> None:
    strange = [level for level in sorted(counts) if level not in targets]
    if strange:
        listed = ", ".join(f"“{level}” ({counts[level]:,})" for level in strange[:LISTED])
        known = ", ".join(f"“{level}”" for level in list(targets)[:LISTED])
        raise TargetsError(
            f"The sample has levels of “{name}” without a target: {listed}. The targets have "
            f"{known}: add a target, write the level in the same way, or leave the cell empty for "
            "not known."
        )
    for level, target in targets.items():
        if target > 0 and not counts.get(level):
            raise TargetsError(
                f"No respondent has “{level}” of “{name}”, whose target is {target:,.10g}: merge "
                "it with another level in sample and targets, as nobody can be weighted to it."
            )
        if not target and counts.get(level):
            raise TargetsError(
                f"The target of “{name}”, “{level}”, is 0 and {counts[level]:,} respondents have "
                "it: give it a target, or leave them out of the sample."
            )
