"""The dashboard: a tile for each measure, and what the last update changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.utils.safestring import mark_safe

from folkmoot.core import charts
from folkmoot.core.tables import format_change
from folkmoot.performance.asked import Asked
from folkmoot.performance.changes import Changes, Turned
from folkmoot.performance.models import Area, Dashboard
from folkmoot.performance.presenters.assured import assured
from folkmoot.performance.presenters.filters import filters
from folkmoot.performance.presenters.words import (
    as_known,
    day,
    format_value,
    period_label,
    printed,
    release_line,
)
from folkmoot.performance.readings import MeasureFigures
from folkmoot.plans.models import Measure


def tile(figures: MeasureFigures, address: str) -> dict[str, Any]:
    """Return what one tile of the dashboard prints."""
    seen, reading, chart = figures.observed, figures.reading, figures.chart
    shown: dict[str, Any] = {"measure": figures.measure, "url": address}
    if seen is None or reading is None:
        return shown
    if chart is not None:
        svg = charts.sparkline_svg(chart, title=reading.headline)
    else:
        svg = charts.survey_sparkline_svg(seen.values, title=reading.headline)
    return shown | {
        "value": format_value(figures, seen.values[-1]),
        "period": period_label(figures),
        "reading": reading,
        "assured": assured(figures),
        "released": day(seen.release.released_on),
        "sparkline": mark_safe(svg),
    }


def dashboard(
    page: Dashboard,
    asked: Asked,
    measures: Sequence[Measure],
    figures: Sequence[MeasureFigures],
    areas: Sequence[Area],
    changed: Changes | None,
) -> dict[str, Any]:
    """Return what the dashboard prints: tiles by priority and outcome, filters, changes, sources.

    `measures` are all of the plan, which the filter offers; `figures` are of those that are shown.
    """
    query = asked.query()
    releases = {each.release for each in figures if each.release is not None}
    return {
        "groups": _groups(page, figures, query),
        "area": asked.area,
        "asked": asked,
        "as_known": as_known(asked),
        "latest_url": f"{page.url}{asked.query(known='')}",
        "known": asked.known_on,
        "release_lines": sorted(release_line(release) for release in releases),
        "changed": _changed(page, changed, query) if changed else None,
        "priorities": list(dict.fromkeys(measure.outcome.priority for measure in measures)),
        "measures": measures,
        **filters(asked, areas, releases),
    }


def _groups(page: Dashboard, figures: Sequence[MeasureFigures], query: str) -> list[dict[str, Any]]:
    return [
        {
            "priority": priority,
            "outcomes": [
                {
                    "outcome": outcome,
                    "tiles": [tile(each, f"{page.url}{each.measure.slug}/{query}") for each in own],
                }
                for outcome, own in groupby(part, key=lambda each: each.measure.outcome)
            ],
        }
        for priority, part in groupby(figures, key=lambda each: each.measure.outcome.priority)
    ]


def _changed(page: Dashboard, changed: Changes, query: str) -> dict[str, Any]:
    def turned(each: Turned) -> dict[str, Any]:
        return {
            "title": each.measure.title,
            "url": f"{page.url}{each.measure.slug}/{query}",
            "reading": each.after,
            "before": each.before,
        }

    revised = [
        {
            "title": measure.title,
            "url": f"{page.url}{measure.slug}/revisions/{query}",
            "month": each.month.label,
            "before": printed(measure, each.before, 1),
            "after": printed(measure, each.after, 1),
            "change": "" if each.relative is None else format_change(each.relative),
        }
        for measure, each in changed.revisions
    ]
    return {
        "on": changed.on,
        "releases": [str(release) for release in changed.releases],
        "summary": changed_words(changed),
        "new": [turned(each) for each in changed.new],
        "ended": [turned(each) for each in changed.ended],
        "revisions": revised,
    }


def changed_words(changed: Changes) -> str:
    """Return in a sentence how much the last update changed."""
    new, ended = len(changed.new), len(changed.ended)
    return (
        f"The last update, of {day(changed.on)}, brought new figures of {changed.read} "
        f"{'measure' if changed.read == 1 else 'measures'}: {_number(new, 'new signal')}, "
        f"{_number(ended, 'signal')} ended."
    )


def _number(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'s' * (number != 1)}"
