"""What all charts share: colours, Altair, and the way from a specification to inline SVG."""

from __future__ import annotations

import hashlib
import re
from enum import Enum
from importlib import import_module
from typing import Any
from xml.sax.saxutils import escape

from folkmoot.core.spc import Variation


class _Altair:
    """Altair, imported with the first chart: it takes a second that most commands need not wait."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("altair"), name)


alt: Any = _Altair()
# Rows stand apart from the layers, which Altair copies many times.
Rows = list[dict[str, Any]]

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
PAPER = TOKENS["paper"]
FONT = "system-ui, sans-serif"
MARKS = {
    Variation.IMPROVEMENT: TOKENS["improvement"],
    Variation.CONCERN: TOKENS["concern"],
    Variation.CHANGE: TOKENS["neutral"],
}


class Palette(Enum):
    """Where a chart is shown."""

    PAGE = "page"
    PRINT = "print"


def over_time(rows: str) -> Any:
    """Return a chart of the rows of that name, each with a `month`, on an axis of years."""
    years = alt.Axis(title=None, format="%Y", tickCount="year", grid=False, domainColor=RULE)
    return alt.Chart(alt.NamedData(rows)).encode(alt.X("month:T", axis=years))


def words_over_time(rows: str, **marks: Any) -> Any:
    """Return the `words` of the rows of that name, each at its month and value."""
    texts = alt.Chart(alt.NamedData(rows)).mark_text(align="left", dx=8, **marks)
    return texts.encode(alt.X("month:T"), alt.Y("value:Q"), alt.Text("words:N"))


def lower_first(title: str) -> str:
    """Return a title as it stands within a sentence; a name in capitals keeps them."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def token(colour: str) -> str:
    """Return a colour of TOKENS by its token, with itself where a page names no other."""
    name = next(name for name, value in TOKENS.items() if value == colour)
    return f"var(--{name}, {colour})"


def drawn(layers: list[Any], rows: dict[str, Rows], width: int, height: int) -> str:
    """Return layers as Vega draws them, over rows by the names that the layers use."""
    specification = specified(layers, width, height) | {"datasets": rows}
    svg: str = import_module("vl_convert").vegalite_to_svg(specification)
    return svg


def specified(
    layers: list[Any], width: int, height: int, *, validate: bool = False
) -> dict[str, Any]:
    """Return the specification of layers in the type and the hairlines of all charts.

    It is not checked against its schema, which takes longer than drawing it; a test does that.
    """
    chart = (
        alt.layer(*layers)
        .properties(width=width, height=height, background="transparent", padding=4)
        # First, as it would take back what the others set.
        .configure(font=FONT)
        .configure_view(stroke="transparent")
        .configure_axis(
            labelColor=SOFT, labelFontSize=12, gridColor=RULE, gridOpacity=0.6, tickColor=RULE
        )
    )
    specification: dict[str, Any] = chart.to_dict(validate=validate)
    return specification


def finished(svg: str, title: str, description: str, palette: Palette) -> str:
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
