"""Home, the pages of plain text, the site's settings, and the organisations that help."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from folkmoot.demo.building import Building
from folkmoot.publishing.models import HomePage, SiteSettings, StandardPage, SupportOrganisation


def add_home(building: Building) -> HomePage:
    """Put the home page at the root of the site, in place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    home = HomePage(
        title=building.pack.site["home"]["title"],
        slug="folkmoot",
        summary=building.pack.site["home"]["summary"],
    )
    building.add("home", root, home)
    site.root_page = home
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site.hostname, site.port = address.hostname or "localhost", address.port or 80
    site.site_name = building.pack.site["settings"]["site_name"]
    site.save()
    if welcome is not None and welcome.pk != home.pk:
        Page.objects.get(pk=welcome.pk).delete()
    return home


def add_standard_pages(building: Building, home: HomePage) -> None:
    """Add the pages of plain text, without their bodies: these link to pages not yet made."""
    for page in building.pack.site["pages"]:
        building.add(
            page["slug"],
            home,
            StandardPage(
                title=page["title"],
                slug=page["slug"],
                summary=page["summary"],
                show_support=page.get("show_support", False),
            ),
        )


def fill_standard_pages(building: Building) -> None:
    """Give the home page and the pages of plain text their words."""
    home = building.pages["home"]
    assert isinstance(home, HomePage)
    home.introduction = building.rich(building.pack.site["home"]["introduction"])
    for defined in building.pack.site["pages"]:
        page: Any = building.pages[defined["slug"]]
        page.body = building.body(defined["body"])


def add_settings(building: Building) -> None:
    """Set the names, the notice and the footer of the site, and list who helps."""
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            **building.pack.site["settings"],
            "accessibility_page": building.pages["accessibility"],
            "privacy_page": building.pages["privacy"],
            "contact_page": building.pages["contact"],
            "staying_safe_page": building.pages["staying-safe"],
        },
    )
    SupportOrganisation.objects.bulk_create(
        SupportOrganisation(order=order, **organisation)
        for order, organisation in enumerate(building.pack.site["support"])
    )
