"""A chart that leaves its page: with its headline, subtitle and source drawn into it."""

from __future__ import annotations

import re
from importlib import import_module
from textwrap import wrap
from xml.sax.saxutils import escape

from folkmoot.core.charts.drawing import INK, SOFT, TOKENS

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INSET, GAP = 20, 14
# Size, line height, and the width of a letter on average, in parts of the size.
HEADLINE, SMALL, LETTER = (18, 24), (12, 17), 0.54
# Twice as many points as the drawing has, so that a picture is sharp on paper and on a phone.
SCALE = 2.0


def standing_alone(svg: str, headline: str, subtitle: str, source: str) -> str:
    """Return a drawing with a chart's headline and subtitle over it and its source below.

    `svg` is a finished chart in the colours of paper. Nothing outside the file is needed to show
    it, and who copies the picture copies where its figures come from.
    """
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    if box is None:
        raise ValueError("A chart without a size cannot stand alone.")
    width, height = int(box[1]), int(box[2])
    across = width + 2 * INSET
    lines, y = [], float(INSET)
    for text, (size, step), colour, weight in (
        (headline, HEADLINE, INK, "bold"),
        (subtitle, SMALL, SOFT, "normal"),
    ):
        part, y = _lines(text, y, width, (size, step), colour, weight)
        lines += part
    top = y + GAP
    below, end = _lines(source, top + height + GAP, width, SMALL, SOFT, "normal")
    inner = svg.replace(
        "<svg ", f'<svg x="{INSET}" y="{top:.0f}" width="{width}" height="{height}" '
    )
    whole = end + INSET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{whole:.0f}" '
        f'viewBox="0 0 {across} {whole:.0f}">'
        f'<rect width="100%" height="100%" fill="{TOKENS["paper"]}"/>'
        f"{''.join(lines)}{inner}{''.join(below)}</svg>"
    )


def as_png(svg: str) -> bytes:
    """Return a drawing that stands alone as a picture, twice as many points across as it has."""
    png: bytes = import_module("vl_convert").svg_to_png(svg, scale=SCALE)
    return png


def _lines(
    text: str, y: float, width: int, type_size: tuple[int, int], colour: str, weight: str
) -> tuple[list[str], float]:
    """Return a text broken into lines from `y` down, and where it ends."""
    size, step = type_size
    found = []
    for line in wrap(text, max(10, int(width / (size * LETTER)))):
        y += step
        found.append(
            f'<text x="{INSET}" y="{y:.0f}" font-family="{FONT}" font-size="{size}" '
            f'font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
        )
    return found, y
