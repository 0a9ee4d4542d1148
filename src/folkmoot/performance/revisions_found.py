"""How a release as a whole differs from the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Abs

from folkmoot.core.periods import Month
from folkmoot.core.revisions import SAME
from folkmoot.performance.models import Observation, Release
from folkmoot.sources.registry import series_named


@dataclass(frozen=True, slots=True)
class RevisionsFound:
    """How many figures an earlier release gave too, how many of them differ, and the largest."""

    before: Release
    compared: int
    revised: int
    largest: str

    @property
    def sentence(self) -> str:
        """The same for whoever imports the release."""
        when = f"{self.before.released_on:%-d %B %Y}"
        if not self.compared:
            return f"The release of {when} gives none of these figures."
        if not self.revised:
            return f"None of {self.compared:,} figures differs from the release of {when}."
        return (
            f"{self.revised:,} of {self.compared:,} figures differ from the release of {when}. "
            f"Largest change: {self.largest}."
        )


def revisions_found(release: Release) -> RevisionsFound | None:
    """Return how a release differs from the one before it; None for a first one. Three queries."""
    before = (
        Release.objects.filter(source=release.source)
        .filter(
            Q(released_on__lt=release.released_on)
            | Q(released_on=release.released_on, id__lt=release.pk)
        )
        .order_by("released_on", "id")
        .last()
    )
    if before is None:
        return None
    both = release.observations.filter(
        area__observations__release=before,
        area__observations__series=F("series"),
        area__observations__period=F("period"),
    ).annotate(
        earlier=F("area__observations__value"),
        change=Abs(F("value") - F("area__observations__value")),
    )
    counts = both.aggregate(compared=Count("pk"), revised=Count("pk", filter=Q(change__gt=SAME)))
    largest = ""
    if counts["revised"]:
        widest = both.select_related("area").order_by("-change", "series", "area", "period")[0]
        largest = _told(widest, widest.earlier)
    return RevisionsFound(before, counts["compared"], counts["revised"], largest)


def _told(later: Observation, earlier: float) -> str:
    series = series_named(later.series)
    title = series.title if series else later.series
    month = Month.from_date(later.period).label
    shown = "{:,.3f}" if later.base is not None else "{:,.0f}"
    values = f"{shown.format(earlier)} to {shown.format(later.value)}"
    return f"{title}, {later.area.name}, {month}: {values}"
