"""The plan in the admin. Every save goes through `acts`, so that it is in the audit record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.widgets.slug import SlugInput
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
)

from folkmoot.plans import acts
from folkmoot.plans.forms import MeasureForm
from folkmoot.plans.models import (
    Measure,
    Outcome,
    PlanVersion,
    Priority,
)
from folkmoot.publishing.clock import now

if TYPE_CHECKING:
    from django.db.models import Model


class AddView(CreateView):
    """A new record."""

    def save_instance(self) -> Model:
        return acts.keep(super().save_instance, now(), self.request.user)


class ChangeView(EditView):
    """A record changed; what it said before is kept in the audit record."""

    def save_instance(self) -> Model:
        # The form has already changed the instance at hand: read what stands in the database.
        before = acts.told(self.model.objects.get(pk=self.object.pk))
        return acts.keep(super().save_instance, now(), self.request.user, before)


class RemoveView(DeleteView):
    """A record removed."""

    def delete_action(self) -> None:
        acts.remove(self.object, now(), self.request.user)


class PlanViewSet(SnippetViewSet):
    """What the records of a plan have in common in the admin."""

    add_view_class = AddView
    edit_view_class = ChangeView
    delete_view_class = RemoveView
    copy_view_enabled = False


def titled() -> list[Any]:
    return [
        TitleFieldPanel("title", targets=["slug"]),
        FieldPanel("slug", widget=SlugInput, help_text="The last part of its address."),
    ]


def _fields(*names: str) -> list[Any]:
    return [FieldPanel(name) for name in names]


class PriorityViewSet(PlanViewSet):
    model = Priority
    icon = "crosshairs"
    list_display = ["title", "plan", "order"]
    list_filter = ["plan"]
    search_fields = ["title", "summary"]
    ordering = ["plan", "order"]
    panels = [FieldPanel("plan"), *titled(), FieldPanel("summary"), FieldPanel("order")]


class OutcomeViewSet(PlanViewSet):
    model = Outcome
    icon = "tick-inverse"
    list_display = ["title", "priority", "order"]
    list_filter = ["priority"]
    search_fields = ["title"]
    ordering = ["priority__plan", "priority__order", "order"]
    panels = [FieldPanel("priority"), FieldPanel("title"), FieldPanel("order")]


class MeasureViewSet(PlanViewSet):
    model = Measure
    icon = "order"
    list_display = ["title", "outcome", "kind", "better", "series", "owner"]
    list_filter = ["outcome__priority", "kind", "better"]
    search_fields = ["title", "definition", "series"]
    ordering = ["outcome__priority__order", "outcome__order", "order"]
    edit_handler: Any = ObjectList(
        [
            FieldPanel("outcome"),
            *titled(),
            MultiFieldPanel(_fields("kind", "series", "better", "areas"), "How it is read"),
            MultiFieldPanel(_fields("unit", "numerator", "denominator"), "What its figures are"),
            MultiFieldPanel(_fields("baseline_from", "baseline_to", "screens"), "Its usual range"),
            MultiFieldPanel(_fields("target", "target_by", "trajectory"), "Its target"),
            MultiFieldPanel(
                _fields("definition", "caveat", "status", "source_note", "owner"),
                "What is printed beside it",
            ),
            FieldPanel("order"),
        ],
        base_form_class=MeasureForm,
    )


class ReadOnlyPolicy(ModelPermissionPolicy):
    """What was kept is read; it is made on the page of its plan, and never changed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class PlanVersionViewSet(PlanViewSet):
    model = PlanVersion
    icon = "doc-full"
    menu_label = "Versions"
    list_display = ["title", "plan", "kind", "published_on", "note"]
    list_filter = ["plan", "kind"]
    search_fields = ["title", "note"]
    ordering = ["-kept_at", "-id"]
    inspect_view_enabled = True
    inspect_view_fields = ["plan", "kind", "title", "published_on", "kept_at", "note", "sha256"]
    permission_policy = ReadOnlyPolicy(PlanVersion)
    panels = [FieldPanel("title", read_only=True)]
