"""The coding screen: one answer or ten, themes ticked by key, kept with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.publishing.clock import now
from folkmoot.themes.access import may_code_answers
from folkmoot.themes.acts import coding as acts
from folkmoot.themes.acts.coding import Found
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.coding import MOST_COUNTED, Order, waiting
from folkmoot.themes.models import Assignment, CodeFrame, Coding
from folkmoot.themes.presenters.coding import answers_shown
from folkmoot.themes.progress import read_by
from folkmoot.themes.workbench.common import (
    TEMPLATES,
    UNPROCESSABLE,
    allowed,
    asked,
    bench,
    current_frame,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from folkmoot.accounts.models import User

GRID = 10
# Answers that somebody left for later, in this session.
LEFT = "themes-left"
MOST_LEFT = 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Show the next answer, or ten; on a post keep what was found and go on."""
    user = allowed(request, may_code_answers)
    frame = current_frame(survey_id, key)
    if request.method == "POST":
        return _save(request, frame, user)
    if (chosen := number(request.GET.get("answer"))) is not None:
        return _one(request, frame, user, chosen)
    order, is_grid = _way(request.GET)
    answers = acts.claim_next(
        frame,
        user,
        now(),
        many=GRID if is_grid else 1,
        order=order,
        left=request.session.get(LEFT, []),
    )
    if not answers and request.session.pop(LEFT, []):
        # Only what was left for later is left: it comes now.
        answers = acts.claim_next(frame, user, now(), many=GRID if is_grid else 1, order=order)
    return _page(request, frame, user, answers)


@require_POST
def undo(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Take back the reading that was kept last, and show it to be made again."""
    user = allowed(request, may_code_answers)
    frame = current_frame(survey_id, key)
    last = _last(frame, user)
    if last is None or last.pk != number(request.POST.get("last")):
        messages.info(request, "There is nothing to take back, or it was taken back already.")
        return redirect(_address(frame, request.POST))
    assignment = last.assignment
    try:
        found = acts.take_back(last, user, now())
    except ThemesError as error:
        messages.error(request, str(error))
        return redirect(_address(frame, request.POST))
    messages.success(request, "Your last reading is taken back: here it is again.")
    return _page(request, frame, user, [assignment], {assignment.pk: found})


@require_POST
def leave(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Leave an answer for later, and go on with another."""
    allowed(request, may_code_answers)
    frame = current_frame(survey_id, key)
    left = [*request.session.get(LEFT, []), number(request.POST.get("answer")) or 0]
    request.session[LEFT] = left[-MOST_LEFT:]
    return redirect(_address(frame, request.POST))


def _one(request: HttpRequest, frame: CodeFrame, user: User, chosen: int) -> HttpResponse:
    """Show an answer that somebody chose to read, or say why not and go on with the next."""
    answers = Assignment.objects.filter(frame=frame).select_related("answer")
    assignment = get_object_or_404(answers, pk=chosen)
    try:
        found = acts.claim_answer(assignment, user, now())
    except ThemesError as error:
        messages.error(request, str(error))
        return redirect(_address(frame, request.GET))
    return _page(request, frame, user, [assignment], {assignment.pk: found})


def found_in_form(given: QueryDict, key: int) -> Found:
    """Return what was ticked and typed of one answer; its fields begin with its key."""
    statuses = [each for each in given.getlist(f"{key}-status") if each]
    chosen = [pk for each in given.getlist(f"{key}-theme") if (pk := number(each))]
    return Found(
        themes=tuple(dict.fromkeys(chosen)),
        # Two at once are no status: the act says so.
        status=statuses[0] if len(statuses) == 1 else "both" if statuses else "",
        quotation=given.get(f"{key}-quotation", "")[:5000],
        near=number(given.get(f"{key}-near")),
        is_flagged=given.get(f"{key}-flag") == "yes",
        note=given.get(f"{key}-note", ""),
    )


def _save(request: HttpRequest, frame: CodeFrame, user: User) -> HttpResponse:
    keys = [key for each in request.POST.getlist("answer") if (key := number(each))][:GRID]
    answers = list(
        Assignment.objects.filter(frame=frame, pk__in=keys).select_related("answer").order_by("pk")
    )
    answers.sort(key=lambda each: keys.index(each.pk))
    found = {each.pk: found_in_form(request.POST, each.pk) for each in answers}
    faults: dict[int, str] = {}
    kept = 0
    for assignment in answers:
        # In a grid an answer that nobody touched waits.
        if found[assignment.pk].is_empty and len(answers) > 1:
            continue
        try:
            acts.code_answer(assignment, user, found[assignment.pk], now())
        except ThemesError as error:
            faults[assignment.pk] = str(error)
        else:
            kept += 1
    if faults:
        rest = [each for each in answers if each.pk in faults]
        return _page(request, frame, user, rest, found, faults, kept=kept)
    if not kept:
        messages.info(request, "Nothing was ticked, so nothing was kept.")
    return redirect(_address(frame, request.POST))


def _page(
    request: HttpRequest,
    frame: CodeFrame,
    user: User,
    answers: Sequence[Assignment],
    found: Mapping[int, Found] | None = None,
    faults: Mapping[int, str] | None = None,
    *,
    kept: int = 0,
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    order, is_grid = _way(given)
    survey, question = asked(frame.survey_id, frame.question)
    last = _last(frame, user)
    shown: dict[str, Any] = {
        **bench(request.user, survey, question),
        "frame": frame,
        "answers": answers_shown(frame, answers, found, faults),
        "order": order.value,
        "is_grid": is_grid,
        "waiting": min(found_waiting := waiting(frame, user), MOST_COUNTED),
        "is_more": found_waiting > MOST_COUNTED,
        "read": read_by(frame, user.pk),
        "last": last,
        "kept": kept,
        "faults": [{"id": pk, "sentence": told} for pk, told in (faults or {}).items()],
    }
    return render(request, f"{TEMPLATES}/code.html", shown, status=UNPROCESSABLE if faults else 200)


def _last(frame: CodeFrame, user: User) -> Coding | None:
    """Return the reading that somebody kept last in a frame."""
    codings = Coding.objects.filter(assignment__frame=frame, coder=user)
    return (
        codings.exclude(round=Coding.Round.RESOLVED)
        .select_related("assignment__answer")
        .order_by("-at", "-pk")
        .first()
    )


def _way(given: QueryDict) -> tuple[Order, bool]:
    """Return in which order and whether ten at once, as an address or a form says."""
    order = Order.PLAIN if given.get("order") == Order.PLAIN.value else Order.BEST
    return order, given.get("grid") == "yes"


def _address(frame: CodeFrame, given: QueryDict) -> str:
    """Return the address of the coding screen in the same order and number."""
    order, is_grid = _way(given)
    query = QueryDict(mutable=True)
    if order is Order.PLAIN:
        query["order"] = order.value
    if is_grid:
        query["grid"] = "yes"
    address = reverse("themes:code", args=[frame.survey_id, frame.question])
    return f"{address}?{query.urlencode()}" if query else address
