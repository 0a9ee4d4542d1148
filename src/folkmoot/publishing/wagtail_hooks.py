"""Let the cache know which page a response shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail import hooks

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page


@hooks.register("before_serve_page")
def remember_page(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Mark the request as one for a public page."""
    request.served_page = page  # type: ignore[attr-defined]
