"""Template tags that every page may use: slots, navigation, and parts of components."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from folkmoot.core.tables import Table
from folkmoot.publishing.clock import now
from folkmoot.publishing.models import SupportOrganisation
from folkmoot.publishing.slots import panels

register = template.Library()
COMPONENTS = "publishing/components"
_NUMBER = re.compile(r"[+\N{MINUS SIGN}-]?[\d,.]+( ?%| points)?|\[[a-z]+\]|")


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, subject: Any) -> SafeString:
    """Print the panels that higher rooms have for a place on this page.

    A panel that the clock changes says in `seconds_unchanged` for how long it stands as it is;
    the page is kept no longer than that.
    """
    request = context.get("request")
    at = context.get("at") or now()
    printed = []
    for panel, presented in panels(name, subject, at):
        seconds = presented.get("seconds_unchanged")
        if request is not None and seconds is not None:
            request.seconds_unchanged = min(seconds, getattr(request, "seconds_unchanged", seconds))
        printed.append(
            render_to_string(panel.template, {**presented, "subject": subject, "at": at}, request)
        )
    return mark_safe("".join(printed))


@register.inclusion_tag(f"{COMPONENTS}/navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, Any]:
    """Print the main navigation, the page one is on marked."""
    return {"items": _menu(context.get("request"))}


@register.inclusion_tag("publishing/components/ways_on.html", takes_context=True)
def ways_on(context: template.Context) -> dict[str, Any]:
    """Print where to go from a page that is not there."""
    return {"items": _menu(context.get("request"))}


@register.inclusion_tag(f"{COMPONENTS}/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: template.Context, current: str = "") -> dict[str, Any]:
    """Print the pages above this one, below the front page.

    `current` is the title of a part of a routable page; the page itself is then a link too.
    """
    page = context.get("page")
    if not isinstance(page, Page) or page.pk is None or page.depth <= 2:
        return {"items": []}
    above = page.get_ancestors().filter(depth__gt=2).order_by("depth")
    items = [{"title": each.title, "url": each.url} for each in above]
    if current:
        items += [{"title": page.title, "url": page.url}, {"title": current, "url": ""}]
    elif items:
        items.append({"title": page.title, "url": ""})
    return {"items": items}


@register.inclusion_tag(f"{COMPONENTS}/support.html")
def support() -> dict[str, Any]:
    """Print the organisations that help people who are worried or have been harmed."""
    return {"organisations": SupportOrganisation.objects.all()}


@register.inclusion_tag(f"{COMPONENTS}/staying_safe.html", takes_context=True)
def staying_safe(context: template.Context) -> dict[str, Any]:
    """Print the panel that tells where to find help."""
    site = context.get("site")
    page = site.staying_safe_page if site else None
    return {"url": page.url if page and page.live else ""}


@register.filter
def column_class(table: Table, column: int) -> str:
    """Return "number" for a column that holds numbers only, so that it is set to the right."""
    is_number = all(_NUMBER.fullmatch(str(row[column])) for row in table.rows)
    return "number" if is_number and table.rows else ""


@register.filter
def percent_width(share: float) -> str:
    """Return a share of 0 to 1 as a width of 0 to 100."""
    return f"{max(0.0, min(1.0, share)) * 100:.1f}"


def _menu(request: Any) -> list[dict[str, Any]]:
    site = Site.find_for_request(request) if request is not None else None
    if site is None:
        return []
    items = []
    for page in Page.objects.child_of(site.root_page).live().in_menu().order_by("path"):
        url = page.get_url(request) or ""
        exact = request.path == url
        items.append(
            {
                "title": page.title,
                "url": url,
                "is_current": bool(url) and request.path.startswith(url),
                "current": "page" if exact else "true",
            }
        )
    return items
