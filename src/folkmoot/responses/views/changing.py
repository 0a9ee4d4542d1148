"""What its sender does with a response that was sent: read it, change it, withdraw it."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from folkmoot.publishing.clock import now
from folkmoot.responses import access, arrivals, presenters, tokens
from folkmoot.responses.acts import ChangedElsewhereError, open_response, withdraw_response
from folkmoot.responses.codes import code_digest, read_code
from folkmoot.responses.models import Response, Standing, SurveyClosedError
from folkmoot.responses.questions import TOKEN
from folkmoot.responses.refusals import FORGED, is_foreign
from folkmoot.responses.reopening import fields_of, form_of
from folkmoot.responses.served import asked_of
from folkmoot.responses.views.pages import CHECK, CONFLICT, GONE, UNPROCESSABLE, see_other
from folkmoot.responses.views.returning import CODE, LONGEST_CODE, NO_CODE, TOO_MANY
from folkmoot.responses.visits import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.models import Survey

REFERENCE = "reference"
# Longer chains than anybody makes.
MOST_CHANGES = 500
NOT_FOUND = (
    "There is no response to this survey with this reference and this code. Check each mark of "
    "both: the reference begins with FM, the code is the other one."
)


def own(visit: Visit, reference: str) -> Response | None:
    """Return the response that this browser may see whole; None for any other."""
    asked_for = reference.upper()
    if not visit.may_see(asked_for):
        return None
    found = Response.objects.filter(
        survey=visit.survey, reference=asked_for, erased_at__isnull=True
    )
    return found.select_related("version", "respondent").first()


@never_cache
def find_own(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Ask for reference and code; on a post lead to the response they belong to."""
    visit = Visit(request, survey, asked_of(survey).form, now())
    if request.method != "POST":
        return _find_page(visit, request.GET.get(REFERENCE, "")[:LONGEST_CODE], "")
    reference = request.POST.get(REFERENCE, "")[:LONGEST_CODE]
    typed = request.POST.get(CODE, "")[:LONGEST_CODE]
    if is_foreign(request):
        return _find_page(visit, reference, typed, FORGED.sentence, FORGED.status)
    if seconds := visit.wait(arrivals.CODES):
        error = (
            "Very many codes were tried over your connection in a short time. "
            f"Wait {seconds} seconds and choose the button again."
        )
        page = _find_page(visit, reference, typed, error, TOO_MANY)
        page["Retry-After"] = str(seconds)
        return page
    code = read_code(typed)
    if not code:
        return _find_page(visit, reference, typed, NO_CODE, UNPROCESSABLE)
    response = _with(survey, reference, code)
    if response is None:
        return _find_page(visit, reference, typed, NOT_FOUND, UNPROCESSABLE)
    page = see_other(f"{survey.url}change/{response.reference}/")
    return visit.remember_sent(page, response.reference)


def _with(survey: Survey, reference: str, code: str) -> Response | None:
    """Return the response of a reference and a code; of a changed one, what stands in its place."""
    asked_for = "".join(reference.upper().split())
    if not asked_for.isprintable():
        return None
    digest = code_digest(code)
    responses = Response.objects.filter(survey=survey, erased_at__isnull=True)
    response = responses.filter(reference=asked_for).first()
    if response is None or not hmac.compare_digest(response.code_digest, digest):
        return None
    for _ in range(MOST_CHANGES):
        later = response.instead if response.standing == Standing.REPLACED else None
        if later is None or later.code_digest != digest:
            break
        response = later
    return response


def _find_page(
    visit: Visit, reference: str, code: str, error: str = "", status: int = 200
) -> HttpResponse:
    shown = {
        "page": visit.survey,
        "reference": reference,
        "code": code,
        "error": error,
        "errors": [{"id": "field-reference", "message": error}] if error else [],
        "is_open": access.may_begin(visit.survey, visit.at),
        "consultation": visit.survey.consultation,
        "sentence": presenters.state_sentence(visit.survey, visit.at),
        "action": f"{visit.survey.url}change/",
        "come_back": f"{visit.survey.url}return/",
    }
    return render(visit.request, "responses/find_own.html", shown, status=status)


