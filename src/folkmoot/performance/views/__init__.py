"""The dashboard, a measure, and its figures as CSV: one result for each, whatever the form."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

from folkmoot.core.periods import Month
from folkmoot.performance import presenters
from folkmoot.performance.models import Area
from folkmoot.performance.readings import figures_of, measures_of, whole_area
from folkmoot.publishing.clock import local, now

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.performance.models import Dashboard
    from folkmoot.performance.readings import MeasureFigures


def dashboard(request: HttpRequest, page: Dashboard) -> HttpResponse:
    """Show every measure of the plan for an area, with figures up to a month."""
    area, up_to, at = _area(request), _month(request), now()
    measures = measures_of(page.statutory_plan)
    figures = figures_of(measures, area, local(at).date(), up_to) if area else []
    shown = presenters.dashboard(page, figures, area, up_to, at)
    return render(request, "performance/dashboard.html", {"page": page, **shown})


def measure(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Show one measure for an area: chart, reading, table, text, source."""
    figures = _figures(request, page, slug)
    shown = presenters.measure_page(page, figures, _month(request), now())
    return render(request, "performance/measure.html", {"page": page, **shown})


def table_csv(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Send the numbers of a measure's page."""
    figures = _figures(request, page, slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{slug}-{figures.area.slug}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response).writerows(presenters.csv_rows(figures))
    return response


def _figures(request: HttpRequest, page: Dashboard, slug: str) -> MeasureFigures:
    area = _area(request)
    found = [each for each in measures_of(page.statutory_plan) if each.slug == slug]
    if not found:
        raise Http404(f"There is no measure '{slug}' in this plan.")
    if area is None:
        raise Http404("No figures have been imported yet.")
    return figures_of(found[:1], area, local(now()).date(), _month(request))[0]


def _area(request: HttpRequest) -> Area | None:
    """Return the area asked for; the whole where none is. An unknown one is not found."""
    slug = request.GET.get("area", "")
    if not slug:
        return whole_area()
    area = Area.objects.filter(slug=slug).exclude(kind=Area.Kind.PSEUDO).first()
    if area is None:
        raise Http404(f"There is no area '{slug}'.")
    return area


def _month(request: HttpRequest) -> Month | None:
    """Return the last month asked for; None for the latest. One that is no month is not found."""
    text = request.GET.get("to", "")
    if not text:
        return None
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error
