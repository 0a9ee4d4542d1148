"""What releases say differently of a measure: the page, and its list as CSV."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from folkmoot.performance import presenters
from folkmoot.performance.asked import month_of
from folkmoot.performance.querysets import history
from folkmoot.performance.revised import Revised, revised
from folkmoot.performance.views.files import csv_response
from folkmoot.performance.views.finding import area_of, measure_of, what_is_asked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.performance.asked import Asked
    from folkmoot.performance.models import Dashboard


def revisions(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Show how two releases differ, and every value that was given for the month asked for."""
    asked, found = _found(request, page, slug)
    month = month_of(request.GET, "month")
    given = history(found.measure.series, found.area, month, asked.known_on) if month else []
    shown = presenters.revisions_page(page, asked, found, month, given)
    return render(request, "performance/revisions.html", {"page": page, **shown})


def revisions_csv(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Send the revisions between two releases, the largest first."""
    _, found = _found(request, page, slug)
    name = f"{slug}-{found.area.slug}-revisions.csv"
    return csv_response(name, presenters.revisions_rows(found))


def _found(request: HttpRequest, page: Dashboard, slug: str) -> tuple[Asked, Revised]:
    measure, asked = measure_of(page, slug), what_is_asked(request)
    days = [_day(request.GET.get(name, "")) for name in ("before", "after")]
    try:
        return asked, revised(measure, area_of(asked), asked.known_on, *days)
    except ValueError as error:
        raise Http404(str(error)) from error


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Http404(f"'{text}' is not a day: write it like 2024-02-10.") from error