@never_cache
def own_response(request: HttpRequest, survey: Survey, reference: str) -> HttpResponse:
    """Show its sender a response whole; on a post open it as a draft."""
    visit = Visit(request, survey, asked_of(survey).form, now())
    response = own(visit, reference)
    if response is None:
        return see_other(f"{survey.url}change/")
    if request.method != "POST":
        return _own_page(visit, response)
    if not _is_meant(visit, response):
        return _own_page(visit, response, FORGED.sentence, FORGED.status)
    try:
        draft = open_response(survey, response, visit.at)
    except SurveyClosedError:
        return _own_page(visit, response, _closed_sentence(survey), GONE)
    except ChangedElsewhereError:
        return _own_page(visit, response, _standing_sentence(response), CONFLICT)
    return visit.remember(see_other(f"{survey.url}{CHECK}/"), draft.key)


@never_cache
def withdraw(request: HttpRequest, survey: Survey, reference: str) -> HttpResponse:
    """Ask whether a response is to be withdrawn; on a post withdraw it."""
    visit = Visit(request, survey, asked_of(survey).form, now())
    response = own(visit, reference)
    if response is None:
        return see_other(f"{survey.url}change/")
    if request.method == "POST":
        if not _is_meant(visit, response):
            return _own_page(visit, response, FORGED.sentence, FORGED.status)
        try:
            response = withdraw_response(survey, response, visit.at)
        except SurveyClosedError:
            return _own_page(visit, response, _closed_sentence(survey), GONE)
        except ChangedElsewhereError:
            return _own_page(visit, response, _standing_sentence(response), CONFLICT)
        return see_other(f"{survey.url}withdraw/{response.reference}/")
    if response.standing != Standing.WITHDRAWN and not access.may_change(
        survey, response, visit.at
    ):
        return _own_page(visit, response)
    shown = {
        "page": survey,
        "response": response,
        "is_withdrawn": response.standing == Standing.WITHDRAWN,
        "consultation": survey.consultation,
        "until": presenters.moment(survey.consultation.closes_at),
        "token": visit.token(response.reference, _name(response)),
        "action": f"{survey.url}withdraw/{response.reference}/",
        "back": f"{survey.url}change/{response.reference}/",
    }
    return render(request, "responses/withdraw.html", shown)


def _own_page(visit: Visit, response: Response, error: str = "", status: int = 200) -> HttpResponse:
    survey = visit.survey
    response.refresh_from_db(fields=["standing", "instead"])
    may_change = access.may_change(survey, response, visit.at)
    copy = presenters.copy_of(survey, response, form_of(response), fields_of(response))
    why_not = "" if may_change else _standing_sentence(response) or _closed_sentence(survey)
    shown = {
        "page": survey,
        "response": response,
        "copy": copy,
        "errors": [{"id": "", "message": error}] if error else [],
        "may_change": may_change,
        "why_not": why_not,
        "is_open": access.may_begin(survey, visit.at),
        "until": presenters.moment(survey.consultation.closes_at),
        "consultation": survey.consultation,
        "token": visit.token(response.reference, _name(response)),
        "copy_token": visit.token(response.reference, f"copy-{response.reference}"),
        "action": f"{survey.url}change/{response.reference}/",
        "withdraw": f"{survey.url}withdraw/{response.reference}/",
        "copy_action": f"{survey.url}copy/{response.reference}/",
    }
    return render(visit.request, "responses/own_response.html", shown, status=status)


def _is_meant(visit: Visit, response: Response) -> bool:
    """Whether a post came from a form of this response, on this site."""
    token = tokens.read(visit.request.POST.get(TOKEN, ""))
    return (
        not is_foreign(visit.request)
        and token is not None
        and not token.is_stale
        and token.survey_id == visit.survey.pk
        and token.draft_key == response.reference
        and token.step == _name(response)
    )


def _name(response: Response) -> str:
    return f"own-{response.reference}"


def _closed_sentence(survey: Survey) -> str:
    closed_on = presenters.moment(survey.consultation.closes_at)
    return (
        f"The survey closed on {closed_on}, so a response can no longer be changed or withdrawn "
        "here. Write to us, and give your reference."
    )


def _standing_sentence(response: Response) -> str:
    """Return why a response cannot be changed that counts no longer; empty where it counts."""
    match response.standing:
        case Standing.WITHDRAWN:
            return "This response was withdrawn, so it is not counted and cannot be changed."
        case Standing.REPLACED:
            return (
                "This response was changed already: a later one stands in its place. Open that "
                "with its reference and your code."
            )
        case Standing.DUPLICATE:
            return (
                "This response is counted together with another one of yours, so it cannot be "
                "changed here. Write to us, and give your reference."
            )
    return ""
