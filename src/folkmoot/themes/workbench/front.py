"""The front pages of the workbench: every question, and how far the work on one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_tasks_db.models import DBTaskResult

from folkmoot.publishing.clock import now
from folkmoot.responses.models import Answer, Standing, Survey
from folkmoot.responses.questions import TextQuestion
from folkmoot.themes import acts, tasks
from folkmoot.themes.access import may_confirm_themes
from folkmoot.themes.models import CodeFrame
from folkmoot.themes.progress import progress, steps
from folkmoot.themes.questions import free_text_questions
from folkmoot.themes.workbench.common import TEMPLATES, allowed, asked, bench

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

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
    allowed(request)
    surveys = list(Survey.objects.order_by("-id"))
    answered = {
        (survey, question): answers
        for survey, question, answers in Answer.objects.filter(response__standing=Standing.STANDS)
        .order_by()
        .values_list("response__survey", "question")
        .annotate(answers=Count("id"))
    }
    standing = Q(themes__stands_in=None)
    frames = {
        (frame.survey_id, frame.question): frame
        for frame in CodeFrame.objects.filter(is_current=True).annotate(
            themes_found=Count("themes", filter=standing, distinct=True),
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
    return render(request, f"{TEMPLATES}/questions.html", {"rows": rows})


@require_GET
def question(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Show how far the work on a question is, and what is best done next."""
    user = allowed(request)
    survey, of = asked(survey_id, key)
    frame = (
        CodeFrame.objects.filter(survey=survey, question=key, is_current=True)
        .select_related("confirmed_by")
        .first()
    )
    answers = standing_answers(survey, key).count()
    found = progress(frame) if frame else None
    shown = bench(user, survey, of)
    may_open = {link["url"] for link in shown["links"]}
    todo = steps(frame, (survey.pk, key), answers, found)
    context = shown | {
        "answers": answers,
        "unread": answers - found.answers if found else answers,
        "frame": frame,
        "progress": found,
        "steps": todo,
        "may_open": may_open,
        "next": next((step for step in todo if not step.is_done), None),
        "is_being_read": (survey.pk, key) in _being_read(),
    }
    return render(request, f"{TEMPLATES}/question.html", context)


@require_POST
def suggest(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Ask the machine for themes, in the background."""
    analyst = allowed(request, may_confirm_themes)
    survey, of = asked(survey_id, key)
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
            f"The answers to “{of.title}” are being read: reload this page in a moment.",
        )
    return _back(survey, key)


@require_POST
def confirm(request: HttpRequest, frame_id: int) -> HttpResponse:
    """Confirm the themes of a question."""
    analyst = allowed(request, may_confirm_themes)
    frame = get_object_or_404(CodeFrame.objects.select_related("survey"), pk=frame_id)
    try:
        acts.confirm_frame(frame, analyst, now())
    except acts.ThemesError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The themes are confirmed, and the public page says so.")
    return _back(frame.survey, frame.question)


def standing_answers(survey: Survey, key: str) -> QuerySet[Answer]:
    """Return the answers to a question that count."""
    return Answer.objects.filter(
        response__survey=survey, response__standing=Standing.STANDS, question=key
    )


def _back(survey: Survey, key: str) -> HttpResponse:
    return redirect(reverse("themes:question", args=[survey.pk, key]))


def _being_read() -> set[tuple[int, str]]:
    """Return survey and question of every reading that has not come to its end."""
    waiting = DBTaskResult.objects.filter(
        task_path=tasks.suggest_themes.module_path, status__in=UNFINISHED
    ).values_list("args_kwargs", flat=True)
    return {(each["args"][0], each["args"][1]) for each in waiting}
