"""Figures and readings to what pages, files and other rooms print."""

from folkmoot.performance.presenters.dashboard import dashboard, tile
from folkmoot.performance.presenters.elsewhere import dashboard_of, measure_reading
from folkmoot.performance.presenters.figure import Figure, chart_svg, describe, figure, pins_of
from folkmoot.performance.presenters.filters import filters
from folkmoot.performance.presenters.leaving import (
    caveats,
    embedded,
    frame_code,
    standing_alone,
)
from folkmoot.performance.presenters.measure import Shown, measure_page, shown_as
from folkmoot.performance.presenters.revisions import revisions_page, revisions_rows
from folkmoot.performance.presenters.tables import csv_rows, table
from folkmoot.performance.presenters.words import (
    NOT_AVAILABLE,
    ORDER_OF_TONES,
    format_value,
    period_label,
    release_line,
)

__all__ = [
    "NOT_AVAILABLE",
    "ORDER_OF_TONES",
    "Figure",
    "Shown",
    "caveats",
    "chart_svg",
    "csv_rows",
    "dashboard",
    "dashboard_of",
    "describe",
    "embedded",
    "figure",
    "filters",
    "format_value",
    "frame_code",
    "measure_page",
    "measure_reading",
    "period_label",
    "pins_of",
    "release_line",
    "revisions_page",
    "revisions_rows",
    "shown_as",
    "standing_alone",
    "table",
    "tile",
]
