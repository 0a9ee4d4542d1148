"""What the filter form offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from folkmoot.core.periods import Month
from folkmoot.performance.asked import Asked
from folkmoot.performance.models import Area, Release

MONTHS_OFFERED = 60


def filters(asked: Asked, areas: Sequence[Area], releases: set[Release]) -> dict[str, Any]:
    """Return what the filter form offers: areas with a figure, the last months, a day.

    The area that was asked for is offered in any case: the form says what the page shows.
    """
    latest = max((Month.from_date(release.last_period) for release in releases), default=None)
    months = [latest.shift(-back) for back in range(MONTHS_OFFERED)] if latest else []
    if asked.up_to and asked.up_to not in months:
        months.append(asked.up_to)
    offered = list(areas)
    if asked.area is not None and asked.area not in offered:
        offered.append(asked.area)
    return {
        "areas": offered,
        "months": [(str(month), month.label) for month in months],
        "up_to": str(asked.up_to) if asked.up_to else "",
        "known_day": asked.known_on.isoformat() if asked.is_dated else "",
    }
