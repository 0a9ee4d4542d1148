"""What search engines may read: every public page, and what is no page for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as written

from folkmoot.publishing.addresses import absolute
from folkmoot.publishing.clock import now
from folkmoot.publishing.visibility import public_pages

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.models import Page

# Staff tools, what is made for every word somebody types, and links that are one person's own.
NOT_TO_READ = ("/admin/", "/search/", "/follow/", "/design/")


class PublicPages(Sitemap):
    """The pages that the public may see now, at the site's public origin."""

    def items(self) -> QuerySet[Page]:
        """Return the pages in the order of the tree; pages the clock still hides are left out."""
        return public_pages(self.get_wagtail_site(), now()).order_by("path")

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = super()._urls(page, protocol, domain)
        return [each | {"location": absolute(urlsplit(each["location"]).path)} for each in listed]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Send the addresses of all public pages, with when each was published last."""
    return written(request, sitemaps={"pages": PublicPages})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what not to read, and where the list of pages is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_TO_READ)]
    lines += ["", f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
