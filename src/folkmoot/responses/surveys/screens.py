"""The screens of one survey in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import now
from folkmoot.responses import access
from folkmoot.responses.acts import clear_trials
from folkmoot.responses.models import Response, Standing, Survey
from folkmoot.responses.surveys import presenters
from folkmoot.responses.trials import trial_address

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TEMPLATES = "responses/surveys"
TESTS_A_PAGE = 20


@require_GET
@never_cache
def try_out(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Lead to the test pages of a survey."""
    survey, by = _tried(request, survey_id)
    return redirect(trial_address(survey, by.pk))


@require_GET
@never_cache
def versions(request: HttpRequest, survey_id: int) -> HttpResponse:
    """List the versions of a survey's questions, newest first, with what changed in each."""
    survey = get_object_or_404(Survey, pk=survey_id)
    if not access.may_see_versions(request.user, survey):
        raise PermissionDenied
    counts = Count("responses", filter=Q(responses__standing=Standing.STANDS))
    found = survey.versions.select_related("created_by", "survey").annotate(standing=counts)
    shown = {
        "survey": survey,
        "rows": presenters.version_rows(list(found)),
        "ahead": presenters.ahead(survey, found.last()),
        "unversioned": Response.objects.standing()
        .filter(survey=survey, version__isnull=True)
        .count(),
        "may_edit": access.may_try(request.user, survey),
    }
    return render(request, f"{TEMPLATES}/versions.html", shown)


@require_GET
@never_cache
def tests(request: HttpRequest, survey_id: int) -> HttpResponse:
    """List what tests of a survey would have sent, and the link that a colleague can use."""
    survey, by = _tried(request, survey_id)
    found = survey.test_submissions.select_related("submitted_by").order_by("-submitted_at", "-id")
    page = Paginator(found, TESTS_A_PAGE).get_page(request.GET.get("p"))
    shown = {
        "survey": survey,
        "page": page,
        "rows": presenters.test_rows(survey, page.object_list),
        "link": request.build_absolute_uri(trial_address(survey, by.pk)),
        "unfinished": survey.drafts.filter(is_test=True).count(),
    }
    return render(request, f"{TEMPLATES}/tests.html", shown)


@require_POST
def clear_tests(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Erase every test of a survey."""
    survey, by = _tried(request, survey_id)
    many = clear_trials(survey, now(), by=by)
    said = "1 test was" if many == 1 else f"{many} tests were"
    messages.success(request, f"{said} erased, with what was begun and not finished.")
    return redirect("responses:survey_tests", survey.pk)


def _tried(request: HttpRequest, survey_id: int) -> tuple[Survey, User]:
    survey = get_object_or_404(Survey, pk=survey_id)
    if not isinstance(request.user, User) or not access.may_try(request.user, survey):
        raise PermissionDenied
    return survey, request.user
