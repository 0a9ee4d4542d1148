"""Leave the posts of a survey to the survey's own token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import Page

from folkmoot.publishing.views import public_page, remember_site
from folkmoot.responses.models import Survey

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


class SurveyTokenMiddleware:
    """Spare a survey's posts Django's CSRF check, which needs a cookie before the first answer.

    Stands before `CsrfViewMiddleware`. Every page is served through one view, so that
    `csrf_exempt` on a survey's own views would come too late, and on that one would lay bare
    every page. What protects a survey is the signed token in its forms (see `tokens`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Say that the check is done where a survey is posted to; Wagtail keeps the route."""
        if request.method != "POST" or view is not public_page:
            return
        remember_site(request)
        if isinstance(Page.find_for_request(request, args[0] if args else ""), Survey):
            request.csrf_processing_done = True  # type: ignore[attr-defined]
