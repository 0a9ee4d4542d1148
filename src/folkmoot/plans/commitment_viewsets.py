"""Commitments and progress updates in the admin, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, EditView

from folkmoot.plans import acts
from folkmoot.plans.models import Commitment, ProgressUpdate
from folkmoot.plans.viewsets import PlanViewSet, titled
from folkmoot.publishing.clock import now

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

DAYS = ("due", "forecast", "completed", "lateness")


class AddCommitmentView(CreateView):
    """A new commitment, with the forecasts that it begins with."""

    def save_instance(self) -> Commitment:
        return acts.keep_commitment(super().save_instance, now(), self.request.user)


class ChangeCommitmentView(EditView):
    """A commitment changed; a new forecast is kept beside the ones before."""

    def save_instance(self) -> Commitment:
        # The form has already changed the instance at hand: read what stands in the database.
        before = acts.told(Commitment.objects.get(pk=self.object.pk))
        return acts.keep_commitment(super().save_instance, now(), self.request.user, before)


class CommitmentViewSet(PlanViewSet):
    model = Commitment
    add_view_class = AddCommitmentView
    edit_view_class = ChangeCommitmentView
    icon = "check"
    list_display = ["title", "plan", "lead", "due", "forecast", "standing_today"]
    list_filter = ["plan", "lead", "due"]
    search_fields = ["title", "promise", "lead"]
    ordering = ["plan", "order"]
    panels = [
        FieldPanel("plan"),
        FieldPanel("section"),
        *titled(),
        FieldPanel("promise"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel(name) for name in DAYS], "Days"),
        FieldPanel("measures", widget=CheckboxSelectMultiple),
        InlinePanel(
            "milestones", [FieldPanel(name) for name in ("title", *DAYS)], label="Milestones"
        ),
        FieldPanel("order"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Commitment]:
        """Return the commitments with what their standing is told from."""
        return Commitment.objects.select_related("plan").prefetch_related("forecasts")


class AddOnlyPolicy(ModelPermissionPolicy):
    """What was reported is added to, never changed: nobody may change or delete it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"change", "delete"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ProgressUpdateViewSet(PlanViewSet):
    model = ProgressUpdate
    icon = "history"
    menu_label = "Progress updates"
    list_display = ["commitment", "on", "text"]
    list_filter = ["commitment", "on"]
    search_fields = ["text"]
    ordering = ["-on", "-id"]
    inspect_view_enabled = True
    permission_policy = AddOnlyPolicy(ProgressUpdate)
    panels = [FieldPanel("commitment"), FieldPanel("on"), FieldPanel("text")]
