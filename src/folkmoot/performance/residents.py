"""How many people live in each area: from mid-year estimates, else from the census."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Release
from folkmoot.performance.querysets import observed
from folkmoot.sources import census_ethnicity, population

# Estimates come first: they are of every year. The census parts everybody into groups, which
# together are everybody.
SOURCES = (
    (population.KEY, tuple(series.key for series in population.SERIES)),
    (census_ethnicity.KEY, tuple(series.key for series in census_ethnicity.SERIES)),
)


@dataclass(frozen=True, slots=True)
class Residents:
    """People by the name of the area in addresses and by month; `release` says who counted them.

    `release` is None where no release known by then counts people.
    """

    release: Release | None = None
    by_area: Mapping[str, Mapping[Month, float]] = field(default_factory=dict)


def residents(areas: Collection[Area], releases: Mapping[str, Release]) -> Residents:
    """Return who lives in areas, by the first source that a release is held of. One query."""
    for source, series in SOURCES:
        if source not in releases:
            continue
        cells = observed(series, areas, {source: releases[source]})
        counted = {}
        for area in areas:
            parts = [cells.get((key, area.slug)) for key in series]
            months = [dict(zip(each.months, each.values, strict=True)) for each in parts if each]
            if len(months) == len(series):
                counted[area.slug] = {
                    month: sum(each[month] for each in months)
                    for month in months[0]
                    if all(month in each for each in months)
                }
        return Residents(releases[source], counted)
    return Residents()
