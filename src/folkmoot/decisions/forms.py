"""The form in which an officer writes a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms import WagtailAdminModelForm

from folkmoot.decisions.acts import problems
from folkmoot.publishing.clock import today
from folkmoot.themes.models import Theme

if TYPE_CHECKING:
    from folkmoot.plans.models import Section


class ThemesField(forms.ModelMultipleChoiceField):
    """Themes to tick, each with the question it answers."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, theme: Theme) -> str:
        return f"{theme.label} ({theme.frame.survey.title}: {theme.frame.question})"


class DecisionForm(WagtailAdminModelForm):
    """Offers current themes, and those already answered; says what is wrong beside each field."""

    themes = ThemesField(queryset=Theme.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Q(frame__is_current=True, stands_in=None)
        if self.instance.pk:
            offered |= Q(decisions=self.instance)
        self.fields["themes"].queryset = (
            Theme.objects.filter(offered)
            .select_related("frame__survey")
            .order_by("frame", "number")
            .distinct()
        )

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        given = self.cleaned_data
        wrong = problems(
            given["consultation"].specific,
            themes=given["themes"],
            reason=given["reason"],
            decided_on=given["decided_on"],
            sections=self._sections(),
            commitments=given["commitments"],
            on=today(),
        )
        for field, sentence in wrong.items():
            self.add_error(field if field in self.fields else None, sentence)
        return not wrong

    def _sections(self) -> list[Section]:
        rows = self.formsets["section_changes"].cleaned_data
        return [row["section"] for row in rows if row and not row.get("DELETE")]
