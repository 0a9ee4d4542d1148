"""Long work: asked for, looked at, cancelled, started again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from folkmoot.publishing.clock import now
from folkmoot.responses.models import Survey
from folkmoot.themes.access import may_confirm_themes
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.working import ask_for_work, cancel_work
from folkmoot.themes.models import CodeFrame, Work
from folkmoot.themes.presenters.work import work_shown
from folkmoot.themes.querysets import answers_before, counted_until
from folkmoot.themes.workbench.common import TEMPLATES, allowed, asked, current_frame

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.accounts.models import User


@require_GET
@never_cache
def one(request: HttpRequest, work_id: int) -> HttpResponse:
    """Show how far some work is, to a page that asks again and again; to others the question."""
    user = allowed(request)
    work = get_object_or_404(Work.objects.select_related("asked_by"), pk=work_id)
    if not request.headers.get("HX-Request"):
        return _to_question(work.survey_id, work.question)
    context = {
        "work": work_shown(work),
        "may_confirm": may_confirm_themes(user),
        "is_asked_again": True,
        "question_url": reverse("themes:question", args=[work.survey_id, work.question]),
    }
    return render(request, f"{TEMPLATES}/work.html", context)


@require_POST
def suggest(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Ask the machine for themes."""
    analyst = allowed(request, may_confirm_themes)
    survey, _ = asked(survey_id, key)
    replace = request.POST.get("replace_confirmed") == "yes"
    confirmed = CodeFrame.objects.filter(
        survey=survey, question=key, is_current=True, confirmed_at__isnull=False
    )
    until = counted_until(survey, survey.consultation, now())
    if confirmed.exists() and not replace:
        messages.error(
            request,
            "A person has confirmed these themes: tick the box that says you want to replace them.",
        )
    elif not answers_before(survey, until).filter(question=key).exists():
        messages.error(
            request, "Nobody has answered this question yet: wait for the first answers."
        )
    else:
        _ask(request, survey, key, Work.Kind.SUGGEST, analyst, {"replace_confirmed": replace})
    return _to_question(survey.pk, key)


@require_POST
def learn(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Ask the machine to learn from what people found."""
    analyst = allowed(request, may_confirm_themes)
    frame = current_frame(survey_id, key)
    read = frame.assignments.filter(readings__gte=1).count()
    _ask(request, frame.survey, key, Work.Kind.LEARN, analyst, {"read": read})
    return _to_question(survey_id, key)


@require_POST
def place(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Ask the machine to place the answers that came after the frame was made."""
    analyst = allowed(request, may_confirm_themes)
    frame = current_frame(survey_id, key)
    _ask(request, frame.survey, key, Work.Kind.PLACE, analyst)
    return _to_question(survey_id, key)


@require_POST
def cancel(request: HttpRequest, work_id: int) -> HttpResponse:
    """Put an end to work; nothing of it is kept."""
    analyst = allowed(request, may_confirm_themes)
    work = get_object_or_404(Work, pk=work_id)
    try:
        cancel_work(work, analyst, now())
    except ThemesError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Cancelled: nothing was changed.")
    return _to_question(work.survey_id, work.question)


@require_POST
def again(request: HttpRequest, work_id: int) -> HttpResponse:
    """Ask once more for work that came to no end."""
    analyst = allowed(request, may_confirm_themes)
    work = get_object_or_404(Work.objects.select_related("survey"), pk=work_id)
    _ask(request, work.survey, work.question, work.kind, analyst, work.options)
    return _to_question(work.survey_id, work.question)


def _ask(
    request: HttpRequest,
    survey: Survey,
    key: str,
    kind: str,
    analyst: User,
    options: dict[str, Any] | None = None,
) -> None:
    try:
        ask_for_work(survey, key, kind, now(), analyst, options=options)
    except ThemesError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, "The machine begins. You can leave this page: it goes on without you."
        )


def _to_question(survey_id: int, key: str) -> HttpResponse:
    return redirect("themes:question", survey_id, key)
