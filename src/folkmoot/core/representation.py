"""Who was heard from, against the population. See `docs/methods/representation.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.core.disclosure import SMALLEST_BASE, SMALLEST_SHOWN, protect
from folkmoot.core.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Represented:
    """One group: how much of those who responded and of the population it is.

    `index` is 100 where both shares are equal, 50 where half as many responded as would be in
    proportion. `points` is the share of those who responded less that of the population, 0 to 1.
    Everything but the group and its `population_share` is None where the number is withheld;
    index and its interval also where the group has no part in the population.
    """

    group: str
    population_share: float
    respondents: int | None
    share: float | None
    index: float | None
    interval: Interval | None
    points: float | None
    points_interval: Interval | None

    @property
    def differs(self) -> bool:
        """Whether the interval of the index does not hold 100."""
        return self.interval is not None and not self.interval.holds(100)


def representation(
    respondents: Mapping[str, int],
    population: Mapping[str, float],
    *,
    confidence: float = 0.95,
    smallest: int = SMALLEST_SHOWN,
    smallest_base: int = SMALLEST_BASE,
) -> list[Represented]:
    """Return each group of the population, in its order, with the index of those who responded.

    Population figures are counts or shares of any total. Numbers of respondents that are too few
    are withheld, and others where the total would give one away; all of them with fewer than
    `smallest_base` respondents. The interval takes the population as known.

    Raises ValueError for a group of respondents that the population does not have, a figure below 0
    and a population of nobody.
    """
    strange = [group for group in respondents if group not in population]
    if strange:
        raise ValueError(
            f"The population has no group “{strange[0]}”, which {respondents[strange[0]]:,} "
            "respondents are in: leave it out, or give the population's figure."
        )
    if any(not figure >= 0 for figure in (*respondents.values(), *population.values())):
        raise ValueError("A figure of respondents or population is below 0.")
    everybody = sum(population.values())
    if not everybody:
        raise ValueError("The figures of the population are all 0.")
    counts = [respondents.get(group, 0) for group in population]
    base = sum(counts)
    shown: list[int | None] = [None] * len(counts)
    if base >= smallest_base:
        shown = protect(counts, smallest)
    return [
        _represented(group, figure / everybody, count, base, confidence)
        for (group, figure), count in zip(population.items(), shown, strict=True)
    ]


def _represented(
    group: str, expected: float, count: int | None, base: int, confidence: float
) -> Represented:
    if count is None:
        return Represented(group, expected, None, None, None, None, None, None)
    share = count / base
    bounds = wilson(share, base, confidence)
    points = Interval(bounds.lower - expected, bounds.upper - expected)
    index = share / expected * 100 if expected else None
    interval = (
        Interval(bounds.lower / expected * 100, bounds.upper / expected * 100) if expected else None
    )
    return Represented(group, expected, count, share, index, interval, share - expected, points)
