"""How releases of a source differ over one measure of one area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from folkmoot.core.periods import Month
from folkmoot.core.revisions import Mark, Revision, marks, no_longer_given, revisions
from folkmoot.performance.models import Area, Release
from folkmoot.performance.querysets import given_by, known_releases
from folkmoot.performance.readings import MeasureFigures
from folkmoot.plans.models import Measure
from folkmoot.sources.registry import source_of_series


@dataclass(frozen=True, slots=True)
class Settled:
    """How far the months of a page's figures are settled, against the release before.

    `before` is None where the figures come from the first release that is held.
    """

    before: Release | None
    marks: dict[Month, Mark]

    def number(self, mark: Mark) -> int:
        """Return how many months bear a mark."""
        return sum(each is mark for each in self.marks.values())


@dataclass(frozen=True, slots=True)
class Revised:
    """What a later release says differently from an earlier one, largest change first.

    `releases` are all that were known, oldest first; `before` is None where there is only one.
    `compared` is the number of months that both give.
    """

    measure: Measure
    area: Area
    releases: tuple[Release, ...]
    before: Release | None
    after: Release | None
    revisions: tuple[Revision, ...] = ()
    compared: int = 0
    no_longer_given: tuple[Month, ...] = ()


def settled(figures: MeasureFigures, known: dict[str, list[Release]]) -> Settled:
    """Return the marks of the months that a page shows. One query, or none for a first release."""
    seen = figures.observed
    if seen is None:
        return Settled(None, {})
    before = _before(seen.release, known.get(seen.release.source, []))
    if before is None:
        return Settled(None, {})
    given = given_by(seen.series, figures.area, [before]).get(before.pk)
    return Settled(before, marks(given, dict(zip(seen.months, seen.values, strict=True))))


def revised(
    measure: Measure,
    area: Area,
    known_on: date,
    before_on: date | None = None,
    after_on: date | None = None,
) -> Revised:
    """Return how two releases differ: those of the days asked for, else the latest two. Two
    queries.

    Raises ValueError with a sentence where there is no release of such a day, or where the days
    are not in order.
    """
    source = source_of_series(measure.series) if measure.series else None
    releases = known_releases(known_on).get(source.key, []) if source else []
    after = _of(releases, after_on) if after_on else (releases[-1] if releases else None)
    if before_on:
        before: Release | None = _of(releases, before_on)
    else:
        before = _before(after, releases) if after else None
    if before is None or after is None:
        return Revised(measure, area, tuple(releases), None, after)
    if releases.index(before) >= releases.index(after):
        raise ValueError("Choose an earlier release first and a later one second.")
    given = given_by(measure.series, area, [before, after])
    earlier, later = given.get(before.pk, {}), given.get(after.pk, {})
    return Revised(
        measure,
        area,
        tuple(releases),
        before,
        after,
        revisions(earlier, later),
        len(earlier.keys() & later.keys()),
        tuple(no_longer_given(earlier, later)),
    )


def _of(releases: Sequence[Release], day: date) -> Release:
    for release in reversed(releases):
        if release.released_on == day:
            return release
    raise ValueError(f"No release of {day:%-d %B %Y} was known: choose one of those offered.")


def _before(release: Release, releases: Sequence[Release]) -> Release | None:
    place = next(place for place, each in enumerate(releases) if each.pk == release.pk)
    return releases[place - 1] if place else None
