"""A measure: its page, and the same figure for a frame on another site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from folkmoot.performance import presenters
from folkmoot.performance.evidence import evidence_of
from folkmoot.performance.explaining import commentary_of
from folkmoot.performance.querysets import areas_with_figures
from folkmoot.performance.revised import Settled, settled
from folkmoot.performance.views.finding import find

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.performance.models import Dashboard

ANYWHERE = {"frame-ancestors": ["*"]}


def measure(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Show one measure for an area: chart, reading, table, text, source, revisions, downloads."""
    found = find(request, page, slug)
    asked, figures, known_on = found.asked, found.figures, found.asked.known_on
    marks = settled(figures, found.known)
    commentary = commentary_of(figures, known_on)
    latest = [releases[-1] for releases in found.known.values()]
    areas = areas_with_figures([found.measure.series], latest)
    shown = presenters.shown_as(page.url, asked, figures, marks, presenters.pins_of(commentary))
    context = {
        "page": page,
        "commentary": commentary,
        "evidence": evidence_of(found.measure, known_on) if found.is_qualitative else [],
        "caveats": presenters.caveats(found.measure, figures.release, shown),
        "frame": presenters.frame_code(f"{page.url}{slug}/", asked.query(), found.measure.title),
        **presenters.measure_page(page, asked, figures, shown, marks, areas, found.known),
    }
    return render(request, "performance/measure.html", context)


def embed(request: HttpRequest, page: Dashboard, slug: str) -> HttpResponse:
    """Show a measure's figure alone; the one page of the site that other sites may frame."""
    found = find(request, page, slug)
    shown = presenters.shown_as(page.url, found.asked, found.figures, Settled(None, {}))
    context = presenters.embedded(page, found.asked, shown)
    response = render(request, "performance/embed.html", {"page": page, **context})
    response._csp_replace = ANYWHERE  # type: ignore[attr-defined]
    response.xframe_options_exempt = True
    return response
