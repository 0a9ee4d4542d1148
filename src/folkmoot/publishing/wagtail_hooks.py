"""Let the cache know which page a response shows; hooks of files and followers join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail import hooks

from folkmoot.publishing.files import telling  # noqa: F401 its hooks register themselves
from folkmoot.publishing.following import admin  # noqa: F401 its hooks register themselves

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page


@hooks.register("before_serve_page")
def remember_page(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Mark the request as one for a public page."""
    request.served_page = page  # type: ignore[attr-defined]
