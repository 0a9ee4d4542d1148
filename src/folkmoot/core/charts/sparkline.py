"""A chart without axes, for a tile; its words stand beside it on the page."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from folkmoot.core.charts.drawing import BAND, INK, MARKS, SOFT, token
from folkmoot.core.spc import ControlChart


def sparkline_svg(
    chart: ControlChart,
    *,
    title: str,
    width: int = 250,
    height: int = 60,
    extent: tuple[float, float] | None = None,
) -> str:
    """Return a control chart without axes, for a tile; its words stand beside it on the page.

    `extent` is the lowest and the highest value that the height stands for, where several charts
    are to share a scale; else the height is that of the chart.
    """
    values = [point.value for point in chart.points]
    limits = [point.limits for point in chart.points]
    high = max(*values, *(each.upper for each in limits))
    low = min(*values, *(max(0.0, each.lower) for each in limits))
    return _line_of(
        values,
        [(max(0.0, each.lower), each.upper) for each in limits],
        [each.mean for each in limits],
        {place: MARKS[point.variation] for place, point in enumerate(chart.points) if point.side},
        extent or (low, high),
        title,
        width,
        height,
    )


def survey_sparkline_svg(
    shares: Sequence[float],
    *,
    title: str,
    width: int = 250,
    height: int = 60,
    extent: tuple[float, float] | None = None,
) -> str:
    """Return a survey's shares as a bare line, for a tile; `extent` as in `sparkline_svg`."""
    scale = extent or (min(shares), max(shares))
    return _line_of(list(shares), [], [], {}, scale, title, width, height)


def _line_of(
    values: list[float],
    bands: list[tuple[float, float]],
    means: list[float],
    marks: dict[int, str],
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
    inset = 5.0
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
        parts.append(f'<polygon points="{upper} {lower}" fill="{token(BAND)}"/>')
        average = " ".join(f"{x(place)},{y(mean)}" for place, mean in enumerate(means))
        parts.append(
            f'<polyline points="{average}" fill="none" stroke="{token(SOFT)}" '
            'stroke-dasharray="4 3"/>'
        )
    line = " ".join(f"{x(place)},{y(value)}" for place, value in enumerate(values))
    parts.append(
        f'<polyline points="{line}" fill="none" stroke="{token(INK)}" stroke-width="2" '
        'stroke-linejoin="round"/>'
    )
    parts += [
        f'<circle cx="{x(place)}" cy="{y(values[place])}" r="3" fill="{token(colour)}"/>'
        for place, colour in marks.items()
    ]
    last = len(values) - 1
    end = token(marks.get(last, INK))
    parts.append(f'<circle cx="{x(last)}" cy="{y(values[last])}" r="4" fill="{end}"/>')
    return (
        f'<svg class="sparkline" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title, {chr(34): "&quot;"})}">{"".join(parts)}</svg>'
    )
