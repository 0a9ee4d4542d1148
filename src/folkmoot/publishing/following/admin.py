"""How many people follow each page, in the admin's reports. Nobody is shown who."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from folkmoot.publishing.clock import now
from folkmoot.publishing.following.access import may_see_followers
from folkmoot.publishing.models import Following

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

LATELY = timedelta(days=30)


class FollowersMenuItem(MenuItem):
    """Shown to those who may see how many follow each page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_followers(request.user)


@require_safe
def followers(request: HttpRequest) -> HttpResponse:
    """List the pages that are followed, and by how many."""
    if not may_see_followers(request.user):
        raise PermissionDenied
    return render(request, "publishing/following/followers.html", {"rows": rows(now())})


def rows(at: datetime) -> list[dict[str, Any]]:
    """Return pages, most followed first, with their followers, those new lately and those paused.

    The whole site has no title. One query.
    """
    confirmed = Following.objects.filter(confirmed_at__isnull=False)
    counted = confirmed.values("page_id", "page__title").annotate(
        followers=Count("follower", distinct=True),
        lately=Count("follower", distinct=True, filter=Q(confirmed_at__gt=at - LATELY)),
        paused=Count("follower", distinct=True, filter=Q(follower__paused_at__isnull=False)),
    )
    return [
        {"title": row["page__title"] or "", **row}
        for row in counted.order_by("-followers", "page__title")
    ]


@hooks.register("register_admin_urls")
def register_followers() -> list[URLPattern]:
    return [path("followers/", followers, name="followers")]


@hooks.register("register_reports_menu_item")
def register_followers_menu_item() -> MenuItem:
    return FollowersMenuItem("Followers", reverse("followers"), icon_name="mail", order=950)


@hooks.register("register_permissions")
def register_following_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="publishing", codename="view_following"
    )
