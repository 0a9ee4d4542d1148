"""Named questions to releases and observations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Observation, Release
from folkmoot.sources.registry import source_of_series


@dataclass(frozen=True, slots=True)
class Observed:
    """One series of one area: a value per month that the release gives, oldest first.

    `bases` are numbers of interviews, None for counts. A missing month is absent.
    """

    series: str
    release: Release
    months: tuple[Month, ...]
    values: tuple[float, ...]
    bases: tuple[float | None, ...]


def known_releases(known_on: date) -> dict[str, list[Release]]:
    """Return the releases of each source that had been published by a day, oldest first."""
    known: dict[str, list[Release]] = defaultdict(list)
    for release in Release.objects.filter(released_on__lte=known_on).order_by("released_on", "id"):
        known[release.source].append(release)
    return known


def latest_releases(known_on: date) -> dict[str, Release]:
    """Return the latest release of each source that had been published by a day."""
    return {source: releases[-1] for source, releases in known_releases(known_on).items()}


def release_of(source: str, released_on: date | None) -> Release | None:
    """Return the release of a source of a day, or its latest; None where there is none."""
    releases = Release.objects.filter(source=source).order_by("released_on", "id")
    if released_on is not None:
        releases = releases.filter(released_on=released_on)
    return releases.last()


def area_named(name: str) -> Area | None:
    """Return the area of that name, code or name in addresses; None where there is none."""
    same = Q(name__iexact=name.strip()) | Q(code__iexact=name.strip()) | Q(slug=name.strip())
    return Area.objects.filter(same).order_by("id").first()


def observations(
    series: str, release: Release, area: Area | None, first: Month | None, last: Month | None
) -> QuerySet[Observation]:
    """Return what a release says of a series, by area and period. One query."""
    found = Observation.objects.filter(series=series, release=release).select_related(
        "area", "release"
    )
    if area is not None:
        found = found.filter(area=area)
    if first is not None:
        found = found.filter(period__gte=first.first_day)
    if last is not None:
        found = found.filter(period__lte=last.first_day)
    return found.order_by("area__name", "period")


def given_by(
    series: str, area: Area, releases: Iterable[Release], up_to: Month | None = None
) -> dict[int, dict[Month, float]]:
    """Return what each of some releases gives for one series and area, by the release's key.

    A release that gives nothing is absent. One query.
    """
    rows = Observation.objects.filter(
        series=series, area=area, release__in=[release.pk for release in releases]
    )
    if up_to is not None:
        rows = rows.filter(period__lte=up_to.first_day)
    given: dict[int, dict[Month, float]] = defaultdict(dict)
    for key, period, value in rows.values_list("release_id", "period", "value"):
        given[key][Month.from_date(period)] = value
    return dict(given)


def history(series: str, area: Area, month: Month, known_on: date) -> list[Observation]:
    """Return every value that was given for a month by a day, oldest release first. One query."""
    return list(
        Observation.objects.filter(
            series=series, area=area, period=month.first_day, release__released_on__lte=known_on
        )
        .select_related("release")
        .order_by("release__released_on", "release_id")
    )


def areas_with_figures(series: Iterable[str], releases: Iterable[Release]) -> list[Area]:
    """Return the areas for which releases hold a figure of any of some series, the whole first.

    What is no place with residents is left out. One query.
    """
    figures = Observation.objects.filter(
        series__in=sorted(set(series)),
        area=OuterRef("pk"),
        release__in=[release.pk for release in releases],
    )
    places = Area.objects.exclude(kind=Area.Kind.PSEUDO).filter(Exists(figures))
    return sorted(places, key=lambda area: (area.kind != Area.Kind.TOTAL, area.kind, area.name))


def observed(
    series: Iterable[str],
    areas: Collection[Area],
    releases: dict[str, Release],
    up_to: Month | None = None,
) -> dict[tuple[str, str], Observed]:
    """Return what `releases` say of each series and area, by (series key, area slug).

    A series that no release holds, and an area without a figure, are absent. One query.
    """
    release_of = {}
    for key in set(series):
        source = source_of_series(key)
        if source is not None and source.key in releases:
            release_of[key] = releases[source.key]
    if not release_of:
        return {}
    slugs = {area.pk: area.slug for area in areas}
    rows = Observation.objects.filter(
        series__in=list(release_of),
        area__in=list(slugs),
        release__in={release.pk for release in release_of.values()},
    )
    if up_to is not None:
        rows = rows.filter(period__lte=up_to.first_day)
    cells: dict[tuple[str, str], list[tuple[date, float, float | None]]] = defaultdict(list)
    found = rows.order_by("period").values_list("series", "area_id", "period", "value", "base")
    for key, area_id, period, value, base in found.iterator(chunk_size=5000):
        cells[key, slugs[area_id]].append((period, value, base))
    return {
        (key, slug): Observed(
            series=key,
            release=release_of[key],
            months=tuple(Month.from_date(period) for period, _, _ in cell),
            values=tuple(value for _, value, _ in cell),
            bases=tuple(base for _, _, base in cell),
        )
        for (key, slug), cell in cells.items()
    }
