"""Elements of charts that are drawn by hand: Vega takes about 200 ms for each, and a page that
compares many areas has no time for it. Colours are those of TOKENS, as in any other chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import floor, log10
from xml.sax.saxutils import escape

from folkmoot.core.charts.drawing import FONT, INK, SOFT, TOKENS

# As `finished` gives every chart so much more room on the right.
_ROOM = 24
SIZE = 4.5
PAPER = TOKENS["paper"]


def svg_of(parts: Iterable[str], width: int, height: int) -> str:
    """Return parts as a drawing, to be named by `finished`."""
    return f'<svg viewBox="0 0 {width - _ROOM} {height}">{"".join(parts)}</svg>'


def words(
    x: float,
    y: float,
    text: str,
    *,
    colour: str = SOFT,
    size: int = 12,
    anchor: str = "start",
    is_over_lines: bool = False,
) -> str:
    """Return words whose middle line stands at y; over lines they have an edge of paper."""
    edge = f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if is_over_lines else ""
    return (
        f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}" fill="{colour}" font-size="{size}" '
        f'font-family="{FONT}" text-anchor="{anchor}"{edge}>{escape(text)}</text>'
    )


def rule(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    colour: str = SOFT,
    width: float = 1,
    dash: str = "",
) -> str:
    """Return a straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        f'stroke="{colour}" stroke-width="{width}"{dashed}/>'
    )


def curve(points: Iterable[tuple[float, float]], *, colour: str = SOFT, dash: str = "") -> str:
    """Return a line through points."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{through}" fill="none" stroke="{colour}"{dashed}/>'


def area_between(
    upper: Iterable[tuple[float, float]], lower: Iterable[tuple[float, float]], colour: str
) -> str:
    """Return the area between two lines that run the same way."""
    around = [*upper, *reversed(list(lower))]
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in around)}" fill="{colour}"/>'


def mark(x: float, y: float, side: int = 0, colour: str = INK) -> str:
    """Return a point: a triangle up or down where it is marked, else a disc."""
    if not side:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{SIZE - 0.5}" fill="{colour}"/>'
    tip, foot = y - side * (SIZE + 1), y + side * SIZE
    corners = f"{x:.1f},{tip:.1f} {x + SIZE + 1:.1f},{foot:.1f} {x - SIZE - 1:.1f},{foot:.1f}"
    return f'<polygon points="{corners}" fill="{colour}"/>'


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round numbers from `low` to `high` at even steps, at most so many and one more."""
    rough = (high - low) / most
    if rough <= 0:
        return [low]
    scale = 10.0 ** floor(log10(rough))
    step = next(scale * each for each in (1, 2, 2.5, 5, 10) if scale * each >= rough * (1 - 1e-9))
    first = -floor(-low / step + 1e-9)
    last = floor(high / step + 1e-9)
    return [round(place * step, 10) for place in range(first, last + 1)]


def tick_words(marked: list[float], printed: Callable[[float], str]) -> list[str]:
    """Return ticks as they are printed, without decimals that none of them needs."""
    said = [printed(each) for each in marked]
    return [each[:-2] for each in said] if all(each.endswith(".0") for each in said) else said
