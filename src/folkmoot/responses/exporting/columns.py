"""Columns of an export: the same whatever way each respondent took through the survey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    Question,
    RankingQuestion,
    ScaleQuestion,
    SurveyForm,
)

# What stands in the place of the option when a column holds another part of the answer.
CHOICE, LATITUDE, LONGITUDE = "", "latitude", "longitude"


class Shape(Enum):
    """What the cells of a column hold; the value is how the data dictionary says it."""

    CODE = "code of an option"
    FLAG = "1 if chosen, 0 if not"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "date and time"
    DEGREES = "degrees"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an export.

    `name` is the same in every format and can be a variable's name in SPSS. `part` is the key of
    what is answered (see `SurveyForm.parts`); empty for what is known of the response as a whole.
    `aspect` tells several columns of one part apart. `labels` are codes with their wording, in
    order. `number` is the question's on screen and on paper, None for what is no question.
    `versions` are those that ask it; `note` is what the data dictionary adds.
    """

    name: str
    label: str
    shape: Shape
    part: str = ""
    aspect: str = CHOICE
    labels: tuple[tuple[str, str], ...] = ()
    number: int | None = None
    versions: tuple[str, ...] = ()
    lowest: float | None = None
    is_ordered: bool = False
    note: str = ""

    @property
    def identity(self) -> tuple[str, str, Shape]:
        """What makes a column the same in two versions of a survey."""
        return self.part, self.aspect, self.shape

    def label_of(self, code: str) -> str:
        """Return the wording of a code, or the code itself where it has none."""
        return next((label for each, label in self.labels if each == code), code)


def aspect_of_option(code: str) -> str:
    """Return the aspect of "was this option chosen"."""
    return f"option {code}"


def aspect_of_other(code: str) -> str:
    """Return the aspect of "what was typed beside this option"."""
    return f"other {code}"


def aspect_of_place(place: int) -> str:
    """Return the aspect of what is in a place of a row: a rank, or a file; from 1."""
    return f"place {place}"


def columns_of_form(form: SurveyForm, version: str = "") -> tuple[Column, ...]:
    """Return the columns of one version of a survey, in the order of its questions.

    Equality questions have none: they are exported apart (see `exporting.equality`).
    """
    numbers = form.numbers
    return tuple(
        replace(column, number=numbers[question.key], versions=(version,) if version else ())
        for question in form.questions
        if not isinstance(question, MonitoringQuestion)
        for part in question.parts
        for column in columns_of_part(part)
    )


def columns_of_forms(forms: Mapping[str, SurveyForm]) -> tuple[Column, ...]:
    """Return the columns of all versions of a survey, `forms` by version, oldest first.

    What the newest asks comes first and gives the wording; what only older ones asked follows. A
    question whose kind changed has a column for each kind. No two names are the same.
    """
    found: dict[tuple[str, str, Shape], Column] = {}
    for version, form in reversed(list(forms.items())):
        for column in columns_of_form(form, version):
            newer = found.get(column.identity)
            found[column.identity] = _merged(newer, column) if newer else column
    return named(found.values())


def columns_of_part(part: Question) -> list[Column]:
    """Return the columns of a question, or of one row of a grid; their names are not final."""
    if isinstance(part, ChoiceQuestion):
        return _of_choice(part)
    if isinstance(part, RankingQuestion):
        labels = _labels(part.options)
        places = range(1, min(part.most or len(part.options), len(part.options)) + 1)
        return [
            _column(part, Shape.CODE, aspect_of_place(rank), f"ranked {rank}", labels)
            for rank in places
        ]
    if isinstance(part, FileQuestion):
        many = range(1, part.most + 1)
        said = [f"file {place}" if part.most > 1 else "name of the file" for place in many]
        return [
            _column(part, Shape.TEXT, aspect_of_place(place), words)
            for place, words in zip(many, said, strict=True)
        ]
    if isinstance(part, PlaceQuestion):
        return [
            _column(part, Shape.TEXT, CHOICE, "in words"),
            _column(part, Shape.DEGREES, LATITUDE, "latitude"),
            _column(part, Shape.DEGREES, LONGITUDE, "longitude"),
        ]
    if isinstance(part, NumberQuestion):
        column = _column(part, Shape.NUMBER, CHOICE, part.unit and f"in {part.unit}")
        return [replace(column, lowest=part.lowest)]
    return [_column(part, Shape.DAY if isinstance(part, DateQuestion) else Shape.TEXT)]


def named(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return columns with names of which no two are the same, whatever their capitals."""
    seen: Counter[str] = Counter()
    found = []
    for column in columns:
        name = column.name
        while seen[name.casefold()]:
            seen[column.name.casefold()] += 1
            name = f"{column.name[:60]}_{seen[column.name.casefold()]}"
        seen[name.casefold()] += 1
        found.append(replace(column, name=name))
    return tuple(found)


def variable_name(key: str) -> str:
    """Return a key as the name of a variable: "travel--bus" is "travel__bus".

    Such a name holds in SPSS, Stata and R: letters, digits and low lines, 64 at most, a letter
    first, and none of the words that SPSS keeps for itself.
    """
    name = "".join(mark if mark.isascii() and mark.isalnum() else "_" for mark in key)
    if not name[:1].isalpha() or name.upper() in _SPSS_WORDS:
        name = f"q_{name}"
    return name[:64].rstrip("_") or "q"


_SPSS_WORDS = frozenset(
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"]
)


def _of_choice(part: ChoiceQuestion) -> list[Column]:
    # "Prefer not to say" is no value but a kind of missing answer.
    options = [option for option in part.options if option.code != PREFER_NOT_TO_SAY]
    beside = [
        _column(part, Shape.TEXT, aspect_of_other(option.code), f"{option.label}: what was typed")
        for option in options
        if option.asks_text
    ]
    if not part.several:
        column = _column(part, Shape.CODE, CHOICE, "", _labels(options))
        return [replace(column, is_ordered=isinstance(part, ScaleQuestion)), *beside]
    flags = [
        _column(part, Shape.FLAG, aspect_of_option(option.code), option.label) for option in options
    ]
    return [*flags, *beside]


def _column(
    part: Question,
    shape: Shape,
    aspect: str = CHOICE,
    words: str = "",
    labels: tuple[tuple[str, str], ...] = (),
) -> Column:
    kind, _, code = aspect.partition(" ")
    beside = {"option": code, "other": f"{code}--text", "place": code}.get(kind, aspect)
    return Column(
        variable_name(f"{part.key}--{beside}" if beside else part.key),
        f"{part.title} ({words})" if words else part.title,
        shape,
        part.key,
        aspect,
        labels,
    )


def _labels(options: Sequence[Option]) -> tuple[tuple[str, str], ...]:
    return tuple((each.code, each.label) for each in options if each.code != PREFER_NOT_TO_SAY)


def _merged(newer: Column, older: Column) -> Column:
    """Return the column of a newer version with what only an older one says."""
    codes = {code for code, _ in newer.labels}
    gone = tuple((code, label) for code, label in older.labels if code not in codes)
    note = newer.note
    if older.label != newer.label:
        note = f"{note} Version {older.versions[0]} asked: “{older.label}”.".strip()
    lowest = None if None in (newer.lowest, older.lowest) else min(newer.lowest, older.lowest)  # type: ignore[type-var]
    return replace(
        newer,
        labels=newer.labels + gone,
        versions=older.versions + newer.versions,
        note=note,
        lowest=lowest,
    )
