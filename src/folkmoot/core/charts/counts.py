"""Counts too rare for limits: a bar a month, with nothing that could be taken for a reading."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from folkmoot.core.charts.drawing import (
    INK,
    Palette,
    Rows,
    alt,
    drawn,
    finished,
    lower_first,
    over_time,
)
from folkmoot.core.periods import Month
from folkmoot.core.tables import format_count

MOST_TICKS = 5


def counts_svg(
    months: Sequence[Month],
    counts: Sequence[float],
    *,
    title: str,
    description: str,
    width: int = 640,
    height: int = 300,
    palette: Palette = Palette.PAGE,
) -> str:
    """Return a bar for each month; a month without an event is left empty."""
    svg = drawn_counts(tuple(months), tuple(counts), width, height)
    return finished(svg, title, description, palette)


@lru_cache(maxsize=256)
def drawn_counts(
    months: tuple[Month, ...], counts: tuple[float, ...], width: int, height: int
) -> str:
    """Return the bars as Vega draws them; kept, as pages ask for the same ones again."""
    rows: Rows = [
        {"month": str(month.first_day), "value": count}
        for month, count in zip(months, counts, strict=True)
    ]
    highest = max(1, ceil(max(counts)))
    ticks = list(range(0, highest + 1, max(1, ceil(highest / MOST_TICKS))))
    y = alt.Axis(title=None, format=",.0f", values=ticks, domain=False, ticks=False)
    bars = (
        over_time("points")
        .mark_bar(color=INK, width=max(1.5, width / len(months) * 0.6))
        .encode(alt.Y("value:Q", axis=y, scale=alt.Scale(domain=[0, highest], nice=False)))
    )
    return drawn([bars], {"points": rows}, width, height)


def describe_counts(title: str, area: str, months: Sequence[Month], counts: Sequence[float]) -> str:
    """Return in words what the bars show."""
    empty = sum(count == 0 for count in counts)
    high = max(range(len(counts)), key=counts.__getitem__)
    return (
        f"Bars of {lower_first(title)}, {area}, each month from {months[0].label} to "
        f"{months[-1].label}: {format_count(sum(counts))} in {len(months)} months, of which "
        f"{empty} were without any. The most in a month were {format_count(counts[high])}, in "
        f"{months[high].label}. No limits are drawn: so few are read by the time between them."
    )
