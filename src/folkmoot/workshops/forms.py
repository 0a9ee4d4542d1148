"""What residents and officers write about workshops, checked. Nothing typed is ever dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from folkmoot.consultations import intake

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

# Line breaks and tabs are writing; other control characters come from no keyboard.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_NAME = 120
LONGEST_NEEDS = 2000
POINTS_AT_ONCE = 5


def _typed(text: str) -> None:
    if _CONTROL.search(text):
        raise ValidationError(
            "It holds a character that cannot be kept (a control code): take it out."
        )


class TypedField(forms.CharField):
    """A text as it was typed, line breaks as they are kept; a field of one line has none."""

    def __init__(self, *, lines: bool = False, longest: int, **kwargs: Any) -> None:
        self.lines = lines
        widget = forms.Textarea(attrs={"rows": 4}) if lines else forms.TextInput
        super().__init__(widget=widget, **kwargs)
        # In place of Django's, whose sentence does not say what to do about it.
        self.validators = [
            _typed,
            MaxLengthValidator(
                longest, f"The most that can be kept here is {longest:,} characters: shorten it."
            ),
        ]

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text if self.lines else " ".join(re.split(r"[\n\t ]+", text)).strip()


class RegistrationForm(forms.Form):
    """Asks for what a place needs, and nothing else."""

    name = TypedField(
        longest=LONGEST_NAME,
        error_messages={"required": "Write the name by which we should call you."},
    )
    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": "Write your e-mail address: your place and the way to join come by it.",
            "invalid": "Write an e-mail address with an @ in it, like name@example.org.",
        },
    )
    access_needs = TypedField(lines=True, longest=LONGEST_NEEDS, required=False)
    reference = TypedField(longest=20, required=False)
    consent = forms.BooleanField(
        error_messages={
            "required": "Tick the box if you agree; without it we may not keep a place."
        }
    )
    # People do not see it; programs that fill in every field do.
    website = forms.CharField(required=False)

    def __init__(self, consultation: Consultation, *args: Any, **kwargs: Any) -> None:
        self.consultation = consultation
        super().__init__(*args, **kwargs)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(
                "Leave this field empty: it is there to stop programs. Empty it and send again."
            )
        return ""

    def clean_reference(self) -> Any:
        """Return who sent the response with the reference; None where none was given."""
        reference = self.cleaned_data["reference"]
        if not reference:
            return None
        try:
            respondent = intake.respondent_of(self.consultation, reference)
        except intake.RegisterClosedError:
            respondent = None
        if respondent is None:
            raise ValidationError(
                "No response has this reference: check it, like FM-7K3M-9QX2-H4, or leave it empty."
            )
        return respondent


class WalkInForm(forms.Form):
    """Somebody who came without registering, as the door knows them."""

    name = TypedField(
        longest=LONGEST_NAME, error_messages={"required": "Write the name of who came."}
    )
    email = forms.EmailField(
        max_length=254,
        required=False,
        error_messages={"invalid": "Write an address with an @ in it, or leave it empty."},
    )
    access_needs = TypedField(lines=True, longest=LONGEST_NEEDS, required=False)
    consent = forms.BooleanField(
        error_messages={"required": "Ask whether they agree to the consent text, and tick it."}
    )


class JoiningForm(forms.Form):
    """Where an online workshop is joined."""

    address = forms.URLField(
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Write the whole address, like https://meet.example.org/abc."},
    )
    note = TypedField(longest=300, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("note") and not given.get("address") and "address" not in self.errors:
            self.add_error("address", "Write the address as well, or empty how to join.")
        return given


class NotesForm(forms.Form):
    """The officer's own notes of a session."""

    text = TypedField(lines=True, longest=100_000, required=False)


class PointForm(forms.Form):
    """One point that people raised."""

    text = TypedField(lines=True, longest=10_000, required=False)
    raised_by = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=32_767,
        error_messages={
            "invalid": "Write a number, such as 4, or leave it empty.",
            "min_value": "Write how many people raised it, or leave it empty.",
            "max_value": "Write a number of people, such as 4, or leave it empty.",
        },
    )
    about = TypedField(longest=120, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        said = any(given.get(name) for name in ("raised_by", "about"))
        if said and not given.get("text") and "text" not in self.errors:
            self.add_error("text", "Write the point, or empty what stands beside it.")
        return given


PointsFormSet = forms.formset_factory(PointForm, extra=POINTS_AT_ONCE, max_num=POINTS_AT_ONCE)
