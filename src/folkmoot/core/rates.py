"""Counts per so many residents, with what they are counted among and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from folkmoot.core.intervals import Interval
from folkmoot.core.periods import Month


@dataclass(frozen=True, slots=True)
class Population:
    """How many live in a place, and of when the figure is.

    `is_matched` is whether it is of the year that it is asked for; else it is the latest before.
    """

    residents: float
    month: Month
    is_matched: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """A count per so many residents, its 95% interval, and the population behind it."""

    value: float
    interval: Interval
    per: float
    population: Population
    caveat: str = ""


def population_for(month: Month, estimates: Mapping[Month, float]) -> Population | None:
    """Return the population of a month's own year, or of the latest year before it.

    `estimates` are by the month that each is of, such as June for mid-year. None before the first
    of them: a later population would be a guess.
    """
    known = [each for each in estimates if each.year <= month.year]
    if not known:
        return None
    latest = max(known)
    return Population(estimates[latest], latest, latest.year == month.year)


def rate(
    count: float,
    population: Population,
    *,
    per: float = 1000,
    is_place: bool = True,
    has_footfall: bool = False,
    caveat: str = "",
) -> Rate:
    """Return a count per so many residents, with its interval.

    Raises ValueError for what is no place with residents (`is_place`), and for one where far more
    people are than live (`has_footfall`) unless the caveat comes with it.
    """
    if not is_place:
        raise ValueError("What is no place with residents has no rate.")
    if has_footfall and not caveat.strip():
        raise ValueError(
            "Far more people are there than live there: a rate by residents needs that caveat."
        )
    if population.residents <= 0:
        raise ValueError("A rate needs residents.")
    scale = per / population.residents
    bounds = count_interval(count)
    return Rate(
        value=count * scale,
        interval=Interval(bounds.lower * scale, bounds.upper * scale),
        per=per,
        population=population,
        caveat=caveat,
    )


def count_interval(count: float, confidence: float = 0.95) -> Interval:
    """Return the interval of a count of independent events, by Byar's approximation.

    Raises ValueError for a negative count. Source: Breslow and Day, Statistical Methods in Cancer
    Research II, 1987, page 69.
    """
    if count < 0:
        raise ValueError("A count is not negative.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    more = count + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    if count == 0:
        return Interval(0.0, upper)
    return Interval(max(0.0, count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3), upper)
