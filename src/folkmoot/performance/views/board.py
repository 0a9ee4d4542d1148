"""The dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

from folkmoot.performance import presenters
from folkmoot.performance.changes import changes
from folkmoot.performance.querysets import areas_with_figures, latest_releases
from folkmoot.performance.readings import figures_of, measures_of
from folkmoot.performance.views.finding import what_is_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from folkmoot.performance.asked import Asked
    from folkmoot.performance.models import Dashboard
    from folkmoot.plans.models import Measure


def dashboard(request: HttpRequest, page: Dashboard) -> HttpResponse:
    """Show the measures of the plan for an area, as asked, and what the last update changed."""
    asked = what_is_asked(request)
    measures = measures_of(page.statutory_plan)
    wanted = _wanted(measures, asked)
    area = asked.area
    figures = figures_of(wanted, area, asked.known_on, asked.up_to) if area else []
    releases = latest_releases(asked.known_on).values()
    areas = areas_with_figures([each.series for each in measures if each.series], releases)
    shown = presenters.dashboard(page, asked, measures, figures, areas, changes(asked, figures))
    return render(request, "performance/dashboard.html", {"page": page, **shown})


def _wanted(measures: Sequence[Measure], asked: Asked) -> list[Measure]:
    """Return the measures that an address asks for. Raises Http404 for what is not in the plan."""
    wanted = [
        each
        for each in measures
        if asked.priority in ("", each.outcome.priority.slug) and asked.measure in ("", each.slug)
    ]
    if not wanted and measures:
        named = asked.measure or asked.priority
        raise Http404(f"There is no measure '{named}' among those asked for.")
    return wanted
