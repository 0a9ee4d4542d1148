"""Performance in the admin: menu, addresses, and the permissions a group can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.urls import include, path
from wagtail import hooks
from wagtail.admin.menu import SubmenuMenuItem

from folkmoot.performance.access import SPEAKS
from folkmoot.performance.desk.addresses import DESK, SCREENS
from folkmoot.responses.menu import ScreensMenu

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.urls import URLResolver


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    return [path("performance/", include((DESK, "performance"), namespace="performance"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    return SubmenuMenuItem("Performance", ScreensMenu(SCREENS), icon_name="order", order=255)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="performance", codename__in=SPEAKS)
