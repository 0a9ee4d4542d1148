"""Other ways to look at the figures of a measure than month by month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from folkmoot.core.periods import Month
from folkmoot.core.rates import Population, Rate, population_for, rate
from folkmoot.core.readings import read_series
from folkmoot.core.rolling import rolling_sums
from folkmoot.core.spc import (
    Direction,
    Rebase,
    is_rare,
    rate_chart,
    seasonal_chart,
)
from folkmoot.performance.asked import Display
from folkmoot.performance.models import Area, Release
from folkmoot.performance.querysets import latest_releases
from folkmoot.performance.readings import MeasureFigures
from folkmoot.performance.residents import residents
from folkmoot.sources.population import FOOTFALL
from folkmoot.sources.registry import source_of_series

RATE_DIGITS = 2
# Residents per whom a month's count is more than a rounding.
PER, PER_RARE = 1_000, 100_000
LEAST_RATE = 0.1


class NoRateError(ValueError):
    """There is no rate by residents here; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A measure as rates by residents: its figures with the chart of rates, and each rate.

    `population` is the release that residents are counted from.
    """

    figures: MeasureFigures
    rates: tuple[Rate, ...]
    per: int
    population: Release
    caveat: str


@dataclass(frozen=True, slots=True)
class RollingYear:
    """Sums over the twelve months up to each, oldest first."""

    figures: MeasureFigures
    sums: tuple[tuple[Month, float], ...]


def displays_of(figures: MeasureFigures) -> list[Display]:
    """Return the ways in which a measure's figures can be looked at; one where they are shares."""
    offered = [Display.MONTHLY]
    if figures.observed is None or figures.is_survey:
        return offered
    if same_months(figures) is not None:
        offered.append(Display.SAME_MONTHS)
    return [*offered, Display.ROLLING, Display.RATE]


def same_months(figures: MeasureFigures) -> MeasureFigures | None:
    """Return figures read against the same months of other years, since limits last began.

    None where that is less than three years, or too few for seasons to be told.
    """
    seen, chart = figures.observed, figures.chart
    if seen is None or chart is None or is_rare(seen.values):
        return None
    start = chart.segments[-1].first
    part = replace(
        seen, months=seen.months[start:], values=seen.values[start:], bases=seen.bases[start:]
    )
    try:
        seasonal = seasonal_chart(
            part.values,
            [month.month for month in part.months],
            Direction(figures.measure.better),
            screen_outliers=figures.measure.screens,
            target=figures.target,
        )
    except ValueError:
        return None
    reading = read_series(figures.measure.title, figures.unit, part.months, seasonal)
    return replace(figures, observed=part, chart=seasonal, reading=reading)


def rolling_year(figures: MeasureFigures) -> RollingYear | None:
    """Return sums over twelve months; None for shares, and for less than a year of figures."""
    seen = figures.observed
    if seen is None or figures.is_survey:
        return None
    sums = rolling_sums(seen.months, seen.values)
    return RollingYear(figures, sums) if sums else None


def rates(figures: MeasureFigures, known_on: date) -> Rates:
    """Return a measure as rates by residents of each month's own year. Two queries.

    Raises NoRateError with the reason where there is no rate.
    """
    seen, area = figures.observed, figures.area
    if area.kind == Area.Kind.PSEUDO:
        raise NoRateError(f"{area.name} is no place with residents, so it has no rate.")
    if seen is None or figures.is_survey:
        raise NoRateError("A share of people asked is no count, so it has no rate by residents.")
    counted = residents([area], latest_releases(known_on))
    by_month = counted.by_area.get(area.slug)
    if counted.release is None or not by_month:
        raise NoRateError(f"No figure of the residents of {area.name} was known by then.")
    populations = [population_for(month, by_month) for month in seen.months]
    first = next((at for at, found in enumerate(populations) if found is not None), None)
    if first is None or len(seen.months) - first < 2:
        raise NoRateError(
            f"The figures of residents begin in {min(by_month).label}: a later population "
            "would be a guess."
        )
    return _rates(figures, first, populations, counted.release)


def _rates(
    figures: MeasureFigures,
    first: int,
    populations: list[Population | None],
    release: Release,
) -> Rates:
    seen, measure = figures.observed, figures.measure
    assert seen is not None
    known = [each for each in populations[first:] if each is not None]
    part = replace(
        seen, months=seen.months[first:], values=seen.values[first:], bases=seen.bases[first:]
    )
    among = [each.residents for each in known]
    per = PER if sum(part.values) / sum(among) * PER >= LEAST_RATE else PER_RARE
    caveat = footfall_caveat(figures.area) or no_place_caveat(figures)
    each_rate = tuple(
        rate(
            value,
            population,
            per=per,
            has_footfall=figures.area.name in FOOTFALL,
            caveat=caveat,
        )
        for value, population in zip(part.values, known, strict=True)
    )
    try:
        chart = rate_chart(
            part.values,
            among,
            Direction(measure.better),
            per=per,
            rebase=_rebases(figures, first),
            screen_outliers=measure.screens,
        )
    except ValueError as error:
        raise NoRateError(
            "Limits begin anew at the last month, and two months are the fewest for a rate."
        ) from error
    unit = f"per {per:,} residents"
    reading = read_series(measure.title, unit, part.months, chart, digits=RATE_DIGITS)
    shown = replace(figures, observed=part, chart=chart, reading=reading)
    return Rates(shown, each_rate, per, release, caveat)


def footfall_caveat(area: Area) -> str:
    """Return what must stand beside a rate where far more people are than live; else nothing."""
    if area.name not in FOOTFALL:
        return ""
    return (
        f"Far more people work in, visit and pass through {area.name} than live there. A rate by "
        "residents says nothing of the risk to any of them, and does not compare with that of "
        "other boroughs."
    )


def no_place_caveat(figures: MeasureFigures) -> str:
    """Return what must stand beside a rate of a total that counts what happened at no place."""
    source = source_of_series(figures.measure.series)
    if figures.area.kind != Area.Kind.TOTAL or source is None:
        return ""
    if Area.Kind.PSEUDO not in source.area_kinds:
        return ""
    return (
        "The total also counts what was recorded at no place with residents, such as an airport or "
        "an unknown place."
    )


def _rebases(figures: MeasureFigures, first: int) -> list[Rebase]:
    """Return where limits begin anew, counted from the first month that has a rate."""
    if figures.chart is None:
        return []
    return [
        replace(segment.rebase, at=segment.first - first)
        for segment in figures.chart.segments
        if segment.rebase is not None and segment.first > first
    ]
