"""The analysts' workbench in the admin: themes suggested, named and confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_tasks_db.models import DBTaskResult

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import now
from folkmoot.responses.models import Answer, Standing, Survey
from folkmoot.responses.questions import TextQuestion
from folkmoot.themes import acts, tasks
from folkmoot.themes.access import may_confirm_themes, may_see_themes
from folkmoot.themes.models import Assignment, Campaign, CodeFrame, Theme
from folkmoot.themes.questions import free_text_questions, question_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

EXEMPLARS_SHOWN = 3
# A task in one of these states has not come to its end.
UNFINISHED = ("READY", "RUNNING")


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One free-text question in the list: how many answers, and how far its themes are."""

    survey: Survey
    question: TextQuestion
    answers: int
    frame: CodeFrame | None
    is_being_read: bool


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """List every free-text question of every survey."""
    if not may_see_themes(request.user):
        raise PermissionDenied
    surveys = list(Survey.objects.order_by("-id"))
    answered = {
        (survey, question): answers
        for survey, question, answers in Answer.objects.filter(response__standing=Standing.STANDS)
        .order_by()
        .values_list("response__survey", "question")
        .annotate(answers=Count("id"))
    }
    frames = {
        (frame.survey_id, frame.question): frame
        for frame in CodeFrame.objects.filter(is_current=True).annotate(
            themes_found=Count("themes", distinct=True),
            campaigns_found=Count("campaigns", distinct=True),
        )
    }
    reading = _being_read()
    rows = [
        QuestionRow(
            survey=survey,
            question=question,
            answers=answered.get((survey.pk, question.key), 0),
            frame=frames.get((survey.pk, question.key)),
            is_being_read=(survey.pk, question.key) in reading,
        )
        for survey in surveys
        for question in free_text_questions(survey)
    ]
    return render(request, "themes/workbench/questions.html", {"rows": rows})


@require_GET
def question(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Show the themes of a question, to be named and confirmed."""
    if not may_see_themes(request.user):
        raise PermissionDenied
    survey, asked = _asked(survey_id, key)
    frame = (
        CodeFrame.objects.filter(survey=survey, question=key, is_current=True)
        .select_related("confirmed_by")
        .first()
    )
    context = {
        "survey": survey,
        "question": asked,
        "answers": standing_answers(survey, key).count(),
        "frame": frame,
        "themes": _themes(frame) if frame else [],
        "campaigns": _campaigns(frame) if frame else [],
        "cannot_tell": frame.assignments.filter(status=Assignment.Status.CANNOT_TELL).count()
        if frame
        else 0,
        "is_being_read": (survey.pk, key) in _being_read(),
        "may_confirm": may_confirm_themes(request.user),
    }
    return render(request, "themes/workbench/question.html", context)


@require_POST
def suggest(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Ask the machine for themes, in the background."""
    analyst = _analyst(request)
    survey, asked = _asked(survey_id, key)
    replace = request.POST.get("replace_confirmed") == "yes"
    confirmed = CodeFrame.objects.filter(
        survey=survey, question=key, is_current=True, confirmed_at__isnull=False
    )
    if (survey.pk, key) in _being_read():
        messages.warning(
            request, "The answers are being read already: reload this page in a moment."
        )
    elif confirmed.exists() and not replace:
        messages.error(
            request,
            "A person has confirmed these themes: tick the box that says you want to replace them.",
        )
    elif not standing_answers(survey, key).exists():
        messages.error(
            request, "Nobody has answered this question yet: wait for the first answers."
        )
    else:
        tasks.suggest_themes.enqueue(survey.pk, key, analyst.pk, replace)
        messages.success(
            request,
            f"The answers to “{asked.title}” are being read: reload this page in a moment.",
        )
    return _back(survey, key)


@require_POST
def confirm(request: HttpRequest, frame_id: int) -> HttpResponse:
    """Confirm the themes of a question."""
    analyst = _analyst(request)
    frame = get_object_or_404(CodeFrame.objects.select_related("survey"), pk=frame_id)
    try:
        acts.confirm_frame(frame, analyst, now())
    except acts.ThemesError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The themes are confirmed, and the public page says so.")
    return _back(frame.survey, frame.question)


@require_POST
def rename(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Give a theme the name that was typed."""
    analyst = _analyst(request)
    theme = get_object_or_404(Theme.objects.select_related("frame__survey"), pk=theme_id)
    try:
        acts.rename_theme(theme, request.POST.get("label", ""), analyst, now())
    except acts.ThemesError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Theme {theme.number} is called “{theme.label}”.")
    return _back(theme.frame.survey, theme.frame.question)


def _analyst(request: HttpRequest) -> User:
    """Return who asks, refusing anybody who may not confirm themes."""
    user = request.user
    if not isinstance(user, User) or not may_confirm_themes(user):
        raise PermissionDenied
    return user


def _asked(survey_id: int, key: str) -> tuple[Survey, TextQuestion]:
    survey = get_object_or_404(Survey, pk=survey_id)
    asked = question_of(survey, key)
    if asked is None:
        raise Http404("The survey asks no such free-text question.")
    return survey, asked


def _back(survey: Survey, key: str) -> HttpResponse:
    return redirect(reverse("themes:question", args=[survey.pk, key]))


def _being_read() -> set[tuple[int, str]]:
    """Return survey and question of every reading that has not come to its end."""
    waiting = DBTaskResult.objects.filter(
        task_path=tasks.suggest_themes.module_path, status__in=UNFINISHED
    ).values_list("args_kwargs", flat=True)
    return {(asked["args"][0], asked["args"][1]) for asked in waiting}


def _themes(frame: CodeFrame) -> list[dict[str, Any]]:
    themes = list(frame.themes.annotate(answers=Count("assignments")))
    exemplars: dict[int, list[str]] = {theme.pk: [] for theme in themes}
    best = (
        frame.assignments.filter(exemplar_rank__lte=EXEMPLARS_SHOWN, theme__isnull=False)
        .order_by("theme", "exemplar_rank")
        .values_list("theme_id", "answer__text")
    )
    for theme, text in best:
        exemplars[theme].append(text)
    placed = sum(theme.answers for theme in themes)
    return [
        {
            "theme": theme,
            "answers": theme.answers,
            "share": theme.answers / placed if placed else 0,
            "exemplars": exemplars[theme.pk],
        }
        for theme in themes
    ]


def _campaigns(frame: CodeFrame) -> list[Campaign]:
    return list(frame.campaigns.select_related("exemplar").annotate(answers=Count("assignments")))


def standing_answers(survey: Survey, key: str) -> QuerySet[Answer]:
    """Return the answers to a question that count."""
    return Answer.objects.filter(
        response__survey=survey, response__standing=Standing.STANDS, question=key
    )
