"""The check of all answers, their sending, and the acknowledgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from folkmoot.publishing.clock import now
from folkmoot.responses import presenters, tokens
from folkmoot.responses.acts import DraftGoneError, submit_response, submit_trial
from folkmoot.responses.forms import check_draft
from folkmoot.responses.models import Draft, Response, SurveyClosedError, TestSubmission
from folkmoot.responses.questions import TOKEN, survey_form
from folkmoot.responses.refusals import Refusal, refusal_of
from folkmoot.responses.views.pages import (
    CHECK,
    UNPROCESSABLE,
    closed,
    lost,
    see_other,
    too_large,
)
from folkmoot.responses.visits import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.models import Survey
    from folkmoot.responses.trials import Trial


@never_cache
def check(request: HttpRequest, survey: Survey, trial: Trial | None = None) -> HttpResponse:
    """Show all answers; on a post take them in, and acknowledge once they are committed."""
    visit = Visit(request, survey, survey_form(survey), now(), trial)
    if request.method == "POST":
        return _take_all(visit)
    draft = visit.draft(visit.cookie_key())
    if draft is None:
        return HttpResponseRedirect(visit.address)
    return _check_page(visit, draft) if visit.may_go_on(draft) else closed(visit, draft.answers)


def _take_all(visit: Visit) -> HttpResponse:
    survey = visit.survey
    try:
        token = tokens.read(visit.request.POST.get(TOKEN, ""))
    except (RequestDataTooBig, TooManyFieldsSent):
        return too_large(visit, len(visit.form.steps))
    name = visit.form_name(CHECK)
    refused = refusal_of(visit.request, token, survey.pk, name, visit.revision)
    key = token.draft_key if token and token.survey_id == survey.pk else visit.cookie_key()
    draft = visit.draft(key)
    if draft is None:
        sent = visit.response(key)
        return to_received(visit, sent) if sent and not refused else lost(visit)
    if not visit.may_go_on(draft):
        return closed(visit, draft.answers)
    if refused:
        return _check_page(visit, draft, refused)
    if check_draft(visit.form.on_the_way(draft.answers), draft.answers):
        return _check_page(visit, draft)
    try:
        if visit.trial:
            return to_received(visit, submit_trial(survey, draft, visit.at, visit.trial.officer))
        return to_received(visit, submit_response(survey, draft, visit.at))
    except SurveyClosedError:
        return closed(visit, draft.answers)
    except DraftGoneError:
        return lost(visit)


def _check_page(visit: Visit, draft: Draft, refused: Refusal | None = None) -> HttpResponse:
    survey, form = visit.survey, visit.form.on_the_way(draft.answers)
    wrong = check_draft(form, draft.answers)
    errors = [{"id": "", "message": refused.sentence}] if refused else []
    # Steps that nobody came to yet are no errors until the whole is sent.
    if visit.request.method == "POST":
        errors += [
            {"id": f"step-{number}", "message": f"Step {form.place(number)}: {error}"}
            for number, error in wrong.values()
        ]
    shown = {
        "page": survey,
        "is_test": visit.is_test,
        "steps": presenters.progress(form, presenters.AT_CHECK, visit.address),
        "groups": presenters.summary(form, draft.answers, visit.address),
        "errors": errors,
        "token": visit.token(draft.key, CHECK),
        "action": f"{visit.address}{CHECK}/",
        "back": f"{visit.address}{form.steps[-1].number}/" if form.steps else visit.address,
    }
    status = refused.status if refused else UNPROCESSABLE if errors else 200
    page = render(visit.request, "responses/check.html", shown, status=status)
    return visit.remember(page, draft.key)


@never_cache
def received(
    request: HttpRequest, survey: Survey, reference: str, trial: Trial | None = None
) -> HttpResponse:
    """Show the reference and the time of a response, and nothing of its answers."""
    asked_for = reference.upper()
    register: type[Response | TestSubmission] = TestSubmission if trial else Response
    found = register.objects.filter(survey=survey)
    response = found.filter(reference=asked_for).first() if asked_for.isprintable() else None
    if response is None:
        raise Http404(f"There is no response with the reference {reference}.")
    shown = {
        "page": survey,
        "response": response,
        "is_test": trial is not None,
        "when": presenters.moment(response.submitted_at),
        "consultation": survey.consultation,
    }
    return render(request, "responses/received.html", shown)


def to_received(visit: Visit, response: Response | TestSubmission) -> HttpResponse:
    return visit.forget(see_other(f"{visit.address}received/{response.reference}/"))
