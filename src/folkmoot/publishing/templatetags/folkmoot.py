"""Template tags that every page may use: slots, navigation, and parts of components."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from folkmoot.core.tables import Table
from folkmoot.publishing import cards
from folkmoot.publishing.clock import now
from folkmoot.publishing.keeping import is_public, kept
from folkmoot.publishing.models import BasePage, SupportOrganisation
from folkmoot.publishing.slots import Panel, panels

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
    whole = []
    for panel in panels(name):
        if panel.keep and is_public(request):
            key = (panel.template, subject._meta.label, subject.pk)
            printed = kept(key, partial(_printed, panel, subject, at, request))
        else:
            printed = _printed(panel, subject, at, request)
        if printed.until is not None and request is not None:
            seconds = int((printed.until - at).total_seconds())
            request.seconds_unchanged = min(seconds, getattr(request, "seconds_unchanged", seconds))
        whole.append(printed.html)
    return mark_safe("".join(whole))


class Printed(NamedTuple):
    """A panel as printed, and the instant from which the clock changes it (None: never)."""

    html: str
    until: datetime | None


def _printed(panel: Panel, subject: Any, at: datetime, request: Any) -> Printed:
    presented = panel.present(subject, at)
    if presented is None:
        return Printed("", None)
    html = render_to_string(panel.template, {**presented, "subject": subject, "at": at}, request)
    seconds = presented.get("seconds_unchanged")
    return Printed(html, None if seconds is None else at + timedelta(seconds=seconds))


@register.inclusion_tag(f"{COMPONENTS}/navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, Any]:
    """Print the main navigation, the page one is on marked."""
    return {"items": _menu(context.get("request"))}


@register.inclusion_tag(f"{COMPONENTS}/card.html", takes_context=True)
def card(context: template.Context) -> dict[str, Any]:
    """Print a page's one address, its card for where it is shared, and what it is about."""
    page, request = context["page"], context["request"]
    shown = cards.card(page, request)
    at = context.get("at") or now()
    return {
        "card": shown,
        "structured": _structured(page, at, request) if shown.title else "",
        "site": context.get("site"),
    }


def _structured(page: Page, at: datetime, request: Any) -> SafeString:
    make = partial(cards.structured, page, at)
    if not is_public(request) or not isinstance(page, BasePage):
        return make()
    return kept(("structured", page.pk), make, partial(page.seconds_unchanged, at))


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
    items = list(kept(("breadcrumbs", page.pk), partial(_above, page)))
    if current:
        items += [{"title": page.title, "url": page.url}, {"title": current, "url": ""}]
    elif items:
        items.append({"title": page.title, "url": ""})
    return {"items": items}


@register.inclusion_tag(f"{COMPONENTS}/support.html")
def support() -> dict[str, Any]:
    """Print the organisations that help people who are worried or have been harmed."""
    organisations = kept("support", lambda: list(SupportOrganisation.objects.all()))
    return {"organisations": organisations}


@register.inclusion_tag(f"{COMPONENTS}/support_in_short.html")
def support_in_short() -> dict[str, Any]:
    """Print the same organisations where a question may bring something up."""
    return support()


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
    return [
        {
            "title": title,
            "url": url,
            "is_current": bool(url) and request.path.startswith(url),
            "current": "page" if request.path == url else "true",
        }
        for title, url in kept(("menu", site.pk), partial(_menu_pages, site))
    ]


def _menu_pages(site: Site) -> list[tuple[str, str]]:
    pages = Page.objects.child_of(site.root_page).live().in_menu().order_by("path")
    return [(page.title, page.url or "") for page in pages]


def _above(page: Page) -> list[dict[str, str]]:
    above = page.get_ancestors().filter(depth__gt=2).order_by("depth")
    return [{"title": each.title, "url": each.url} for each in above]
