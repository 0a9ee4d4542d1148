"""Writes to the pages that every site has."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Site

from folkmoot.accounts.audit import record
from folkmoot.publishing.models import HomePage
from folkmoot.publishing.roles import begin_roles


def begin_site(at: datetime) -> HomePage | None:
    """Put an empty front page in the place of Wagtail's welcome page, with who may edit it.

    Returns the page. None, and nothing changed, where the site has a front page already.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or HomePage.objects.exists() or site.root_page.get_children().exists():
        return None
    with transaction.atomic():
        welcome = site.root_page
        root = Page.objects.get(depth=1)
        home = root.add_child(
            instance=HomePage(
                title="Your voice, and what came of it",
                slug="front-page",
                summary="This site is new: its first page has still to be written.",
            )
        )
        site.root_page = home
        site.save()
        Page.objects.get(pk=welcome.pk).delete()
        begin_roles()
        record("site begun", home, at)
    return home
