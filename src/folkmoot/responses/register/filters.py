"""What an officer filters the register by, from an address and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.http import urlencode
from django.utils.timezone import get_current_timezone, make_aware

from folkmoot.consultations.models import Consultation, Respondent
from folkmoot.publishing.search.words import typed, words
from folkmoot.responses.finding import are_common, has_answer_with
from folkmoot.responses.models import (
    Answer,
    AnswerReview,
    Channel,
    Flag,
    FlagKind,
    ImportRun,
    Publication,
    Response,
    Standing,
    Survey,
    SurveyVersion,
)

if TYPE_CHECKING:
    from datetime import date

ANY = ("", "Any")
RAISED = "raised"
MOST_RUNS = 100
# No further are responses counted, nor answers with the words looked for.
MOST_COUNTED = 10_000
# A browser takes a day for its own field in this form only.
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
REFERENCE = re.compile(r"[\w-]{3,20}")


class Published:
    """How far the publishing of a response is."""

    WAITING, PUBLIC, NONE, NOT = "waiting", "public", "none", "not"
    CHOICES = (
        ANY,
        (WAITING, "Agreed, not reviewed"),
        (PUBLIC, "Published, in whole or in part"),
        (NONE, "Reviewed, nothing published"),
        (NOT, "Not to be published"),
    )


class Sort:
    """In which order responses stand."""

    NEWEST, OLDEST, REFERENCE = "newest", "oldest", "reference"
    CHOICES = ((NEWEST, "Newest first"), (OLDEST, "Oldest first"), (REFERENCE, "By reference"))


class FilterForm(forms.Form):
    """The fields of the filter. Empty fields ask for nothing."""

    q = forms.CharField(
        label="Search", required=False, help_text="A reference, an organisation, words in answers."
    )
    consultation = forms.ModelChoiceField(
        Consultation.objects.order_by("title"), required=False, empty_label="Any"
    )
    survey = forms.ModelChoiceField(
        Survey.objects.order_by("title"), required=False, empty_label="Any"
    )
    version = forms.ModelChoiceField(
        SurveyVersion.objects.none(), required=False, empty_label="Any"
    )
    channel = forms.ChoiceField(choices=[ANY, *Channel.choices], required=False)
    standing = forms.ChoiceField(choices=[ANY, *Standing.choices], required=False)
    flag = forms.ChoiceField(
        label="Flagged",
        choices=[ANY, (RAISED, "Flagged for anything"), *FlagKind.choices],
        required=False,
    )
    kind = forms.ChoiceField(label="From", choices=[ANY, *Respondent.Kind.choices], required=False)
    since = forms.DateField(label="Received from", required=False, widget=DAY)
    until = forms.DateField(label="Received until", required=False, widget=DAY)
    has_text = forms.BooleanField(label="Has something in its own words", required=False)
    run = forms.ModelChoiceField(
        ImportRun.objects.none(), label="Imported with", required=False, empty_label="Any"
    )
    published = forms.ChoiceField(label="Publishing", choices=Published.CHOICES, required=False)
    sort = forms.ChoiceField(label="Order", choices=Sort.CHOICES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.data.get("survey", "")
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
            self.fields["version"].queryset = SurveyVersion.objects.filter(survey=chosen)  # type: ignore[attr-defined]
            runs = ImportRun.objects.filter(survey=chosen)
        else:
            runs = ImportRun.objects.all()
        runs = runs.filter(state=ImportRun.State.IMPORTED)
        asked = self.data.get("run", "")
        # The one asked for is offered however many came after it.
        latest = list(runs.values_list("pk", flat=True)[:MOST_RUNS])
        if asked.isascii() and asked.isdigit() and len(asked) < 10:
            latest.append(int(asked))
        self.fields["run"].queryset = ImportRun.objects.filter(pk__in=latest)  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        return typed(self.cleaned_data["q"])


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that was read: what it asks for, and as it stands in an address."""

    asked: Mapping[str, Any]
    query: str

    @property
    def sort(self) -> str:
        """In which order the responses stand."""
        return self.asked.get("sort") or Sort.NEWEST

    @property
    def sought(self) -> list[str]:
        """The words that are looked for."""
        return words(self.asked.get("q") or "")

    @property
    def is_empty(self) -> bool:
        """Whether it leaves every response."""
        return not any(value for name, value in self.asked.items() if name != "sort")


def read(data: Mapping[str, str]) -> tuple[Filter, FilterForm]:
    """Return the filter of an address, and the form that shows it; a wrong field asks nothing."""
    form = FilterForm(data)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    query = urlencode(
        {name: data[name] for name in form.fields if data.get(name) and name not in form.errors}
    )
    return Filter(asked, query), form


def is_common(chosen: Filter) -> bool:
    """Whether so many answers have the words looked for that nobody counts the responses."""
    return are_common(chosen.sought, MOST_COUNTED)


def apply(
    responses: QuerySet[Response], chosen: Filter, *, is_common: bool = False
) -> QuerySet[Response]:
    """Return the responses that a filter leaves, in no order yet.

    `is_common` is what `is_common` said of it.
    """
    asked = chosen.asked
    for name, lookup in (
        ("consultation", "consultation"),
        ("survey", "survey"),
        ("version", "version"),
        ("channel", "channel"),
        ("standing", "standing"),
        ("kind", "respondent__kind"),
        ("run", "import_run"),
    ):
        if value := asked.get(name):
            responses = responses.filter(**{lookup: value})
    if day := asked.get("since"):
        responses = responses.filter(submitted_at__gte=_midnight(day))
    if day := asked.get("until"):
        responses = responses.filter(submitted_at__lt=_midnight(day + timedelta(days=1)))
    if kind := asked.get("flag"):
        flags = Flag.objects.raised().filter(response=OuterRef("pk"))
        responses = responses.filter(Exists(flags if kind == RAISED else flags.filter(kind=kind)))
    if asked.get("has_text"):
        written = Answer.objects.filter(response=OuterRef("pk")).exclude(text="")
        responses = responses.filter(Exists(written))
    responses = _published(responses, asked.get("published", ""))
    return responses.filter(_found(asked["q"], is_common)) if asked.get("q") else responses


def _published(responses: QuerySet[Response], how: str) -> QuerySet[Response]:
    if how == Published.NOT:
        return responses.filter(publication=Publication.NOT)
    if how == Published.PUBLIC:
        return responses.filter(public__is_shown=True)
    reviewed = Exists(AnswerReview.objects.filter(answer__response=OuterRef("pk")))
    if how == Published.NONE:
        return responses.filter(reviewed).exclude(public__is_shown=True)
    if how == Published.WAITING:
        return responses.exclude(publication=Publication.NOT).filter(
            ~reviewed, standing=Standing.STANDS
        )
    return responses


def _found(text: str, is_common: bool) -> Q:
    """Return what a search finds: a reference, an organisation, or words in an answer."""
    named = Respondent.objects.filter(
        kind=Respondent.Kind.ORGANISATION, organisation__icontains=text
    )
    found = [Q(respondent__in=named.values("pk"))]
    if REFERENCE.fullmatch(text):
        found += [Q(reference__contains=text.upper()), Q(reference_there=text)]
    sought = words(text)
    if sought:
        found.append(has_answer_with(sought, is_common=is_common))
    if is_common:
        return reduce(or_, found)
    # Each gathered along its own index: asked for together they read every response.
    first, *others = (Response.objects.filter(each).values("pk") for each in found)
    return Q(pk__in=first.union(*others) if others else first)


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min), get_current_timezone())
