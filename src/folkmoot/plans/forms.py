"""Forms of a plan in the admin."""

from __future__ import annotations

from django import forms

from folkmoot.plans.models.versions import VersionKind


class VersionForm(forms.Form):
    """What a member of staff says of the version that they keep."""

    kind = forms.TypedChoiceField(
        choices=VersionKind.choices,
        coerce=VersionKind,
        widget=forms.RadioSelect,
        label="What is kept",
    )
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        label="What changed",
        help_text="One or two sentences for the public. A correction needs them.",
    )
