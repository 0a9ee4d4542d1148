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
    PAPER,
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
    format_figure,
    limits_of_figures,
    mean_of_counts,
)
from folkmoot.core.spc import ControlChart

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
    pins: Sequence[tuple[Month, str]] = (),
    way: Sequence[tuple[Month, float]] = (),
    digits: int = 0,
    palette: Palette = Palette.PAGE,
) -> str:
    """Return a control chart: line, usual range as a band, dashed average, signals marked.

    `months` names the points, oldest first. `breaks` are months from which figures were recorded
    differently, with the words of the rule that marks them; where the chart counts its limits
    anew by somebody's decision, a rule says so too. `pins` are months of which somebody says
    something, with the mark that leads to it, such as "1". `way` is the way to a target, oldest
    month first. `digits` are the decimals of figures. The y axis begins at zero.
    """
    rules = (*breaks, *_rebases(months, chart, breaks))
    beside = (tuple(pins), tuple(way), digits)
    svg = drawn_control_chart(tuple(months), chart, rules, width, height, *beside)
    return finished(svg, title, description, palette)


@lru_cache(maxsize=256)
def drawn_control_chart(
    months: tuple[Month, ...],
    chart: ControlChart,
    breaks: tuple[tuple[Month, str], ...],
    width: int,
    height: int,
    pins: tuple[tuple[Month, str], ...] = (),
    way: tuple[tuple[Month, float], ...] = (),
    digits: int = 0,
) -> str:
    """Return a control chart as Vega draws it; kept, as pages ask for the same ones again."""
    segment_of = [
        number
        for number, each in enumerate(chart.segments)
        for _ in range(each.first, each.last + 1)
    ]
    rows: Rows = [
        {
            "month": str(month.first_day),
            "segment": segment,
            "value": point.value,
            "lower": max(0.0, point.limits.lower),
            "upper": point.limits.upper,
            "mean": point.limits.mean,
            "mark": point.variation.name,
            "side": "up" if point.side > 0 else "down",
        }
        for month, point, segment in zip(months, chart.points, segment_of, strict=True)
    ]
    shown = [(month, words) for month, words in breaks if months[0] < month <= months[-1]]
    highest = max(
        *(row["upper"] for row in rows), *(row["value"] for row in rows), *(each for _, each in way)
    )
    base = over_time("points")
    # Counts are whole: no ticks between them.
    is_few = highest < 4 and not digits
    few = {"values": list(range(ceil(highest) + 1))} if is_few else {"tickCount": 4}
    y = alt.Axis(title=None, format=f",.{digits}f", domain=False, ticks=False, **few)
    # Words over the line need room.
    room = {"domainMax": highest * 1.1} if (shown or pins) and highest else {}
    scale = alt.Scale(domainMin=0, nice=True, **room)
    # Limits end where others begin; a line between them would be neither's.
    own = alt.Detail("segment:N")
    band = base.mark_area(color=BAND).encode(
        alt.Y("lower:Q", axis=y, scale=scale), alt.Y2("upper:Q"), own
    )
    mean = base.mark_line(color=SOFT, strokeWidth=1, strokeDash=[4, 3]).encode(alt.Y("mean:Q"), own)
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
        for place, words in _labels(chart, highest * LABEL_HEIGHT, digits)
    ]
    layers = [band, mean, line, points, words_over_time("ends", color=SOFT, fontSize=12)]
    named = {"points": rows, "ends": ends}
    for number, (month, words) in enumerate(shown):
        name = f"break-{number}"
        named[name] = [{"month": str(month.first_day), "words": words}]
        # On two lines in turn, as the words of neighbours would run into each other.
        is_late = month >= months[len(months) // 2]
        layers += break_rule(name, is_late=is_late, line=number % 2)
    if way:
        named["way"] = [{"month": str(month.first_day), "value": value} for month, value in way]
        named["target"] = [
            named["way"][0] | {"words": f"Target {format_figure(way[-1][1], digits)}"}
        ]
        layers += _way()
    value_of = {row["month"]: row["value"] for row in rows}
    pinned: Rows = [
        {"month": str(month.first_day), "value": value_of[str(month.first_day)], "words": words}
        for month, words in pins
        if str(month.first_day) in value_of
    ]
    if pinned:
        named["pins"] = pinned
        layers += _pins()
    return drawn(layers, named, width, height)


def describe_control_chart(
    title: str,
    area: str,
    months: Sequence[Month],
    chart: ControlChart,
    reading: Reading,
    *,
    digits: int = 0,
) -> str:
    """Return in words what a control chart shows, made from its numbers."""
    lower, upper = limits_of_figures(chart.points[-1].limits, digits)
    values = [point.value for point in chart.points]
    high = max(range(len(values)), key=values.__getitem__)
    low = min(range(len(values)), key=values.__getitem__)
    marked = sum(1 for point in chart.points if point.side)
    return (
        f"Line of {lower_first(title)}, {area}, each month from {months[0].label} to "
        f"{months[-1].label}. It ends at {format_figure(values[-1], digits)}. The highest month "
        f"was {months[high].label} with {format_figure(values[high], digits)}, the lowest "
        f"{months[low].label} with {format_figure(values[low], digits)}. The average is "
        f"{_mean(chart, digits)} and the usual range {lower} to {upper}; {marked} of "
        f"{len(values)} months are marked as more than chance. Now: {reading.word.lower()}."
    )


def break_rule(name: str, *, is_late: bool, line: int = 0) -> list[Any]:
    """Return the rule that marks a break, and its words on the side with more room.

    `line` counts from the top, where several rules stand beside one another.
    """
    rule = alt.Chart(alt.NamedData(name))
    side = {"align": "right", "dx": -5} if is_late else {"align": "left", "dx": 5}
    return [
        rule.mark_rule(color=SOFT, strokeWidth=1, strokeDash=[1, 2]).encode(alt.X("month:T")),
        rule.mark_text(baseline="top", dy=2 + 14 * line, color=SOFT, fontSize=11, **side).encode(
            alt.X("month:T"), alt.YValue(0), alt.Text("words:N")
        ),
    ]


def _rebases(
    months: Sequence[Month], chart: ControlChart, breaks: Sequence[tuple[Month, str]]
) -> tuple[tuple[Month, str], ...]:
    """Return where limits are counted anew by a decision; a break at that month says it already."""
    told = {month for month, _ in breaks}
    starts = [months[each.first] for each in chart.segments if each.rebase is not None]
    return tuple((month, "Limits counted anew") for month in starts if month not in told)


def _way() -> list[Any]:
    """Return the line of the way to a target, and its words where it begins."""
    line = over_time("way").mark_line(color=INK, strokeWidth=1.5, strokeDash=[1, 3])
    said = over_time("target").mark_text(align="left", dx=4, dy=-6, color=INK, fontSize=11)
    return [
        line.encode(alt.Y("value:Q")),
        said.encode(alt.Y("value:Q"), alt.Text("words:N")),
    ]


def _pins() -> list[Any]:
    """Return the marks over the points of which somebody says something."""
    base = alt.Chart(alt.NamedData("pins")).encode(alt.X("month:T"), alt.Y("value:Q"))
    return [
        base.mark_point(
            shape="circle", size=230, yOffset=-18, filled=True, fill=PAPER, stroke=INK, opacity=1
        ),
        base.mark_text(dy=-18, color=INK, fontSize=11, fontWeight="bold").encode(
            alt.Text("words:N")
        ),
    ]


def _mean(chart: ControlChart, digits: int) -> str:
    """Return the average in force at the end, as printed."""
    limits = chart.limits
    return format_figure(limits.mean, digits) if digits else mean_of_counts(limits)


def _labels(chart: ControlChart, gap: float, digits: int = 0) -> list[tuple[float, str]]:
    """Return the labels at the end of the line and where each stands, `gap` or more apart.

    The average stays where it is; the limits make way. Where all are equal, one is enough.
    """
    limits = chart.limits
    lower, upper = limits_of_figures(limits, digits)
    if limits.lower == limits.upper:
        return [(limits.upper, f"Upper limit {upper}")]
    low = max(0.0, limits.lower)
    middle = max(limits.mean, gap)
    return [
        (max(limits.upper, middle + gap), f"Upper limit {upper}"),
        (middle, f"Average {_mean(chart, digits)}"),
        (min(low, middle - gap), f"Lower limit {lower}"),
    ]
