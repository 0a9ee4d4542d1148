"""Rolling sums as a plain line: no limits, no marks, nothing that could be taken for a reading."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from folkmoot.core.charts.control import break_rule
from folkmoot.core.charts.drawing import (
    INK,
    SOFT,
    Palette,
    Rows,
    alt,
    drawn,
    finished,
    lower_first,
    over_time,
    words_over_time,
)
from folkmoot.core.periods import Month
from folkmoot.core.tables import format_count


def rolling_svg(
    sums: Sequence[tuple[Month, float]],
    *,
    title: str,
    description: str,
    breaks: Sequence[tuple[Month, str]] = (),
    width: int = 640,
    height: int = 300,
    palette: Palette = Palette.PAGE,
) -> str:
    """Return rolling sums as a line that ends in its last figure. The y axis begins at zero.

    `breaks` are months from which figures were recorded differently, with the words of the rule
    that marks them: the sums of a year from there on mix both.
    """
    svg = drawn_rolling(tuple(sums), tuple(breaks), width, height)
    return finished(svg, title, description, palette)


@lru_cache(maxsize=256)
def drawn_rolling(
    sums: tuple[tuple[Month, float], ...],
    breaks: tuple[tuple[Month, str], ...],
    width: int,
    height: int,
) -> str:
    """Return the line as Vega draws it; kept, as pages ask for the same ones again."""
    rows: Rows = [{"month": str(month.first_day), "value": value} for month, value in sums]
    y = alt.Axis(title=None, format=",.0f", tickCount=4, domain=False, ticks=False)
    line = (
        over_time("points")
        .mark_line(color=INK, strokeWidth=2, strokeJoin="round")
        .encode(alt.Y("value:Q", axis=y, scale=alt.Scale(domainMin=0, nice=True)))
    )
    ends: Rows = [rows[-1] | {"words": format_count(sums[-1][1])}]
    layers = [line, words_over_time("ends", color=SOFT, fontSize=12)]
    named = {"points": rows, "ends": ends}
    months = [month for month, _ in sums]
    for number, (month, words) in enumerate(breaks):
        if months[0] < month <= months[-1]:
            name = f"break-{number}"
            named[name] = [{"month": str(month.first_day), "words": words}]
            layers += break_rule(name, is_late=month >= months[len(months) // 2])
    return drawn(layers, named, width, height)


def describe_rolling(title: str, area: str, sums: Sequence[tuple[Month, float]]) -> str:
    """Return in words what the line shows, without a word on change."""
    (first, _), (last, latest) = sums[0], sums[-1]
    high = max(sums, key=lambda each: each[1])
    low = min(sums, key=lambda each: each[1])
    return (
        f"Line of {lower_first(title)}, {area}, summed over the 12 months up to each month from "
        f"{first.label} to {last.label}. It ends at {format_count(latest)}. The highest sum was "
        f"{format_count(high[1])}, up to {high[0].label}, and the lowest {format_count(low[1])}, "
        f"up to {low[0].label}. No limits are drawn: neighbouring sums share eleven months."
    )
