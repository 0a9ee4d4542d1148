"""The form that opens a batch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from folkmoot.publishing.clock import today
from folkmoot.responses.models import Survey


class BatchForm(forms.Form):
    """Which survey the forms answer, when they came, and whether each is keyed twice."""

    survey = forms.ModelChoiceField(
        Survey.objects.none(),
        label="Survey",
        empty_label="Choose a survey",
        error_messages={"required": "Choose the survey that the forms answer."},
    )
    name = forms.CharField(
        label="Name of the batch",
        max_length=120,
        help_text="What tells it apart, such as “Box 3, library”.",
        error_messages={"required": "Give the batch a name that tells it apart."},
    )
    received_on = forms.DateField(
        label="Received on",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="The day on which the forms came. It is the day of their responses.",
        error_messages={
            "required": "Write the day on which the forms came.",
            "invalid": "Write the day on which the forms came as 2022-01-12.",
        },
    )
    is_double = forms.BooleanField(
        label="Key every form twice, by two people",
        required=False,
        help_text="The second cannot see what the first typed; where they differ, a third look "
        "settles it.",
    )

    def __init__(self, *args: Any, survey: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survey"].queryset = (  # type: ignore[attr-defined]
            Survey.objects.filter(Q(live=True) | Q(first_published_at__isnull=False)).order_by(
                "-latest_revision_created_at", "-pk"
            )
        )
        self.initial.setdefault("received_on", today())
        if survey.isdigit():
            self.initial.setdefault("survey", int(survey))
