"""What the page of all areas prints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from folkmoot.performance.comparing import charts, maps, words
from folkmoot.performance.comparing.tables import table
from folkmoot.performance.presenters.filters import filters

if TYPE_CHECKING:
    from folkmoot.performance.asked import Asked
    from folkmoot.performance.comparing.compared import Comparison
    from folkmoot.performance.models import Area, Dashboard
    from folkmoot.plans.models import Measure


def shown(
    page: Dashboard, measure: Measure, comparison: Comparison | None, asked: Asked
) -> dict[str, Any]:
    """Return what the page prints; without figures, what it offers and nothing else."""
    base = f"{page.url}{measure.slug}/"
    offered = {
        "measure": measure,
        "measure_url": base + asked.query(),
        "asked": asked,
        "known": asked.known_on,
    }
    if comparison is None:
        return {**offered, **filters(asked, (), set())}
    release = comparison.whole.release

    def address(area: Area) -> str:
        return base + replace(asked, area=area).query()

    csv_url = f"{base}areas/table.csv{asked.query()}"
    in_order = charts.order(comparison, csv_url)
    return {
        **offered,
        **filters(asked, (), {release} if release else set()),
        "comparison": comparison,
        "headline": words.headline(comparison) if in_order else "",
        "period": words.period_words(comparison),
        "order": in_order,
        "funnel": charts.funnel(comparison),
        "table": None if in_order else table(comparison),
        "csv_url": csv_url,
        "residents": words.residents_words(comparison),
        "line_note": words.line_note(comparison),
        "source": charts.source(comparison),
        "tiles": maps.tiles(page, comparison, address),
        "outlines": maps.outlines(page, comparison, address),
        "multiples": charts.multiples(comparison, address),
    }
