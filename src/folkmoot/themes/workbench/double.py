"""Double coding: drawn, compared theme by theme, and what two people differ in resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from folkmoot.publishing.clock import now
from folkmoot.themes.access import may_confirm_themes, may_resolve, may_see_agreement
from folkmoot.themes.acts import coding as acts
from folkmoot.themes.acts.coding import Found
from folkmoot.themes.acts.double import check_share, draw_double
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.working import ask_for_work
from folkmoot.themes.models import Assignment, Coding, Work
from folkmoot.themes.presenters.agreement import agreement_shown
from folkmoot.themes.presenters.coding import answers_shown, reading_words
from folkmoot.themes.searching.states import counted
from folkmoot.themes.workbench.coding import found_in_form
from folkmoot.themes.workbench.common import (
    TEMPLATES,
    UNPROCESSABLE,
    allowed,
    asked,
    back,
    bench,
    current_frame,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DISPUTES_A_PAGE = 25
# Out of more answers the worker draws, which takes a second for each 50,000.
DRAWN_AT_ONCE = 5_000


@require_GET
@never_cache
def agreement(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Show how far people agree with each other, and the machine with them; what is disputed."""
    allowed(request, may_see_agreement)
    survey, question = asked(survey_id, key)
    frame = current_frame(survey_id, key)
    of_frame = counted(frame)
    disputed = of_frame.filter(in_dispute=True).select_related("answer").order_by("pk")
    context = {
        **bench(request.user, survey, question),
        "frame": frame,
        "percent": round(frame.double_share * 100),
        "drawn": of_frame.filter(is_double=True).count(),
        "agreement": agreement_shown(frame),
        "page": Paginator(disputed, DISPUTES_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, f"{TEMPLATES}/agreement.html", context)


@require_POST
def draw(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Draw a share of the answers to be read by two people."""
    user = allowed(request, may_confirm_themes)
    frame = current_frame(survey_id, key)
    try:
        share = float(request.POST.get("percent", "").strip().rstrip("%")) / 100
        if frame.answers_read > DRAWN_AT_ONCE:
            check_share(share)
            options = {"share": share}
            ask_for_work(frame.survey, frame.question, Work.Kind.DRAW, now(), user, options=options)
            messages.success(request, "The answers are being drawn.")
            return redirect("themes:question", frame.survey_id, frame.question)
        drawn = draw_double(frame, share, user, now())
    except ValueError:
        messages.error(request, "Write the share as a number of percent, such as 10.")
    except ThemesError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{drawn:,} answers are drawn to be read by two people.")
    return back(request, "themes:agreement", frame)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def resolve(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Show what two people found in an answer; on a post keep what stands."""
    user = allowed(request, may_resolve)
    answers = Assignment.objects.select_related("answer", "frame__survey")
    assignment = get_object_or_404(answers, pk=assignment_id, frame__is_current=True)
    frame = assignment.frame
    readings = list(
        Coding.objects.filter(assignment=assignment).prefetch_related("mentions__theme__stands_in")
    )
    if not assignment.in_dispute and assignment.by != Assignment.By.RESOLVED:
        messages.info(request, "Nobody differs on this answer: there is nothing to resolve.")
        return back(request, "themes:agreement", frame)
    found = _given(request, readings, assignment.pk)
    fault = ""
    if request.method == "POST":
        try:
            acts.resolve(assignment, user, found, now())
        except ThemesError as error:
            fault = str(error)
        else:
            return _next(request, assignment)
    survey, question = asked(frame.survey_id, frame.question)
    faults = {assignment.pk: fault} if fault else {}
    (shown,) = answers_shown(frame, [assignment], {assignment.pk: found}, faults)
    context = {
        **bench(request.user, survey, question),
        "assignment": assignment,
        "answer": shown,
        "fault": fault,
        "readings": [
            {"round": each.get_round_display(), "round_key": each.round, "note": each.note}
            | {"words": reading_words(each)}
            for each in readings
        ],
    }
    return render(
        request, f"{TEMPLATES}/resolve.html", context, status=UNPROCESSABLE if fault else 200
    )


def _given(request: HttpRequest, readings: list[Coding], key: int) -> Found:
    """Return what the form holds, what one of the readings found, or what was resolved before."""
    by_round = {each.round: each for each in readings}
    if request.method == "POST":
        taken = by_round.get(request.POST.get("take", ""))
        return acts.found_in(taken) if taken else found_in_form(request.POST, key)
    resolved = by_round.get(Coding.Round.RESOLVED)
    return acts.found_in(resolved) if resolved else Found()


def _next(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    rest = Assignment.objects.filter(frame=assignment.frame, in_dispute=True).order_by("pk")
    following = rest.filter(pk__gt=assignment.pk).first() or rest.first()
    if following is not None:
        messages.success(request, "Resolved. Here is the next.")
        return redirect("themes:resolve", following.pk)
    return back(request, "themes:agreement", assignment.frame, "Everything is resolved.")
