"""The page editor of a consultation: what stands at its top, its dates, and what it refuses."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.panels import Panel

from folkmoot.consultations import access
from folkmoot.consultations.forms import ConsultationForm
from folkmoot.publishing.clock import now

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

# What people were told when it opened: a draft says nothing about them any more.
SETTLED_ONCE_OPEN = ("opens_at", "closes_at")


class EditorForm(ConsultationForm):
    """The form of a consultation, whose opening and closing are settled once it has opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and is_settled(self.instance, now()):
            self._settle()

    def _settle(self) -> None:
        for name in SETTLED_ONCE_OPEN:
            if name in self.fields:
                self.fields[name].disabled = True
        if "opens_at" in self.fields:
            self.fields["opens_at"].help_text = "It has opened, so this stays."
        if "closes_at" in self.fields:
            self.fields["closes_at"].help_text = format_html(
                "People were told when it closes, so it moves only with a reason that they can "
                "read: {}.",
                self._how_to_move(),
            )

    def _how_to_move(self) -> str:
        if not (self.for_user and access.may_move_closing(self.for_user, self.instance)):
            return "ask somebody who may publish"
        return format_html('<a href="{}">move the closing time</a>', closing_address(self.instance))

    def clean(self) -> dict[str, Any]:
        """Refuse dates that contradict, and an end of the page; fill in the usual promise."""
        from folkmoot.consultations.acts import usual_promise
        from folkmoot.consultations.timeline import day, last_day

        cleaned: dict[str, Any] = super().clean()
        closes_at, outcome_at = cleaned.get("closes_at"), cleaned.get("outcome_at")
        promised_on = cleaned.get("answer_promised_on")
        if cleaned.get("expire_at"):
            self.add_error(
                "expire_at",
                "A consultation keeps its page for good: leave its expiry empty.",
            )
        if closes_at and outcome_at and outcome_at <= closes_at:
            self.add_error(
                "outcome_at",
                f"The outcome is published before the consultation closes on "
                f"{day(last_day(closes_at))}: choose a time after that, or leave it empty.",
            )
        if closes_at and promised_on and promised_on < last_day(closes_at):
            self.add_error(
                "answer_promised_on",
                f"The answer is promised before the consultation closes on "
                f"{day(last_day(closes_at))}: choose a day after that, or leave it empty.",
            )
        if closes_at and not promised_on and "answer_promised_on" in cleaned:
            cleaned["answer_promised_on"] = usual_promise(closes_at)
        return cleaned


def is_settled(consultation: Consultation, at: datetime) -> bool:
    """Whether the public was told when it opens and closes: it is published and has opened."""
    return consultation.live and consultation.opens_at <= at


def closing_address(consultation: Consultation) -> str:
    """Return where the closing time is moved."""
    return reverse("consultations:closing", args=[consultation.pk])


class StandingPanel(Panel):
    """Where the consultation stands: its state, checklist, closing time and promise."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultations/admin/standing_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from folkmoot.consultations.admin.presenters import standing

            context = super().get_context_data(parent_context)
            return context | standing(self.instance, self.request.user, now())


class CautionsPanel(Panel):
    """What the editor should know of the dates above it; asked again when they are changed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultations/admin/cautions_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from folkmoot.consultations.calendar import warnings_between

            page = self.instance
            known = page.opens_at is not None and page.closes_at is not None
            cautions = warnings_between(page.opens_at, page.closes_at) if known else []
            return super().get_context_data(parent_context) | {
                "cautions": cautions,
                "address": reverse("consultations:cautions"),
            }
