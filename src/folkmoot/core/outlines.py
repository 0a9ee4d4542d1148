"""Boundaries of areas, from longitude and latitude to paths of one drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

# Longitude and latitude in degrees.
Place = tuple[float, float]
# An outer ring and the holes in it, each closed.
Polygon = Sequence[Sequence[Place]]
WIDTH = 640.0


@dataclass(frozen=True, slots=True)
class Outline:
    """An area as it is drawn: its path, and a place within or near it for a mark."""

    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Outlines:
    """Areas as they lie beside one another, in a drawing of that size."""

    width: float
    height: float
    areas: Mapping[str, Outline]


def outlines(polygons: Mapping[str, Sequence[Polygon]]) -> Outlines:
    """Return the outlines of areas, each of one or more polygons, north at the top.

    Degrees of longitude are shortened as in the middle of the map, which keeps shapes true for a
    region of a country. Raises ValueError where there is no place, or all lie on one line.
    """
    places = [
        place
        for each in polygons.values()
        for polygon in each
        for ring in polygon
        for place in ring
    ]
    if not places:
        raise ValueError("There is no boundary to draw.")
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    shortened = cos(radians((south + north) / 2))
    if east <= west or north <= south:
        raise ValueError("The boundaries enclose nothing.")
    scale = WIDTH / ((east - west) * shortened)

    def drawn(place: Place) -> Place:
        return (place[0] - west) * shortened * scale, (north - place[1]) * scale

    return Outlines(
        width=WIDTH,
        height=round((north - south) * scale, 1),
        areas={
            key: _outline([[[drawn(each) for each in ring] for ring in polygon] for polygon in one])
            for key, one in polygons.items()
        },
    )


def _outline(polygons: Sequence[Polygon]) -> Outline:
    path = "".join(_path(ring) for polygon in polygons for ring in polygon)
    largest = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_doubled_area(ring)))
    x, y = _middle(largest)
    return Outline(path, round(x, 1), round(y, 1))


def _path(ring: Sequence[Place]) -> str:
    """Return a ring as a path, without corners that fall on the one before."""
    corners: list[str] = []
    for x, y in ring:
        corner = f"{x:.1f} {y:.1f}"
        if not corners or corners[-1] != corner:
            corners.append(corner)
    return f"M{'L'.join(corners)}Z"


def _doubled_area(ring: Sequence[Place]) -> float:
    return sum(x * ring[place - 1][1] - ring[place - 1][0] * y for place, (x, y) in enumerate(ring))


def _middle(ring: Sequence[Place]) -> Place:
    """Return the centre of gravity of a ring; the mean of its corners where it has no area."""
    area = _doubled_area(ring)
    if not area:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    across = down = 0.0
    for place, (x, y) in enumerate(ring):
        before = ring[place - 1]
        part = x * before[1] - before[0] * y
        across += (x + before[0]) * part
        down += (y + before[1]) * part
    return across / (3 * area), down / (3 * area)
