"""Weighting where it is sound, on a table of cells, and what it does to the shares of a question.

A cell is all respondents alike in every variable; "" stands for a level that is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

import numpy as np

from folkmoot.core.disclosure import SMALLEST_BASE, SMALLEST_SHOWN
from folkmoot.core.disclosure.weighted import gives_away
from folkmoot.core.intervals import Interval, wilson
from folkmoot.core.weighting.effect import effective_size
from folkmoot.core.weighting.raking import LevelFit, rake

Cell: TypeAlias = tuple[str, ...]

# A level of fewer respondents would carry its group on a few shoulders, and tell of these few.
SMALLEST_LEVEL = SMALLEST_BASE
# With so many, the interval of a share of a half is 14 points to each side.
SMALLEST_EFFECTIVE = 50
CAP = 5.0


class Why(Enum):
    """Why a variable takes no part in the weights."""

    NOBODY = "nobody answered it"
    EMPTY = "a level of the population has no respondent"
    FEW = "a level has too few respondents"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A variable that takes no part, why, and the level that is the reason, if one is."""

    variable: str
    why: Why
    level: str = ""


@dataclass(frozen=True, slots=True)
class CellWeights:
    """What a respondent of each cell weighs, and how good the weights are.

    `weights` has no cell outside the population. `unknown`: people whose level is known of no
    variable used; they keep a weight near 1. `capped_levels`: those most of whose people stand at
    the cap. `unmatched`: levels whose weighted share is not that of the population.
    """

    weights: dict[Cell, float]
    used: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    people: int
    outside: int
    unknown: int
    effective_size: float
    capped: int
    capped_levels: tuple[tuple[str, str], ...]
    unmatched: tuple[tuple[str, LevelFit], ...]

    @property
    def design_effect(self) -> float:
        """By how much the weights multiply the variance."""
        return self.people / self.effective_size if self.effective_size else 0.0

    @property
    def is_sound(self) -> bool:
        """Whether there are weights, and as many respondents behind them as results need."""
        return bool(self.used) and self.effective_size >= SMALLEST_EFFECTIVE


def weigh_cells(
    variables: Sequence[str],
    cells: Mapping[Cell, int],
    targets: Mapping[str, Mapping[str, float]],
    cap: float = CAP,
) -> CellWeights:
    """Return weights that bring the cells to the targets of every variable that can bear it.

    Targets are people or shares of any total; 0 says that a level is not part of the population,
    and whoever is in it gets no weight. A level without a target counts as not known. A variable
    is left out where a level of the population has fewer than 25 respondents.
    """
    known = _known(variables, cells, targets)
    inside = {
        cell: people
        for cell, people in known.items()
        if not any(
            level and not targets[name][level] for name, level in zip(variables, cell, strict=True)
        )
    }
    left = [
        found
        for place, name in enumerate(variables)
        if (found := _left_out(name, place, inside, targets[name])) is not None
    ]
    used = [name for name in variables if name not in {each.variable for each in left}]
    people = sum(inside.values())
    outside = sum(known.values()) - people
    if not used:
        return CellWeights({}, (), tuple(left), people, outside, people, 0.0, 0, (), ())
    order = sorted(inside)
    sizes = [inside[cell] for cell in order]
    places = {name: list(variables).index(name) for name in used}
    columns = {
        name: [
            level for cell, size in zip(order, sizes, strict=True) for level in [cell[place]] * size
        ]
        for name, place in places.items()
    }
    shares = {
        name: {
            level: figure / sum(targets[name].values())
            for level, figure in targets[name].items()
            if figure
        }
        for name in used
    }
    raked = rake(columns, shares, cap=cap)
    firsts = np.cumsum([0, *sizes[:-1]])
    weights = dict(zip(order, (float(each) for each in raked.weights[firsts]), strict=True))
    at_cap = {cell for cell, weight in weights.items() if weight >= cap * (1 - 1e-9)}
    return CellWeights(
        weights=weights,
        used=tuple(used),
        left_out=tuple(left),
        people=people,
        outside=outside,
        unknown=sum(
            size
            for cell, size in inside.items()
            if not any(cell[place] for place in places.values())
        ),
        effective_size=effective_size(raked.weights),
        capped=raked.trimmed,
        capped_levels=_mostly(at_cap, inside, places),
        unmatched=raked.unmatched,
    )


