"""Which decisions to count limits anew are in force, as known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Rebasing
from folkmoot.plans.models import Measure
from folkmoot.publishing.clock import instant, next_midnight

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Month, reason and day of each decision, those for all areas first: the area's own is told
# where both name one month.
ByHand = list[tuple[Month, str, date]]


def rebased_by_hand(
    measures: Iterable[Measure], areas: Collection[Area], known_on: date
) -> dict[tuple[int, int], ByHand]:
    """Return the decisions in force for measures and areas, by the keys of both. One query.

    A decision holds from the day on which it was kept to the one on which it was withdrawn, so
    that a report on what was known on a day says the same whenever it is made.
    """
    rows = (
        _holding(measures, known_on)
        .filter(Q(area=None) | Q(area__in=[area.pk for area in areas]))
        .values_list("measure_id", "area_id", "period", "reason", "decided_on")
        .order_by("id")
    )
    found: dict[tuple[int, int], ByHand] = defaultdict(list)
    for measure_id, area_id, period, reason, decided_on in sorted(
        rows, key=lambda row: row[1] is not None
    ):
        decision = (Month.from_date(period), reason, decided_on)
        for key in [area.pk for area in areas] if area_id is None else [area_id]:
            found[measure_id, key].append(decision)
    return dict(found)


def in_force(measure: Measure, known_on: date) -> list[Rebasing]:
    """Return every decision in force for a measure, whatever its area, newest month first."""
    return list(_holding([measure], known_on).select_related("area").order_by("-period", "id"))


def _holding(measures: Iterable[Measure], known_on: date) -> QuerySet[Rebasing]:
    end_of_day = next_midnight(instant(known_on.isoformat()))
    return Rebasing.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gte=end_of_day),
        measure__in=[measure.pk for measure in measures],
        kept_at__lt=end_of_day,
    )
