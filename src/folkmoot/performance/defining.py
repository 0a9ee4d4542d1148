"""What only this room knows of a measure's definition: which areas there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from folkmoot.performance.models import Area
from folkmoot.sources.tables import listed

if TYPE_CHECKING:
    from folkmoot.plans.models import Measure


def unknown_areas(measure: Measure) -> dict[str, str]:
    """Return a sentence on areas that no release has; empty where all are known.

    Before the first import there are no areas, so that none can be wrong.
    """
    if not measure.area_names:
        return {}
    known = {
        name.casefold()
        for names in Area.objects.values_list("name", "code", "slug")
        for name in names
    }
    strangers = [name for name in measure.area_names if name.casefold() not in known]
    if not known or not strangers:
        return {}
    return {
        "areas": f"No release has figures for {listed([f'“{name}”' for name in strangers])}: write "
        "each area by its name or code as in the figures, one a line."
    }
