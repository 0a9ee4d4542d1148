"""The public pages of a dashboard and their files: one result for each, whatever the form."""

from folkmoot.performance.views.board import dashboard
from folkmoot.performance.views.files import chart_png, chart_svg, table_csv, table_xlsx
from folkmoot.performance.views.measures import embed, measure
from folkmoot.performance.views.revisions import revisions, revisions_csv

__all__ = [
    "chart_png",
    "chart_svg",
    "dashboard",
    "embed",
    "measure",
    "revisions",
    "revisions_csv",
    "table_csv",
    "table_xlsx",
]
