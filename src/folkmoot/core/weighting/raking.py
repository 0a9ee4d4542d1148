"""Raking: each margin in turn brought to its targets, until all hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from folkmoot.core.weighting.targets import (
    Codes,
    Floats,
    Margin,
    ReadAs,
    TargetsError,
    margin,
    readings,
    sample_size,
    starting_weights,
)

MOST_PASSES = 2_000
# Over so many passes the worst miss must fall by a hundredth, or it never will.
PATIENCE = 50
# Raking ends where every weighted share is this near to its target, and says of one that is not
# within MET that it is not met.
TOLERANCE, MET = 1e-8, 1e-6
# What a factor may grow to where a cap keeps its weights from following.
LARGEST_FACTOR = 1e12


@dataclass(frozen=True, slots=True)
class LevelFit:
    """One level of a variable. Shares are 0 to 1, of those whose level is known.

    `target` is the target as a share. `mean_weight` is 0 for a level that nobody has.
    """

    level: str
    respondents: int
    sample_share: float
    design_share: float
    target: float
    weighted_share: float
    mean_weight: float

    @property
    def is_met(self) -> bool:
        """Whether the weighted share is the target."""
        return abs(self.weighted_share - self.target) <= MET


@dataclass(frozen=True, slots=True)
class VariableFit:
    """One variable: how its targets were read, what they summed to, and its levels.

    `unknown` is the number of respondents whose level is not known.
    """

    variable: str
    read_as: ReadAs
    total: float
    levels: tuple[LevelFit, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Weighting:
    """Weights, one for each respondent in order, and what they do.

    Their mean is 1 where all margins are met; a cap may keep it below. `is_converged`: all margins
    are met. `trimmed`: how many weights stand at the cap. `notes` are sentences on how targets and
    gaps were read.
    """

    weights: Floats
    variables: tuple[VariableFit, ...]
    is_converged: bool
    passes: int
    cap: float | None
    trimmed: int
    notes: tuple[str, ...]

    @property
    def unmatched(self) -> tuple[tuple[str, LevelFit], ...]:
        """Variables and levels whose weighted share is not the target."""
        return tuple(
            (variable.variable, level)
            for variable in self.variables
            for level in variable.levels
            if not level.is_met
        )


def rake(
    sample: Mapping[str, Sequence[str]],
    targets: Mapping[str, Mapping[str, float]],
    *,
    design_weights: Sequence[float] | None = None,
    cap: float | None = None,
) -> Weighting:
    """Return weights with which each variable's levels have the shares of its targets.

    `sample` holds a column for each variable in `targets`, with one level a respondent and "" where
    it is not known; a variable leaves the weights of those it is not known of as they are. Targets
    are shares, percentages or counts. Weights begin at `design_weights`, whose scale does not
    matter, and differ from them as little as the targets allow. None ends above `cap`, a multiple
    of the mean. Margins that cannot be met are in `unmatched`.

    Raises TargetsError where sample and targets do not fit. Source: Deming and Stephan 1940;
    Deville, Sarndal and Sautory 1993 for the cap; Csiszar 1975 for levels that are not known.
    """
    size = sample_size(sample, targets)
    design = starting_weights(design_weights, size)
    if cap is not None and not (isfinite(cap) and cap > 1):
        raise TargetsError(
            f"A cap of {cap:g} is not above 1, the mean weight: give a multiple of it, such as 5."
        )
    notes: list[str] = []
    margins = [margin(name, sample[name], targets[name], notes) for name in targets]
    read = readings(targets, notes)
    weights, passes = _raked(design, margins, cap)
    variables = tuple(_fit(each, read[each.variable], design, weights) for each in margins)
    is_converged = all(level.is_met for fit in variables for level in fit.levels)
    trimmed = 0 if cap is None else int(np.count_nonzero(weights >= cap * (1 - 1e-9)))
    return Weighting(weights, variables, is_converged, passes, cap, trimmed, tuple(notes))


def _raked(design: Floats, margins: Sequence[Margin], cap: float | None) -> tuple[Floats, int]:
    """Return the weights and how many passes over all margins they took.

    Respondents alike in every variable and in their design weight are raked as one. A weight at
    the cap keeps what it would be without, so that it comes back where there is room again.
    """
    first, cell_of, sizes = _cells(design, margins)
    codes = [each.codes[first] for each in margins]
    free = design[first]
    weights = free if cap is None else np.minimum(free, cap)
    misses: list[float] = []
    while len(misses) < MOST_PASSES:
        for each, code in zip(margins, codes, strict=True):
            free = np.minimum(free * _factors(each, code, weights * sizes)[code], LARGEST_FACTOR)
            weights = free if cap is None else np.minimum(free, cap)
        if any(each.unknown for each in margins):
            free = free * len(design) / (weights * sizes).sum()
            weights = free if cap is None else np.minimum(free, cap)
        misses.append(_worst_miss(margins, codes, weights * sizes))
        if misses[-1] <= TOLERANCE * len(design):
            break
        if len(misses) > PATIENCE and misses[-1] > 0.99 * misses[-1 - PATIENCE]:
            break
    return weights[cell_of], len(misses)


def _factors(margin: Margin, code: Codes, summed: Floats) -> Floats:
    """Return what brings each level to its target, and 1 for those whose level is not known.

    Where some are not known, a target is a ratio among the others, and of all factors that give it
    those with a weighted mean of 0 on the log scale change the weights least.
    """
    sums = _sums(margin, code, summed)
    has_both = (sums > 0) & (margin.shares > 0)
    factors = np.ones(len(sums) + 1)
    factors[:-1][has_both] = margin.shares[has_both] / sums[has_both]
    if margin.unknown:
        factors[:-1] /= np.exp(np.sum(margin.shares * np.log(factors[:-1])))
    else:
        factors[:-1] *= margin.size
    return factors


def _sums(margin: Margin, code: Codes, summed: Floats) -> Floats:
    """Return the sum of the weights at each level, without those whose level is not known."""
    sums = np.bincount(code, summed, len(margin.levels) + 1)[:-1]
    return np.asarray(sums, dtype=np.float64)


def _cells(design: Floats, margins: Sequence[Margin]) -> tuple[Codes, Codes, Codes]:
    """Return the first respondent of each cell, the cell of each respondent, and their number."""
    key = np.unique(design, return_inverse=True)[1]
    for each in margins:
        key = np.unique(key * (len(each.levels) + 1) + each.codes, return_inverse=True)[1]
    _, first, sizes = np.unique(key, return_index=True, return_counts=True)
    return first, key, sizes


def _worst_miss(margins: Sequence[Margin], codes: Sequence[Codes], summed: Floats) -> float:
    """Return by how much the worst level misses what it is to sum to."""
    worst = 0.0
    for each, code in zip(margins, codes, strict=True):
        sums = _sums(each, code, summed)
        whole = sums.sum() if each.unknown else each.size
        worst = max(worst, float(np.abs(sums - each.shares * whole).max()))
    return worst


def _fit(
    margin: Margin, reading: tuple[ReadAs, float], design: Floats, weights: Floats
) -> VariableFit:
    counts = np.bincount(margin.codes, minlength=len(margin.levels) + 1)[:-1]
    designed = _sums(margin, margin.codes, design)
    weighted = _sums(margin, margin.codes, weights)
    levels = tuple(
        LevelFit(
            level=level,
            respondents=int(counts[place]),
            sample_share=float(counts[place] / counts.sum()),
            design_share=float(designed[place] / designed.sum()),
            target=float(margin.shares[place]),
            weighted_share=float(weighted[place] / weighted.sum()),
            mean_weight=float(weighted[place] / counts[place]) if counts[place] else 0.0,
        )
        for place, level in enumerate(margin.levels)
    )
    return VariableFit(margin.variable, *reading, levels, margin.unknown)
