"""What changed since the last update: readings now beside those of the day before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from folkmoot.core.readings import Reading, Tone
from folkmoot.core.revisions import Revision, revisions
from folkmoot.performance.asked import Asked
from folkmoot.performance.models import Release
from folkmoot.performance.readings import MeasureFigures, figures_of
from folkmoot.plans.models import Measure

SIGNALS = (Tone.IMPROVEMENT, Tone.CONCERN, Tone.NEUTRAL)
MOST_REVISIONS = 5


@dataclass(frozen=True, slots=True)
class Turned:
    """A measure whose reading is another than the day before."""

    measure: Measure
    before: Reading
    after: Reading


@dataclass(frozen=True, slots=True)
class Changes:
    """What the latest releases changed: new signals, those that ended, the largest revisions.

    `releases` are those of the last day on which anything was released; `read` is the number of
    measures that they changed at all.
    """

    on: date
    releases: tuple[Release, ...]
    new: tuple[Turned, ...]
    ended: tuple[Turned, ...]
    revisions: tuple[tuple[Measure, Revision], ...]
    read: int


def differs(before: Reading, after: Reading) -> bool:
    """Whether a signal began, ended or turned the other way; what was no signal stays none."""
    is_signal = after.tone in SIGNALS
    if not is_signal:
        return before.tone in SIGNALS
    return (before.tone, before.shape) != (after.tone, after.shape)


def changes(asked: Asked, figures: Sequence[MeasureFigures]) -> Changes | None:
    """Return what the last update changed; None where nothing was known before it. Three queries.

    A first figure is no change, and two readings differ only where their release does.
    """
    releases = {each.release for each in figures if each.release is not None}
    if not releases or asked.area is None:
        return None
    on = max(release.released_on for release in releases)
    measures = [each.measure for each in figures]
    earlier = figures_of(measures, asked.area, on - timedelta(days=1), asked.up_to)
    pairs = [
        (before, after)
        for before, after in zip(earlier, figures, strict=True)
        if before.observed is not None and before.release != after.release
    ]
    if not pairs:
        return None
    turned = [
        Turned(after.measure, before.reading, after.reading)
        for before, after in pairs
        if before.reading and after.reading and differs(before.reading, after.reading)
    ]
    return Changes(
        on,
        tuple(sorted((each for each in releases if each.released_on == on), key=str)),
        tuple(each for each in turned if each.after.tone in SIGNALS),
        tuple(each for each in turned if each.after.tone not in SIGNALS),
        tuple(_largest(pairs)),
        len(pairs),
    )


def _largest(
    pairs: Iterable[tuple[MeasureFigures, MeasureFigures]],
) -> list[tuple[Measure, Revision]]:
    """Return each measure's largest revision as a part of its figure, the largest of all first."""
    found = []
    for before, after in pairs:
        if before.observed is None or after.observed is None:
            continue
        earlier = dict(zip(before.observed.months, before.observed.values, strict=True))
        later = dict(zip(after.observed.months, after.observed.values, strict=True))
        if differing := revisions(earlier, later):
            found.append((after.measure, max(differing, key=_size)))
    found.sort(key=lambda each: (-_size(each[1]), each[0].slug))
    return found[:MOST_REVISIONS]


def _size(revision: Revision) -> float:
    return abs(revision.relative) if revision.relative is not None else float("inf")
