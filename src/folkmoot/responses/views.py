"""The survey as a resident meets it: start, steps, check, acknowledgement.

Every refusal shows what was typed again. These pages are never cached.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from folkmoot.publishing.clock import now
from folkmoot.responses import access, presenters, tokens
from folkmoot.responses.acts import begin_draft, save_step, submit_response
from folkmoot.responses.forms import TOKEN, Checked, check_step
from folkmoot.responses.models import Draft, Response, SurveyClosedError
from folkmoot.responses.questions import SurveyForm, survey_form

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.models import Survey
    from folkmoot.responses.questions import Step

COOKIE = "folkmoot-draft"
CHECK = "check"
REFUSED, UNPROCESSABLE, GONE, TOO_LARGE = 403, 422, 410, 413
CHANGED = (
    "This page was changed on its way to us, or did not come from this site, so nothing was saved. "
    "Your answers are below: check them and choose the button again."
)
STALE = (
    "This page had been open for more than a day, so nothing was saved yet. Your answers are "
    "below: check them and choose the button again."
)


def start(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Say what the survey asks, how long it takes, and whether it is open."""
    at = now()
    form = survey_form(survey)
    shown = {
        "page": survey,
        "form": form,
        "is_open": access.may_begin(survey, at),
        "sentence": presenters.state_sentence(survey, at),
        "first": f"{survey.url}1/",
    }
    return render(request, "responses/start.html", shown)


@never_cache
@csrf_exempt  # The signed token stands for it, without a cookie before the first answer.
def step(request: HttpRequest, survey: Survey, number: int) -> HttpResponse:
    """Ask the questions of a step; on a post keep the answers and go on."""
    at, form = now(), survey_form(survey)
    asked = form.step(number)
    if asked is None:
        raise Http404(f"This survey has no step {number}: it has {len(form.steps)}.")
    if request.method != "POST":
        draft = _draft_of_cookie(request, survey)
        if not _may_go_on(survey, draft, at):
            return _closed(request, survey, form, draft.answers if draft else {}, at)
        checked = Checked(answers=dict(draft.answers) if draft else {})
        return _step_page(request, survey, form, asked, checked, _key(request, draft))
    extras = presenters.extras_of(form, asked)
    try:
        checked = check_step(asked, request.POST, extras=extras)
    except (RequestDataTooBig, TooManyFieldsSent):
        return _too_large(request, survey, number)
    token = tokens.read(request.POST.get(TOKEN, ""))
    if refusal := _refusal(request, survey, token, str(number)):
        checked.errors = {"": refusal, **checked.errors}
        key = _key(request, _draft_of_cookie(request, survey))
        return _step_page(request, survey, form, asked, checked, key, status=REFUSED)
    assert token is not None
    if sent := Response.objects.filter(draft_key=token.draft_key).first():
        return _to_received(survey, sent)
    try:
        draft = begin_draft(survey, token.draft_key, at)
    except SurveyClosedError:
        kept = Draft.objects.filter(survey=survey, key=token.draft_key).first()
        answers = (kept.answers if kept else {}) | checked.answers
        return _closed(request, survey, form, answers, at)
    if not checked.is_right:
        page = _step_page(request, survey, form, asked, checked, draft.key, status=UNPROCESSABLE)
        return _remember(page, survey, draft.key)
    save_step(draft, checked, at)
    onward = f"{survey.url}{number + 1}/" if number < len(form.steps) else f"{survey.url}check/"
    return _remember(_see_other(onward), survey, draft.key)


