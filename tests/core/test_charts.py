"""Charts as they stand in a page: well formed, allowed by its policy, and told in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from folkmoot.core.charts import (
    TOKENS,
    Palette,
    control,
    control_chart_svg,
    describe_control_chart,
    describe_survey,
    drawing,
    sparkline_svg,
    survey,
    survey_sparkline_svg,
    survey_svg,
)
from folkmoot.core.periods import Month, month_range
from folkmoot.core.readings import read_series, read_survey
from folkmoot.core.spc import Direction, control_chart

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = month_range(Month(2021, 1), Month(2023, 12))
# The highest in May 2022, the lowest in October 2021, and a fall at the end.
VALUES = [1200 + 40 * (place % 3) for place in range(36)]
VALUES[9], VALUES[16], VALUES[35] = 903, 2417, 1111
CHART = control_chart(VALUES, Direction.DECREASE)
QUARTERS = tuple(Month(2020, 3).shift(3 * step) for step in range(16))
SHARES = [0.5 + 0.01 * (place % 4) for place in range(16)]
SHARES[2], SHARES[9], SHARES[15] = 0.41, 0.63, 0.55
BASES: list[float | None] = [None, *[3200.0] * 15]
TITLE = 'Thefts <from> people & "shops"'


def monthly(palette: Palette = Palette.PAGE) -> str:
    return control_chart_svg(
        MONTHS,
        CHART,
        title=TITLE,
        description="A line that <ends> at 1,111 & falls.",
        breaks=[(Month(2022, 6), "New <system>"), (Month(2019, 1), "Long before")],
        palette=palette,
    )


def quarterly(palette: Palette = Palette.PAGE) -> str:
    return survey_svg(
        QUARTERS, SHARES, BASES, title=TITLE, description="Shares & more.", palette=palette
    )


def small() -> str:
    return sparkline_svg(CHART, title=TITLE)


def small_survey() -> str:
    return survey_sparkline_svg(SHARES, title=TITLE)


every = pytest.mark.parametrize("draw", [monthly, quarterly, small, small_survey])
large = pytest.mark.parametrize("draw", [monthly, quarterly])


@every
def test_a_chart_is_xml_that_a_strict_policy_allows(draw: Callable[[], str]) -> None:
    for element in ElementTree.fromstring(draw()).iter():
        assert element.tag.removeprefix(SVG) not in {"style", "script", "foreignObject", "image"}
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.lower().startswith("on")
            assert "javascript:" not in value


@every
def test_the_same_figures_give_the_same_chart(draw: Callable[[], str]) -> None:
    first = draw()
    control.drawn_control_chart.cache_clear()
    survey.drawn_survey.cache_clear()
    assert draw() == first


@large
def test_a_specification_keeps_to_the_schema_of_vega_lite(
    draw: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Pages draw without this check, as it takes longer than drawing.
    seen = []

    def checked(layers: list[Any], rows: Any, width: int, height: int) -> str:
        seen.append(drawing.specified(layers, width, height, validate=True))
        return drawing.drawn(layers, rows, width, height)

    for module, kept in (
        (control, control.drawn_control_chart),
        (survey, survey.drawn_survey),
    ):
        kept.cache_clear()
        monkeypatch.setattr(module, "drawn", checked)
    draw()
    assert len(seen) == 1


@large
def test_a_chart_is_named_and_described(draw: Callable[[], str]) -> None:
    root = ElementTree.fromstring(draw())
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.tag != f"{SVG}g"}
    title, description = (root.get("aria-labelledby") or "").split()
    assert named[title] == TITLE
    assert named[description] in {"A line that <ends> at 1,111 & falls.", "Shares & more."}
    assert [element.tag for element in root][:2] == [f"{SVG}title", f"{SVG}desc"]


@pytest.mark.parametrize("draw", [small, small_survey])
def test_a_sparkline_bears_its_title(draw: Callable[[], str]) -> None:
    root = ElementTree.fromstring(draw())
    assert (root.get("role"), root.get("aria-label")) == ("img", TITLE)


def test_no_id_stands_twice_in_a_page_of_charts() -> None:
    page = monthly() + quarterly()
    found = re.findall(r'\sid="([^"]+)"', page)
    assert len(found) >= 4
    assert len(found) == len(set(found))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(found)


@large
def test_a_printed_chart_names_plain_colours(draw: Callable[[Palette], str]) -> None:
    printed, shown = draw(Palette.PRINT), draw(Palette.PAGE)
    assert "var(" not in printed
    assert TOKENS["ink"] in printed
    assert f"var(--ink, {TOKENS['ink']})" in shown
    for name, colour in TOKENS.items():
        assert f'"{colour}"' not in shown, f"{name} does not follow the page"
        shown_colours = set(re.findall(r"var\(--([a-z-]+), (#[0-9a-f]{6})\)", shown))
        assert shown_colours <= set(TOKENS.items())


def test_a_break_is_marked_where_the_chart_shows_its_month() -> None:
    words = "".join(ElementTree.fromstring(monthly()).itertext())
    assert "New <system>" in words
    assert "Long before" not in words


def test_only_months_that_are_more_than_chance_are_marked() -> None:
    marked = sum(1 for point in CHART.points if point.side)
    assert 0 < marked < len(VALUES)
    # One circle besides, at the end of the line.
    assert small().count("<circle") == marked + 1
    quiet = control_chart([100, 120] * 10, Direction.DECREASE)
    assert sparkline_svg(quiet, title="Quiet").count("<circle") == 1


@pytest.mark.parametrize("values", [[0] * 14, [7] * 14, [0, 1]])
def test_flat_and_short_series_are_drawn(values: list[int]) -> None:
    chart = control_chart(values, Direction.DECREASE)
    months = MONTHS[: len(values)]
    drawn = control_chart_svg(months, chart, title="Flat", description="Flat.")
    for svg in (drawn, sparkline_svg(chart, title="Flat"), survey_sparkline_svg([0.5], title="")):
        assert "NaN" not in svg
        ElementTree.fromstring(svg)
    words = "".join(ElementTree.fromstring(drawn).itertext())
    assert words.count("Upper limit") == 1
    if len(set(values)) == 1:
        assert "Average" not in words, "labels of equal limits stand on each other"


def words_at(svg: str) -> dict[str, float]:
    """Return every text of a chart with its distance from the top of its group."""
    found = {}
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        moved = re.search(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", ""))
        assert moved
        found[element.text or ""] = float(moved[2])
    return found


def test_labels_of_close_limits_do_not_stand_on_each_other() -> None:
    # The usual range is a fiftieth of the height, and then lies on the axis.
    for values in ([1000, 1004] * 10, [1000, *[0, 4] * 10]):
        chart = control_chart(values, Direction.DECREASE)
        svg = control_chart_svg(MONTHS[: len(values)], chart, title="Close", description="")
        ends = [
            place
            for words, place in words_at(svg).items()
            if words.startswith(("Upper limit", "Average", "Lower limit"))
        ]
        assert len(ends) == 3
        assert ends == sorted(ends)
        assert all(below - above >= 12 for above, below in pairwise(ends))


def test_an_axis_of_few_has_whole_counts_once() -> None:
    chart = control_chart([0, 1, 0, 2, 0, 1] * 3, Direction.DECREASE)
    svg = control_chart_svg(MONTHS[:18], chart, title="Few", description="")
    texts = [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    counts = [words for words in texts if re.fullmatch(r"\d", words)]
    assert counts[:3] == ["0", "1", "2"]
    assert len(counts) == len(set(counts))


def test_the_end_of_a_sparkline_bears_the_colour_of_its_reading() -> None:
    worse = control_chart([*[100, 120] * 10, 400], Direction.DECREASE)
    assert sparkline_svg(worse, title="Worse").rsplit("<circle", 1)[1].count("--concern") == 1
    quiet = control_chart([100, 120] * 10, Direction.DECREASE)
    assert sparkline_svg(quiet, title="Quiet").rsplit("<circle", 1)[1].count("--ink,") == 1


def test_a_survey_ends_with_its_interval() -> None:
    # Wilson's interval of 55% of 3,200 / 1.5 answers.
    assert {"55%", "53% to 57%"} <= words_at(quarterly()).keys()
    reading = read_survey("Trust", QUARTERS, SHARES, BASES, Direction.INCREASE)
    words = describe_survey("Trust", "Exampleton", QUARTERS, SHARES, reading, BASES)
    assert "The band is the 95% interval, 53% to 57% at the end." in words


def test_a_name_in_capitals_keeps_them_within_a_sentence() -> None:
    reading = read_series("NHS thefts", "offences", MONTHS, CHART)
    words = describe_control_chart("NHS thefts", "Exampleton", MONTHS, CHART, reading)
    assert words.startswith("Line of NHS thefts, Exampleton")


def test_months_must_name_every_point() -> None:
    with pytest.raises(ValueError, match="longer than"):
        control_chart_svg(MONTHS[:-1], CHART, title="Thefts", description="")


def test_a_control_chart_in_words() -> None:
    reading = read_series("Thefts", "offences", MONTHS, CHART)
    words = describe_control_chart("Thefts", "Exampleton", MONTHS, CHART, reading)
    assert words.startswith(
        "Line of thefts, Exampleton, each month from January 2021 to December 2023. "
        "It ends at 1,111. "
    )
    assert "The highest month was May 2022 with 2,417, the lowest October 2021 with 903." in words
    assert f"The average is {CHART.limits.mean:,.0f}" in words
    marked = sum(1 for point in CHART.points if point.side)
    assert f"{marked} of 36 months are marked as more than chance" in words
    assert words.endswith(f"Now: {reading.word.lower()}.")


def test_a_survey_chart_in_words() -> None:
    reading = read_survey("Trust", QUARTERS, SHARES, BASES, Direction.INCREASE)
    words = describe_survey("Trust", "Exampleton", QUARTERS, SHARES, reading)
    assert "from March 2020 to December 2023, each point the 12 months before it" in words
    assert (
        "It ends at 55%; the highest was 63% in June 2022, the lowest 41% in September 2020."
        in (words)
    )
    assert words.endswith(f"Now: {reading.word.lower()}.")
