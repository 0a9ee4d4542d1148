"""Who may follow what, who may confirm it, and who may see how many do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from folkmoot.publishing.following.news import can_be_followed
from folkmoot.publishing.visibility import public_pages

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from wagtail.models import Page, Site

    from folkmoot.accounts.models import User
    from folkmoot.publishing.models import Following

CONFIRMING = timedelta(days=7)


def may_follow(page: Page, site: Site, at: datetime) -> bool:
    """Whether anybody may follow a page: one that has news and that the public sees."""
    return can_be_followed(page) and public_pages(site, at).filter(pk=page.pk).exists()


def may_confirm(following: Following, at: datetime) -> bool:
    """Whether what was asked may be confirmed: for seven days from when it was asked last."""
    return following.confirmed_at is None and following.asked_at > at - CONFIRMING


def may_see_followers(user: User | AnonymousUser) -> bool:
    """Whether they may see how many follow each page. Nobody sees who."""
    return user.is_active and user.has_perms(
        ["wagtailadmin.access_admin", "publishing.view_following"]
    )
