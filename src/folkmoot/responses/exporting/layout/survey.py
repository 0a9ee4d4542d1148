"""The columns of an export of a survey's responses, over all versions of its questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.consultations.models import Respondent
from folkmoot.responses.exporting.columns import Column, Shape, columns_of_forms, named
from folkmoot.responses.exporting.layout.version import Placed, placed
from folkmoot.responses.models import Channel, Publication, Response, SurveyVersion
from folkmoot.responses.questions import (
    FileQuestion,
    PlaceQuestion,
    SurveyForm,
    form_of_version,
    survey_form,
)

if TYPE_CHECKING:
    from folkmoot.responses.exporting.selection import Selection
    from folkmoot.responses.models import Survey

OF_RESPONSE = (
    Column("reference", "Reference of the response", Shape.TEXT),
    Column("survey_version", "Version of the questions that it answers", Shape.TEXT),
    Column("submitted_at", "When it came", Shape.INSTANT),
    Column("channel", "How it came", Shape.CODE, labels=tuple(Channel.choices)),
    Column("respondent_kind", "Who answered", Shape.CODE, labels=tuple(Respondent.Kind.choices)),
    Column("organisation", "Name of the organisation", Shape.TEXT),
    Column("may_be_quoted", "Agreed to be quoted without a name", Shape.FLAG),
    Column("publication", "What may be published", Shape.CODE, labels=tuple(Publication.choices)),
    Column("generated", "Generated for demonstration: nobody sent it", Shape.FLAG),
)
EXPORT_KEY = Column(
    "export_key", "Key of this export alone, which joins the two files of it", Shape.TEXT
)
NAMING = frozenset({"reference", "organisation"})


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of an export, and where the answers of each version go.

    `placed` goes by the key of a version; None for responses of which no version is known.
    """

    columns: tuple[Column, ...]
    placed: Mapping[int | None, Placed]
    versions: Mapping[int | None, str]
    has_files: bool
    has_places: bool
    of_response: int
    """How many columns stand before those of the questions."""
    key_of: Callable[[int], str] | None = None
    """Gives the key of a response by which equality answers can be joined to it, if they may."""


def layout(
    survey: Survey, selection: Selection, key_of: Callable[[int], str] | None = None
) -> Layout:
    """Return the layout of an export of a survey's responses, with the columns of all versions.

    With `key_of` each row has that key, and nothing by which somebody could be found: neither the
    reference nor the name of an organisation.
    """
    forms, versions = forms_of(survey)
    return layout_of(forms, versions, selection.questions, key_of)


def forms_of(survey: Survey) -> tuple[dict[int | None, SurveyForm], dict[int | None, str]]:
    """Return the questions and the number of each version of a survey, by its key, oldest first.

    Under None stand the questions as the page has them now, where a response has no version.
    """
    kept = SurveyVersion.objects.filter(survey=survey).select_related("survey")
    forms: dict[int | None, SurveyForm] = {each.pk: form_of_version(each) for each in kept}
    versions: dict[int | None, str] = {each.pk: str(each) for each in kept}
    if not forms or Response.objects.filter(survey=survey, version=None).exists():
        # Put first: the wording of what has a version goes before that of the page as it is now.
        forms, versions[None] = {None: survey_form(survey), **forms}, ""
    return forms, versions


def layout_of(
    forms: Mapping[int | None, SurveyForm],
    versions: Mapping[int | None, str],
    questions: Collection[str] = (),
    key_of: Callable[[int], str] | None = None,
) -> Layout:
    """Return the layout for some forms, oldest first, of all questions or of some by their keys."""
    of_response: tuple[Column, ...] = OF_RESPONSE
    if key_of:
        of_response = (EXPORT_KEY, *(each for each in OF_RESPONSE if each.name not in NAMING))
    asked = columns_of_forms({versions[key]: form for key, form in forms.items()})
    chosen = [each for each in asked if not questions or each.part.split("--")[0] in questions]
    columns = named([*of_response, *chosen])
    at = {column.identity: place for place, column in enumerate(columns) if column.part}
    kinds = {type(each) for form in forms.values() for each in form.questions}
    return Layout(
        columns=columns,
        placed={key: placed(form, len(columns), at) for key, form in forms.items()},
        versions=versions,
        has_files=FileQuestion in kinds,
        has_places=PlaceQuestion in kinds,
        of_response=len(of_response),
        key_of=key_of,
    )
