"""How a survey's responses are laid out: the columns, and where each version's answers go."""

from folkmoot.responses.exporting.layout.cells import Cell, Raw, Read, Row
from folkmoot.responses.exporting.layout.survey import (
    EXPORT_KEY,
    Layout,
    forms_of,
    layout,
    layout_of,
)
from folkmoot.responses.exporting.layout.version import Placed

__all__ = [
    "EXPORT_KEY",
    "Cell",
    "Layout",
    "Placed",
    "Raw",
    "Read",
    "Row",
    "forms_of",
    "layout",
    "layout_of",
]
