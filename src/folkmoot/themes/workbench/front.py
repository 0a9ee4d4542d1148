"""The front pages of the workbench: every question, and how far the work on one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from folkmoot.core.tables import format_count
from folkmoot.publishing.clock import now
from folkmoot.responses.acts.counting import answers_counted
from folkmoot.responses.models import Survey
from folkmoot.responses.questions import TextQuestion
from folkmoot.themes import acts
from folkmoot.themes.access import may_code_answers, may_confirm_themes, may_see_agreement
from folkmoot.themes.acts.placing import new_answers
from folkmoot.themes.foretelling import FEWEST_READ
from folkmoot.themes.jobs import LEARN_AGAIN
from folkmoot.themes.models import CodeFrame, Work
from folkmoot.themes.presenters.work import works_shown
from folkmoot.themes.progress import Progress, Step, progress, steps
from folkmoot.themes.questions import free_text_questions
from folkmoot.themes.workbench.common import TEMPLATES, allowed, asked, bench

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.accounts.models import User


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One free-text question in the list: how many answers, and how far its themes are."""

    survey: Survey
    question: TextQuestion
    answers: int
    frame: CodeFrame | None
    is_at_work: bool


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """List every free-text question of every survey."""
    allowed(request)
    surveys = list(Survey.objects.order_by("-id"))
    answered = answers_counted(survey.pk for survey in surveys)
    standing = Q(themes__stands_in=None)
    frames = {
        (frame.survey_id, frame.question): frame
        for frame in CodeFrame.objects.filter(is_current=True).annotate(
            themes_found=Count("themes", filter=standing, distinct=True),
            campaigns_found=Count("campaigns", distinct=True),
        )
    }
    at_work = _at_work()
    rows = [
        QuestionRow(
            survey=survey,
            question=question,
            answers=answered[survey.pk, question.key],
            frame=frames.get((survey.pk, question.key)),
            is_at_work=(survey.pk, question.key) in at_work,
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
    answers = answers_counted([survey.pk])[survey.pk, key]
    found = progress(frame) if frame else None
    shown = bench(user, survey, of)
    may_open = {link["url"] for link in shown["links"]}
    todo = list(steps(frame, (survey.pk, key), answers, found))
    unread = answers
    if frame and found:
        # Those that came too late to count are not placed: they are looked at one by one.
        unread = new_answers(frame, now()).count() if answers > found.answers else 0
        if unread:
            todo.insert(0, _placing(unread, survey, key))
    work, earlier = works_shown(survey, key)
    context = shown | {
        "answers": answers,
        "unread": unread,
        "frame": frame,
        "progress": found,
        "steps": todo,
        "may_open": may_open,
        "may_ask_for": _coders_for(user, found),
        "next": next((step for step in todo if not step.is_done), None),
        "work": work,
        "earlier_work": earlier,
        "question_url": reverse("themes:question", args=[survey.pk, key]),
        "fewest_read": FEWEST_READ,
        "learn_again": LEARN_AGAIN,
    }
    return render(request, f"{TEMPLATES}/question.html", context)


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


def _coders_for(user: User, found: Progress | None) -> set[str]:
    """Return the keys of the coders whose answers somebody may list: all, or only themselves."""
    if found is None or not may_see_agreement(user):
        return {str(user.pk)} if may_code_answers(user) else set()
    return {coder.key for coder in found.coders}


def _placing(unread: int, survey: Survey, key: str) -> Step:
    many = "1 new answer" if unread == 1 else f"{format_count(unread)} new answers"
    url = reverse("themes:question", args=[survey.pk, key])
    told = "They came after the machine read the others, and are in no theme yet."
    return Step(f"Place the {many}", told, f"{url}#place", False)


def _back(survey: Survey, key: str) -> HttpResponse:
    return redirect(reverse("themes:question", args=[survey.pk, key]))


def _at_work() -> set[tuple[int, str]]:
    """Return survey and question of all work that has not come to its end."""
    rows = Work.objects.filter(state__in=Work.OPEN).order_by()
    return set(rows.values_list("survey", "question"))
