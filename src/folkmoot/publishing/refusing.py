"""A page that refuses to be published, whichever way somebody or the clock tries it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page


class PublicationRefusedError(Exception):
    """A page is not published as it stands; the sentences say why, and what is to be done.

    Raised by a page's `publish`, and told to whoever publishes: in the editor, by approval, for
    many pages at once, or by the schedule.
    """

    def __init__(self, page: Page, sentences: Iterable[str]) -> None:
        self.page, self.sentences = page, tuple(sentences)
        super().__init__(f"“{page}” was not published. {' '.join(self.sentences)}")


def tell_refusal(request: HttpRequest, refused: PublicationRefusedError) -> HttpResponse:
    """Lead to the editor of a page that was not published, and say why; nothing was changed."""
    messages.error(request, str(refused))
    editor = reverse("wagtailadmin_pages:edit", args=[refused.page.pk])
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        # A dialog of the admin follows what it is told.
        return JsonResponse({"step": "success", "redirect": editor})
    return redirect(editor)
