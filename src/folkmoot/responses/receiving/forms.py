"""What an officer says of a file, a letter or an e-mail, checked."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from folkmoot.consultations.models import Consultation, Respondent
from folkmoot.publishing.clock import local, now
from folkmoot.responses.acts.letters import LONGEST_LETTER, WRITTEN_CHANNELS, Written
from folkmoot.responses.forms import LONGEST_NAME, lines, text_error
from folkmoot.responses.importing import DIALECTS
from folkmoot.responses.models import Channel, LetterDraft, Publication, Survey

MEGABYTE = 1024 * 1024
NOON = time(12)


def _within_size(file: Any) -> Any:
    most = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if file and file.size > most:
        raise ValidationError(
            f"The file has {file.size // MEGABYTE:,} MB and the most is {most // MEGABYTE:,} MB: "
            "divide it, or ask whoever runs the site."
        )
    return file


class FileForm(forms.Form):
    """A file of responses, and the survey that it answers."""

    survey = forms.ModelChoiceField(
        Survey.objects.order_by("-id"),
        label="Survey",
        help_text="The survey whose questions the file answers, on this site.",
        empty_label="Choose a survey",
        error_messages={"required": "Choose the survey that the file answers."},
    )
    file = forms.FileField(
        label="File",
        help_text="The export as the other product made it: CSV or XLSX, not opened and saved.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty: export it again and choose the new one.",
        },
    )
    dialect = forms.ChoiceField(
        label="Exported from",
        required=False,
        choices=[("", "Find out from the file"), *((k, d.name) for k, d in DIALECTS.items())],
    )

    def clean_file(self) -> Any:
        """Refuse a file that is larger than what may be sent."""
        return _within_size(self.cleaned_data["file"])


class LetterForm(forms.Form):
    """A letter or an e-mail: pasted or attached, with who sent it and when it was received."""

    consultation = forms.ModelChoiceField(
        Consultation.objects.order_by("-id"),
        label="Consultation",
        empty_label="Choose a consultation",
        error_messages={"required": "Choose the consultation that it is about."},
    )
    survey = forms.ModelChoiceField(
        Survey.objects.order_by("-id"),
        label="Split by the questions of",
        required=False,
        empty_label="No survey: keep it whole",
        help_text="What it says to a question then stands beside what was said online.",
    )
    channel = forms.ChoiceField(
        label="How it came",
        choices=[(each.value, each.label) for each in WRITTEN_CHANNELS],
        widget=forms.RadioSelect,
        initial=Channel.EMAIL,
    )
    received_on = forms.DateField(
        label="Date received",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Say on which day it was received.",
            "invalid": "That is no day: write it as in 2022-01-21.",
        },
    )
    received_time = forms.TimeField(
        label="Time received",
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text="May be left empty. On the day of closing it says whether it was late.",
        error_messages={"invalid": "That is no time: write it as in 16:30."},
    )
    kind = forms.ChoiceField(
        label="Who sent it",
        choices=[("individual", "An individual"), ("organisation", "An organisation")],
        widget=forms.RadioSelect,
        initial=Respondent.Kind.INDIVIDUAL,
    )
    organisation = forms.CharField(label="Name of the organisation", required=False)
    publication = forms.ChoiceField(
        label="What may be published of it",
        choices=Publication.choices,
        help_text="Only what its sender agreed to. Names of individuals are never published.",
        initial=Publication.NOT,
    )
    file = forms.FileField(
        label="The letter as a file",
        required=False,
        help_text="PDF, Word (.docx), e-mail (.eml) or text. It is kept as it is.",
        error_messages={"empty": "The file is empty: choose it again, or paste the text."},
    )
    text = forms.CharField(
        label="What it says",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Paste it whole. If you leave it empty, the text is taken from the file.",
    )

    @classmethod
    def of_draft(cls, draft: LetterDraft) -> LetterForm:
        """Return the form as it was filled in."""
        received = local(draft.received_at)
        return cls(
            initial={
                "consultation": draft.consultation_id,
                "survey": draft.survey_id,
                "channel": draft.channel,
                "received_on": received.date(),
                "received_time": received.time(),
                "kind": draft.kind,
                "organisation": draft.organisation,
                "publication": draft.publication,
                "text": draft.text,
            }
        )

    def clean_file(self) -> Any:
        """Refuse a file that is larger than what may be sent."""
        return _within_size(self.cleaned_data.get("file"))

    def clean_text(self) -> str:
        """Return the text with line breaks as they are kept."""
        text = lines(self.cleaned_data["text"])
        if error := text_error(text, LONGEST_LETTER):
            raise ValidationError(error.replace("Your answer", "The letter"))
        return str(text)

    def clean_organisation(self) -> str:
        """Refuse a name that cannot be kept."""
        name = " ".join(self.cleaned_data["organisation"].split())
        if error := text_error(name, LONGEST_NAME):
            raise ValidationError(error.replace("Your answer", "The name"))
        return name

    def clean(self) -> dict[str, Any]:
        """Hold what was said together: survey to consultation, name to kind, day to today."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        consultation, survey = said.get("consultation"), said.get("survey")
        if consultation and survey and survey.consultation != consultation:
            self.add_error(
                "survey", f"“{survey}” belongs to another consultation: choose one of this one."
            )
        if said.get("kind") == Respondent.Kind.ORGANISATION:
            if not said.get("organisation") and "organisation" not in self.errors:
                self.add_error("organisation", "Write the name of the organisation.")
        elif said.get("organisation"):
            self.add_error("kind", "Choose “An organisation”, or take its name out below.")
        if said.get("received_on") and consultation and self.received_at() > now():
            self.add_error("received_on", "This is still to come: a letter cannot be received yet.")
        return said

    def received_at(self) -> datetime:
        """Return the instant at which it was received.

        Where no time is said it is noon; on the day of closing, and of today, never too late for
        that: who was not told the time has the benefit of it.
        """
        said = self.cleaned_data
        day, at = said["received_on"], said.get("received_time")
        zone = timezone.get_default_timezone()
        if at:
            return datetime.combine(day, at, tzinfo=zone)
        noon = datetime.combine(day, NOON, tzinfo=zone)
        closes_at = said["consultation"].closes_at
        if local(closes_at).date() == day and noon >= closes_at:
            noon = datetime.combine(day, time(0), tzinfo=zone)
        present = now()
        return min(noon, present) if local(present).date() == day else noon

    def written(self, text: str) -> Written:
        """Return the letter as it was described, with a text."""
        said = self.cleaned_data
        return Written(
            said["consultation"],
            said["survey"],
            said["channel"],
            self.received_at(),
            text,
            said["kind"],
            said["organisation"],
            said["publication"],
        )
