"""What the views of a consultation in the admin ask."""

from __future__ import annotations

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput

from folkmoot.consultations.models import ChecklistTick, ClosingChange


class ClosingForm(forms.Form):
    """When a consultation closes from now on, and why; `acts.move_closing` checks the rest."""

    closes_at = forms.DateTimeField(
        label="New closing time",
        widget=AdminDateTimeInput,
        help_text="In the body's time zone. Responses are refused from this instant on.",
        error_messages={
            "required": "Write the new closing time.",
            "invalid": "This is not a date and a time: write it like 2022-01-28 23:59.",
        },
    )
    reason = forms.CharField(
        label="Reason",
        max_length=ClosingChange._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Shown on the page, so write it for the public: “Two workshops were cancelled in the "
            "storm, so people get another week.”"
        ),
        error_messages={
            "required": "Say why the closing time moves: the public reads it on the page."
        },
    )


class TickForm(forms.Form):
    """A line of the checklist to vouch for, with a note."""

    line = forms.SlugField(widget=forms.HiddenInput)
    note = forms.CharField(
        required=False,
        max_length=ChecklistTick._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DatesForm(forms.Form):
    """The two instants of which the editor wants to know the cautions."""

    opens_at = forms.DateTimeField()
    closes_at = forms.DateTimeField()
