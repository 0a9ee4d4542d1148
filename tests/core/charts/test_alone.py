"""A chart that leaves its page takes its headline and its source along."""

from __future__ import annotations

import struct
from xml.etree import ElementTree as ET

import pytest

from folkmoot.core.charts import Palette, as_png, rolling_svg, standing_alone
from folkmoot.core.periods import Month

SUMS = [(Month(2021, 1).shift(step), float(1000 + 10 * step)) for step in range(14)]
SOURCE = "Source: the police & others, borough level crime, release of March 2025. " * 3


@pytest.fixture(scope="module")
def drawing() -> str:
    svg = rolling_svg(SUMS, title="Burglary", description="A line.", palette=Palette.PRINT)
    return standing_alone(svg, "Burglary < robbery", "Sums of 12 months", SOURCE)


def test_headline_and_source_are_drawn_into_it_in_lines_that_fit(drawing: str) -> None:
    root = ET.fromstring(drawing)
    own = [each.text or "" for each in root if each.tag.endswith("text")]
    assert own[0] == "Burglary < robbery"
    assert " ".join(own[2:]) == SOURCE.strip()
    assert len(own) > 3


def test_it_needs_nothing_from_outside(drawing: str) -> None:
    assert "var(--" not in drawing
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "").replace(
        "http://www.w3.org/1999/xlink", ""
    )


def test_the_picture_has_twice_as_many_points_as_the_drawing(drawing: str) -> None:
    picture = as_png(drawing)
    width, height = struct.unpack(">II", picture[16:24])
    root = ET.fromstring(drawing)
    assert (width, height) == (2 * int(root.attrib["width"]), 2 * int(root.attrib["height"]))


def test_a_chart_without_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="without a size"):
        standing_alone("<svg></svg>", "", "", "")
