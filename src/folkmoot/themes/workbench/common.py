"""What every screen of the workbench asks first: who, which question, which code frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from folkmoot.accounts.models import User
from folkmoot.responses.models import Survey
from folkmoot.themes.access import (
    may_code_answers,
    may_confirm_themes,
    may_resolve,
    may_see_agreement,
    may_see_themes,
)
from folkmoot.themes.models import CodeFrame
from folkmoot.themes.questions import question_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse

    from folkmoot.responses.questions import TextQuestion

TEMPLATES = "themes/workbench"
UNPROCESSABLE = 422


def allowed(
    request: HttpRequest, may: Callable[[User | AnonymousUser], bool] = may_see_themes
) -> User:
    """Return who asks, refusing anybody who may not."""
    user = request.user
    if not isinstance(user, User) or not may(user):
        raise PermissionDenied
    return user


def asked(survey_id: int, key: str) -> tuple[Survey, TextQuestion]:
    """Return a survey and one of its free-text questions."""
    survey = get_object_or_404(Survey, pk=survey_id)
    found = question_of(survey, key)
    if found is None:
        raise Http404("The survey asks no such free-text question.")
    return survey, found


def current_frame(survey_id: int, key: str) -> CodeFrame:
    """Return the current code frame of a question; not found before there is one."""
    frames = CodeFrame.objects.select_related("survey", "confirmed_by")
    return get_object_or_404(frames, survey=survey_id, question=key, is_current=True)


def bench(user: User | AnonymousUser, survey: Survey, question: TextQuestion) -> dict[str, Any]:
    """Return what every screen of a question prints: where it is, the way on, who may do what."""
    of_question = (survey.pk, question.key)
    links = (
        ("All questions", "themes:questions", (), may_see_themes),
        ("Front page", "themes:question", of_question, may_see_themes),
        ("Answers", "themes:answers", of_question, may_see_themes),
        ("Campaigns", "themes:campaigns", of_question, may_see_themes),
        ("Code frame", "themes:frame", of_question, may_see_themes),
        ("Coding", "themes:code", of_question, may_code_answers),
        ("Agreement", "themes:agreement", of_question, may_see_agreement),
    )
    return {
        "survey": survey,
        "question": question,
        "links": [
            {"words": words, "url": reverse(address, args=at)}
            for words, address, at, may in links
            if may(user)
        ],
        # Every count is a link to what it counts: this address and a filter.
        "answers_url": reverse("themes:answers", args=of_question),
        "may_confirm": may_confirm_themes(user),
        "may_resolve": may_resolve(user),
    }


def back(request: HttpRequest, to: str, frame: CodeFrame, told: str = "") -> HttpResponse:
    """Go to a screen of a question, with a message where there is one."""
    if told:
        messages.success(request, told)
    return redirect(to, frame.survey_id, frame.question)


def number(text: str | None) -> int | None:
    """Return what was sent as a whole number, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
