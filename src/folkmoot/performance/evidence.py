"""What the public reads of a qualitative measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from folkmoot.performance.models import Evidence
from folkmoot.plans.models import Measure
from folkmoot.publishing.clock import instant, next_midnight

if TYPE_CHECKING:
    from django.db.models import QuerySet


def evidence_of(measure: Measure, known_on: date) -> list[Evidence]:
    """Return the entries that were reviewed by a day and stand, newest first. One query."""
    return list(_shown([measure], known_on).select_related("area").order_by("-dated", "-id"))


def entries_dated(
    measures: Iterable[Measure], first: date, last: date, known_on: date
) -> Counter[int]:
    """Return how many shown entries are dated within some days, by a measure's key. One query."""
    dated = _shown(measures, known_on).filter(dated__range=(first, last))
    return Counter(dated.values_list("measure_id", flat=True))


def _shown(measures: Iterable[Measure], known_on: date) -> QuerySet[Evidence]:
    return Evidence.objects.filter(
        measure__in=[measure.pk for measure in measures],
        reviewed_at__lt=next_midnight(instant(known_on.isoformat())),
        withdrawn_at=None,
    )
