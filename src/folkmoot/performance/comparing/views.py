"""The page of all areas on one measure, and its figures as CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

from folkmoot.performance import asked
from folkmoot.performance.comparing import page as pages
from folkmoot.performance.comparing.compared import compare
from folkmoot.performance.comparing.tables import csv_rows
from folkmoot.performance.readings import measures_of
from folkmoot.plans.models import Measure
from folkmoot.publishing.clock import local, now

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.performance.asked import Asked
    from folkmoot.performance.comparing.compared import Comparison
    from folkmoot.performance.models import Dashboard


def areas(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Show all areas on one measure: their order, a funnel plot, maps and small charts."""
    measure, wanted, comparison = _asked(request, page, slug)
    shown = pages.shown(page, measure, comparison, wanted)
    return render(request, "performance/compare.html", {"page": page, **shown})


def areas_csv(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Send the numbers of the page of all areas."""
    _, _, comparison = _asked(request, page, slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-by-area.csv"'
    if comparison is not None:
        csv.writer(response).writerows(csv_rows(comparison))
    return response


def _asked(
    request: HttpRequest, page: Dashboard, slug: str
) -> tuple[Measure, Asked, Comparison | None]:
    found = [each for each in measures_of(page.statutory_plan) if each.slug == slug]
    if not found:
        raise Http404(f"There is no measure '{slug}' in this plan.")
    if found[0].kind == Measure.Kind.QUALITATIVE:
        raise Http404("This measure is read, not counted, so areas are not compared on it.")
    # All areas stand here: an area in the address is for the pages that show one.
    given = {name: str(request.GET.get(name, "")) for name in ("to", "known")}
    wanted = asked.read(given, local(now()).date())
    if wanted.area is None:
        raise Http404("No figures have been imported yet.")
    return found[0], wanted, compare(found[0], wanted.area, wanted.known_on, wanted.up_to)
