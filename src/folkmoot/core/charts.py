"""Charts as SVG, from one Vega-Lite specification each, with all their numbers known.

The SVG stands inline in a page under a strict content security policy: no style, no script.
Colours name the page's tokens with a fallback, so that one chart serves light, dark and high
contrast; `Palette.PRINT` names plain colours, for a PDF.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from importlib import import_module
from typing import Any
from xml.sax.saxutils import escape

from folkmoot.core.intervals import wilson
from folkmoot.core.periods import Month
from folkmoot.core.readings import DESIGN_EFFECT, Reading, point_words, usual_range
from folkmoot.core.spc import ControlChart, Point, Variation
from folkmoot.core.tables import format_count, format_percent


class _Altair:
    """Altair, imported with the first chart: it takes a second that most commands need not wait."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("altair"), name)


alt: Any = _Altair()

# Token of the page's stylesheet, and its colour in a light page or on paper.
TOKENS = {
    "ink": "#10233a",
    "ink-soft": "#44566c",
    "paper": "#ffffff",
    "rule": "#d5d0c4",
    "band": "#e7e4db",
    "improvement": "#1a6bb0",
    "concern": "#b8470b",
    "neutral": "#6b4c9a",
}
INK, SOFT, RULE, BAND = TOKENS["ink"], TOKENS["ink-soft"], TOKENS["rule"], TOKENS["band"]
FONT = "system-ui, sans-serif"
_MARKS = {
    Variation.IMPROVEMENT: TOKENS["improvement"],
    Variation.CONCERN: TOKENS["concern"],
    Variation.CHANGE: TOKENS["neutral"],
}


class Palette(Enum):
    """Where a chart is shown."""

    PAGE = "page"
    PRINT = "print"


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
    rows = [
        {
            "month": str(month.first_day),
            "value": point.value,
            "lower": max(0.0, point.limits.lower),
            "upper": point.limits.upper,
            "mean": point.limits.mean,
            "mark": point.variation.name,
            "side": "up" if point.side > 0 else "down",
            "told": f"{month.label}: {format_count(point.value)}. {point_words(point)}.",
        }
        for month, point in zip(months, chart.points, strict=True)
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "month:T",
            axis=alt.Axis(title=None, format="%Y", tickCount="year", grid=False, domainColor=RULE),
        )
    )
    y = alt.Axis(title=None, tickCount=4, format=",.0f", domain=False, ticks=False)
    scale = alt.Scale(domainMin=0, nice=True)
    band = base.mark_area(color=BAND).encode(y=alt.Y("lower:Q", axis=y, scale=scale), y2="upper:Q")
    mean = base.mark_line(color=SOFT, strokeWidth=1, strokeDash=[4, 3]).encode(y="mean:Q")
    line = base.mark_line(color=INK, strokeWidth=2, strokeJoin="round").encode(y="value:Q")
    marked = base.transform_filter("datum.mark != 'COMMON_CAUSE'")
    points = marked.mark_point(filled=True, size=52, opacity=1).encode(
        y="value:Q",
        color=alt.Color(
            "mark:N",
            legend=None,
            scale=alt.Scale(domain=[kind.name for kind in _MARKS], range=list(_MARKS.values())),
        ),
        shape=alt.Shape(
            "side:N",
            legend=None,
            scale=alt.Scale(domain=["up", "down"], range=["triangle-up", "triangle-down"]),
        ),
    )
    limits = chart.limits
    ends = [
        {"month": rows[-1]["month"], "value": value, "told": f"{name} {format_count(value)}"}
        for name, value in _apart(
            [
                ("Upper limit", limits.upper),
                ("Average", limits.mean),
                ("Lower limit", max(0.0, limits.lower)),
            ],
            # Where all is zero, one label is enough.
            gap=max(limits.upper, *(point.value for point in chart.points)) / 18 or 1.0,
        )
    ]
    labels = (
        alt.Chart(alt.Data(values=ends))
        .mark_text(align="left", dx=8, color=SOFT, fontSize=12)
        .encode(x="month:T", y="value:Q", text="told:N")
    )
    layers: list[Any] = [band, mean, line, points, labels]
    first = months[0]
    shown = [(month, words) for month, words in breaks if first < month <= months[-1]]
    if shown:
        ruled = [{"month": str(month.first_day), "words": words} for month, words in shown]
        rules = alt.Chart(alt.Data(values=ruled))
        layers += [
            rules.mark_rule(color=SOFT, strokeWidth=1, strokeDash=[1, 2]).encode(x="month:T"),
            rules.mark_text(
                align="left", dx=4, dy=8, baseline="top", color=SOFT, fontSize=11
            ).encode(x="month:T", y=alt.value(0), text="words:N"),
        ]
    return _svg(alt.layer(*layers), width, height, title, description, palette)


