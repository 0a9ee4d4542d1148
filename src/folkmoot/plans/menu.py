"""The plan's place in the admin's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from folkmoot.plans.access import may_see_commitments_due
from folkmoot.plans.commitment_viewsets import CommitmentViewSet, ProgressUpdateViewSet
from folkmoot.plans.viewsets import (
    MeasureViewSet,
    OutcomeViewSet,
    PlanVersionViewSet,
    PriorityViewSet,
)

if TYPE_CHECKING:
    from django.http import HttpRequest


class PlanGroup(SnippetViewSetGroup):
    """The records of the plan, together in the menu."""

    items = (
        PriorityViewSet,
        OutcomeViewSet,
        MeasureViewSet,
        CommitmentViewSet,
        ProgressUpdateViewSet,
        PlanVersionViewSet,
    )
    menu_label = "The plan"
    menu_icon = "list-ul"
    menu_order = 250


class CommitmentsItem(MenuItem):
    """The way to the commitments that somebody has to look after, and to their spreadsheets."""

    def __init__(self) -> None:
        address = reverse("plans_commitments")
        super().__init__("Commitments", address, icon_name="check", order=251)

    def is_shown(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return may_see_commitments_due(user)