def _known(
    variables: Sequence[str],
    cells: Mapping[Cell, int],
    targets: Mapping[str, Mapping[str, float]],
) -> dict[Cell, int]:
    """Return the cells with "" for every level that the targets do not have."""
    found: Counter[Cell] = Counter()
    for cell, people in cells.items():
        found[known_cell(variables, cell, targets)] += people
    return dict(found)


def known_cell(
    variables: Sequence[str], cell: Cell, targets: Mapping[str, Mapping[str, float]]
) -> Cell:
    """Return a cell with "" for every level that the targets do not have."""
    return tuple(
        level if level in targets[name] else "" for name, level in zip(variables, cell, strict=True)
    )


def _left_out(
    name: str, place: int, cells: Mapping[Cell, int], targets: Mapping[str, float]
) -> LeftOut | None:
    counts: Counter[str] = Counter()
    for cell, people in cells.items():
        counts[cell[place]] += people
    if not any(counts[level] for level in targets):
        return LeftOut(name, Why.NOBODY)
    few = [level for level, figure in targets.items() if figure and counts[level] < SMALLEST_LEVEL]
    if not few:
        return None
    return LeftOut(name, Why.FEW if counts[few[0]] else Why.EMPTY, few[0])


def _mostly(
    at_cap: set[Cell], cells: Mapping[Cell, int], places: Mapping[str, int]
) -> tuple[tuple[str, str], ...]:
    """Return the levels more than half of whose people stand at the cap."""
    capped: Counter[tuple[str, str]] = Counter()
    people: Counter[tuple[str, str]] = Counter()
    for cell, size in cells.items():
        for name, place in places.items():
            if cell[place]:
                people[name, cell[place]] += size
                capped[name, cell[place]] += size if cell in at_cap else 0
    return tuple(level for level in people if 2 * capped[level] > people[level])


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """The weighted share of an option (0 to 1), with its interval."""

    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class WeightedQuestion:
    """A closed question with weights; `shares` is None for an option that is withheld.

    `base` is the effective number of those who answered. No shares at all where it is too low.
    """

    base: float
    shares: dict[str, WeightedShare | None]


def weighted_question(
    weights: Mapping[Cell, float],
    chosen: Mapping[tuple[Cell, tuple[str, ...]], int],
    options: Sequence[str],
    *,
    several: bool = False,
    smallest: int = SMALLEST_SHOWN,
) -> WeightedQuestion:
    """Return the weighted share of each option, by how many of each cell chose which options.

    Cells without a weight are left out. Withheld are options whose share, beside their count, would
    tell how few of a level chose them; and where all shares sum to 1, one more beside a single one.
    """
    answered: Counter[Cell] = Counter()
    of_option: dict[str, Counter[Cell]] = {code: Counter() for code in options}
    for (cell, codes), people in chosen.items():
        if cell in weights:
            answered[cell] += people
            for code in set(codes) & of_option.keys():
                of_option[code][cell] += people
    order = sorted(answered)
    sizes = np.array([answered[cell] for cell in order], dtype=np.int64)
    weight = np.array([weights[cell] for cell in order])
    base = effective_size(np.repeat(weight, sizes)) if order else 0.0
    if base < SMALLEST_EFFECTIVE:
        return WeightedQuestion(base, {})
    groups = _groups(order)
    shares: dict[str, WeightedShare | None] = {}
    for code, counts in of_option.items():
        did = [counts[cell] for cell in order]
        share = float(min(1.0, (np.array(did) @ weight) / (sizes @ weight)))
        is_told = gives_away(sizes.tolist(), did, weight.tolist(), groups, smallest)
        shares[code] = None if is_told else WeightedShare(share, wilson(share, base))
    return WeightedQuestion(base, shares if several else _never_one(shares))


def _groups(cells: Sequence[Cell]) -> list[list[bool]]:
    """Return for each level of each variable which cells are in it."""
    if not cells:
        return []
    return [
        [cell[place] == level for cell in cells]
        for place in range(len(cells[0]))
        for level in sorted({cell[place] for cell in cells} - {""})
    ]


def _never_one(shares: dict[str, WeightedShare | None]) -> dict[str, WeightedShare | None]:
    """Return shares that sum to 1 with a second one withheld where one is: the smallest."""
    shown = {code: each for code, each in shares.items() if each is not None and each.share}
    if len(shares) - sum(each is not None for each in shares.values()) != 1 or not shown:
        return shares
    least = min(shown, key=lambda code: shown[code].share)
    return shares | {least: None}
