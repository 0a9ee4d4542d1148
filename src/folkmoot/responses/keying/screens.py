"""The keying screen: all questions of a form by number, saved with every field."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.publishing.clock import now
from folkmoot.responses import access
from folkmoot.responses.acts.keying import (
    KeyingRefusedError,
    finish_keying,
    form_to_repeat,
    keep_typed,
    settle_form,
    undo_last,
)
from folkmoot.responses.forms import keepable, lines
from folkmoot.responses.keying import presenters
from folkmoot.responses.keying.batches import TEMPLATES, UNPROCESSABLE, batch_page, keyer
from folkmoot.responses.keying.typed import read_typed
from folkmoot.responses.models import Batch, Keying, PaperForm
from folkmoot.responses.questions import survey_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from folkmoot.accounts.models import User

CONFLICT = 409
# Fields of the page that are no lines of the form.
OWN = {"csrfmiddlewaretoken", "page-key", "seen", "turn"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def key_form(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show the next form to be typed, or the one that was begun; on a post end it."""
    by = keyer(request)
    batch = get_object_or_404(Batch.objects.select_related("survey"), pk=batch_id)
    turn = _turn(request)
    if request.method == "POST":
        return _finish(request, batch, turn, by)
    begun = (
        Keying.objects.filter(form__batch=batch, by=by, turn=turn, finished_at__isnull=True)
        .select_related("form")
        .order_by("begun_at")
        .first()
    )
    if begun is None and turn == 2 and form_to_repeat(batch, by) is None:
        messages.info(request, "No form of this batch waits to be keyed again by you.")
        return redirect("responses:keying_batch", batch.pk)
    return _page(request, batch, turn, begun)


@require_POST
def save(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Keep what was typed so far, and say what was noticed in it."""
    by = keyer(request)
    batch = get_object_or_404(Batch.objects.select_related("survey"), pk=batch_id)
    try:
        keying = keep_typed(batch, _key(request), _typed(request), now(), by, turn=_turn(request))
    except KeyingRefusedError as error:
        return JsonResponse({"fault": str(error)}, status=CONFLICT)
    read = read_typed(survey_form(batch.survey), keying.typed)
    return JsonResponse({"number": keying.form.number, "remarks": read.remarks})


@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take back the form that was recorded last, and show it to be typed again."""
    by = keyer(request)
    batch = get_object_or_404(Batch, pk=batch_id)
    try:
        paper = undo_last(batch, now(), by)
    except KeyingRefusedError as error:
        return batch_page(request, batch_id, str(error))
    if paper is None:
        messages.info(request, "You have recorded no form of this batch within the last day.")
        return redirect("responses:keying_batch", batch.pk)
    messages.success(request, f"Form {paper.number} is open again, as you typed it.")
    return redirect("responses:key_form", batch.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def settle(request: HttpRequest, batch_id: int, number: int) -> HttpResponse:
    """Show what two people typed differently; on a post record what is right."""
    by = keyer(request)
    paper = get_object_or_404(
        PaperForm.objects.select_related("batch__survey", "response"),
        batch_id=batch_id,
        number=number,
    )
    both = list(paper.keyings.filter(finished_at__isnull=False))
    if paper.response is not None or len(both) < 2:
        messages.info(request, f"Form {number} has nothing to be settled.")
        return redirect("responses:keying_batch", batch_id)
    if not access.may_settle(by):
        return batch_page(request, batch_id, "You may not settle what two people typed.")
    if request.method == "POST":
        settled = {name: _settled(request, name) for name in request.POST if name not in OWN}
        response = settle_form(paper, settled, now(), by)
        messages.success(request, f"Form {number} is recorded as {response.reference}.")
        return redirect("responses:keying_batch", batch_id)
    form = survey_form(paper.batch.survey)
    shown = {
        "paper": paper,
        "batch": paper.batch,
        "lines": presenters.differing(form, both[0].typed, both[1].typed),
    }
    return render(request, f"{TEMPLATES}/settle.html", shown)


def _finish(request: HttpRequest, batch: Batch, turn: int, by: User) -> HttpResponse:
    key, typed = _key(request), _typed(request)
    done = Keying.objects.filter(key=key, by=by, finished_at__isnull=False).first()
    if done is not None:
        # Sent twice: it is recorded once.
        return redirect(_next(batch, turn))
    form = survey_form(batch.survey)
    try:
        keying = keep_typed(batch, key, typed, now(), by, turn=turn)
        remarks = read_typed(form, keying.typed).remarks
        if remarks and request.POST.get("seen") != _mark(remarks):
            return _page(request, batch, turn, keying, remarks=remarks)
        response = finish_keying(keying, now(), by)
    except KeyingRefusedError as error:
        return _page(request, batch, turn, None, typed=typed, key=key, fault=str(error))
    number = keying.form.number
    if response is not None:
        messages.success(
            request, f"Form {number} is recorded as {response.reference}. Write {number} on it."
        )
    elif turn == 1:
        messages.success(
            request, f"Form {number} is kept for the second keying. Write {number} on it."
        )
    else:
        messages.warning(request, f"Form {number} was typed differently: it waits to be settled.")
    return redirect(_next(batch, turn))


def _page(
    request: HttpRequest,
    batch: Batch,
    turn: int,
    keying: Keying | None,
    *,
    typed: Mapping[str, str] | None = None,
    remarks: Mapping[str, str] | None = None,
    key: str = "",
    fault: str = "",
) -> HttpResponse:
    form = survey_form(batch.survey)
    written = (keying.typed if keying else typed) or {}
    if remarks is None:
        remarks = read_typed(form, written).remarks if written else {}
    number = keying.form.number if keying else None
    if number is None and turn == 2 and (waiting := form_to_repeat(batch, _by(request))):
        number = waiting.number
    keyed = Keying.objects.filter(form__batch=batch, by=_by(request), finished_at__isnull=False)
    shown: dict[str, Any] = {
        "batch": batch,
        "turn": turn,
        "number": number,
        "steps": presenters.screen(form, written, remarks),
        "key": keying.key if keying else key or secrets.token_urlsafe(32),
        "keyed": keyed.count(),
        "seen": _mark(remarks) if remarks else "",
        "remarks": [
            {"id": f"line-{name}", "sentence": sentence} for name, sentence in remarks.items()
        ],
        "asks_again": request.method == "POST" and bool(remarks) and not fault,
        "fault": fault,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, f"{TEMPLATES}/key.html", shown, status=status)


def _by(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _turn(request: HttpRequest) -> int:
    said = request.POST.get("turn") or request.GET.get("turn")
    return 2 if said == "2" else 1


def _next(batch: Batch, turn: int) -> str:
    address = reverse("responses:key_form", args=[batch.pk])
    return f"{address}?turn=2" if turn == 2 else address


def _key(request: HttpRequest) -> str:
    return request.POST.get("page-key", "")[:43] or secrets.token_urlsafe(32)


def _typed(request: HttpRequest) -> dict[str, str]:
    typed = {name: request.POST.get(name, "") for name in request.POST if name not in OWN}
    # A control character comes from no paper, and no database keeps NUL.
    return {name: keepable(lines(value)) for name, value in typed.items()}


def _settled(request: HttpRequest, name: str) -> str:
    """Return what is right in a line: what one of the two typed, or what was typed anew."""
    chosen = request.POST.get(name, "")
    return request.POST.get(f"{name}--anew", "") if chosen == "--anew" else chosen


def _mark(remarks: Mapping[str, str]) -> str:
    """Return a mark of what was noticed, so that only what was seen is passed over."""
    said = json.dumps(sorted(remarks.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
