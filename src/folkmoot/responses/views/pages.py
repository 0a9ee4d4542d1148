"""Pages that say why a survey does not go on, and the way onward where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from folkmoot.responses import presenters
from folkmoot.responses.views.files import unkept

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.forms import Checked
    from folkmoot.responses.models import Response, Survey
    from folkmoot.responses.refusals import Refusal
    from folkmoot.responses.visits import Visit

CHECK, LATER = "check", "later"
UNPROCESSABLE, GONE, TOO_LARGE, FORBIDDEN, CONFLICT = 422, 410, 413, 403, 409


def closed(visit: Visit, answers: dict[str, Any]) -> HttpResponse:
    consultation = visit.survey.consultation
    is_coming = visit.at < consultation.opens_at
    shown = {
        "page": visit.survey,
        "consultation": consultation,
        "sentence": presenters.state_sentence(visit.survey, visit.at),
        "is_coming": is_coming,
        "typed": presenters.typed(visit.form, answers) + unkept(visit),
    }
    status = FORBIDDEN if is_coming else GONE
    return render(visit.request, "responses/closed.html", shown, status=status)


def sent_before(visit: Visit, sent: Response, checked: Checked) -> HttpResponse:
    shown = {
        "page": visit.survey,
        "consultation": visit.survey.consultation,
        "response": sent,
        "when": presenters.moment(sent.submitted_at),
        "typed": presenters.typed(visit.form, checked.answers) + unkept(visit),
    }
    return render(visit.request, "responses/sent_before.html", shown, status=CONFLICT)


def lost(visit: Visit) -> HttpResponse:
    if not visit.may_go_on(None):
        return closed(visit, {})
    return render(visit.request, "responses/lost.html", {"page": visit.survey}, status=GONE)


def too_large(visit: Visit, number: int) -> HttpResponse:
    shown = {
        "page": visit.survey,
        "back": f"{visit.address}{number}/",
        "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render(visit.request, "responses/too_large.html", shown, status=TOO_LARGE)


@never_cache
def trial_over(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Say that a link to a survey's test does not open it."""
    return render(request, "responses/trial_over.html", {"page": survey}, status=GONE)


def see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def retry_after(page: HttpResponse, refused: Refusal | None) -> HttpResponse:
    """Return a page with the time after which it is worth sending again, where there is one."""
    if refused and refused.wait_seconds:
        page["Retry-After"] = str(refused.wait_seconds)
    return page


def changed_elsewhere(visit: Visit, answers: dict[str, Any]) -> HttpResponse:
    """Say that the response that was opened counts no longer, and show what was typed."""
    shown = {
        "page": visit.survey,
        "consultation": visit.survey.consultation,
        "typed": presenters.typed(visit.form, answers),
    }
    return render(visit.request, "responses/changed_elsewhere.html", shown, status=CONFLICT)
