"""Many areas beside one another: dots with their intervals, and a funnel plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from folkmoot.core.charts.drawing import BAND, INK, MARKS, RULE, Palette, finished
from folkmoot.core.charts.shapes import (
    area_between,
    curve,
    mark,
    rule,
    svg_of,
    tick_words,
    ticks,
    words,
)
from folkmoot.core.funnel import INNER, OUTER, Funnel
from folkmoot.core.intervals import Interval
from folkmoot.core.spc import Variation

Printed = Callable[[float], str]
STEPS = 48
# On a narrow chart a mark stands under its name, and nearer to it than to the next.
NARROW_NAME, NARROW_MARK = 11, 23
# Where more areas are marked than this, only the table names them all.
MOST_NAMED = 14


@dataclass(frozen=True, slots=True)
class AreaPoint:
    """An area as it is drawn. `side` is 1 or -1 where it lies outside what it is held against.

    `is_apart` marks one that does not set the scale: beyond its end it is drawn as an arrow.
    """

    name: str
    value: float
    interval: Interval
    among: float
    side: int = 0
    variation: Variation = Variation.COMMON_CAUSE
    is_apart: bool = False

    @property
    def colour(self) -> str:
        """The token of its mark."""
        return MARKS.get(self.variation, INK) if self.side else INK


def ranked_svg(
    points: Sequence[AreaPoint],
    line: float,
    *,
    line_words: str,
    printed: Printed,
    title: str,
    description: str,
    is_narrow: bool = False,
    from_zero: bool = True,
    palette: Palette = Palette.PAGE,
) -> str:
    """Return areas from top to bottom as they are given, each a dot on its 95% interval.

    The dashed line is what they are held against.
    """
    width, row, left, right = (350, 40, 6, 6) if is_narrow else (760, 23, 196, 70)
    top, bottom = 26, 24
    height = top + row * len(points) + bottom
    scale = [each for each in points if not each.is_apart] or list(points)
    high = max([line, *(each.interval.upper for each in scale)])
    low = 0.0 if from_zero else min([line, *(each.interval.lower for each in scale)])
    marked = ticks(low, high, 4 if is_narrow else 6)
    reach = (high - low) * 1.02 or 1.0

    def x(value: float) -> float:
        return left + (value - low) / reach * (width - left - right)

    end = x(low + reach)
    parts = [rule((x(at), top), (x(at), height - bottom), colour=RULE) for at in marked]
    parts += [
        words(x(at), height - 10, text, size=11, anchor="middle" if x(at) > left + 9 else "start")
        for at, text in zip(marked, tick_words(marked, printed), strict=True)
    ]
    parts.append(rule((x(line), top - 4), (x(line), height - bottom), dash="4 3"))
    anchor = "start" if x(line) < width / 2 else "end"
    parts.append(words(x(line), 12, line_words, anchor=anchor))
    for place, each in enumerate(points):
        middle = top + row * place + (NARROW_MARK if is_narrow else row / 2)
        above = top + row * place + NARROW_NAME if is_narrow else middle
        name = (left, "start") if is_narrow else (left - 10, "end")
        parts.append(
            words(name[0], above, each.name, colour=INK, anchor=name[1], is_over_lines=is_narrow)
        )
        parts.append(words(width - 4, above, printed(each.value), colour=INK, anchor="end"))
        if each.value > low + reach:
            arrow = "\N{RIGHTWARDS ARROW}"
            parts.append(words(end, middle, arrow, colour=each.colour, size=16, anchor="end"))
            continue
        ends = x(max(low, each.interval.lower)), min(end, x(each.interval.upper))
        parts.append(
            rule((ends[0], middle), (ends[1], middle), colour=each.colour, width=2)
            + mark(x(each.value), middle, each.side, each.colour)
        )
    return finished(svg_of(parts, width, height), title, description, palette)


def funnel_svg(
    points: Sequence[AreaPoint],
    funnel: Funnel,
    *,
    per: float,
    line_words: str,
    among_words: str,
    printed: Printed,
    title: str,
    description: str,
    is_narrow: bool = False,
    palette: Palette = Palette.PAGE,
) -> str:
    """Return areas by their size, around the line and its 95% and 99.8% limits.

    Values are events for so many (`per`); those outside the 99.8% limits are marked and named.
    """
    width, height = (350, 330) if is_narrow else (760, 400)
    left, right, top, bottom = 38, 96 if is_narrow else 120, 14, 44
    scale = [each for each in points if not each.is_apart] or list(points)
    first = min(each.among for each in points) * 0.94
    last = max(each.among for each in points) * 1.03
    sizes = [first + (last - first) * step / STEPS for step in range(STEPS + 1)]
    outer = [funnel.limits(size, OUTER) for size in sizes]
    inner = [funnel.limits(size, INNER) for size in sizes]
    high = max(*(each.value for each in scale), max(each.upper for each in outer) * per) * 1.04 or 1
    if any(each.value > high for each in points):
        high *= 1.06  # Room for the arrow of one that is apart.

    def at(size: float, value: float) -> tuple[float, float]:
        across = left + (size - first) / (last - first or 1) * (width - left - right)
        return across, height - bottom - value / high * (height - bottom - top)

    def along(limits: Sequence[Interval], *, is_upper: bool) -> list[tuple[float, float]]:
        return [
            at(size, (each.upper if is_upper else each.lower) * per)
            for size, each in zip(sizes, limits, strict=True)
        ]

    marked = ticks(0, high)
    parts = [
        rule(at(first, value), at(last, value), colour=RULE)
        + words(left - 6, at(first, value)[1], text, size=11, anchor="end")
        for value, text in zip(marked, tick_words(marked, printed), strict=True)
    ]
    parts.append(
        area_between(along(outer, is_upper=True), along(outer, is_upper=False), BAND)
        + "".join(curve(along(outer, is_upper=side)) for side in (True, False))
        + "".join(curve(along(inner, is_upper=side), dash="2 3") for side in (True, False))
        + rule(at(first, funnel.line * per), at(last, funnel.line * per), dash="4 3")
    )
    parts += [
        words(at(size, 0)[0], height - bottom + 14, f"{size:,.0f}", size=11, anchor="middle")
        for size in ticks(first, last, 3 if is_narrow else 6)
    ]
    parts.append(words((left + width - right) / 2, height - 9, among_words, anchor="middle"))
    ends = [
        (outer[-1].upper * per, "99.8% limit"),
        (inner[-1].upper * per, "95% limit"),
        (funnel.line * per, line_words),
        (inner[-1].lower * per, "95% limit"),
        (outer[-1].lower * per, "99.8% limit"),
    ]
    heights = _apart([at(last, value)[1] for value, _ in ends], 13)
    parts += [
        words(width - right + 5, y, text, size=11)
        for y, (_, text) in zip(heights, ends, strict=True)
        # Lower limits near zero are where the words of the axis stand.
        if y < height - bottom + 3
    ]
    parts += _marks(points, at, high, width - right, printed)
    return finished(svg_of(parts, width, height), title, description, palette)


def _marks(
    points: Sequence[AreaPoint],
    at: Callable[[float, float], tuple[float, float]],
    high: float,
    edge: float,
    printed: Printed,
) -> list[str]:
    """Return the areas of a funnel plot, with the names of those that are marked."""
    parts: list[str] = []
    taken: list[tuple[float, float, float]] = []
    marked = [each for each in points if each.side or each.value > high]
    named = sorted(marked, key=lambda each: -each.value)[:MOST_NAMED]
    for each in points:
        x, y = at(each.among, min(each.value, high))
        if each.value > high:
            parts.append(words(x, y + 4, "\N{UPWARDS ARROW}", colour=each.colour, size=16))
        else:
            parts.append(mark(x, y, each.side, each.colour))
    for each in named:
        x, y = at(each.among, min(each.value, high))
        text = each.name if each.value <= high else f"{each.name} {printed(each.value)}"
        across = len(text) * 5.6
        is_left = x + 12 + across > edge
        start = x - 8 - across if is_left else x + 14
        while any(
            abs(y - other) < 12 and start < stop and begin < start + across
            for begin, stop, other in taken
        ):
            y += 12
        taken.append((start, start + across, y))
        anchor = "end" if is_left else "start"
        parts.append(
            words(x - 8 if is_left else x + 14, y, text, colour=INK, size=11, anchor=anchor)
        )
    return parts


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """Return heights from top to bottom, `gap` or more apart; the one in the middle stays."""
    found = list(heights)
    middle = len(found) // 2
    for place in range(middle - 1, -1, -1):
        found[place] = min(found[place], found[place + 1] - gap)
    for place in range(middle + 1, len(found)):
        found[place] = max(found[place], found[place - 1] + gap)
    return found
