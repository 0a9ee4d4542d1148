"""The check of all answers, their sending, and the acknowledgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from folkmoot.publishing.clock import now
from folkmoot.responses import access, arrivals, presenters, proofs, suspicions, tokens
from folkmoot.responses.acts import (
    ChangedElsewhereError,
    DraftGoneError,
    submit_response,
    submit_trial,
)
from folkmoot.responses.codes import code_digest, code_of
from folkmoot.responses.forms import check_draft
from folkmoot.responses.models import Draft, Response, Standing, SurveyClosedError, TestSubmission
from folkmoot.responses.proofs import Proof
from folkmoot.responses.questions import TOKEN, SurveyForm
from folkmoot.responses.refusals import Refusal, busy, refusal_of
from folkmoot.responses.served import asked_of
from folkmoot.responses.views.pages import (
    CHECK,
    LATER,
    UNPROCESSABLE,
    changed_elsewhere,
    closed,
    lost,
    retry_after,
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
    visit = Visit(request, survey, asked_of(survey).form, now(), trial)
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
        return _send(visit, draft)
    except SurveyClosedError:
        return closed(visit, draft.answers)
    except ChangedElsewhereError:
        return changed_elsewhere(visit, draft.answers)
    except DraftGoneError:
        return lost(visit)


def _send(visit: Visit, draft: Draft) -> HttpResponse:
    """Take a response in, once its browser has worked or its sender has paused."""
    posted = visit.request.POST
    proof = proofs.proof(posted, draft.key, visit.at)
    if proof in (Proof.NONE, Proof.TOO_SOON):
        return _pause_page(visit, draft, proof)
    form = visit.form.on_the_way(draft.answers)
    suspected = suspicions.of_sending(posted, proof, draft, form, visit.at)
    with transaction.atomic():
        if seconds := visit.wait(arrivals.SENDS):
            return _check_page(visit, draft, busy(seconds))
        response = submit_response(
            visit.survey, draft, visit.at, suspected=suspected, address=visit.sender
        )
    # Only now is it committed.
    return to_received(visit, response)


def _pause_page(visit: Visit, draft: Draft, proof: Proof) -> HttpResponse:
    """Ask somebody whose browser did no work to wait some seconds, and send again."""
    pause = proofs.pause(visit.request.POST, draft.key, visit.at)
    shown = {
        "page": visit.survey,
        "pause": pause,
        "was_too_soon": proof is Proof.TOO_SOON,
        "honeypot": visit.request.POST.get(proofs.HONEYPOT, ""),
        "closing": visit.closing(draft),
        "token": visit.token(draft.key, CHECK),
        "action": f"{visit.address}{CHECK}/",
    }
    status = UNPROCESSABLE if proof is Proof.TOO_SOON else 200
    page = render(visit.request, "responses/pause.html", shown, status=status)
    return visit.remember(page, draft.key)


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
        "groups": presenters.summary(
            form,
            draft.answers,
            visit.address,
            visit.form.numbers,
            presenters.file_names(draft, form.questions),
        ),
        "errors": errors,
        "closing": visit.closing(draft),
        "changes": draft.of_response_id is not None,
        "later": "" if visit.is_test else f"{visit.address}{LATER}/",
        "challenge": None if visit.is_test else proofs.challenge(draft.key, visit.at),
        "token": visit.token(draft.key, CHECK),
        "action": f"{visit.address}{CHECK}/",
        "back": f"{visit.address}{form.steps[-1].number}/" if form.steps else visit.address,
    }
    status = refused.status if refused else UNPROCESSABLE if errors else 200
    page = render(visit.request, "responses/check.html", shown, status=status)
    return visit.remember(retry_after(page, refused), draft.key)


@never_cache
def received(
    request: HttpRequest, survey: Survey, reference: str, trial: Trial | None = None
) -> HttpResponse:
    """Show the reference and the time of a response, and nothing of its answers.

    The code and the ways to a copy are shown only to the browser that sent it, for an hour.
    """
    visit = Visit(request, survey, SurveyForm(()), now(), trial)
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
    if isinstance(response, Response):
        shown |= _own(visit, response)
    return render(request, "responses/received.html", shown)


def _own(visit: Visit, response: Response) -> dict[str, Any]:
    """Return what the received page shows beside reference and time."""
    survey = visit.survey
    until = presenters.moment(survey.consultation.closes_at)
    shown: dict[str, Any] = {
        "is_own": visit.may_see(response.reference),
        "may_change": access.may_change(survey, response, visit.at),
        "change": f"{survey.url}change/",
        "until": until,
    }
    if shown["is_own"]:
        code = code_of(response.draft_key or "")
        has_code = bool(response.draft_key) and code_digest(code) == response.code_digest
        before = response.in_place_of.filter(standing=Standing.REPLACED).first()
        shown |= {
            "code": code if has_code else "",
            "before": before.reference if before else "",
            "copy": f"{survey.url}copy/{response.reference}/",
            "token": visit.token(response.reference, f"copy-{response.reference}"),
        }
    return shown


def to_received(visit: Visit, response: Response | TestSubmission) -> HttpResponse:
    """Lead to the page with the reference; this browser may see the response for an hour."""
    page = visit.forget(see_other(f"{visit.address}received/{response.reference}/"))
    return page if visit.is_test else visit.remember_sent(page, response.reference)
