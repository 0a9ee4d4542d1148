"""Which pages the public may see at an instant: what search, sitemap and feeds go by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from wagtail.models import Page, Site

# Given the instant, the pages that are live but that the clock still hides.
Hidden = Callable[[datetime], QuerySet[Page]]

_HIDDEN: list[Hidden] = []


def register_hidden(pages: Hidden) -> None:
    """Keep pages of a higher room out of search, sitemap and feeds until their hour.

    Called in `AppConfig.ready()`; registering the same function twice has no effect.
    """
    if pages not in _HIDDEN:
        _HIDDEN.append(pages)


def public_pages(site: Site, at: datetime) -> QuerySet[Page]:
    """Return the live pages of a site without a password that the clock does not hide.

    One query finds the pages with a password; the rest is one statement.
    """
    pages = Page.objects.descendant_of(site.root_page, inclusive=True).live().public()
    for hidden in _HIDDEN:
        pages = pages.exclude(pk__in=hidden(at).values("pk"))
    return pages
