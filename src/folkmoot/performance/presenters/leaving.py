"""What leaves the page of a measure: a figure in a frame, and a chart that stands alone."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from folkmoot.core import charts
from folkmoot.performance.asked import Asked
from folkmoot.performance.models import Dashboard, Release
from folkmoot.performance.presenters.figure import Figure
from folkmoot.performance.presenters.measure import Shown
from folkmoot.performance.presenters.words import as_known
from folkmoot.plans.models import Measure
from folkmoot.publishing.addresses import absolute

PICTURE = {"width": 600, "height": 300}
FRAME_HEIGHT = 560


def standing_alone(figure: Figure) -> str:
    """Return a chart as a drawing that carries its headline, subtitle and source."""
    drawing = figure.draw(**PICTURE, palette=charts.Palette.PRINT)
    return charts.standing_alone(drawing, figure.headline, figure.subtitle, figure.source)


def caveats(measure: Measure, release: Release | None, shown: Shown) -> list[str]:
    """Return what must be read beside a figure: of a rate; of the measure, or else its source."""
    of_source = release.caveat if release else ""
    return [said for said in (shown.caveat, measure.caveat or of_source) if said]


def frame_code(address: str, query: str, title: str) -> str:
    """Return the markup with which another site shows a figure."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>',
        absolute(f"{address}embed/{query}"),
        title,
        FRAME_HEIGHT,
    )


def embedded(page: Dashboard, asked: Asked, shown: Shown) -> dict[str, Any]:
    """Return what the page in a frame prints: the figure, its source, and the way to the whole."""
    measure, release = shown.figures.measure, shown.figures.release
    return {
        "measure": measure,
        "area": shown.figures.area,
        "figure": shown.figure.printed() if shown.figure else None,
        "why_not": shown.why,
        "as_known": as_known(asked),
        "caveats": caveats(measure, release, shown),
        "url": absolute(f"{page.url}{measure.slug}/{asked.query()}"),
    }
