"""A measure's figures as files: CSV, spreadsheet, and its chart as a drawing and a picture."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from wagtail.models import Site

from folkmoot.core.charts import as_png
from folkmoot.performance import presenters
from folkmoot.performance.revised import settled
from folkmoot.performance.spreadsheet import TYPE, as_xlsx
from folkmoot.performance.views.finding import Found, find
from folkmoot.publishing.models import SiteSettings

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.performance.models import Dashboard
    from folkmoot.performance.presenters import Figure, Shown


def csv_response(name: str, rows: Iterable[list[Any]]) -> HttpResponse:
    """Return rows as a CSV file to be kept under a name."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response).writerows(rows)
    return response


def table_csv(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Send the numbers of a measure's page."""
    found, shown = _shown(request, page, slug)
    return csv_response(_name(found, "csv"), shown.rows())


def table_xlsx(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Send the table of a measure's page as a spreadsheet."""
    found, shown = _shown(request, page, slug)
    drawn, release = _figure(shown), found.figures.release
    assert release is not None
    body = SiteSettings.for_request(request).body_name if Site.find_for_request(request) else ""
    about = [
        drawn.subtitle,
        found.measure.definition,
        *presenters.caveats(found.measure, release, shown),
    ]
    content = as_xlsx(drawn.table, drawn.headline, about, drawn.source, body, release.imported_at)
    return _file(found, "xlsx", content, TYPE)


def chart_svg(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Send a measure's chart as a drawing, with its headline and its source in it."""
    found, shown = _shown(request, page, slug)
    drawing = presenters.standing_alone(_figure(shown))
    return _file(found, "svg", drawing.encode(), "image/svg+xml")


def chart_png(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Send a measure's chart as a picture, with its headline and its source in it."""
    found, shown = _shown(request, page, slug)
    picture = as_png(presenters.standing_alone(_figure(shown)))
    return _file(found, "png", picture, "image/png")


def _shown(request: HttpRequest, page: Dashboard, slug: str) -> tuple[Found, Shown]:
    found = find(request, page, slug)
    marks = settled(found.figures, found.known)
    return found, presenters.shown_as(page.url, found.asked, found.figures, marks, is_linked=False)


def _figure(shown: Shown) -> Figure:
    if shown.figure is None:
        raise Http404(shown.why or "No figure is held of this measure for this area and period.")
    return shown.figure


def _file(found: Found, form: str, content: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(found, form)}"'
    return response


def _name(found: Found, form: str) -> str:
    """Return a name that says what is in the file: "personal-robbery-barnet-rate.csv"."""
    asked = found.asked
    parts = [found.measure.slug, found.area.slug, asked.display.value]
    if asked.is_dated:
        parts.append(f"as-known-on-{asked.known_on.isoformat()}")
    return f"{'-'.join(filter(None, parts))}.{form}"
