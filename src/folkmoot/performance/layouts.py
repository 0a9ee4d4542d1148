"""Files that lay out a body's areas on a map: equal squares on a grid, or outlines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from folkmoot.core.outlines import Polygon, outlines

COLUMNS = ("code", "name", "column", "row")
# A phone has room for no more.
MOST = 16
LONGEST_NAME = 4


class LayoutError(ValueError):
    """A layout cannot be used; the sentence says what, where and what to do."""


def read_tiles(content: bytes) -> list[dict[str, Any]]:
    """Return the squares that a CSV lays out: code of the area, short name, column, row.

    Raises LayoutError with the line that is wrong.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LayoutError(
            "The layout is not a text file in UTF-8: save the table as CSV (UTF-8)."
        ) from error
    rows = csv.DictReader(io.StringIO(text))
    if tuple(each.strip().lower() for each in rows.fieldnames or ()) != COLUMNS:
        raise LayoutError(f"Line 1 of the layout: write the header {','.join(COLUMNS)}.")
    rows.fieldnames = list(COLUMNS)
    return checked_tiles({name: (row[name] or "").strip() for name in COLUMNS} for row in rows)


def checked_tiles(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return squares with whole columns and rows, each area and each place once.

    Raises LayoutError with the place in the list, as a line below a header.
    """
    tiles: list[dict[str, Any]] = []
    areas: dict[str, int] = {}
    taken: dict[tuple[int, int], int] = {}
    for line, row in enumerate(rows, 2):
        where = f"Line {line} of the layout"
        code, name = str(row.get("code", "")), str(row.get("name", ""))
        if not code or not 1 <= len(name) <= LONGEST_NAME:
            raise LayoutError(
                f"{where}: give the code of the area and a name of 1 to {LONGEST_NAME} letters."
            )
        place = _whole(row.get("column"), where, "column"), _whole(row.get("row"), where, "row")
        for what, before in ((f"'{code}'", areas.get(code)), ("that place", taken.get(place))):
            if before is not None:
                raise LayoutError(
                    f"{where}: {what} is in line {before} already; remove one of them."
                )
        areas[code] = taken[place] = line
        tiles.append({"code": code, "name": name, "column": place[0], "row": place[1]})
    if not tiles:
        raise LayoutError("The layout has no line below its header: give one for each area.")
    return tiles


def _whole(value: Any, where: str, what: str) -> int:
    text = str(value)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise LayoutError(f"{where}: the {what} '{text}' is not a whole number from 1 to {MOST}.")
    return int(text)


def read_outlines(content: bytes, codes: Mapping[str, str]) -> dict[str, Any]:
    """Return the outlines in a GeoJSON file in longitude and latitude, by the code of the area.

    `codes` are those of the known areas, by code and by name in small letters. A feature is that
    of an area where one of its properties is the code or the name; others are left out. Raises
    LayoutError where the file is not such a one.
    """
    try:
        given = json.loads(content)
        features = given["features"]
        found: dict[str, list[Polygon]] = {}
        for feature in features:
            code = _code(feature.get("properties") or {}, codes)
            if code is not None:
                found.setdefault(code, []).extend(_polygons(feature.get("geometry") or {}))
        drawn = outlines({code: each for code, each in found.items() if each})
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise LayoutError(
            "The boundaries cannot be read: give a GeoJSON FeatureCollection of polygons in "
            "longitude and latitude, each with the code or the name of its area as a property."
        ) from error
    return {
        "width": drawn.width,
        "height": drawn.height,
        "areas": {
            code: {"path": each.path, "x": each.x, "y": each.y}
            for code, each in sorted(drawn.areas.items())
        },
    }


def _code(properties: Mapping[str, Any], codes: Mapping[str, str]) -> str | None:
    values = [each for each in properties.values() if isinstance(each, str)]
    known = [codes[key] for value in values if (key := value.strip().lower()) in codes]
    return known[0] if known else None


def _polygons(geometry: Mapping[str, Any]) -> list[Polygon]:
    kind, places = geometry.get("type"), geometry.get("coordinates")
    polygons: Any = {"Polygon": [places], "MultiPolygon": places}.get(str(kind))
    if not polygons:
        raise ValueError("A boundary is a polygon.")
    checked: list[Polygon] = [
        [[(float(place[0]), float(place[1])) for place in ring] for ring in polygon]
        for polygon in polygons
    ]
    if any(
        not -180 <= x <= 180 or not -90 <= y <= 90 for one in checked for r in one for x, y in r
    ):
        raise ValueError("Longitude and latitude are in degrees.")
    return checked
