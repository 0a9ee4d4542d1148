"""Cells, and what writes an answer into the cells of its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from folkmoot.responses.exporting.columns import (
    CHOICE,
    LATITUDE,
    LONGITUDE,
    Shape,
    aspect_of_option,
    aspect_of_other,
    aspect_of_place,
)
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
)

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


def setter(part: Question, at: Mapping[tuple[str, str, Shape], int]) -> tuple[Setter, list[int]]:
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