def sparkline_svg(chart: ControlChart, *, title: str, width: int = 250, height: int = 60) -> str:
    """Return a control chart without axes, for a tile; its words stand beside it on the page."""
    values = [point.value for point in chart.points]
    limits = [point.limits for point in chart.points]
    high = max(*values, *(each.upper for each in limits))
    low = min(*values, *(max(0.0, each.lower) for each in limits))
    return _line_of(
        values,
        [(max(0.0, each.lower), each.upper) for each in limits],
        [each.mean for each in limits],
        [(place, _MARKS[point.variation]) for place, point in _marked(chart.points)],
        (low, high),
        title,
        width,
        height,
    )


def survey_sparkline_svg(
    shares: Sequence[float], *, title: str, width: int = 250, height: int = 60
) -> str:
    """Return a survey's shares as a bare line, for a tile."""
    return _line_of(list(shares), [], [], [], (min(shares), max(shares)), title, width, height)


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
    rows = []
    for month, share, base in zip(months, shares, bases, strict=True):
        row: dict[str, Any] = {"month": str(month.first_day), "value": share}
        if base:
            interval = wilson(share, base / DESIGN_EFFECT)
            row |= {"lower": interval.lower, "upper": interval.upper}
        rows.append(row)
    base_chart = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "month:T",
            axis=alt.Axis(title=None, format="%Y", tickCount="year", grid=False, domainColor=RULE),
        )
    )
    y = alt.Axis(title=None, tickCount=5, format=".0%", domain=False, ticks=False)
    scale = alt.Scale(domain=[0, 1])
    band = base_chart.mark_area(color=BAND).encode(
        y=alt.Y("lower:Q", axis=y, scale=scale), y2="upper:Q"
    )
    line = base_chart.mark_line(color=INK, strokeWidth=2).encode(
        y=alt.Y("value:Q", axis=y, scale=scale)
    )
    label = (
        alt.Chart(alt.Data(values=[rows[-1] | {"told": format_percent(shares[-1])}]))
        .mark_text(align="left", dx=8, color=INK, fontSize=12)
        .encode(x="month:T", y="value:Q", text="told:N")
    )
    return _svg(alt.layer(band, line, label), width, height, title, description, palette)


def describe_control_chart(
    title: str, area: str, months: Sequence[Month], chart: ControlChart, reading: Reading
) -> str:
    """Return in words what a control chart shows, made from its numbers."""
    values = [point.value for point in chart.points]
    high = max(range(len(values)), key=values.__getitem__)
    low = min(range(len(values)), key=values.__getitem__)
    marked = sum(1 for point in chart.points if point.side)
    return (
        f"Line of {title.lower()}, {area}, each month from {months[0].label} to "
        f"{months[-1].label}. It ends at {format_count(values[-1])}. The highest month was "
        f"{months[high].label} with {format_count(values[high])}, the lowest {months[low].label} "
        f"with {format_count(values[low])}. The average is {format_count(chart.limits.mean)} and "
        f"the usual range {usual_range(chart)}; {marked} of {len(values)} months are marked as "
        f"more than chance. Now: {reading.word.lower()}."
    )


def describe_survey(
    title: str, area: str, months: Sequence[Month], shares: Sequence[float], reading: Reading
) -> str:
    """Return in words what a survey chart shows, made from its numbers."""
    high = max(range(len(shares)), key=shares.__getitem__)
    low = min(range(len(shares)), key=shares.__getitem__)
    return (
        f"Line of the share of people, {area}: {title.lower()}, each quarter from "
        f"{months[0].label} to {months[-1].label}, each point the 12 months before it. It ends at "
        f"{format_percent(shares[-1])}; the highest was {format_percent(shares[high])} in "
        f"{months[high].label}, the lowest {format_percent(shares[low])} in {months[low].label}. "
        f"Now: {reading.word.lower()}."
    )


