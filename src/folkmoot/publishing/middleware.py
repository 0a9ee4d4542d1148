"""Cache of anonymous pages, and the content security policy of each part of the site."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse

from folkmoot.publishing.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

ADMIN = "/admin/"
LONGEST_QUERY = 200
COMPRESS_LEVEL = 6


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict everywhere; Wagtail's editor, for staff, has a looser policy of its own."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the policy to a response."""
        if request.path.startswith(ADMIN) and not request.path.startswith(f"{ADMIN}login"):
            policy = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
            response._csp_replace = policy  # type: ignore[attr-defined]
        return super().process_response(request, response)


class PublicCacheMiddleware:
    """Keep public pages for visitors who carry no cookie.

    Stands first, so that a kept page costs neither session nor query. A page is kept for
    `PUBLIC_CACHE_SECONDS` or until the clock changes it, whichever comes first; publishing
    anything empties the cache of the process that did (see `publishing.purging`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        if (
            request.method != "GET"
            or meta.get("HTTP_COOKIE")
            or len(meta.get("QUERY_STRING", "")) > LONGEST_QUERY
            or settings.PUBLIC_CACHE_SECONDS <= 0
        ):
            return self.get_response(request)
        packs = "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "")
        key = (
            f"page:{packs}:{request.scheme}:{request.get_host()}:"
            f"{hashlib.md5(request.get_full_path().encode(), usedforsecurity=False).hexdigest()}"
        )
        kept = cache.get(key)
        if kept is not None:
            return _kept_response(request, *kept)
        response = self.get_response(request)
        seconds = _seconds(request, response)
        if seconds <= 0 or not isinstance(response, HttpResponse):
            return response
        content = response.content
        if packs:
            content = gzip.compress(content, COMPRESS_LEVEL, mtime=0)
            response["Content-Encoding"] = "gzip"
        response["Vary"] = "Accept-Encoding, Cookie"
        response["Cache-Control"] = f"public, max-age={seconds}"
        response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        response.content = content
        response["Content-Length"] = str(len(content))
        cache.set(key, (content, dict(response.items())), seconds)
        return _kept_response(request, content, dict(response.items()))


def _kept_response(request: HttpRequest, content: bytes, headers: dict[str, str]) -> HttpResponse:
    if request.META.get("HTTP_IF_NONE_MATCH") == headers["ETag"]:
        response = HttpResponse(status=304)
        for name in ("ETag", "Cache-Control", "Vary"):
            response[name] = headers[name]
        return response
    return HttpResponse(content, headers=headers)


def _seconds(request: HttpRequest, response: HttpResponseBase) -> int:
    """Return for how long a response may be kept; 0 for one that may not be."""
    page = getattr(request, "served_page", None)
    if page is None or response.status_code != 200 or response.streaming or response.cookies:
        return 0
    if any(word in response.get("Cache-Control", "") for word in ("no-store", "private")):
        return 0
    unchanged = getattr(page, "seconds_unchanged", lambda at: None)(now())
    longest = settings.PUBLIC_CACHE_SECONDS
    return int(longest if unchanged is None else min(longest, unchanged))
