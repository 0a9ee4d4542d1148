"""The place of responses in the admin: menu, addresses, and the permissions a group can be given.

A new screen adds its addresses to ADDRESSES and, where the menu leads to it, a line to SCREENS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.urls import include, path
from wagtail import hooks

from folkmoot.responses import access, personal_screens, retention_screens, workbook_screens
from folkmoot.responses.exporting import screens as exporting_screens
from folkmoot.responses.keying.addresses import KEYING
from folkmoot.responses.menu import Screen, responses_menu
from folkmoot.responses.paper import views as paper_views
from folkmoot.responses.receiving.addresses import RECEIVING
from folkmoot.responses.register.addresses import REGISTER
from folkmoot.responses.reviewing.addresses import REVIEWING
from folkmoot.responses.surveys import guards
from folkmoot.responses.surveys.addresses import SURVEYS
from folkmoot.responses.surveys.buttons import listing_buttons, survey_buttons
from folkmoot.responses.surveys.designing import designing_script

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.urls import URLPattern, URLResolver
    from wagtail.admin.menu import SubmenuMenuItem

# Below /admin/responses/, named "responses:…".
ADDRESSES: list[URLPattern | URLResolver] = [
    *REGISTER,
    *RECEIVING,
    *REVIEWING,
    *SURVEYS,
    *KEYING,
    *paper_views.ADDRESSES,
    *workbook_screens.ADDRESSES,
    *exporting_screens.ADDRESSES,
    *personal_screens.ADDRESSES,
    *retention_screens.ADDRESSES,
]
# The menu "Responses", in this order.
SCREENS = [
    Screen("Register", "responses:index", "mail", access.may_read_responses),
    Screen("Import", "responses:imports", "upload", access.may_import),
    Screen("Letters and e-mails", "responses:letters", "mail", access.may_enter_letters),
    Screen("Paper forms", "responses:keying", "form", access.may_key),
    Screen("Publishing", "responses:publishing", "view", access.may_see_publishing),
    Screen("Export", "responses:exports", "download", access.may_export),
    Screen("One person's data", "responses:person", "user", access.may_erase_people),
    Screen("Retention", "responses:retention", "history", access.may_see_retention),
]


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    return [path("responses/", include((ADDRESSES, "responses"), namespace="responses"))]


hooks.register("register_page_header_buttons", survey_buttons)
hooks.register("register_page_listing_more_buttons", listing_buttons)
hooks.register("insert_editor_js", designing_script)
hooks.register("before_move_page", guards.keep_from_moving)
hooks.register("before_delete_page", guards.keep_from_deletion)
hooks.register("before_bulk_action", guards.keep_from_bulk_action)


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    return responses_menu(SCREENS)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="responses",
        codename__in=[
            "view_response",
            "change_response",
            "change_answerreview",
            "change_publishing",
            "view_monitoringanswer",
            "add_batch",
            "add_keying",
            "change_paperform",
            "add_importrun",
            "change_importrun",
            "add_letterdraft",
            "add_export",
            "join_monitoring",
            "add_erasure",
            "change_retentionperiod",
        ],
    )
