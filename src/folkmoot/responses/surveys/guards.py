"""Hooks that keep the page of a survey that people answered where they answered it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect

from folkmoot.responses.models import Response, Survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page


def keep_from_moving(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Refuse to move an answered survey to another consultation, whose answers they are not."""
    if page.get_parent().pk == destination.pk:
        return None
    return _refusal(request, _answered([page]), "moved to another consultation. Copy it instead")


def keep_from_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a survey that people answered."""
    return _refusal(request, _answered([page]), "deleted")


def keep_from_bulk_action(
    request: HttpRequest, action_type: str, pages: Sequence[Page], action: Any
) -> HttpResponse | None:
    """Refuse the same for many pages at once."""
    done = {"move": "moved to another consultation. Copy it instead", "delete": "deleted"}
    if action_type not in done or request.method != "POST":
        return None
    return _refusal(request, _answered(pages), done[action_type])


def _answered(pages: Sequence[Page]) -> Survey | None:
    answered = Response.objects.filter(survey__in=[page.pk for page in pages])
    return Survey.objects.filter(pk__in=answered.values("survey")).first()


def _refusal(request: HttpRequest, survey: Survey | None, done: str) -> HttpResponse | None:
    if survey is None:
        return None
    consultation = survey.get_parent()
    messages.error(
        request,
        f"People answered “{survey.title}” as a part of “{consultation.title}”, so it is not "
        f"{done}.",
    )
    return redirect("wagtailadmin_explore", consultation.pk)
