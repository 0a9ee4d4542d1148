"""Cache of anonymous pages, and the content security policy of each part of the site."""

from __future__ import annotations

import gzip
import hashlib
import math
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse

from folkmoot.publishing.clock import now
from folkmoot.publishing.purging import edition
from folkmoot.publishing.refusing import PublicationRefusedError, tell_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase
    from wagtail.models import Page

ADMIN = "/admin/"
LONGEST_QUERY = 200
LARGEST_BYTES = 1_000_000
MOST_PAGES = 500
COMPRESS_LEVEL = 6
KEPT_TYPES = ("text/html", "text/csv", "application/json")
# Every cookie that this site sets begins like one of these. A visitor's other cookies (of the
# body's other sites on the same domain) change nothing here.
OWN_COOKIES = (
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.LANGUAGE_COOKIE_NAME,
    "messages",
    "folkmoot-",
)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict everywhere; Wagtail's editor, for staff, has a looser policy of its own."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the policy to a response."""
        if request.path.startswith(ADMIN) and not request.path.startswith(f"{ADMIN}login"):
            policy = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
            response._csp_replace = policy  # type: ignore[attr-defined]
        elif getattr(request, "is_preview", False):
            # The editor shows the page in a frame of its own, otherwise as the public gets it.
            response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        return super().process_response(request, response)


class KeptPage(NamedTuple):
    """A page as it goes over the wire."""

    content: bytes
    etag: str
    headers: dict[str, tuple[str, str]]  # name and value, by the name in lower case
    kept_at: float  # seconds of this process's monotonic clock
    until: float


class AdminTransactionMiddleware:
    """Make each post to the admin one transaction.

    Wagtail publishes in several steps; with this an act and its line in the audit record are
    committed together or not at all. Signing in stays outside, so that a failed attempt is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Run the view in a transaction where it may write; None leaves it to Django."""
        path = request.path
        if request.method != "POST" or not path.startswith(ADMIN) or path == f"{ADMIN}login/":
            return None
        try:
            with transaction.atomic():
                response: HttpResponseBase = view(request, *args, **kwargs)
        except PublicationRefusedError as refused:
            return tell_refusal(request, refused)
        return response


class PublicCacheMiddleware:
    """Keep public pages for visitors who carry none of this site's cookies.

    Stands before everything else, so that a kept page costs neither session nor query. A page is
    kept for `PUBLIC_CACHE_SECONDS` or until the clock changes it (`BasePage.seconds_unchanged`,
    and what panels say in `seconds_unchanged`), whichever comes first; publishing anything begins
    a new edition, and pages of an older edition are never sent (see `publishing.purging`).

    Each process keeps pages in its own memory: nothing is looked up, unpacked or checked on the
    way out, which makes a kept page cheaper than the barest view (`benchmarks/public_pages.py`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._edition = 0
        self._pages: dict[str, KeptPage] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        cookies = meta.get("HTTP_COOKIE", "")
        query = meta.get("QUERY_STRING", "")
        if (
            request.method not in ("GET", "HEAD")
            or settings.PUBLIC_CACHE_SECONDS <= 0
            or len(query) > LONGEST_QUERY
            or (cookies and any(name in cookies for name in OWN_COOKIES))
        ):
            return self.get_response(request)
        packs = "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "")
        # The host is as sent: a page is only ever kept once Django has found it to be allowed.
        key = f"{packs:d} {request.scheme} {meta.get('HTTP_HOST')} {request.path}?{query}"
        # Asked before the page is made: what is published meanwhile must not be missed.
        current = edition()
        if current != self._edition:
            self._edition, self._pages = current, {}
        pages = self._pages
        kept = pages.get(key)
        if kept is not None and time.monotonic() < kept.until:
            return _kept_response(request, kept)
        began_at, began = now(), time.monotonic()
        response = self.get_response(request)
        if request.method == "HEAD":
            return response
        seconds = _seconds(request, response, began_at, began)
        if seconds <= 0 or not isinstance(response, HttpResponse):
            return response
        page = _page(response, seconds, packs=packs)
        if len(pages) >= MOST_PAGES:
            pages.clear()
        pages[key] = page
        return _kept_response(request, page)


def _page(response: HttpResponse, seconds: int, *, packs: bool) -> KeptPage:
    content = response.content
    if packs and not response.has_header("Content-Encoding"):
        content = gzip.compress(content, COMPRESS_LEVEL, mtime=0)
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding, Cookie"
    response["Cache-Control"] = f"public, max-age={seconds}"
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    response["ETag"] = etag
    response["Content-Length"] = str(len(content))
    headers = {name.lower(): (name, value) for name, value in response.items()}
    kept_at = time.monotonic()
    return KeptPage(content, etag, headers, kept_at, kept_at + seconds)


def _kept_response(request: HttpRequest, page: KeptPage) -> HttpResponse:
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponse(status=304)
        for name in ("etag", "cache-control", "vary"):
            response[name] = page.headers[name][1]
        return response
    response = HttpResponse(b"" if request.method == "HEAD" else page.content)
    # Past Django's check of each header, which takes longer than all else here: it was passed
    # when the page was made.
    response.headers._store.update(page.headers)
    # So that a browser keeps a page no longer than the site does.
    response["Age"] = str(int(time.monotonic() - page.kept_at))
    return response


def _seconds(
    request: HttpRequest, response: HttpResponseBase, began_at: datetime, began: float
) -> int:
    """Return for how many seconds from now a response may be kept; 0 for one that may not be."""
    page = getattr(request, "served_page", None)
    if page is None or response.status_code != 200 or response.streaming or response.cookies:
        return 0
    if not isinstance(response, HttpResponse) or len(response.content) > LARGEST_BYTES:
        return 0
    if not response.get("Content-Type", "").startswith(KEPT_TYPES):
        return 0
    if any(word in response.get("Cache-Control", "") for word in ("no-store", "private")):
        return 0
    unchanged = min(_unchanged(request, page, began_at), default=math.inf)
    left = unchanged - (time.monotonic() - began)
    return int(min(settings.PUBLIC_CACHE_SECONDS, left))


def _unchanged(request: HttpRequest, page: Page, at: datetime) -> Iterator[float]:
    """Give for how many seconds after `at` the clock leaves the page, and each panel, alone."""
    for seconds in (
        getattr(page.specific, "seconds_unchanged", lambda at: None)(at),
        getattr(request, "seconds_unchanged", None),
    ):
        if seconds is not None:
            yield seconds
