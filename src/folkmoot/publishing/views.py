"""Error pages, the body's colours, and the page of all components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from wagtail.models import Site
from wagtail.views import serve

from folkmoot.core.colours import lightened
from folkmoot.publishing.design import examples
from folkmoot.publishing.keeping import kept
from folkmoot.publishing.models import LEAST_CONTRAST, SiteSettings

if TYPE_CHECKING:
    from django.http import HttpRequest

A_YEAR = 31_536_000
# The palest ground of a dark page on which links stand; a test holds it to the stylesheet.
DARK_WASH = "#18222f"


def public_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the Wagtail page at an address, with the site and its front page as kept."""
    remember_site(request)
    return serve(request, path)


def remember_site(request: HttpRequest) -> None:
    """Put the site of a request where `Site.find_for_request` looks, as kept."""
    # The host is one of ours: it was checked before.
    request._wagtail_site = kept(  # type: ignore[attr-defined]
        ("site", request.get_host(), request.get_port()), lambda: Site.find_for_request(request)
    )


def unreadable(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """Answer a request that could not be read, or a form whose token did not match."""
    return render(request, "publishing/400.html", status=403 if reason else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may not see a page."""
    return render(request, "publishing/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for an address at which there is nothing, with the sentence that says what."""
    said = str(exception.args[0]) if exception and exception.args else ""
    is_ours = said.endswith(".") and "<" not in said and "matches the given query" not in said
    return render(request, "publishing/404.html", {"said": said if is_ours else ""}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours. Asks neither database nor session, which may be the fault."""
    return HttpResponse(render_to_string("publishing/500.html"), status=500)


@require_safe
def brand(request: HttpRequest, key: str) -> HttpResponse:
    """Send the body's colours; the address changes with them, so that they may be kept."""
    site = SiteSettings.for_request(request)
    dark = {
        name: lightened(colour, DARK_WASH, LEAST_CONTRAST)
        for name, colour in (("accent", site.brand), ("link", site.link_colour))
    }
    style = (
        f":root {{ --brand: {site.brand}; --brand-deep: {site.brand_deep}; "
        f"--link: {site.link_colour}; }}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f"  :root {{ --accent: {dark['accent']}; --link: {dark['link']}; }}\n"
        "}\n"
    )
    response = HttpResponse(style, content_type="text/css; charset=utf-8")
    if site.brand_address == request.path:
        response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Show every component once, with content as it has in use."""
    return render(request, "publishing/design.html", examples())
