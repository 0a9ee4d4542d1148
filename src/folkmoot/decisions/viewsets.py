"""Decisions in the admin. Every save goes through `acts`, so that it is in the audit record."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
)

from folkmoot.decisions import acts
from folkmoot.decisions.forms import DecisionForm
from folkmoot.decisions.models import Decision
from folkmoot.publishing.clock import now


class TakeDecisionView(CreateView):
    """A new decision."""

    def save_instance(self) -> Decision:
        return acts.keep_decision(super().save_instance, now(), self.request.user)


class ChangeDecisionView(EditView):
    """A decision changed; what it said before is kept in the audit record."""

    def save_instance(self) -> Decision:
        # The form has already changed the instance at hand: read what stands in the database.
        before = acts.told(Decision.objects.get(pk=self.object.pk))
        return acts.keep_decision(super().save_instance, now(), self.request.user, before)


class WithdrawDecisionView(DeleteView):
    """A decision withdrawn."""

    def delete_action(self) -> None:
        acts.withdraw_decision(self.object, now(), self.request.user)


class DecisionViewSet(SnippetViewSet):
    """Lists, takes, changes and withdraws decisions."""

    model = Decision
    icon = "check"
    menu_label = "Decisions"
    menu_order = 270
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["title", "consultation", "outcome", "decided_on"]
    list_filter = ["outcome"]
    add_view_class = TakeDecisionView
    edit_view_class = ChangeDecisionView
    delete_view_class = WithdrawDecisionView
    edit_handler: Any = ObjectList(
        [
            FieldPanel("consultation"),
            MultiFieldPanel([FieldPanel("themes")], "What people said"),
            MultiFieldPanel(
                [
                    FieldPanel(name)
                    for name in (
                        "title",
                        "slug",
                        "outcome",
                        "reason",
                        "decided_by",
                        "decided_on",
                        "order",
                    )
                ],
                "What we decided",
            ),
            InlinePanel("section_changes", label="Sections it changed"),
            MultiFieldPanel([FieldPanel("commitments")], "What follows"),
        ],
        base_form_class=DecisionForm,
    )
