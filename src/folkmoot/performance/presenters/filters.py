"""What the filter form offers, and the query that keeps it from page to page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Release

MONTHS_OFFERED = 60


def filters(area: Area | None, up_to: Month | None, releases: set[Release]) -> dict[str, Any]:
    """Return what the filter form offers: areas with residents, and the last months."""
    latest = max((Month.from_date(release.last_period) for release in releases), default=None)
    months = [latest.shift(-back) for back in range(MONTHS_OFFERED)] if latest else []
    if up_to and up_to not in months:
        months.append(up_to)
    return {
        "areas": list(Area.objects.exclude(kind=Area.Kind.PSEUDO).order_by("-kind", "name")),
        "months": [(str(month), month.label) for month in months],
        "up_to": str(up_to) if up_to else "",
    }


def query_of(area: Area | None, up_to: Month | None) -> str:
    """Return the query that keeps an area and a month from page to page."""
    chosen = {}
    if area is not None and area.kind != Area.Kind.TOTAL:
        chosen["area"] = area.slug
    if up_to is not None:
        chosen["to"] = str(up_to)
    return f"?{urlencode(chosen)}" if chosen else ""
