"""The figures of a comparison: the order with its intervals, the funnel, the small charts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.safestring import mark_safe

from folkmoot.core.charts import (
    AreaPoint,
    funnel_svg,
    ranked_svg,
    sparkline_svg,
    survey_sparkline_svg,
)
from folkmoot.core.spc import Direction
from folkmoot.core.spc.chart import kinds_of
from folkmoot.core.tables import format_count, format_percent
from folkmoot.performance.comparing import words
from folkmoot.performance.comparing.compared import Comparison, Row
from folkmoot.performance.comparing.tables import table
from folkmoot.performance.models import Area
from folkmoot.performance.presenters.words import period_label, release_line
from folkmoot.performance.readings import MeasureFigures

Address = Callable[[Area], str]
# Several stand in a row, so they are less wide than those of tiles.
SMALL = {"width": 170, "height": 64}


def order(comparison: Comparison, csv_url: str) -> dict[str, Any] | None:
    """Return the figure of dots and intervals; None where nothing can be compared."""
    if comparison.line is None or not comparison.compared:
        return None
    title = words.headline(comparison)
    description = words.describe_order(comparison)
    draw = partial(
        ranked_svg,
        _points(comparison),
        comparison.line,
        line_words=words.line_words(comparison),
        printed=partial(words.printed, comparison),
        title=title,
        description=description,
        from_zero=not comparison.is_survey,
    )
    return {
        "id": "areas-in-order",
        "headline": title,
        "subtitle": words.subtitle(comparison),
        "svg": mark_safe(draw()),
        "svg_narrow": mark_safe(draw(is_narrow=True)),
        "description": description,
        "source": source(comparison),
        "csv_url": csv_url,
        "table": table(comparison),
    }


def funnel(comparison: Comparison) -> dict[str, Any] | None:
    """Return the funnel plot; None where there is no rate."""
    if comparison.funnel is None:
        return None
    title = f"{comparison.measure.title}: each area by how many people live there"
    description = words.describe_funnel(comparison)
    draw = partial(
        funnel_svg,
        _points(comparison),
        comparison.funnel,
        per=comparison.per,
        line_words=words.line_words(comparison),
        among_words="Residents",
        printed=partial(words.printed, comparison),
        title=title,
        description=description,
    )
    return {
        "id": "areas-in-funnel",
        "headline": title,
        "subtitle": f"{words.subtitle(comparison).rsplit(',', 1)[0]}, with 95% and 99.8% limits",
        "svg": mark_safe(draw()),
        "svg_narrow": mark_safe(draw(is_narrow=True)),
        "description": description,
        "source": source(comparison),
    }


def source(comparison: Comparison) -> str:
    """Return where the figures come from, and whose number the rates are of."""
    release = comparison.whole.release or next(
        (row.figures.release for row in comparison.rows if row.figures.release), None
    )
    parts = (release_line(release) if release else "", words.residents_words(comparison))
    return " ".join(part for part in parts if part)


def multiples(comparison: Comparison, address: Address) -> dict[str, Any]:
    """Return one small chart for each place, all on one scale, and the words of that scale."""
    places = (row for row in comparison.rows if row.area.kind != Area.Kind.PSEUDO)
    shown = sorted((row for row in places if row.figures.reading), key=lambda row: row.area.name)
    if comparison.is_survey:
        values = [value for row in shown for value in _values(row.figures)]
        extent = (min(values, default=0.0), max(values, default=1.0))
        scale = (
            f"Every chart runs from {format_percent(extent[0])} to {format_percent(extent[1])}, so "
            "that heights compare."
        )
        drawn = [(row, _small_line(row, extent)) for row in shown]
    else:
        times = max((_reach(row.figures) for row in shown), default=1.0)
        scale = (
            f"Every chart runs from nothing to {times:.1f} times the area’s own average, so that "
            "one sees how steady each is, whatever its size."
        )
        drawn = [(row, _small_chart(row, times)) for row in shown]
    return {
        "scale": scale,
        "charts": [
            {
                "name": row.area.name,
                "url": address(row.area),
                "reading": row.figures.reading,
                "value": _latest(row.figures),
                "svg": mark_safe(svg),
            }
            for row, svg in drawn
        ],
        "period": period_label(shown[0].figures) if shown else "",
    }


def _points(comparison: Comparison) -> list[AreaPoint]:
    kinds = kinds_of(Direction(comparison.measure.better))
    return [
        AreaPoint(
            name=f"{row.area.name} *" if row.caveat else row.area.name,
            value=row.value,
            interval=row.interval,
            among=row.among,
            side=row.side,
            variation=kinds[row.side],
            is_apart=bool(row.caveat),
        )
        for row in comparison.compared
        if row.value is not None and row.interval is not None and row.among is not None
    ]


def _name(row: Row) -> str:
    reading = row.figures.reading
    return f"{row.area.name}: {reading.word.lower()}" if reading else row.area.name


def _values(figures: MeasureFigures) -> tuple[float, ...]:
    if figures.chart is not None:
        return tuple(point.value for point in figures.chart.points)
    return figures.observed.values if figures.observed else ()


def _average(figures: MeasureFigures) -> float:
    values = _values(figures)
    return sum(values) / len(values) if values else 0.0


def _reach(figures: MeasureFigures) -> float:
    """Return how many times its average the highest value or limit of an area is."""
    limits = [point.limits.upper for point in figures.chart.points] if figures.chart else []
    average = _average(figures)
    return max((*_values(figures), *limits), default=0.0) / average if average else 1.0


def _small_chart(row: Row, times: float) -> str:
    if row.figures.chart is None:
        return ""
    extent = (0.0, (_average(row.figures) or 1.0) * times)
    return sparkline_svg(row.figures.chart, title=_name(row), extent=extent, **SMALL)


def _small_line(row: Row, extent: tuple[float, float]) -> str:
    values = _values(row.figures)
    return survey_sparkline_svg(values, title=_name(row), extent=extent, **SMALL)


def _latest(figures: MeasureFigures) -> str:
    if figures.observed is None:
        return ""
    value = figures.observed.values[-1]
    return format_percent(value) if figures.is_survey else format_count(value)
