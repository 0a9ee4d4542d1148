"""What a control chart shows beside its line: rules, pins, decimals."""

from __future__ import annotations

from datetime import date

import pytest

from folkmoot.core.charts import control_chart_svg, describe_control_chart
from folkmoot.core.periods import Month
from folkmoot.core.readings import read_series
from folkmoot.core.spc import Direction, Rebase, control_chart

MONTHS = [Month(2020, 1).shift(step) for step in range(30)]
VALUES = [100 + step % 7 for step in range(15)] + [140 + step % 7 for step in range(15)]


def drawn(rebase: tuple[Rebase, ...] = (), **shown: object) -> str:
    chart = control_chart(VALUES, Direction.DECREASE, rebase=rebase)
    return control_chart_svg(MONTHS, chart, title="Burglary", description="A line.", **shown)  # type: ignore[arg-type]


def test_a_decision_to_count_anew_is_marked() -> None:
    decided = Rebase(15, "A new way to report", date(2021, 6, 1))
    assert "Limits counted anew" in drawn((decided,))
    assert "Limits counted anew" not in drawn()


def test_a_break_at_the_same_month_is_told_once() -> None:
    svg = drawn((Rebase(15, "a new definition"),), breaks=[(MONTHS[15], "New definition")])
    assert "New definition" in svg
    assert "Limits counted anew" not in svg


def test_a_pin_stands_over_its_month_and_none_over_a_month_not_shown() -> None:
    pinned = drawn(pins=[(MONTHS[3], "7"), (Month(1999, 1), "8")])
    assert ">7<" in pinned
    assert ">8<" not in pinned


def test_the_way_to_a_target_is_a_line_of_its_own_with_the_target_in_words() -> None:
    assert "Target" not in drawn()
    svg = drawn(way=[(MONTHS[4], 400.0), (MONTHS[20], 90.0)])
    assert ">Target 90<" in svg
    # The axis reaches up to where the way begins.
    assert ">400<" in svg


def test_rates_keep_their_decimals() -> None:
    values = [1.25 + step % 3 / 10 for step in range(20)]
    chart = control_chart(values, Direction.DECREASE)
    months = MONTHS[:20]
    reading = read_series("Burglary", "per 1,000", months, chart, digits=2)
    words = describe_control_chart("Burglary", "Barnet", months, chart, reading, digits=2)
    assert "It ends at 1.35" in words
    svg = control_chart_svg(months, chart, title="Burglary", description=words, digits=2)
    assert "Average 1.34" in svg


@pytest.mark.parametrize("pins", [[], [(MONTHS[3], "1")]])
def test_the_same_numbers_give_the_same_drawing(pins: list[tuple[Month, str]]) -> None:
    assert drawn(pins=pins) == drawn(pins=pins)
