"""The form on paper for residents while a survey is open, and for its editors at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from folkmoot.publishing.clock import now
from folkmoot.publishing.models import SiteSettings
from folkmoot.responses import access
from folkmoot.responses.models import Survey
from folkmoot.responses.paper.contents import paper_form
from folkmoot.responses.paper.pdf import CLEAR_PRINT, LARGE_PRINT, as_pdf

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest


@never_cache
def public_page(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Show the form to be printed; lead to the start page while the survey is not open."""
    at = now()
    if not access.may_begin(survey, at):
        return HttpResponseRedirect(survey.url)
    shown = {"page": survey, "paper": _contents(request, survey), "address": f"{survey.url}paper/"}
    return render(request, "responses/paper/form.html", shown)


@never_cache
def public_pdf(request: HttpRequest, survey: Survey, *, is_large: bool = False) -> HttpResponse:
    """Send the form as a PDF; lead to the start page while the survey is not open."""
    if not access.may_begin(survey, now()):
        return HttpResponseRedirect(survey.url)
    return _pdf(request, survey, is_large=is_large)


@require_GET
@never_cache
def editor_pdf(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Send the newest draft of a survey as a form on paper, to be printed before it opens."""
    survey = get_object_or_404(Survey, pk=survey_id)
    if not access.may_see_versions(request.user, survey):
        raise PermissionDenied
    newest = survey.get_latest_revision_as_object()
    return _pdf(request, newest, is_large="large" in request.GET)


def _pdf(request: HttpRequest, survey: Survey, *, is_large: bool) -> HttpResponse:
    size = LARGE_PRINT if is_large else CLEAR_PRINT
    contents = _contents(request, survey)
    pdf = as_pdf(
        contents, survey.last_published_at or survey.latest_revision_created_at or now(), size
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{survey.slug}-paper{'-large-print' if is_large else ''}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _contents(request: HttpRequest, survey: Survey) -> dict[str, Any]:
    body = SiteSettings.for_request(request).body_name
    return paper_form(survey, body)


ADDRESSES = [path("surveys/<int:survey_id>/paper.pdf", editor_pdf, name="survey_paper")]
