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
    alt,
    drawn,
    finished,
    lower_first,
    over_time,
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
    rows: list[dict[str, Any]] = []
    for month, share, base in zip(months, shares, bases, strict=True):
        row: dict[str, Any] = {"month": str(month.first_day), "value": share}
        if interval := _interval(share, base):
            row |= {"lower": interval.lower, "upper": interval.upper}
        rows.append(row)
    chart = over_time(rows)
    y = alt.Axis(title=None, tickCount=5, format=".0%", domain=False, ticks=False)
    scale = alt.Scale(domain=[0, 1])
    band = chart.mark_area(color=BAND).encode(y=alt.Y("lower:Q", axis=y, scale=scale), y2="upper:Q")
    line = chart.mark_line(color=INK, strokeWidth=2, strokeJoin="round").encode(
        y=alt.Y("value:Q", axis=y, scale=scale)
    )
    last = alt.Chart(alt.Data(values=[rows[-1] | {"told": format_percent(shares[-1])}]))
    layers = [
        band,
        line,
        last.mark_text(align="left", dx=8, color=INK, fontSize=12).encode(
            x="month:T", y="value:Q", text="told:N"
        ),
    ]
    if interval := _interval(shares[-1], bases[-1]):
        told = alt.Chart(alt.Data(values=[rows[-1] | {"told": _printed(interval)}]))
        layers.append(
            told.mark_text(align="left", dx=8, dy=15, color=SOFT, fontSize=11).encode(
                x="month:T", y="value:Q", text="told:N"
            )
        )
    return drawn(alt.layer(*layers), width, height)


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
