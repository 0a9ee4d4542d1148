"""A control chart: a line, its usual range, and the points that are more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import Any

from folkmoot.core.charts.drawing import (
    BAND,
    INK,
    MARKS,
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
from folkmoot.core.readings import (
    Reading,
    limits_of_counts,
    mean_of_counts,
    usual_range,
)
from folkmoot.core.spc import ControlChart
from folkmoot.core.tables import format_count

# Where a label would stand on the next one, in parts of the height.
LABEL_HEIGHT = 1 / 15


def control_chart_svg(
    months: Sequence[Month],
    chart: ControlChart,
    *,
    title: str,
    description: str,
    width: int = 640,
    height: int = 300,
    breaks: Sequence[tuple[Month, str]] = (),
    palette: Palette = Palette.PAGE,
) -> str:
    """Return a control chart: line, usual range as a band, dashed average, signals marked.

    `months` names the points, oldest first. `breaks` are months from which figures were recorded
    differently, with the words of the rule that marks them. The y axis begins at zero.
    """
    svg = drawn_control_chart(tuple(months), chart, tuple(breaks), width, height)
    return finished(svg, title, description, palette)


@lru_cache(maxsize=256)
def drawn_control_chart(
    months: tuple[Month, ...],
    chart: ControlChart,
    breaks: tuple[tuple[Month, str], ...],
    width: int,
    height: int,
) -> str:
    """Return a control chart as Vega draws it; kept, as pages ask for the same ones again."""
    rows: Rows = [
        {
            "month": str(month.first_day),
            "value": point.value,
            "lower": max(0.0, point.limits.lower),
            "upper": point.limits.upper,
            "mean": point.limits.mean,
            "mark": point.variation.name,
            "side": "up" if point.side > 0 else "down",
        }
        for month, point in zip(months, chart.points, strict=True)
    ]
    shown = [(month, words) for month, words in breaks if months[0] < month <= months[-1]]
    highest = max(*(row["upper"] for row in rows), *(row["value"] for row in rows))
    base = over_time("points")
    # Counts are whole: no ticks between them.
    few = {"values": list(range(ceil(highest) + 1))} if highest < 4 else {"tickCount": 4}
    y = alt.Axis(title=None, format=",.0f", domain=False, ticks=False, **few)
    # Words over the line need room.
    room = {"domainMax": highest * 1.1} if shown and highest else {}
    scale = alt.Scale(domainMin=0, nice=True, **room)
    band = base.mark_area(color=BAND).encode(
        alt.Y("lower:Q", axis=y, scale=scale), alt.Y2("upper:Q")
    )
    mean = base.mark_line(color=SOFT, strokeWidth=1, strokeDash=[4, 3]).encode(alt.Y("mean:Q"))
    line = base.mark_line(color=INK, strokeWidth=2, strokeJoin="round").encode(alt.Y("value:Q"))
    points = (
        base.transform_filter("datum.mark != 'COMMON_CAUSE'")
        .mark_point(filled=True, size=52, opacity=1)
        .encode(
            alt.Y("value:Q"),
            alt.Color(
                "mark:N",
                legend=None,
                scale=alt.Scale(domain=[kind.name for kind in MARKS], range=list(MARKS.values())),
            ),
            alt.Shape(
                "side:N",
                legend=None,
                scale=alt.Scale(domain=["up", "down"], range=["triangle-up", "triangle-down"]),
            ),
        )
    )
    ends: Rows = [
        {"month": rows[-1]["month"], "value": place, "words": words}
        for place, words in _labels(chart, highest * LABEL_HEIGHT)
    ]
    layers = [band, mean, line, points, words_over_time("ends", color=SOFT, fontSize=12)]
    named = {"points": rows, "ends": ends}
    for number, (month, words) in enumerate(shown):
        name = f"break-{number}"
        named[name] = [{"month": str(month.first_day), "words": words}]
        layers += _break(name, is_late=month >= months[len(months) // 2])
    return drawn(layers, named, width, height)


def describe_control_chart(
    title: str, area: str, months: Sequence[Month], chart: ControlChart, reading: Reading
) -> str:
    """Return in words what a control chart shows, made from its numbers."""
    values = [point.value for point in chart.points]
    high = max(range(len(values)), key=values.__getitem__)
    low = min(range(len(values)), key=values.__getitem__)
    marked = sum(1 for point in chart.points if point.side)
    return (
        f"Line of {lower_first(title)}, {area}, each month from {months[0].label} to "
        f"{months[-1].label}. It ends at {format_count(values[-1])}. The highest month was "
        f"{months[high].label} with {format_count(values[high])}, the lowest {months[low].label} "
        f"with {format_count(values[low])}. The average is {mean_of_counts(chart.limits)} and "
        f"the usual range {usual_range(chart)}; {marked} of {len(values)} months are marked as "
        f"more than chance. Now: {reading.word.lower()}."
    )


def _break(name: str, *, is_late: bool) -> list[Any]:
    """Return the rule that marks a break, and its words on the side with more room."""
    rule = alt.Chart(alt.NamedData(name))
    side = {"align": "right", "dx": -5} if is_late else {"align": "left", "dx": 5}
    return [
        rule.mark_rule(color=SOFT, strokeWidth=1, strokeDash=[1, 2]).encode(alt.X("month:T")),
        rule.mark_text(baseline="top", dy=2, color=SOFT, fontSize=11, **side).encode(
            alt.X("month:T"), alt.YValue(0), alt.Text("words:N")
        ),
    ]


def _labels(chart: ControlChart, gap: float) -> list[tuple[float, str]]:
    """Return the labels at the end of the line and where each stands, `gap` or more apart.

    The average stays where it is; the limits make way. Where all are equal, one is enough.
    """
    limits = chart.limits
    lower, upper = limits_of_counts(limits)
    if limits.lower == limits.upper:
        return [(limits.upper, f"Upper limit {upper}")]
    low = max(0.0, limits.lower)
    middle = max(limits.mean, gap)
    return [
        (max(limits.upper, middle + gap), f"Upper limit {upper}"),
        (middle, f"Average {mean_of_counts(limits)}"),
        (min(low, middle - gap), f"Lower limit {lower}"),
    ]
