"""Rolling sums as a plain line."""

from __future__ import annotations

from folkmoot.core.charts import describe_rolling, rolling_svg
from folkmoot.core.charts.drawing import BAND, MARKS
from folkmoot.core.periods import Month

SUMS = [(Month(2021, 1).shift(step), float(1000 + 10 * step)) for step in range(14)]


def test_the_line_ends_in_its_figure_and_has_neither_band_nor_mark() -> None:
    svg = rolling_svg(SUMS, title="Burglary", description="A line.")
    assert "1,130" in svg
    for colour in (BAND, *MARKS.values()):
        assert colour not in svg


def test_the_words_say_nothing_of_change() -> None:
    words = describe_rolling("Burglary", "Barnet", SUMS)
    assert "burglary, Barnet, summed over the 12 months" in words
    assert "highest sum was 1,130, up to February 2022" in words
    assert "lowest 1,000, up to January 2021" in words
    assert "No limits are drawn" in words


def test_a_break_is_marked_where_the_sums_begin_to_mix() -> None:
    months = [(Month(2021, 6), "New system"), (Month(1999, 1), "Long ago")]
    svg = rolling_svg(SUMS, title="Burglary", description="A line.", breaks=months)
    assert "New system" in svg
    assert "Long ago" not in svg
