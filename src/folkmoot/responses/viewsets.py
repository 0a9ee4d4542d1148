"""The register of responses in the admin: to read, never to change."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from folkmoot.publishing.clock import now
from folkmoot.responses.access import may_read_responses
from folkmoot.responses.models import Response
from folkmoot.responses.presenters import moment, register_rows
from folkmoot.responses.querysets import register


class ReadingPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes a response in the admin, whatever else they may do."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and may_read_responses(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and may_read_responses(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


class RegisterView(IndexView):
    """All responses that have come, newest first."""

    def get_base_queryset(self) -> Any:
        return register(now())


class ResponseView(InspectView):
    """One response whole. Equality answers are counted elsewhere, and never stand beside it."""

    def get_submitted_at_display_value(self) -> str:
        return moment(self.object.submitted_at)

    def get_may_be_quoted_display_value(self) -> str:
        return "Yes" if self.object.may_be_quoted else "No"

    def get_is_generated_display_value(self) -> str:
        return "Yes" if self.object.is_generated else "No"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"answers": register_rows(self.object)}


class ResponseViewSet(ModelViewSet):
    """Lists responses of every channel, and shows each with its answers."""

    model = Response
    name = "responses"
    icon = "mail"
    menu_label = "Responses"
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = RegisterView
    inspect_view_class = ResponseView
    inspect_template_name = "responses/register/response.html"
    inspect_view_fields = [
        "reference",
        "consultation",
        "survey",
        "channel",
        "submitted_at",
        "respondent",
        "may_be_quoted",
        "is_generated",
    ]
    list_display = [
        "reference",
        Column("consultation"),
        Column("get_channel_display", label="Channel", sort_key="channel"),
        Column(
            "received",
            label="Received",
            sort_key="submitted_at",
            accessor=lambda response: moment(response.submitted_at),
        ),
        BooleanColumn("is_generated", label="Generated"),
    ]
    list_filter = ["consultation", "channel", "is_generated"]
    search_fields = ["reference"]
    search_backend_name = None
    exclude_form_fields: list[str] = []

    @property
    def permission_policy(self) -> ReadingPolicy:
        return ReadingPolicy(self.model)
