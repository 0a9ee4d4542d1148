"""Forms of a plan in the admin."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from folkmoot.core.periods import Month
from folkmoot.plans.defining import TrajectoryError, parsed, printed, stored
from folkmoot.plans.models.versions import VersionKind
from folkmoot.sources.registry import series_named, sources


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


class MonthField(forms.CharField):
    """A month written like 2024-03; what it gives is the first day of the month."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "2024-03"})

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Month.parse(text).first_day
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class TrajectoryField(forms.CharField):
    """The points towards a target, one a line: a month and a figure."""

    widget = forms.Textarea(attrs={"rows": 4, "placeholder": "2024-03 1900"})

    def to_python(self, value: Any) -> Any:
        try:
            return stored(parsed(super().to_python(value) or ""))
        except TrajectoryError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        return printed(value) if isinstance(value, list) else value


class MeasureForm(WagtailAdminModelForm):
    """Offers the series that sources here have; months and a trajectory are typed as text."""

    series = forms.ChoiceField(
        required=False, help_text="The published series that feeds it. A qualitative one has none."
    )
    baseline_from = MonthField(
        required=False,
        help_text="First month of the baseline, such as 2019-04. Limits then come from it alone.",
    )
    baseline_to = MonthField(required=False, help_text="Last month of the baseline.")
    target_by = MonthField(required=False, help_text="The month by which it is to be reached.")
    trajectory = TrajectoryField(
        required=False,
        help_text="What is to be reached on the way, one a line: a month and a figure.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = _series_offered(self.instance.series)


def _series_offered(chosen: str) -> list[Any]:
    """Return the series to choose from, by source, with the one chosen before."""
    offered: list[Any] = [("", "None")]
    offered += [
        (source.title, [(series.key, f"{series.title} ({series.key})") for series in source.series])
        for source in sources()
        if source.series
    ]
    if chosen and series_named(chosen) is None:
        offered.append((chosen, f"{chosen} (no source here has it)"))
    return offered
