"""How a survey's responses are laid out: the columns, and where each version's answers go."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from folkmoot.consultations.models import Respondent
from folkmoot.core.routing import Reply, asked_about, way
from folkmoot.responses.exporting.columns import (
    CHOICE,
    LATITUDE,
    LONGITUDE,
    Column,
    Shape,
    aspect_of_option,
    aspect_of_other,
    aspect_of_place,
    columns_of_forms,
    named,
)
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.models import Channel, Publication, Response, SurveyVersion
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    Kept,
    MonitoringQuestion,
    NumberQuestion,
    PlaceQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
    form_of_version,
    given,
    reply,
    survey_form,
)

if TYPE_CHECKING:
    from folkmoot.responses.exporting.selection import Selection
    from folkmoot.responses.models import Survey

Cell: TypeAlias = "str | bool | int | float | date | datetime | Missing"
Row: TypeAlias = "list[Cell]"
# An answer as it is read: choices, text, other texts by option, latitude, longitude, file names.
Read: TypeAlias = (
    "tuple[tuple[str, ...], str, Mapping[str, str], float | None, float | None, Sequence[str]]"
)
# Writes an answer into a row, or into a dictionary by place.
Setter: TypeAlias = "Callable[[MutableMapping[int, Cell] | Row, Read], None]"
# The same as the database gives it: part, choices as JSON, text, other texts as JSON.
Raw: TypeAlias = "Sequence[str]"
DECLINED = (PREFER_NOT_TO_SAY,)
# So that a question with a free answer cannot fill the memory with ways through the survey.
MOST_WAYS_KEPT = 20_000

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


@dataclass(slots=True)
class Placed:
    """Where the answers to one version of a survey go in a row."""

    form: SurveyForm
    width: int
    setters: dict[str, Setter]
    places: dict[str, tuple[int, ...]]
    """Columns of each part of the form that is exported."""
    deciding: dict[str, Question] = field(default_factory=dict)
    """Questions that conditions ask about, by key; equality questions decide nothing here."""
    chosen: frozenset[str] = frozenset()
    """Parts whose cells follow from the options that were chosen, and from nothing else."""
    _ways: dict[tuple[object, ...], list[Missing]] = field(default_factory=dict)

    def empty_row(self, answers: Sequence[Raw]) -> list[Missing]:
        """Return the cells of somebody who skipped all they were asked. Copy it before writing."""
        if not self.deciding:
            key: tuple[object, ...] = ()
            given: dict[str, Raw] = {}
        else:
            given = {each[0]: each for each in answers if each[0] in self.deciding}
            key = tuple(_trace(each, given.get(name)) for name, each in self.deciding.items())
        found = self._ways.get(key)
        if found is None:
            if len(self._ways) >= MOST_WAYS_KEPT:
                self._ways.clear()
            found = self._ways[key] = self._fresh(given)
        return found

    def _fresh(self, answers: Mapping[str, Raw]) -> list[Missing]:
        replies = {
            key: _reply(question, answers[key])
            for key, question in self.deciding.items()
            if key in answers
        }
        row = [Missing.NOT_ASKED] * self.width
        for key in way(self.form.routed(), replies).questions:
            for place in self.places.get(key, ()):
                row[place] = Missing.SKIPPED
        return row


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
    placed = {key: _placed(form, len(columns), at) for key, form in forms.items()}
    kinds = {type(each) for form in forms.values() for each in form.questions}
    return Layout(
        columns=columns,
        placed=placed,
        versions=versions,
        has_files=FileQuestion in kinds,
        has_places=PlaceQuestion in kinds,
        of_response=len(of_response),
        key_of=key_of,
    )


def _placed(form: SurveyForm, width: int, at: Mapping[tuple[str, str, Shape], int]) -> Placed:
    setters, places = {}, {}
    for part in form.parts:
        if isinstance(part, MonitoringQuestion):
            continue
        setter, used = _setter(part, at)
        if used:
            setters[part.key], places[part.key] = setter, tuple(used)
    conditions = [step.shown_if for step in form.steps]
    conditions += [question.shown_if for question in form.questions]
    keys = {key for condition in conditions for key in asked_about(condition)}
    deciding = {
        part.key: part
        for part in form.parts
        if part.key in keys and not isinstance(part, MonitoringQuestion)
    }
    chosen = {part.key for part in form.parts if isinstance(part, ChoiceQuestion | RankingQuestion)}
    return Placed(form, width, setters, places, deciding, frozenset(chosen))


def _trace(question: Question, answer: Raw | None) -> object:
    """Return what tells apart answers of which routing may think differently."""
    if answer is None:
        return None
    _, choices, text, _ = answer
    if isinstance(question, ChoiceQuestion | RankingQuestion | NumberQuestion):
        return choices, text
    # Whether it was answered, and whether it was declined.
    return choices, bool(text.strip())


def _reply(question: Question, answer: Raw) -> Reply:
    _, choices, text, other = answer
    kept = Kept(tuple(json.loads(choices)), text, json.loads(other))
    if isinstance(question, DateQuestion) and not kept.choices and not text:
        return ()  # erased
    return reply(question, given(question, kept))


def _setter(part: Question, at: Mapping[tuple[str, str, Shape], int]) -> tuple[Setter, list[int]]:
    """Return what writes an answer into a row, and the columns that it writes."""

    def place(aspect: str, shape: Shape) -> int | None:
        return at.get((part.key, aspect, shape))

    if isinstance(part, ChoiceQuestion):
        return _choice_setter(part, at)
    if isinstance(part, RankingQuestion):
        many = min(part.most or len(part.options), len(part.options))
        ranks = [place(aspect_of_place(rank), Shape.CODE) for rank in range(1, many + 1)]
        return _listed(ranks, choices_at=0)
    if isinstance(part, FileQuestion):
        files = [place(aspect_of_place(each), Shape.TEXT) for each in range(1, part.most + 1)]
        return _listed(files, choices_at=5)
    latitude, longitude = place(LATITUDE, Shape.DEGREES), place(LONGITUDE, Shape.DEGREES)
    shape = Shape.TEXT
    if isinstance(part, NumberQuestion):
        shape = Shape.NUMBER
    elif isinstance(part, DateQuestion):
        shape = Shape.DAY
    typed = place(CHOICE, shape)
    if typed is None:
        return _nothing, []
    read = {Shape.NUMBER: number, Shape.DAY: day}.get(shape, str)
    all_places = [each for each in (typed, latitude, longitude) if each is not None]

    def write(row: Any, answer: Read) -> None:
        if answer[0] == DECLINED:
            for each in all_places:
                row[each] = Missing.DECLINED
            return
        if answer[1]:
            row[typed] = read(answer[1])
        elif answer[3] is None:
            row[typed] = Missing.ERASED
        else:
            row[typed] = Missing.SKIPPED
        if latitude is not None and longitude is not None:
            is_placed = answer[3] is not None and answer[4] is not None
            without = Missing.SKIPPED if answer[1] else Missing.ERASED
            row[latitude] = answer[3] if is_placed else without
            row[longitude] = answer[4] if is_placed else without

    return write, all_places


def _choice_setter(
    part: ChoiceQuestion, at: Mapping[tuple[str, str, Shape], int]
) -> tuple[Setter, list[int]]:
    single = at.get((part.key, CHOICE, Shape.CODE)) if not part.several else None
    flags, texts = {}, {}
    for option in part.options:
        flag = at.get((part.key, aspect_of_option(option.code), Shape.FLAG))
        if part.several and flag is not None:
            flags[option.code] = flag
        text = at.get((part.key, aspect_of_other(option.code), Shape.TEXT))
        if text is not None:
            texts[option.code] = text
    used = [*([] if single is None else [single]), *flags.values(), *texts.values()]

    def write(row: Any, answer: Read) -> None:
        choices = answer[0]
        if choices == DECLINED:
            for each in used:
                row[each] = Missing.DECLINED
            return
        if single is not None:
            row[single] = choices[0] if choices else Missing.SKIPPED
        else:
            for code, place in flags.items():
                row[place] = code in choices
        for code, place in texts.items():
            if code not in choices:
                row[place] = Missing.NOT_ASKED
            elif code in answer[2]:
                row[place] = answer[2][code] or Missing.ERASED
            else:
                row[place] = Missing.SKIPPED

    return (write if used else _nothing), used


def _listed(places: Sequence[int | None], choices_at: int) -> tuple[Setter, list[int]]:
    """Return what writes one value a column, in order: ranks, or names of files."""
    used = [each for each in places if each is not None]

    def write(row: Any, answer: Read) -> None:
        if answer[0] == DECLINED:
            values: Sequence[Cell] = [Missing.DECLINED] * len(used)
        else:
            said = answer[choices_at]
            left = len(used) - len(said)  # type: ignore[arg-type]
            empty = Missing.SKIPPED if said else Missing.ERASED
            values = [*said, *[empty] * left]  # type: ignore[misc]
            if left < 0:
                # More than this version allows: none is lost.
                rest = "; ".join(map(str, values[len(used) - 1 :]))
                values = [*values[: len(used) - 1], rest]
        for place, value in zip(used, values, strict=True):
            row[place] = value

    return (write if used else _nothing), used


def _nothing(row: Any, answer: Read) -> None:
    """Write nothing: the question is not exported."""


def number(text: str) -> Cell:
    """Return the number that a text says; the text itself where it says none."""
    try:
        return int(text) if text.isdigit() else float(text)
    except ValueError:
        return text


def day(text: str) -> Cell:
    """Return the day that a text says, as YYYY-MM-DD; the text itself where it says none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
