"""The workbench's place in the admin: menu, addresses, and the permission a group can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from folkmoot.themes.access import may_import_population, may_see_themes
from folkmoot.themes.workbench.addresses import WORKBENCH

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLResolver


class ThemesMenuItem(MenuItem):
    """Shown to those who may read the workbench."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_themes(request.user)


class PopulationMenuItem(MenuItem):
    """Shown to those who may import the population's figures."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import_population(request.user)


@hooks.register("register_admin_urls")
def register_workbench() -> list[URLResolver]:
    return [path("themes/", include((WORKBENCH, "themes"), namespace="themes"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return ThemesMenuItem("Themes", reverse("themes:questions"), icon_name="tag", order=260)


@hooks.register("register_admin_menu_item")
def register_population_item() -> MenuItem:
    return PopulationMenuItem(
        "Population figures", reverse("themes:populations"), icon_name="group", order=265
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="themes",
        codename__in=[
            "confirm_themes",
            "view_codeframe",
            "code_answers",
            "resolve_codings",
            "add_populationtable",
        ],
    )
