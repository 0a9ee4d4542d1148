"""Areas on a map: equal squares in the body's layout, or outlines where it gave boundaries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from folkmoot.core.readings import Tone
from folkmoot.core.tables import format_count
from folkmoot.performance.comparing.words import per_words, printed

if TYPE_CHECKING:
    from folkmoot.performance.comparing.compared import Comparison, Row
    from folkmoot.performance.models import Area, Dashboard

Address = Callable[["Area"], str]
NOT_AVAILABLE = "[x]"


def tiles(page: Dashboard, comparison: Comparison, address: Address) -> list[dict[str, Any]]:
    """Return the squares of the layout, from top to bottom; none where the body gave no layout."""
    rows = {row.area.code: row for row in comparison.rows}
    return [
        {**each, **_told(comparison, rows.get(each["code"]), address, each["name"])}
        for each in sorted(page.tiles, key=lambda each: (each["row"], each["column"]))
    ]


def outlines(page: Dashboard, comparison: Comparison, address: Address) -> dict[str, Any] | None:
    """Return the outlines of areas that are compared; None where the body gave no boundaries."""
    if not page.outlines:
        return None
    rows = {row.area.code: row for row in comparison.rows}
    return {
        "width": page.outlines["width"],
        "height": page.outlines["height"],
        "areas": [
            {**each, **_told(comparison, rows[code], address, "")}
            for code, each in page.outlines["areas"].items()
            if code in rows
        ],
    }


def _told(comparison: Comparison, row: Row | None, address: Address, short: str) -> dict[str, Any]:
    """Return what a map says of an area: value, shape, tone, and all of it in words."""
    reading = row.figures.reading if row is not None else None
    if row is None or reading is None:
        name = row.area.name if row is not None else short
        return {
            "url": address(row.area) if row is not None else "",
            "words": f"{name}: not available",
            "value": NOT_AVAILABLE,
            "shape": "",
            "tone": Tone.UNKNOWN.value,
        }
    value, unit = "", ""
    if row.value is not None:
        value, unit = printed(comparison, row.value), f" {per_words(comparison)}"
    elif row.count is not None:
        value, unit = format_count(row.count), " in 12 months"
    return {
        "url": address(row.area),
        "words": f"{row.area.name}: {f'{value}{unit}, ' if value else ''}{reading.word.lower()}",
        "value": value or NOT_AVAILABLE,
        "shape": reading.shape,
        "tone": reading.tone.value,
    }
