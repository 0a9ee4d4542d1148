"""What a page tells other machines of itself: its one address, its card, and what it is about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from folkmoot.publishing.addresses import absolute
from folkmoot.publishing.models import SiteSettings

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

    from folkmoot.publishing.models import HomePage

# As large as the widest cards are shown.
CARD_PICTURE = "fill-1200x630|format-jpeg"
# No text can then end the script element that holds it, or begin another.
ESCAPES = {ord(mark): f"\\u{ord(mark):04X}" for mark in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Card:
    """How a page looks where its address is shared (Open Graph, and Twitter's cards).

    Title and description are empty for a part of a page, which the page's own would misname.
    """

    url: str
    title: str
    description: str
    kind: str
    picture: str = ""
    picture_alternative: str = ""


def card(page: Page, request: HttpRequest) -> Card:
    """Return the card of a page, or of the part of it that was asked for.

    The address has no query, so that the many views of a list count as one page; the pages of a
    long list keep their number.
    """
    path = request.path
    number = request.GET.get("page", "")
    is_part = path != urlsplit(page.get_url(request) or "").path
    summary = page.search_description or getattr(page, "summary", "")
    picture, alternative = ("", "") if is_part else _picture(page)
    return Card(
        url=absolute(f"{path}?page={number}" if number.isdecimal() and number != "1" else path),
        title="" if is_part else page.seo_title or page.title,
        description="" if is_part else summary,
        kind="website" if page.depth <= 2 else "article",
        picture=picture,
        picture_alternative=alternative,
    )


def _picture(page: Page) -> tuple[str, str]:
    picture = getattr(page, "picture", None)
    if picture is None:
        return "", ""
    rendition = picture.get_rendition(CARD_PICTURE)
    return absolute(rendition.url), getattr(page, "picture_alternative", "")


def structured(page: Page, at: datetime) -> SafeString:
    """Return what a page is about as JSON-LD (schema.org) for a script element; empty for none."""
    things: Sequence[dict[str, Any]] = getattr(page, "structured", lambda at: [])(at)
    if not things:
        return mark_safe("")
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    return mark_safe(json.dumps(graph, ensure_ascii=False).translate(ESCAPES))


def website(home: HomePage) -> list[dict[str, Any]]:
    """Return the site and whose it is as a WebSite of schema.org, with where it is searched."""
    settings = SiteSettings.for_site(home.get_site())
    return [
        {
            "@type": "WebSite",
            "@id": absolute("/"),
            "url": absolute("/"),
            "name": settings.site_name,
            "publisher": {"@type": "GovernmentOrganization", "name": settings.body_name},
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{absolute(reverse('search'))}?q={{search_term_string}}",
                "query-input": "required name=search_term_string",
            },
        }
    ]
