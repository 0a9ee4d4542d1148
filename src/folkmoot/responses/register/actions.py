"""Posts of the register: on one response, or on those that were chosen in the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import now
from folkmoot.responses import access
from folkmoot.responses.acts import handling
from folkmoot.responses.models import Flag, FlagKind, Response
from folkmoot.responses.presenters import moment
from folkmoot.responses.register import reading
from folkmoot.responses.register.listing import sender_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422


@require_POST
def flag(request: HttpRequest, response_id: int) -> HttpResponse:
    """Flag a response."""
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "")

    def do(response: Response, by: User) -> str:
        flagged = handling.flag_responses([response], kind, reason, by, now())
        return "The response is flagged." if flagged else "It had that flag already."

    return _on_one(request, response_id, "flag", do)


@require_POST
def note(request: HttpRequest, response_id: int) -> HttpResponse:
    """Add a note to a response."""

    def do(response: Response, by: User) -> str:
        handling.add_note(response, request.POST.get("text", ""), by, now())
        return "The note is added."

    return _on_one(request, response_id, "note", do)


@require_POST
def withdraw(request: HttpRequest, response_id: int) -> HttpResponse:
    """Withdraw a response as its sender asked."""

    def do(response: Response, by: User) -> str:
        handling.withdraw_on_request(response, request.POST.get("reason", ""), by, now())
        return "The response is withdrawn: it counts no more."

    return _on_one(request, response_id, "withdraw", do)


@require_POST
def restore(request: HttpRequest, response_id: int) -> HttpResponse:
    """Let a withdrawn or merged response count again."""

    def do(response: Response, by: User) -> str:
        handling.restore(response, request.POST.get("reason", ""), by, now())
        return "The response counts again."

    return _on_one(request, response_id, "restore", do)


@require_POST
def clear(request: HttpRequest, flag_id: int) -> HttpResponse:
    """Clear a flag."""
    by = _handler(request)
    flagged = get_object_or_404(Flag.objects.select_related("response"), pk=flag_id)
    handling.clear_flag(flagged, by, now())
    messages.success(request, f"“{flagged.get_kind_display()}” is cleared.")
    return _back(request, reverse("responses:inspect", args=[flagged.response_id]))


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Act on the responses that were ticked in the list."""
    by = _handler(request)
    keys = {int(key) for key in request.POST.getlist("chosen") if key.isdecimal() and len(key) < 19}
    responses = list(Response.objects.filter(pk__in=keys).order_by("pk"))
    act = request.POST.get("act", "")
    if not responses:
        messages.error(request, "Tick the responses first.")
    elif act == "merge":
        return _choose(request, responses)
    else:
        kind = FlagKind.CAMPAIGN if act == "campaign" else request.POST.get("kind", "")
        try:
            reason = request.POST.get("reason", "")
            flagged = handling.flag_responses(responses, kind, reason, by, now())
        except handling.HandlingError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{_many(flagged)} flagged.")
    return _back(request, reverse("responses:index"))


@require_POST
@never_cache
def merge(request: HttpRequest) -> HttpResponse:
    """Merge responses of one person: one is chosen to count, the others are its duplicates."""
    by = _handler(request)
    keys = {int(key) for key in request.POST.getlist("chosen") if key.isdecimal() and len(key) < 19}
    responses = list(Response.objects.filter(pk__in=keys).order_by("pk"))
    stands = next(
        (each for each in responses if str(each.pk) == request.POST.get("stands", "")), None
    )
    try:
        if stands is None:
            raise handling.HandlingError("Choose which response counts.")
        merged = handling.merge(stands, responses, request.POST.get("reason", ""), by, now())
    except handling.HandlingError as error:
        return _choose(request, responses, error=str(error))
    messages.success(
        request, f"{_many(merged)} merged into {stands.reference}, which counts for them."
    )
    return redirect("responses:inspect", stands.pk)


def _choose(request: HttpRequest, responses: list[Response], error: str = "") -> HttpResponse:
    """Show the chosen responses side by side, to say which of them counts."""
    full = list(
        Response.objects.filter(pk__in=[each.pk for each in responses[: handling.MOST_AT_ONCE]])
        .select_related("survey", "version__survey", "respondent")
        .order_by("-submitted_at", "-pk")
    )
    shown = {
        "error": error,
        "rows": [
            {
                "response": each,
                "received": moment(each.submitted_at),
                "sender": sender_words(each.respondent),
                "answers": reading.answer_lines(each),
            }
            for each in full
        ],
        "stands": request.POST.get("stands", ""),
        "reason": request.POST.get("reason", ""),
        "back": _address(request, reverse("responses:index")),
    }
    status = UNPROCESSABLE if error else 200
    return render(request, "responses/register/merge.html", shown, status=status)


def _on_one(
    request: HttpRequest, response_id: int, form: str, do: Callable[[Response, User], str]
) -> HttpResponse:
    by = _handler(request)
    response = get_object_or_404(
        Response.objects.select_related(
            "consultation", "survey", "version__survey", "respondent", "instead", "import_run"
        ),
        pk=response_id,
    )
    try:
        said = do(response, by)
    except handling.HandlingError as error:
        return reading.page(
            request, response, error=str(error), error_form=form, typed=request.POST
        )
    messages.success(request, said)
    return _back(request, reverse("responses:inspect", args=[response.pk]))


def _handler(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not access.may_handle_responses(request.user):
        raise PermissionDenied
    return request.user


def _many(count: int) -> str:
    return "1 response is" if count == 1 else f"{count:,} responses are"


def _address(request: HttpRequest, otherwise: str) -> str:
    address = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if address and allowed else otherwise


def _back(request: HttpRequest, otherwise: str) -> HttpResponse:
    return HttpResponseRedirect(_address(request, otherwise))