@never_cache
@csrf_exempt  # The signed token stands for it, without a cookie before the first answer.
def check(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Show all answers; on a post take them in, and acknowledge once they are committed."""
    at, form = now(), survey_form(survey)
    if request.method != "POST":
        draft = _draft_of_cookie(request, survey)
        if draft is None:
            return HttpResponseRedirect(survey.url)
        if not _may_go_on(survey, draft, at):
            return _closed(request, survey, form, draft.answers, at)
        return _check_page(request, survey, form, draft)
    try:
        token = tokens.read(request.POST.get(TOKEN, ""))
    except (RequestDataTooBig, TooManyFieldsSent):
        return _too_large(request, survey, len(form.steps))
    refusal = _refusal(request, survey, token, CHECK)
    key = token.draft_key if token and not refusal else request.COOKIES.get(COOKIE, "")
    if not refusal and (sent := Response.objects.filter(draft_key=key).first()):
        return _to_received(survey, sent)
    draft = Draft.objects.filter(survey=survey, key=key).first()
    if draft is None:
        return _lost(request, survey, form, at)
    if refusal:
        return _check_page(request, survey, form, draft, {"": refusal}, status=REFUSED)
    if errors := _errors_of(form, draft):
        return _check_page(request, survey, form, draft, errors, status=UNPROCESSABLE)
    try:
        response = submit_response(survey, draft, at)
    except SurveyClosedError:
        return _closed(request, survey, form, draft.answers, at)
    return _to_received(survey, response)


@never_cache
def received(request: HttpRequest, survey: Survey, reference: str) -> HttpResponse:
    """Show the reference and the time of a response, and nothing of its answers."""
    response = Response.objects.filter(survey=survey, reference=reference.upper()).first()
    if response is None:
        raise Http404(f"There is no response with the reference {reference}.")
    shown = {
        "page": survey,
        "response": response,
        "when": presenters.moment(response.submitted_at),
        "consultation": survey.consultation,
    }
    return render(request, "responses/received.html", shown)


def _refusal(
    request: HttpRequest, survey: Survey, token: tokens.Token | None, step_name: str
) -> str:
    """Return why a post is not taken; empty where it may be."""
    origin = request.headers.get("Origin")
    if origin and origin != "null" and origin != f"{request.scheme}://{request.get_host()}":
        return CHANGED
    if token is None or token.survey_id != survey.pk or token.step != step_name:
        return CHANGED
    return STALE if token.is_stale else ""


def _step_page(
    request: HttpRequest,
    survey: Survey,
    form: SurveyForm,
    asked: Step,
    checked: Checked,
    key: str,
    *,
    status: int = 200,
) -> HttpResponse:
    extras = presenters.extras_of(form, asked)
    shown: dict[str, Any] = {
        "page": survey,
        "step": asked,
        "of": len(form.steps),
        "steps": presenters.progress(form, asked.number, survey.url),
        "fields": presenters.fields(asked, checked),
        "errors": presenters.error_list(checked),
        "token": tokens.sign(tokens.Token(key, survey.pk, str(asked.number))),
        "action": f"{survey.url}{asked.number}/",
        "back": survey.url if asked.number == 1 else f"{survey.url}{asked.number - 1}/",
        **presenters.extra_fields(extras, checked),
    }
    return render(request, "responses/step.html", shown, status=status)


def _check_page(
    request: HttpRequest,
    survey: Survey,
    form: SurveyForm,
    draft: Draft,
    errors: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "page": survey,
        "steps": presenters.progress(form, len(form.steps) + 1, survey.url),
        "groups": presenters.summary(form, draft.answers, survey.url),
        "errors": [{"id": "", "message": message} for message in (errors or {}).values()],
        "token": tokens.sign(tokens.Token(draft.key, survey.pk, CHECK)),
        "action": f"{survey.url}check/",
        "back": f"{survey.url}{len(form.steps)}/",
    }
    return _remember(
        render(request, "responses/check.html", shown, status=status), survey, draft.key
    )


def _closed(
    request: HttpRequest, survey: Survey, form: SurveyForm, answers: dict[str, Any], at: datetime
) -> HttpResponse:
    shown = {
        "page": survey,
        "consultation": survey.consultation,
        "sentence": presenters.state_sentence(survey, at),
        "is_coming": at < survey.consultation.opens_at,
        "typed": presenters.typed(form, answers),
    }
    return render(request, "responses/closed.html", shown, status=GONE)


def _lost(request: HttpRequest, survey: Survey, form: SurveyForm, at: datetime) -> HttpResponse:
    if not access.may_begin(survey, at):
        return _closed(request, survey, form, {}, at)
    return render(request, "responses/lost.html", {"page": survey}, status=GONE)


def _too_large(request: HttpRequest, survey: Survey, number: int) -> HttpResponse:
    shown = {"page": survey, "back": f"{survey.url}{number}/"}
    return render(request, "responses/too_large.html", shown, status=TOO_LARGE)


def _errors_of(form: SurveyForm, draft: Draft) -> dict[str, str]:
    """Return what is wrong with a whole draft: a required question on a step that was passed by."""
    errors: dict[str, str] = {}
    for asked in form.steps:
        extras = presenters.extras_of(form, asked)
        names = [*(question.key for question in asked.questions), *extras]
        kept = _Kept({name: draft.answers[name] for name in names if name in draft.answers})
        found = check_step(asked, kept, extras=extras).errors
        errors |= {key: f"Step {asked.number}: {error}" for key, error in found.items()}
    return errors


class _Kept(dict[str, list[str]]):
    """The answers of a draft, read like a post."""

    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])


def _may_go_on(survey: Survey, draft: Draft | None, at: datetime) -> bool:
    return access.may_begin(survey, at) or (
        draft is not None and access.may_submit(survey, draft, at)
    )


def _draft_of_cookie(request: HttpRequest, survey: Survey) -> Draft | None:
    key = request.COOKIES.get(COOKIE, "")
    return Draft.objects.filter(survey=survey, key=key).first() if key else None


def _key(request: HttpRequest, draft: Draft | None) -> str:
    return draft.key if draft else tokens.new_key()


def _remember(response: HttpResponse, survey: Survey, key: str) -> HttpResponse:
    """Let the browser keep the key of the draft until it is closed, for this survey only."""
    response.set_cookie(
        COOKIE, key, path=survey.url, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


def _to_received(survey: Survey, response: Response) -> HttpResponse:
    onward = _see_other(f"{survey.url}received/{response.reference}/")
    onward.delete_cookie(COOKIE, path=survey.url, samesite="Lax")
    return onward


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
