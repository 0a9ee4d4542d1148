"""Figures and readings to what pages, files and other rooms print."""

from folkmoot.performance.presenters.dashboard import dashboard, tile
from folkmoot.performance.presenters.elsewhere import dashboard_of, measure_reading
from folkmoot.performance.presenters.figure import chart_svg, describe, figure
from folkmoot.performance.presenters.filters import filters, query_of
from folkmoot.performance.presenters.measure import measure_page
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
    "chart_svg",
    "csv_rows",
    "dashboard",
    "dashboard_of",
    "describe",
    "figure",
    "filters",
    "format_value",
    "measure_page",
    "measure_reading",
    "period_label",
    "query_of",
    "release_line",
    "table",
    "tile",
]
