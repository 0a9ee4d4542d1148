"""The desk's place in the admin: menu, addresses, permissions; and what follows a publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from folkmoot.publishing.clock import now
from folkmoot.workshops import access, acts, desk
from folkmoot.workshops.models import Workshop

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLResolver
    from wagtail.models import Page

addresses = [
    path("", desk.workshops, name="workshops"),
    path("<int:workshop_id>/door/", desk.door, name="door"),
    path("<int:workshop_id>/door/attendance/", desk.attendance, name="attendance"),
    path("<int:workshop_id>/door/walk-in/", desk.walk_in, name="walk_in"),
    path("<int:workshop_id>/door/joining/", desk.joining, name="joining"),
    path("<int:workshop_id>/door/list/", desk.door_list, name="door_list"),
    path("<int:workshop_id>/door/door-list.csv", desk.door_csv, name="door_csv"),
    path("<int:workshop_id>/notes/", desk.notes, name="notes"),
    path("<int:workshop_id>/points/", desk.points, name="points"),
]


class WorkshopsMenuItem(MenuItem):
    """Shown to those who may see the desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        return access.may_see_desk(request.user)


@hooks.register("register_admin_urls")
def register_desk() -> list[URLResolver]:
    return [path("workshops/", include((addresses, "workshops"), namespace="workshops"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return WorkshopsMenuItem(
        "Workshops", reverse("workshops:workshops"), icon_name="group", order=255
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="workshops",
        codename__in=["view_registration", "change_registration", "add_point"],
    )


@hooks.register("after_publish_page")
def settle_published(request: HttpRequest, page: Page) -> None:
    """Pass places on and tell what changed at once; the worker does after other publications."""
    workshop = page.specific
    if isinstance(workshop, Workshop):
        acts.settle(workshop, now())
