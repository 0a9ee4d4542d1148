"""The survey as a resident meets it: start, steps, check, acknowledgement.

Every refusal shows what was typed again. These pages are never cached. Posts reach them past
`middleware.SurveyTokenMiddleware`: the signed token in the form is what protects them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from folkmoot.publishing.clock import now
from folkmoot.responses import presenters, tokens
from folkmoot.responses.acts import (
    DraftGoneError,
    begin_draft,
    save_step,
    submit_response,
    submit_trial,
)
from folkmoot.responses.forms import Checked, check_draft, check_step, extras_of, written
from folkmoot.responses.models import Draft, Response, SurveyClosedError, TestSubmission
from folkmoot.responses.questions import KIND, ORGANISATION, QUOTE, TOKEN, survey_form
from folkmoot.responses.refusals import Refusal, refusal_of
from folkmoot.responses.visits import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.forms import Posted
    from folkmoot.responses.models import Survey
    from folkmoot.responses.questions import Step, SurveyForm
    from folkmoot.responses.trials import Trial

CHECK = "check"
UNPROCESSABLE, GONE, TOO_LARGE, FORBIDDEN, CONFLICT = 422, 410, 413, 403, 409


def start(request: HttpRequest, survey: Survey, trial: Trial | None = None) -> HttpResponse:
    """Say what the survey asks, how long it takes, and whether it is open."""
    at = now()
    form = survey_form(survey)
    visit = Visit(request, survey, form, at, trial)
    shown = {
        "page": survey,
        "form": form,
        "is_open": visit.may_go_on(None) and bool(form.steps),
        "is_over": at >= survey.consultation.closes_at and not visit.is_test,
        "is_test": visit.is_test,
        "consultation": survey.consultation,
        "sentence": presenters.state_sentence(survey, at),
        "grace": presenters.grace_words(survey.grace),
        "first": f"{visit.address}1/",
    }
    return render(request, "responses/start.html", shown)


@never_cache
def step(
    request: HttpRequest, survey: Survey, number: int, trial: Trial | None = None
) -> HttpResponse:
    """Ask the questions of a step; on a post keep the answers and go on."""
    visit = Visit(request, survey, survey_form(survey), now(), trial)
    asked = visit.form.step(number)
    if asked is None:
        raise Http404(f"This survey has no step {number}: it has {len(visit.form.steps)}.")
    if request.method == "POST":
        return _take_step(visit, asked)
    draft = visit.draft(visit.cookie_key())
    answers = dict(draft.answers) if draft else {}
    if not visit.may_go_on(draft):
        return _closed(visit, answers)
    if visit.form.on_the_way(answers).step(number) is None:
        # Nobody with these answers is asked what stands there.
        return _see_other(_onward(visit, number, answers))
    key = draft.key if draft else tokens.new_key()
    return _step_page(visit, asked, Checked(answers=answers), key)


def _take_step(visit: Visit, asked: Step) -> HttpResponse:
    survey, form = visit.survey, visit.form
    try:
        posted, files = visit.request.POST, visit.request.FILES
    except (RequestDataTooBig, TooManyFieldsSent):
        return _too_large(visit, asked.number)
    token = tokens.read(posted.get(TOKEN, ""))
    name = visit.form_name(str(asked.number))
    refused = refusal_of(visit.request, token, survey.pk, name, visit.revision)
    key = token.draft_key if token and token.survey_id == survey.pk else visit.cookie_key()
    draft = visit.draft(key)
    before = dict(draft.answers) if draft else {}
    shown = form.on_the_way(before)
    checked = _check(form, asked, posted, before)
    if files:
        checked.errors[""] = "A file was sent, and this page takes none: send it by e-mail."
    if draft is None and (sent := visit.response(key)):
        return _sent_before(visit, sent, checked)
    if not visit.may_go_on(draft):
        return _closed(visit, (draft.answers if draft else {}) | checked.answers)
    if refused:
        sentences = f"{refused.sentence} {checked.errors.pop('', '')}".strip()
        checked.errors = {"": sentences, **checked.errors}
        return _step_page(visit, asked, checked, key or tokens.new_key(), refused.status)
    try:
        draft = begin_draft(survey, key, visit.at, is_test=visit.is_test)
        if not checked.is_right:
            page = _step_page(visit, asked, checked, key, UNPROCESSABLE)
            return visit.remember(page, key)
        save_step(draft, checked, visit.at)
    except SurveyClosedError:
        return _closed(visit, checked.answers)
    except DraftGoneError:
        # Another tab sent it between the reading and the saving.
        sent = visit.response(key)
        return _sent_before(visit, sent, checked) if sent else _lost(visit)
    answers = draft.answers | checked.answers
    if more := _brought_up(asked, shown, form.on_the_way(answers)):
        # An answer on this page brings up a question on this page.
        address = f"{visit.address}{asked.number}/?more=1#field-{more}"
        return visit.remember(_see_other(address), key)
    return visit.remember(_see_other(_onward(visit, asked.number, answers)), key)


def _check(form: SurveyForm, asked: Step, posted: Posted, before: dict[str, Any]) -> Checked:
    """Check a step by what was shown, and is still asked with the answers just given."""
    shown = form.on_the_way(before)
    # Which fields stand beside the questions may have changed with the answers: all are read.
    extras = tuple(
        dict.fromkeys((*extras_of(shown, asked), *extras_of(form, asked), *_extras(posted)))
    )
    given = check_step(asked, posted, extras=extras).answers
    still = form.on_the_way(before | given).step(asked.number)
    was = shown.step(asked.number)
    keys = (
        {q.key for q in still.questions} & {q.key for q in was.questions} if still and was else ()
    )
    return check_step(asked, posted, extras=extras, asked=keys)


def _extras(posted: Posted) -> list[str]:
    names = set(posted.keys())
    return [name for name in (QUOTE, KIND, ORGANISATION) if name in names]


def _brought_up(asked: Step, before: SurveyForm, after: SurveyForm) -> str:
    """Return the key of the first question of a step that an answer on it brought up."""
    was, now_asked = before.step(asked.number), after.step(asked.number)
    if was is None or now_asked is None:
        return ""
    seen = {question.key for question in was.questions}
    return next((each.key for each in now_asked.questions if each.key not in seen), "")


def _onward(visit: Visit, number: int, answers: dict[str, Any]) -> str:
    """Return the address that follows a step for somebody with these answers."""
    following = visit.form.on_the_way(answers).after(number)
    return f"{visit.address}{following.number if following else CHECK}/"


@never_cache
def check(request: HttpRequest, survey: Survey, trial: Trial | None = None) -> HttpResponse:
    """Show all answers; on a post take them in, and acknowledge once they are committed."""
    visit = Visit(request, survey, survey_form(survey), now(), trial)
    if request.method == "POST":
        return _take_all(visit)
    draft = visit.draft(visit.cookie_key())
    if draft is None:
        return HttpResponseRedirect(visit.address)
    return _check_page(visit, draft) if visit.may_go_on(draft) else _closed(visit, draft.answers)


def _take_all(visit: Visit) -> HttpResponse:
    survey = visit.survey
    try:
        token = tokens.read(visit.request.POST.get(TOKEN, ""))
    except (RequestDataTooBig, TooManyFieldsSent):
        return _too_large(visit, len(visit.form.steps))
    name = visit.form_name(CHECK)
    refused = refusal_of(visit.request, token, survey.pk, name, visit.revision)
    key = token.draft_key if token and token.survey_id == survey.pk else visit.cookie_key()
    draft = visit.draft(key)
    if draft is None:
        sent = visit.response(key)
        return _to_received(visit, sent) if sent and not refused else _lost(visit)
    if not visit.may_go_on(draft):
        return _closed(visit, draft.answers)
    if refused:
        return _check_page(visit, draft, refused)
    if check_draft(visit.form.on_the_way(draft.answers), draft.answers):
        return _check_page(visit, draft)
    try:
        if visit.trial:
            return _to_received(visit, submit_trial(survey, draft, visit.at, visit.trial.officer))
        return _to_received(visit, submit_response(survey, draft, visit.at))
    except SurveyClosedError:
        return _closed(visit, draft.answers)
    except DraftGoneError:
        return _lost(visit)


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


def _step_page(
    visit: Visit, asked: Step, checked: Checked, key: str, status: int = 200
) -> HttpResponse:
    survey, kept = visit.survey, visit.draft(key)
    form = visit.form.on_the_way(kept.answers if kept else {})
    on_the_way = {question.key for question in form.questions}
    asked = replace(
        asked,
        questions=tuple(
            question
            for question in asked.questions
            # What was typed is shown again even where the question is no longer asked.
            if question.key in on_the_way or (status != 200 and written(checked.answers, question))
        ),
    )
    before = form.before(asked.number)
    shown: dict[str, Any] = {
        "page": survey,
        "step": asked,
        "place": form.place(asked.number),
        "of": len(form.steps),
        "has_more": "more" in visit.request.GET,
        "is_test": visit.is_test,
        "steps": presenters.progress(form, asked.number, visit.address),
        "fields": presenters.fields(asked, checked),
        "errors": presenters.error_list(checked),
        "unknown": presenters.unknown(checked),
        "token": visit.token(key, str(asked.number)),
        "action": f"{visit.address}{asked.number}/",
        "back": f"{visit.address}{before.number}/" if before else visit.address,
        **presenters.extra_fields(extras_of(form, asked), checked),
    }
    return render(visit.request, "responses/step.html", shown, status=status)


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


def _closed(visit: Visit, answers: dict[str, Any]) -> HttpResponse:
    consultation = visit.survey.consultation
    is_coming = visit.at < consultation.opens_at
    shown = {
        "page": visit.survey,
        "consultation": consultation,
        "sentence": presenters.state_sentence(visit.survey, visit.at),
        "is_coming": is_coming,
        "typed": presenters.typed(visit.form, answers),
    }
    status = FORBIDDEN if is_coming else GONE
    return render(visit.request, "responses/closed.html", shown, status=status)


def _sent_before(visit: Visit, sent: Response, checked: Checked) -> HttpResponse:
    shown = {
        "page": visit.survey,
        "consultation": visit.survey.consultation,
        "response": sent,
        "when": presenters.moment(sent.submitted_at),
        "typed": presenters.typed(visit.form, checked.answers),
    }
    return render(visit.request, "responses/sent_before.html", shown, status=CONFLICT)


def _lost(visit: Visit) -> HttpResponse:
    if not visit.may_go_on(None):
        return _closed(visit, {})
    return render(visit.request, "responses/lost.html", {"page": visit.survey}, status=GONE)


def _too_large(visit: Visit, number: int) -> HttpResponse:
    shown = {
        "page": visit.survey,
        "back": f"{visit.address}{number}/",
        "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render(visit.request, "responses/too_large.html", shown, status=TOO_LARGE)


def _to_received(visit: Visit, response: Response | TestSubmission) -> HttpResponse:
    return visit.forget(_see_other(f"{visit.address}received/{response.reference}/"))


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


@never_cache
def trial_over(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Say that a link to a survey's test does not open it."""
    return render(request, "responses/trial_over.html", {"page": survey}, status=GONE)