def _apart(ends: Sequence[tuple[str, float]], gap: float) -> list[tuple[str, float]]:
    """Leave out labels, highest first, that would stand on the one before."""
    kept: list[tuple[str, float]] = []
    for name, value in ends:
        if not kept or kept[-1][1] - value >= gap:
            kept.append((name, value))
    return kept


def _marked(points: Sequence[Point]) -> list[tuple[int, Point]]:
    return [(place, point) for place, point in enumerate(points) if point.side]


def _line_of(
    values: list[float],
    bands: list[tuple[float, float]],
    means: list[float],
    marks: list[tuple[int, str]],
    extent: tuple[float, float],
    title: str,
    width: int,
    height: int,
) -> str:
    """Draw a sparkline's few elements directly.

    Vega takes about 200 ms a chart, which twenty tiles would feel; a sparkline has no axis, no
    label and no legend that would need it.
    """
    low, high = extent
    inset = 4.0
    step = (width - 2 * inset) / max(1, len(values) - 1)
    rise = (height - 2 * inset) / ((high - low) or 1)

    def x(place: int) -> str:
        return f"{inset + place * step:.1f}"

    def y(value: float) -> str:
        return f"{height - inset - (value - low) * rise:.1f}"

    parts = []
    if bands:
        upper = " ".join(f"{x(place)},{y(band[1])}" for place, band in enumerate(bands))
        lower = " ".join(f"{x(p)},{y(bands[p][0])}" for p in reversed(range(len(bands))))
        parts.append(f'<polygon points="{upper} {lower}" fill="{_token(BAND)}"/>')
        average = " ".join(f"{x(place)},{y(mean)}" for place, mean in enumerate(means))
        parts.append(
            f'<polyline points="{average}" fill="none" stroke="{_token(SOFT)}" '
            'stroke-dasharray="4 3"/>'
        )
    line = " ".join(f"{x(place)},{y(value)}" for place, value in enumerate(values))
    parts.append(
        f'<polyline points="{line}" fill="none" stroke="{_token(INK)}" stroke-width="2" '
        'stroke-linejoin="round"/>'
    )
    parts += [
        f'<circle cx="{x(place)}" cy="{y(values[place])}" r="3" fill="{_token(colour)}"/>'
        for place, colour in marks
    ]
    last = len(values) - 1
    parts.append(f'<circle cx="{x(last)}" cy="{y(values[last])}" r="3.5" fill="{_token(INK)}"/>')
    return (
        f'<svg class="sparkline" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title, {chr(34): "&quot;"})}">{"".join(parts)}</svg>'
    )


def _token(colour: str) -> str:
    name = next(name for name, value in TOKENS.items() if value == colour)
    return f"var(--{name}, {colour})"


def _svg(
    layers: Any,
    width: int,
    height: int,
    title: str,
    description: str,
    palette: Palette,
) -> str:
    specification = (
        layers.properties(width=width, height=height, background="transparent", padding=4)
        # First, as it would take back what the others set.
        .configure(font=FONT)
        .configure_view(stroke="transparent")
        .configure_axis(
            labelColor=SOFT, labelFontSize=12, gridColor=RULE, gridOpacity=0.6, tickColor=RULE
        )
        .to_json(indent=0)
    )
    return _finish(_drawn(specification), title, description, palette)


@lru_cache(maxsize=256)
def _drawn(specification: str) -> str:
    svg: str = import_module("vl_convert").vegalite_to_svg(specification)
    return svg


def _finish(svg: str, title: str, description: str, palette: Palette) -> str:
    """Name the chart, make it as wide as its place, and let its colours follow the page."""
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    # Vega measures labels in its own font; the page's may be wider.
    across = f"0 0 {int(box[1]) + 24} {box[2]}" if box else ""
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    inner = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", inner)
    key = hashlib.sha256((title + inner).encode()).hexdigest()[:8]
    inner = re.sub(r'\bid="(?!chart)', f'id="c{key}-', inner)
    inner = inner.replace("url(#", f"url(#c{key}-")
    if palette is Palette.PAGE:
        for name, colour in TOKENS.items():
            inner = inner.replace(f'"{colour}"', f'"var(--{name}, {colour})"')
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="{across}" '
        f'role="img" aria-labelledby="c{key}-title c{key}-desc">'
        f'<title id="c{key}-title">{escape(title)}</title>'
        f'<desc id="c{key}-desc">{escape(description)}</desc>{inner}</svg>'
    )
