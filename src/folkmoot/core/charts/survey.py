"""A survey's shares over time, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from folkmoot.core.charts.drawing import (
    BAND,
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
from folkmoot.core.intervals import Interval, wilson
from folkmoot.core.periods import Month
from folkmoot.core.readings import DESIGN_EFFECT, Reading
from folkmoot.core.tables import format_percent


def survey_svg(
    months: Sequence[Month],
    shares: Sequence[float],
    bases: Sequence[float | None],
    *,
    title: str,
    description: str,
    width: int = 640,
    height: int = 300,
    palette: Palette = Palette.PAGE,
) -> str:
    """Return a survey's shares with their 95% intervals, where the base is known."""
    svg = drawn_survey(tuple(months), tuple(shares), tuple(bases), width, height)
    return finished(svg, title, description, palette)


@lru_cache(maxsize=256)
def drawn_survey(
    months: tuple[Month, ...],
    shares: tuple[float, ...],
    bases: tuple[float | None, ...],
    width: int,
    height: int,
) -> str:
    """Return a survey's chart as Vega draws it; kept, as pages ask for the same ones again."""
    rows: Rows = []
    for month, share, base in zip(months, shares, bases, strict=True):
        row: dict[str, Any] = {"month": str(month.first_day), "value": share}
        if interval := _interval(share, base):
            row |= {"lower": interval.lower, "upper": interval.upper}
        rows.append(row)
    chart = over_time("points")
    y = alt.Axis(title=None, tickCount=5, format=".0%", domain=False, ticks=False)
    scale = alt.Scale(domain=[0, 1])
    band = chart.mark_area(color=BAND).encode(
        alt.Y("lower:Q", axis=y, scale=scale), alt.Y2("upper:Q")
    )
    line = chart.mark_line(color=INK, strokeWidth=2, strokeJoin="round").encode(
        alt.Y("value:Q", axis=y, scale=scale)
    )
    last = {"month": rows[-1]["month"], "value": shares[-1]}
    layers = [band, line, words_over_time("end", color=INK, fontSize=12)]
    named: dict[str, Rows] = {"points": rows, "end": [last | {"words": format_percent(shares[-1])}]}
    if interval := _interval(shares[-1], bases[-1]):
        layers.append(words_over_time("interval", color=SOFT, fontSize=11, dy=15))
        named["interval"] = [last | {"words": _printed(interval)}]
    return drawn(layers, named, width, height)


def describe_survey(
    title: str,
    area: str,
    months: Sequence[Month],
    shares: Sequence[float],
    reading: Reading,
    bases: Sequence[float | None] = (),
) -> str:
    """Return in words what a survey chart shows, made from its numbers."""
    high = max(range(len(shares)), key=shares.__getitem__)
    low = min(range(len(shares)), key=shares.__getitem__)
    interval = _interval(shares[-1], bases[-1]) if bases else None
    return (
        f"Line of the share of people, {area}: {lower_first(title)}, each quarter from "
        f"{months[0].label} to {months[-1].label}, each point the 12 months before it. It ends at "
        f"{format_percent(shares[-1])}; the highest was {format_percent(shares[high])} in "
        f"{months[high].label}, the lowest {format_percent(shares[low])} in {months[low].label}. "
        + (f"The band is the 95% interval, {_printed(interval)} at the end. " if interval else "")
        + f"Now: {reading.word.lower()}."
    )


def _interval(share: float, base: float | None) -> Interval | None:
    return wilson(share, base / DESIGN_EFFECT) if base else None


def _printed(interval: Interval) -> str:
    return f"{format_percent(interval.lower)} to {format_percent(interval.upper)}"
