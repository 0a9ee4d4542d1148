"""The forms of the desk: plain fields, no script needed."""

from __future__ import annotations

from typing import Any

from django import forms

from folkmoot.performance.acts import Entry
from folkmoot.performance.desk.common import measures_on_show, places
from folkmoot.performance.models import Evidence
from folkmoot.plans.forms import MonthField
from folkmoot.plans.models import Measure


def _day(**words: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **words
    )


def _text(rows: int, **words: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **words)


class RebaseForm(forms.Form):
    """From when the limits of a measure are counted anew, and why."""

    measure = forms.ModelChoiceField(queryset=Measure.objects.none(), empty_label="Choose one")
    area = forms.ModelChoiceField(
        queryset=places(), required=False, empty_label="Every area of the measure"
    )
    period = MonthField(
        label="From which month",
        help_text="The first month of the new limits, such as 2024-04.",
    )
    reason = _text(
        3,
        max_length=600,
        help_text="What is known to have changed for good. The public reads it beside the chart.",
    )
    decided_on = _day(label="Decided on")
    decided_by = forms.CharField(
        label="Decided by", max_length=120, help_text="A post or a panel, not a person’s name."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        charted = measures_on_show().filter(kind=Measure.Kind.QUANTITATIVE).exclude(series="")
        self.fields["measure"].queryset = charted  # type: ignore[attr-defined]


class CommentaryForm(forms.Form):
    """What stands behind a figure; `replaces` is the version that the writer saw."""

    text = _text(
        6,
        label="What lies behind it",
        max_length=3000,
        help_text="In plain words, for the public: what is known, from what, and what is not.",
    )
    author = forms.CharField(
        label="Explained by", max_length=120, help_text="A post, not a person’s name."
    )
    replaces = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class EvidenceForm(forms.Form):
    """One dated entry of what is read of a qualitative measure."""

    measure = forms.ModelChoiceField(queryset=Measure.objects.none(), empty_label="Choose one")
    area = forms.ModelChoiceField(
        queryset=places(), required=False, empty_label="No one area in particular"
    )
    dated = _day(label="Dated", help_text="The day it was said, found or published.")
    kind = forms.ChoiceField(
        label="What it is", choices=Evidence.Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(max_length=160, help_text="What it shows, in a few words.")
    finding = _text(5, label="What it shows", max_length=4000)
    source = forms.CharField(
        max_length=200, help_text="Where it comes from, such as the title of a report."
    )
    author = forms.CharField(
        label="Who wrote or said it",
        max_length=160,
        required=False,
        help_text="A body or a post. Name a person only where the consent below covers it.",
    )
    quotation = _text(3, max_length=2000, required=False, help_text="Word for word.")
    link = forms.URLField(max_length=500, required=False, assume_scheme="https")
    consent = forms.ChoiceField(
        label="On what consent it is published",
        choices=Evidence.Consent.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read = measures_on_show().filter(kind=Measure.Kind.QUALITATIVE)
        self.fields["measure"].queryset = read  # type: ignore[attr-defined]

    def entry(self) -> Entry:
        """Return what was entered."""
        return Entry(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why something is withdrawn."""

    reason = _text(
        2, max_length=600, help_text="One or two sentences: the audit record keeps them for good."
    )
