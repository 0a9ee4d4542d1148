"""What answers are filtered by, from an address and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.http import urlencode

from folkmoot.consultations.models import Respondent
from folkmoot.responses.access import may_read_monitoring
from folkmoot.responses.models import Channel
from folkmoot.responses.questions import PREFER_NOT_TO_SAY, MonitoringQuestion, survey_form
from folkmoot.themes.access import may_code_answers, may_see_agreement
from folkmoot.themes.models import Assignment, CodeFrame
from folkmoot.themes.presenters.coding import offered_themes
from folkmoot.themes.progress import GONE, coders_of
from folkmoot.themes.searching.states import State
from folkmoot.themes.searching.terms import LONGEST, Terms, terms, typed

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Survey

ANY = ("", "Any")
GONE_BY_NOW = "This is not offered any more, or not to you: choose another, or “Any”."


class By:
    """How answers are searched."""

    WORDS, MEANING = "words", "meaning"
    CHOICES = ((WORDS, "these words"), (MEANING, "this meaning"))


class Found:
    """Where an answer stands: as the code frame has it, or outside it."""

    OUTSIDE = "outside"
    CHOICES = (ANY, *Assignment.Status.choices, (OUTSIDE, "Came after the machine read"))


class Finder:
    """Who found the theme, or that there is none."""

    PERSON, MACHINE, EITHER = "person", "machine", "either"
    CHOICES = (
        ANY,
        (PERSON, "People"),
        (MACHINE, "The machine"),
        (EITHER, "Either of two people who read it"),
    )


class Letter:
    """Whether an answer is one of a letter; otherwise the key of its campaign."""

    IN, OUT = "in", "out"


# Filters that ask where an answer stands in the code frame.
OF_THE_FRAME = ("theme", "found", "finder", "state", "campaign", "coder")


class AnswersForm(forms.Form):
    """The fields of the filter, as far as somebody may use them. Empty fields ask for nothing."""

    q = forms.CharField(label="Find answers with", required=False, max_length=LONGEST)
    by = forms.ChoiceField(choices=By.CHOICES, required=False, widget=forms.RadioSelect)
    like = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    found = forms.ChoiceField(label="Where it stands", choices=Found.CHOICES, required=False)
    finder = forms.ChoiceField(label="Found by", choices=Finder.CHOICES, required=False)
    state = forms.ChoiceField(
        label="Reading",
        choices=[ANY, *((each.value, each.words) for each in State)],
        required=False,
    )
    coder = forms.ChoiceField(label="Read by", required=False)
    campaign = forms.ChoiceField(label="Letter", required=False)
    channel = forms.ChoiceField(label="Channel", choices=[ANY, *Channel.choices], required=False)
    kind = forms.ChoiceField(label="From", choices=[ANY, *Respondent.Kind.choices], required=False)
    group = forms.ChoiceField(label="Group", required=False)

    def __init__(
        self, given: Mapping[str, str], *, survey: Survey, frame: CodeFrame | None, user: User
    ) -> None:
        super().__init__(given)
        offered = {"group": _groups(survey) if may_read_monitoring(user) else []}
        if frame is None:
            for name in OF_THE_FRAME:
                del self.fields[name]
        else:
            offered |= {
                "theme": [(str(each.pk), _indented(each)) for each in offered_themes(frame)],
                "campaign": _campaigns(frame),
                "coder": _coders(frame, user),
            }
        for name, choices in offered.items():
            if not choices:
                del self.fields[name]
                continue
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = GONE_BY_NOW

    def clean_q(self) -> str:
        """Return what was typed in one line."""
        return typed(self.cleaned_data["q"])

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields that narrow what is listed."""
        return [field for field in self if field.name not in ("q", "by", "like")]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that was read: what it asks for, and as it stands in an address."""

    asked: Mapping[str, Any]
    query: str

    @property
    def terms(self) -> Terms:
        """The words and phrases that are looked for; none in a search by meaning."""
        return Terms((), ()) if self.is_by_meaning else terms(self.asked.get("q", ""))

    @property
    def is_by_meaning(self) -> bool:
        """Whether answers are ranked by how near they are to a sentence or an answer."""
        return "like" in self.asked or ("q" in self.asked and self.asked.get("by") == By.MEANING)

    @property
    def needs_frame(self) -> bool:
        """Whether it asks where answers stand in the code frame."""
        if self.asked.get("found") == Found.OUTSIDE:
            return False
        return any(name in self.asked for name in OF_THE_FRAME)

    @property
    def narrows(self) -> bool:
        """Whether it leaves out any answer, apart from what is searched for."""
        return any(name not in ("q", "by", "like") for name in self.asked)

    @property
    def is_empty(self) -> bool:
        """Whether it leaves every answer."""
        return not any(name != "by" for name in self.asked)


def read(
    given: Mapping[str, str], *, survey: Survey, frame: CodeFrame | None, user: User
) -> tuple[Filter, AnswersForm]:
    """Return the filter of an address, and the form that shows it; a wrong field asks nothing."""
    form = AnswersForm(given, survey=survey, frame=frame, user=user)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    query = urlencode({name: given[name] for name in form.fields if name in asked})
    return Filter(asked, query), form


def _indented(theme: Any) -> str:
    return f"– {theme.label}" if theme.parent_id else theme.label


def _campaigns(frame: CodeFrame) -> list[tuple[str, str]]:
    numbers = frame.campaigns.order_by("number").values_list("pk", "number")
    letters = [(str(key), f"Letter {number}") for key, number in numbers]
    return [(Letter.IN, "In a letter"), (Letter.OUT, "In none"), *letters] if letters else []


def _coders(frame: CodeFrame, user: User) -> list[tuple[str, str]]:
    """Return who read answers; those who only code may ask for what they read themselves."""
    if may_see_agreement(user):
        return [(each.key, each.name) for each in coders_of(frame)]
    return [(str(user.pk), "Me")] if may_code_answers(user) else []


def _groups(survey: Survey) -> list[Any]:
    """Return the options of each equality question, under its title."""
    return [
        (
            question.title,
            [
                (f"{question.key}:{option.code}", option.label)
                for option in question.options
                if option.code != PREFER_NOT_TO_SAY
            ],
        )
        for question in survey_form(survey).questions
        if isinstance(question, MonitoringQuestion)
    ]


__all__ = ["GONE", "AnswersForm", "By", "Filter", "Finder", "Found", "Letter", "read"]
