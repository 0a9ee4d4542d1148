"""What every template knows: the site's settings and the instant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import Site

from folkmoot.publishing.clock import now
from folkmoot.publishing.keeping import kept
from folkmoot.publishing.models import SiteSettings

if TYPE_CHECKING:
    from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's settings as `site`, and the instant as `at`."""
    found = Site.find_for_request(request)
    if found is None:
        return {"site": None, "at": now()}
    settings = kept(("settings", found.pk), lambda: SiteSettings.for_request(request))
    return {"site": settings, "at": now()}
