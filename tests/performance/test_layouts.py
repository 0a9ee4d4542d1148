"""Layouts of maps: what is read of a file, and what is refused with its line."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from folkmoot.demo.pack import LONDON
from folkmoot.performance.layouts import LayoutError, checked_tiles, read_outlines, read_tiles
from folkmoot.sources.london_boroughs import BOROUGHS

HEADER = "code,name,column,row\n"
CODES = {"e1": "E1", "barnet": "E1", "e2": "E2", "brent": "E2"}
SQUARE = [[[0, 51], [0.1, 51], [0.1, 51.1], [0, 51]]]


def test_a_layout_gives_each_area_a_square() -> None:
    content = ("\ufeff" + HEADER + "E1,Brn,4,2\nE2, Bre ,3,3\n").encode()
    assert read_tiles(content) == [
        {"code": "E1", "name": "Brn", "column": 4, "row": 2},
        {"code": "E2", "name": "Bre", "column": 3, "row": 3},
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,name,x,y\nE1,Brn,1,1\n", "Line 1 of the layout: write the header"),
        (HEADER, "no line below its header"),
        (HEADER + "E1,Brn,0,1\n", "Line 2 of the layout: the column '0' is not a whole number"),
        (HEADER + "E1,Brn,1,17\n", "the row '17' is not a whole number from 1 to 16"),
        (HEADER + "E1,Brn,1,\n", "the row '' is not"),
        (HEADER + "E1,Barnet,1,1\n", "a name of 1 to 4 letters"),
        (HEADER + ",Brn,1,1\n", "give the code of the area"),
        (HEADER + "E1,Brn,1,1\nE1,Bre,2,1\n", "Line 3 of the layout: 'E1' is in line 2 already"),
        (HEADER + "E1,Brn,1,1\nE2,Bre,1,1\n", "that place is in line 2 already"),
    ],
)
def test_a_layout_that_cannot_be_used_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(LayoutError, match=message):
        read_tiles(text.encode())


def test_a_layout_that_is_no_text_is_refused() -> None:
    with pytest.raises(LayoutError, match="UTF-8"):
        read_tiles(b"code,name\xff")


def test_the_plan_pack_lays_out_every_borough_of_london_once() -> None:
    tiles = checked_tiles(yaml.safe_load((LONDON / "tiles.yaml").read_text(encoding="utf-8")))
    assert {tile["code"] for tile in tiles} == {area.code for area in BOROUGHS}
    assert len({tile["name"] for tile in tiles}) == len(BOROUGHS) == 33


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(properties: dict[str, Any], kind: str = "Polygon", places: Any = SQUARE) -> Any:
    return {"properties": properties, "geometry": {"type": kind, "coordinates": places}}


def test_boundaries_are_those_of_known_areas_by_code_or_name() -> None:
    drawn = read_outlines(
        collection(
            feature({"hectares": 3, "name": "Barnet"}),
            feature({"id": "E2"}, "MultiPolygon", [SQUARE, SQUARE]),
            feature({"name": "Elsewhere"}),
        ),
        CODES,
    )
    assert sorted(drawn["areas"]) == ["E1", "E2"]
    assert drawn["areas"]["E1"]["path"].startswith("M")
    assert drawn["areas"]["E2"]["path"].count("M") == 2
    assert drawn["width"] > 0
    assert drawn["height"] > 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"features": 3}',
        b'{"features": [3]}',
        collection(),
        collection(feature({"name": "Elsewhere"})),
        collection(feature({"name": "Barnet"}, "Point", [0, 51])),
        collection(feature({"name": "Barnet"}, "Polygon", [[["a", "b"]]])),
        collection(feature({"name": "Barnet"}, "Polygon", [[[530000, 180000], [1, 2], [3, 4]]])),
        collection({"properties": None, "geometry": None}),
    ],
)
def test_what_is_no_map_of_known_areas_is_refused(content: bytes) -> None:
    with pytest.raises(LayoutError, match="GeoJSON FeatureCollection"):
        read_outlines(content, CODES)
