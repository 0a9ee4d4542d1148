"""A respondent's own copy of a response: to keep, or by e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from folkmoot.publishing import addresses
from folkmoot.publishing.clock import now
from folkmoot.responses import presenters, tokens
from folkmoot.responses.questions import TOKEN, SurveyForm
from folkmoot.responses.refusals import FORGED, is_foreign
from folkmoot.responses.reopening import fields_of, form_of
from folkmoot.responses.views.changing import own
from folkmoot.responses.views.pages import see_other
from folkmoot.responses.views.returning import EMAIL, send_once
from folkmoot.responses.visits import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.models import Response, Survey


@never_cache
def own_copy(request: HttpRequest, survey: Survey, reference: str) -> HttpResponse:
    """Give its sender a response whole, as text or as a page to keep; on a post by e-mail."""
    visit = Visit(request, survey, SurveyForm(()), now())
    response = own(visit, reference)
    if response is None:
        return see_other(f"{survey.url}change/")
    if request.method == "POST":
        return _by_email(visit, response)
    if "sent" in request.GET:
        return _copy_page(visit, response, was_sent=True)
    match request.GET.get("as"):
        case "text":
            return _download(response, _text(survey, response), "txt", "text/plain")
        case "html":
            copy = presenters.copy_of(survey, response, form_of(response), fields_of(response))
            page = render_to_string("responses/copy_to_keep.html", {"page": survey, "copy": copy})
            return _download(response, page, "html", "text/html")
    return _copy_page(visit, response)


def _download(response: Response, text: str, extension: str, kind: str) -> HttpResponse:
    page = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    page["Content-Disposition"] = f'attachment; filename="{response.reference}.{extension}"'
    return page


def _by_email(visit: Visit, response: Response) -> HttpResponse:
    """Send a copy to an address, which is used for that and not kept."""
    email = visit.request.POST.get(EMAIL, "").strip()
    token = tokens.read(visit.request.POST.get(TOKEN, ""))
    name = f"copy-{response.reference}"
    if is_foreign(visit.request) or token is None or token.step != name or token.is_stale:
        return _copy_page(visit, response, email, FORGED.sentence, FORGED.status)
    context = {
        "survey": visit.survey,
        "reference": response.reference,
        "change": addresses.absolute(f"{visit.survey.url}change/"),
        "text": _text(visit.survey, response, with_equality=False),
    }
    error, status = send_once(visit, email, "responses/mail/copy", context)
    if error:
        return _copy_page(visit, response, email, error, status)
    return see_other(f"{visit.survey.url}copy/{response.reference}/?sent=1")


def _text(survey: Survey, response: Response, *, with_equality: bool = True) -> str:
    copy = presenters.copy_of(
        survey, response, form_of(response), fields_of(response), with_equality=with_equality
    )
    return presenters.copy_text(copy)


def _copy_page(
    visit: Visit,
    response: Response,
    email: str = "",
    error: str = "",
    status: int = 200,
    *,
    was_sent: bool = False,
) -> HttpResponse:
    shown = {
        "page": visit.survey,
        "response": response,
        "email": email,
        "error": error,
        "errors": [{"id": "field-email", "message": error}] if error else [],
        "was_sent": was_sent,
        "copy": f"{visit.survey.url}copy/{response.reference}/",
        "token": visit.token(response.reference, f"copy-{response.reference}"),
        "back": f"{visit.survey.url}change/{response.reference}/",
    }
    return render(visit.request, "responses/copy.html", shown, status=status)
