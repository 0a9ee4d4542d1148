"""What every template knows: the site's settings and the instant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from folkmoot.publishing.clock import now
from folkmoot.publishing.models import SiteSettings

if TYPE_CHECKING:
    from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's settings as `site`, and the instant as `at`."""
    return {"site": SiteSettings.for_request(request), "at": now()}
