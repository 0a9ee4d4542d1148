"""Rare counts as bars."""

from __future__ import annotations

from folkmoot.core.charts import counts_svg, describe_counts
from folkmoot.core.charts.drawing import BAND
from folkmoot.core.periods import Month

COUNTS = [0, 1, 0, 0, 2, 0, 1, 0, 0, 0, 1, 0]
MONTHS = [Month(2021, 1).shift(step) for step in range(12)]


def test_bars_have_no_band_that_could_be_taken_for_limits() -> None:
    svg = counts_svg(MONTHS, COUNTS, title="Homicide", description="Bars.")
    assert "Homicide" in svg
    assert BAND not in svg


def test_the_words_count_the_months_without_any() -> None:
    words = describe_counts("Homicide", "Barnet", MONTHS, COUNTS)
    assert "5 in 12 months, of which 8 were without any" in words
    assert "most in a month were 2, in May 2021" in words


def test_no_event_at_all_can_be_drawn() -> None:
    assert "<svg" in counts_svg(MONTHS, [0] * 12, title="Homicide", description="Bars.")
