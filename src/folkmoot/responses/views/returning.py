"""Save and come back later: the code, the link by e-mail, and the way back from either."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from folkmoot.publishing import addresses, mail
from folkmoot.publishing.clock import now
from folkmoot.responses import arrivals, presenters, retention, tokens
from folkmoot.responses.codes import code_digest, code_of, read_code
from folkmoot.responses.models import Draft
from folkmoot.responses.questions import TOKEN
from folkmoot.responses.refusals import FORGED, is_foreign, refusal_of
from folkmoot.responses.served import asked_of
from folkmoot.responses.views.pages import CHECK, LATER, UNPROCESSABLE, closed, lost, see_other
from folkmoot.responses.visits import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.models import Survey

TOO_MANY = 429
EMAIL, CODE = "email", "code"
LONGEST_CODE = 40
NO_CODE = (
    "A code has 12 letters and figures, such as 7K3M-9QX2-H4BD: write yours as it is on paper."
)
UNKNOWN_CODE = (
    "There are no saved answers with this code. Check each mark. Answers that nobody came back to "
    "in time are erased, and those that were sent are no longer here."
)


@never_cache
def later(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Show the code of what is saved; on a post send the link to an e-mail address."""
    visit = Visit(request, survey, asked_of(survey).form, now())
    if request.method == "POST":
        return _send_link(visit)
    draft = visit.draft(visit.cookie_key())
    if draft is None:
        return HttpResponseRedirect(f"{survey.url}return/")
    if not visit.may_go_on(draft):
        return closed(visit, draft.answers)
    return _later_page(visit, draft, sent_to=_just_sent(visit))


def _send_link(visit: Visit) -> HttpResponse:
    """Send the link that leads back to a draft. The address is used for that, and not kept."""
    posted = visit.request.POST
    token = tokens.read(posted.get(TOKEN, ""))
    refused = refusal_of(visit.request, token, visit.survey.pk, LATER, visit.revision)
    key = token.draft_key if token and token.survey_id == visit.survey.pk else visit.cookie_key()
    draft = visit.draft(key)
    if draft is None:
        return lost(visit)
    if not visit.may_go_on(draft):
        return closed(visit, draft.answers)
    email = posted.get(EMAIL, "").strip()
    if refused:
        return _later_page(visit, draft, email, refused.sentence, refused.status)
    code = code_of(draft.key)
    context = {
        "survey": visit.survey,
        "link": addresses.absolute(f"{visit.survey.url}return/?{urlencode({CODE: code})}"),
        "code": code,
        "until": _kept_until(visit, draft),
    }
    error, status = send_once(visit, email, "responses/mail/link", context)
    if error:
        return _later_page(visit, draft, email, error, status)
    return visit.remember(see_other(f"{visit.survey.url}{LATER}/?sent=1"), draft.key)


def send_once(visit: Visit, email: str, template: str, context: dict[str, Any]) -> tuple[str, int]:
    """Write an e-mail to an address somebody typed; return what is wrong and the HTTP status.

    One mailbox gets few of them, so that nobody is flooded by a stranger.
    """
    try:
        validate_email(email)
    except ValidationError:
        return "Write an e-mail address, such as name@example.org.", UNPROCESSABLE
    with transaction.atomic():
        seconds = visit.wait(arrivals.MAILS) or visit.wait(arrivals.MAILBOX, email.casefold())
        if seconds:
            minutes = -(-seconds // 60)
            wait = "a minute" if minutes == 1 else f"{minutes} minutes"
            return (
                f"Several e-mails were sent to this address, or over your connection. Wait {wait} "
                "and send it again, or write the code down.",
                TOO_MANY,
            )
        mail.send(email, template, context)
    return "", 200


def _later_page(
    visit: Visit,
    draft: Draft,
    email: str = "",
    error: str = "",
    status: int = 200,
    *,
    sent_to: bool = False,
) -> HttpResponse:
    survey = visit.survey
    shown = {
        "page": survey,
        "code": code_of(draft.key),
        "way_back": addresses.absolute(f"{survey.url}return/"),
        "until": _kept_until(visit, draft),
        "closing": visit.closing(draft),
        "email": email,
        "error": error,
        "errors": [{"id": "field-email", "message": error}] if error else [],
        "was_sent": sent_to,
        "go_on": next_address(visit, draft),
        "token": visit.token(draft.key, LATER),
        "action": f"{survey.url}{LATER}/",
    }
    page = render(visit.request, "responses/later.html", shown, status=status)
    return visit.remember(page, draft.key)


def _just_sent(visit: Visit) -> bool:
    return "sent" in visit.request.GET


def _kept_until(visit: Visit, draft: Draft) -> str:
    """Return until when somebody can come back: as long as a draft is kept, or may be sent."""
    last = visit.survey.consultation.closes_at + visit.survey.grace
    kept = timedelta(days=retention.periods()[retention.DRAFTS])
    return presenters.moment(min(draft.changed_at + kept, last))


def next_address(visit: Visit, draft: Draft) -> str:
    """Return where somebody goes on: the first step of theirs that was not saved, or the check."""
    form = visit.form.on_the_way(draft.answers)
    if draft.of_response_id is None:
        for step in form.steps:
            names = {name for question in step.questions for name in question.names}
            if names and not names & draft.answers.keys():
                return f"{visit.address}{step.number}/"
    return f"{visit.address}{CHECK}/"


@never_cache
def come_back(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Ask for a code; on a post lead to the draft that it belongs to."""
    visit = Visit(request, survey, asked_of(survey).form, now())
    typed = request.POST.get(CODE, "")[:LONGEST_CODE]
    if request.method != "POST":
        return _return_page(visit, read_code(request.GET.get(CODE, "")))
    if is_foreign(request):
        return _return_page(visit, typed, FORGED.sentence, FORGED.status)
    if seconds := visit.wait(arrivals.CODES):
        error = (
            "Very many codes were tried over your connection in a short time. "
            f"Wait {seconds} seconds and choose the button again."
        )
        page = _return_page(visit, typed, error, TOO_MANY)
        page["Retry-After"] = str(seconds)
        return page
    code = read_code(typed)
    if not code:
        return _return_page(visit, typed, NO_CODE, UNPROCESSABLE)
    draft = Draft.objects.filter(
        survey=survey, code_digest=code_digest(code), is_test=False
    ).first()
    if draft is None:
        return _return_page(visit, typed, UNKNOWN_CODE, UNPROCESSABLE)
    if not visit.may_go_on(draft):
        return closed(visit, draft.answers)
    return visit.remember(see_other(next_address(visit, draft)), draft.key)


def _return_page(visit: Visit, code: str, error: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "page": visit.survey,
        "code": code,
        "error": error,
        "errors": [{"id": "field-code", "message": error}] if error else [],
        "change": f"{visit.survey.url}change/",
        "action": f"{visit.survey.url}return/",
    }
    return render(visit.request, "responses/return.html", shown, status=status)
