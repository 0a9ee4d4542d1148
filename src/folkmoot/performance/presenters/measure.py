"""A measure's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from folkmoot.core.periods import Month
from folkmoot.core.revisions import Mark
from folkmoot.performance.asked import Asked, Display
from folkmoot.performance.displays import (
    NoRateError,
    displays_of,
    rates,
    rolling_year,
    same_months,
)
from folkmoot.performance.models import Area, Dashboard, Release
from folkmoot.performance.presenters import tables
from folkmoot.performance.presenters.assured import assured
from folkmoot.performance.presenters.figure import (
    Figure,
    figure,
    rates_figure,
    rolling_figure,
)
from folkmoot.performance.presenters.filters import filters
from folkmoot.performance.presenters.words import (
    as_known,
    day,
    format_value,
    next_update,
    period_label,
    status_of,
)
from folkmoot.performance.readings import MeasureFigures
from folkmoot.performance.revised import Settled
from folkmoot.sources.registry import series_named
from folkmoot.sources.tables import Break

WORDS = {
    Display.MONTHLY: "Each month",
    Display.SAME_MONTHS: "Against the same months",
    Display.ROLLING: "Rolling 12 months",
    Display.RATE: "By residents",
}
TOO_FEW_YEARS = (
    "It takes three years of every month since limits last began anew, and more than a few events "
    "a month, to compare the same months."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure in one way of looking: its figure, and `rows` of it for a CSV.

    `figure` is None where there is nothing to show, and `why` says why. `is_read` is whether
    the statistics read it, which they never do of what is for showing only.
    """

    figures: MeasureFigures
    figure: Figure | None = None
    rows: Callable[[], Iterator[list[Any]]] = lambda: iter(())
    why: str = ""
    caveat: str = ""
    is_read: bool = True


def shown_as(
    page_url: str,
    asked: Asked,
    figures: MeasureFigures,
    settled: Settled,
    pins: Sequence[tuple[Month, str]] = (),
    *,
    is_linked: bool = True,
) -> Shown:
    """Return a measure in the way of looking that was asked for.

    `pins` are the months that somebody explains; `is_linked` is whether marks in the table lead
    to every value of their month.
    """
    address = f"{page_url}{figures.measure.slug}/"
    csv_url = f"{address}table.csv{asked.query()}"
    if asked.display is Display.ROLLING:
        return _rolling(figures, csv_url)
    if asked.display is Display.RATE:
        return _by_residents(figures, csv_url, asked)
    if asked.display is Display.SAME_MONTHS:
        seasonal = same_months(figures)
        if seasonal is None:
            return Shown(figures, why=TOO_FEW_YEARS)
        figures = seasonal
    plain = asked.shown_as(Display.MONTHLY)

    def address_of(month: Month) -> str:
        return f"{address}revisions/{plain.query(month=str(month))}#every-value"

    drawn = figure(
        figures,
        csv_url,
        marks=settled.marks,
        address_of=address_of if is_linked else None,
        pins=pins,
    )
    return Shown(figures, drawn, partial(tables.csv_rows, figures, settled.marks))


def _rolling(figures: MeasureFigures, csv_url: str) -> Shown:
    found = rolling_year(figures)
    if found is None:
        return Shown(figures, why="It takes 12 months of counts in a row to sum them.")
    drawn = rolling_figure(found, csv_url)
    return Shown(figures, drawn, partial(tables.rolling_rows, found), is_read=False)


def _by_residents(figures: MeasureFigures, csv_url: str, asked: Asked) -> Shown:
    try:
        found = rates(figures, asked.known_on)
    except NoRateError as error:
        return Shown(figures, why=str(error))
    drawn = rates_figure(found, csv_url)
    return Shown(found.figures, drawn, partial(tables.rates_rows, found), caveat=found.caveat)


def measure_page(
    page: Dashboard,
    asked: Asked,
    figures: MeasureFigures,
    shown: Shown,
    settled: Settled,
    areas: Sequence[Area],
    known: Mapping[str, Sequence[Release]],
) -> dict[str, Any]:
    """Return what a measure's page prints."""
    measure, release = figures.measure, figures.release
    address = f"{page.url}{measure.slug}/"
    query = asked.query()
    series = series_named(measure.series)
    own = known.get(series.source, []) if series else []
    return {
        "measure": measure,
        "figures": shown.figures,
        "area": figures.area,
        "asked": asked,
        "as_known": as_known(asked),
        "latest_url": f"{address}{_without_day(asked)}",
        "reading": shown.figures.reading if shown.is_read else None,
        "assured": assured(shown.figures) if shown.is_read else None,
        "value": format_value(figures, figures.observed.values[-1]) if figures.observed else None,
        "period": period_label(figures),
        "figure": shown.figure.printed() if shown.figure else None,
        "why_not": shown.why,
        "rate_caveat": shown.caveat,
        "is_rolling": asked.display is Display.ROLLING,
        "displays": _displays(address, asked, figures),
        "method": method_of(shown),
        "breaks": _breaks(shown.figures),
        "release": release,
        "status": status_of(measure, release),
        "next_update": next_update(release, asked.known_on) if release else "",
        "revised": revised_words(settled),
        "downloads": _downloads(address, query) if shown.figure else [],
        "revisions_url": f"{address}revisions/{asked.shown_as(Display.MONTHLY).query()}",
        "areas_url": f"{address}areas/{asked.shown_as(Display.MONTHLY).query(area='')}",
        "embed_url": f"{address}embed/{query}",
        "known": asked.known_on,
        "query": query,
        **filters(asked, areas, set(own)),
    }


def revised_words(settled: Settled) -> str:
    """Return in a sentence how many of the months shown a release revised."""
    if settled.before is None:
        return ""
    revised = settled.number(Mark.REVISED)
    new = settled.number(Mark.PROVISIONAL)
    said = (
        f"Against the release of {day(settled.before.released_on)}, {revised} of the months shown "
        f"{'is' if revised == 1 else 'are'} revised"
    )
    if new:
        said += f" and {new} {'is' if new == 1 else 'are'} new, so provisional"
    return f"{said}."


def method_of(shown: Shown) -> str:
    """Return which words say how a figure is read: the name of a part of the method."""
    if not shown.is_read or shown.figures.observed is None:
        return "rolling" if not shown.is_read else ""
    if shown.figures.is_survey:
        return "survey"
    if shown.figures.chart is None:
        return "rare"
    return shown.figures.chart.kind.name.lower()


def _breaks(figures: MeasureFigures) -> list[Break]:
    """Return the breaks that lie within the months shown."""
    series, seen = series_named(figures.measure.series), figures.observed
    if series is None or seen is None:
        return []
    return [mark for mark in series.breaks if seen.months[0] < mark.month <= seen.months[-1]]


def _displays(address: str, asked: Asked, figures: MeasureFigures) -> list[dict[str, Any]]:
    offered = displays_of(figures)
    if len(offered) == 1 and asked.display is Display.MONTHLY:
        return []
    return [
        {
            "words": WORDS[each],
            "url": f"{address}{asked.shown_as(each).query()}",
            "is_current": each is asked.display,
        }
        for each in Display
        if each in offered or each is asked.display
    ]


def _downloads(address: str, query: str) -> list[tuple[str, str]]:
    return [
        ("CSV", f"{address}table.csv{query}"),
        ("Spreadsheet (XLSX)", f"{address}table.xlsx{query}"),
        ("Picture (PNG)", f"{address}chart.png{query}"),
        ("Drawing (SVG)", f"{address}chart.svg{query}"),
    ]


def _without_day(asked: Asked) -> str:
    return asked.query(known="")
