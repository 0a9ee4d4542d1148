"""The page of search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from folkmoot.publishing.clock import now
from folkmoot.publishing.search.results import A_PAGE, found, lines
from folkmoot.publishing.search.words import LONGEST_QUERY, typed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found for what was typed, ten to a page.

    Neither kept in a cache nor read by search engines: there is a page for every word.
    """
    asked = request.GET.get("q", "")
    text = typed(asked)
    site = Site.find_for_request(request)
    pairs, has_every_word = found(text, site, now()) if text and site else ([], True)
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "text": text,
        "was_cut": len(asked.strip()) > LONGEST_QUERY,
        "longest": LONGEST_QUERY,
        "results": lines(list(page), text),
        "pages": page,
        "has_every_word": has_every_word,
    }
    response = render(request, "publishing/search.html", context)
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
