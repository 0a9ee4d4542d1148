"""Areas beside one another: in order, and in a funnel."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from xml.etree import ElementTree

import pytest

from folkmoot.core.charts import TOKENS, AreaPoint, Palette, funnel_svg, ranked_svg
from folkmoot.core.funnel import OUTER, rate_funnel
from folkmoot.core.intervals import Interval
from folkmoot.core.spc import Variation

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["Brent & <Co>", "Camden", "Barnet", "Bexley"]
COUNTS, PEOPLE = [900.0, 520.0, 500.0, 210.0], [100_000.0, 104_000.0, 98_000.0, 99_000.0]
FUNNEL = rate_funnel([500.0, 510.0, 490.0], [100_000.0, 100_000.0, 98_000.0])
POINTS = [
    AreaPoint(
        name=name,
        value=count / people * 1000,
        interval=Interval(count / people * 900, count / people * 1100),
        among=people,
        side=FUNNEL.position(count, people).side,
        variation=(Variation.IMPROVEMENT, Variation.COMMON_CAUSE, Variation.CONCERN)[
            FUNNEL.position(count, people).side + 1
        ],
    )
    for name, count, people in zip(NAMES, COUNTS, PEOPLE, strict=True)
]
APART = replace(POINTS[0], name="Westminster *", value=80.0, is_apart=True)

in_order = partial(
    ranked_svg,
    line=5.0,
    line_words="All together 5.0",
    printed="{:.1f}".format,
    title="Robbery & more",
    description="Four areas.",
)
in_funnel = partial(
    funnel_svg,
    funnel=FUNNEL,
    per=1000,
    line_words="All together 5.0",
    among_words="Residents",
    printed="{:.1f}".format,
    title="Robbery & more",
    description="Four areas.",
)
both = pytest.mark.parametrize("draw", [in_order, in_funnel])


def said(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@both
@pytest.mark.parametrize("is_narrow", [False, True])
def test_a_chart_of_areas_is_named_described_and_allowed_by_a_strict_policy(
    draw: partial[str], is_narrow: bool
) -> None:
    root = ElementTree.fromstring(draw(POINTS, is_narrow=is_narrow))
    assert root.get("role") == "img"
    named = {each.get("id"): each.text for each in root}
    title, description = (root.get("aria-labelledby") or "").split()
    assert (named[title], named[description]) == ("Robbery & more", "Four areas.")
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in {"style", "script"}
        assert "style" not in element.attrib


@both
def test_colours_follow_the_page_and_are_plain_on_paper(draw: partial[str]) -> None:
    shown, printed = draw(POINTS), draw(POINTS, palette=Palette.PRINT)
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', shown)) - {"none"}
    assert colours <= {f"var(--{name}, {colour})" for name, colour in TOKENS.items()}
    assert "var(" not in printed


def test_every_area_stands_with_its_name_and_value_in_the_order_given() -> None:
    words = said(in_order(POINTS))
    assert [each for each in words if each in NAMES] == NAMES
    assert "9.0" in words
    assert "All together 5.0" in words


def test_areas_outside_the_limits_have_a_shape_of_their_own_and_their_name() -> None:
    root = ElementTree.fromstring(in_funnel(POINTS))
    marks = [each for each in root.iter(f"{SVG}polygon") if each.get("points", "").count(" ") == 2]
    assert len(marks) == 2
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    words = said(in_funnel(POINTS))
    assert "Brent & <Co>" in words
    assert "Bexley" in words
    assert "Camden" not in words
    assert words.count("99.8% limit") == 2


@both
def test_an_area_apart_does_not_press_the_others_together(draw: partial[str]) -> None:
    words = said(draw([APART, *POINTS[1:]]))
    assert any("\N{RIGHTWARDS ARROW}" in each or "\N{UPWARDS ARROW}" in each for each in words)
    assert any("80.0" in each for each in words)
    ticks = [float(each) for each in words if re.fullmatch(r"\d+(\.\d)?", each)]
    assert max(each for each in ticks if each != 80) < 12


def test_the_band_of_a_funnel_is_as_wide_as_its_limits() -> None:
    svg = in_funnel(POINTS)
    band = re.search(r'<polygon points="([^"]+)" fill="var\(--band', svg)
    assert band is not None
    corners = [tuple(map(float, each.split(","))) for each in band[1].split()]
    first_upper, first_lower = corners[0], corners[-1]
    limits = FUNNEL.limits(min(PEOPLE) * 0.94, OUTER)
    zero = 400 - 44
    per_unit = (zero - first_upper[1]) / (limits.upper * 1000)
    assert zero - first_lower[1] == pytest.approx(limits.lower * 1000 * per_unit, abs=0.3)
