"""What the page editor refuses of a consultation and of an assessment, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wagtail.admin.forms import WagtailAdminPageForm

from folkmoot.publishing.clock import local, today

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.forms import ModelForm

    from folkmoot.consultations.models import Stage, TimelineEvent


class ConsultationForm(WagtailAdminPageForm):
    """The editor's form of a consultation: its rules that hold between entries."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A draft's updates have no key yet; what it said when it was opened may stand.
        self._days_of_updates = {update.on for update in self.instance.updates.all()}

    def clean(self) -> dict[str, Any]:
        """Refuse news of the past, events outside their stage, and promises that contradict."""
        cleaned: dict[str, Any] = super().clean()
        self._refuse_updates_in_the_past()
        self._refuse_stages_of_one_name()
        self._refuse_events_outside_their_stage()
        self._refuse_overlapping_promises()
        return cleaned

    def _entries(self, name: str) -> Iterator[tuple[ModelForm, Any]]:
        """Yield the entries of a part of the form that are filled in rightly and stay.

        Those of a draft may lack what is required of a published page.
        """
        formset = self.formsets.get(name)
        for form in formset.forms if formset is not None else ():
            empty = form.empty_permitted and not form.has_changed()
            if not empty and form.is_valid() and not form.cleaned_data.get("DELETE"):
                yield form, form.instance

    def _refuse_updates_in_the_past(self) -> None:
        on_this_day = today()
        for form, update in self._entries("updates"):
            is_known = update.pk is not None or update.on in self._days_of_updates
            if not is_known and update.on is not None and update.on < on_this_day:
                form.add_error(
                    "on",
                    f"“{update.title}” is dated {_day(update.on)}, which has passed: date news on "
                    "the day it is published, or on a day to come.",
                )

    def _refuse_stages_of_one_name(self) -> None:
        seen = set()
        for form, stage in self._entries("stages"):
            if stage.title.casefold() in seen:
                form.add_error(
                    "title", f"There are two stages called “{stage.title}”: rename or remove one."
                )
            seen.add(stage.title.casefold())

    def _refuse_events_outside_their_stage(self) -> None:
        stages = {stage.title.casefold(): stage for _, stage in self._entries("stages")}
        for form, event in self._entries("events"):
            if not event.stage:
                continue  # a draft may leave it open
            stage = stages.get(event.stage.strip().casefold())
            if stage is None:
                form.add_error("stage", _unknown_stage(event, list(stages.values())))
                continue
            form.instance.stage = form.cleaned_data["stage"] = stage.title
            if fault := outside(event, stage):
                form.add_error("starts_at", fault)

    def _refuse_overlapping_promises(self) -> None:
        promised: dict[tuple[str, str], date] = {}
        for form, event in self._entries("events"):
            if event.promised_on is None:
                continue
            name = (event.stage.casefold(), event.title.strip().casefold())
            first = promised.setdefault(name, event.promised_on)
            if first != event.promised_on:
                form.add_error(
                    "promised_on",
                    f"“{event.title}” is promised twice in “{event.stage}”, "
                    f"by {_day(first)} and by {_day(event.promised_on)}: "
                    "keep one promise.",
                )


class AssessmentForm(WagtailAdminPageForm):
    """The editor's form of an equality impact assessment."""

    def clean(self) -> dict[str, Any]:
        """Refuse a version that another page under the same parent has already."""
        cleaned: dict[str, Any] = super().clean()
        version = cleaned.get("version")
        if version is not None and self.parent_page is not None:
            beside = type(self.instance).objects.child_of(self.parent_page)
            if beside.exclude(pk=self.instance.pk).filter(version=version).exists():
                self.add_error(
                    "version",
                    f"There is a version {version} already: give this one the next number.",
                )
        return cleaned


def outside(event: TimelineEvent, stage: Stage) -> str:
    """Return in a sentence that an event lies outside the days of its stage; "" if it does not.

    Of an event known by its month, the months are compared.
    """
    if event.precision == event.Precision.UNKNOWN or event.starts_at is None:
        return ""
    by_month = event.precision == event.Precision.MONTH
    first = _comparable(event.starts_at, by_month)
    last = _comparable(event.ends_at or event.starts_at, by_month)
    if stage.starts_on and first < (
        stage.starts_on.replace(day=1) if by_month else stage.starts_on
    ):
        return (
            f"“{event.title}” begins before its stage “{stage.title}”, "
            f"which begins on {_day(stage.starts_on)}: move the event or the stage."
        )
    if stage.ends_on and last > stage.ends_on:
        return (
            f"“{event.title}” ends after its stage “{stage.title}”, "
            f"which ends on {_day(stage.ends_on)}: move the event or the stage."
        )
    return ""


def _comparable(at: datetime, by_month: bool) -> date:
    on = local(at).date()
    return on.replace(day=1) if by_month else on


def _unknown_stage(event: TimelineEvent, stages: list[Stage]) -> str:
    if not stages:
        return f"“{event.title}” is in the stage “{event.stage}”: add that stage above it first."
    known = ", ".join(f"“{stage.title}”" for stage in stages)
    return (
        f"“{event.title}” is in the stage “{event.stage}”, which is not one of the stages: "
        f"write {known}, or add it above."
    )


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
