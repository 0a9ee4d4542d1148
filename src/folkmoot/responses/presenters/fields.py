"""What each kind of question prints on the page of its step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from folkmoot.responses.files import properties_words, type_words
from folkmoot.responses.forms import LONGEST_TEXT, Checked
from folkmoot.responses.presenters.maps import Picture, map_fields
from folkmoot.responses.presenters.words import BEFORE_NUMBERS
from folkmoot.responses.questions import (
    DECLINED,
    Answers,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    NumberQuestion,
    PlaceQuestion,
    PostcodeQuestion,
    Question,
    RankingQuestion,
    ScaleQuestion,
    Step,
    TextQuestion,
    field_name,
)
from folkmoot.responses.questions.replies import first, is_declined


def fields(
    step: Step,
    checked: Checked,
    numbers: Mapping[str, int] | None = None,
    file_names: Mapping[str, str] | None = None,
    pictures: Mapping[int, Picture] | None = None,
) -> list[dict[str, Any]]:
    """Return what each question of a step prints, with what was typed and its error.

    `numbers` are those of the whole form, `file_names` the names of files that were sent by their
    numbers, `pictures` the maps by theirs (see `maps.pictures_of`).
    """
    found = []
    for question in step.questions:
        printed = _common(question, checked, (numbers or {}).get(question.key))
        printed |= _of_kind(question, checked, printed["id"])
        if isinstance(question, FileQuestion):
            printed |= _sent_files(question, checked.answers, file_names or {})
        if isinstance(question, PlaceQuestion):
            printed |= map_fields(question, checked.answers, pictures or {})
        found.append(_described(printed))
    return found


def _common(question: Question, checked: Checked, number: int | None) -> dict[str, Any]:
    key, answers = question.key, checked.answers
    return {
        "id": f"field-{key}",
        "key": key,
        "number": number,
        "title": question.title,
        "hint": question.hint,
        "why": question.why,
        "guide": "",
        "error": checked.errors.get(key, ""),
        "required": question.required,
        "sensitive": question.sensitive,
        "declines": field_name(key, DECLINED)
        if question.may_decline and field_name(key, DECLINED) in question.names
        else "",
        "declined": is_declined(question, answers),
        # What was typed is shown again as it is, however often it came.
        "value": "\n\n".join(value for value in answers.get(key, ()) if value.strip())
        or "".join(answers.get(key, ())[:1]),
    }


def _of_kind(question: Question, checked: Checked, field_id: str) -> dict[str, Any]:
    """Return what a kind of question prints beside what all do, and `kind`, its template."""
    answers = checked.answers
    match question:
        case ChoiceQuestion():
            return _choice(question, answers, field_id)
        case GridQuestion():
            return _grid(question, checked)
        case RankingQuestion():
            return _ranking(question, answers, field_id)
        case TextQuestion(is_short=True):
            return {"kind": "line"}
        case TextQuestion():
            guide = (
                f"About {question.words_guide} words is plenty. You may write more, up to "
                f"{LONGEST_TEXT:,} characters."
            )
            return {"kind": "text", "guide": guide, "words_guide": question.words_guide}
        case NumberQuestion():
            is_before = question.unit in BEFORE_NUMBERS
            return {
                "kind": "number",
                "inputmode": "decimal"
                if question.decimals or (question.lowest or 0) < 0
                else "numeric",
                "before": question.unit if is_before else "",
                "after": "" if is_before else question.unit,
            }
        case DateQuestion():
            return _date(question, answers, field_id)
        case PostcodeQuestion():
            guide = "" if question.is_whole else "We keep only its first half, such as SW1A."
            return {"kind": "line", "guide": guide, "autocomplete": "postal-code", "is_brief": True}
        case FileQuestion():
            return {"kind": "file"}
        case PlaceQuestion():
            return {"kind": "place"}
    raise TypeError(question)


def _described(printed: dict[str, Any]) -> dict[str, Any]:
    """Add the ids of what describes the field: reason, hint, guide and error, in that order."""
    said = (name for name in ("why", "hint", "guide", "error") if printed[name])
    printed["described"] = " ".join(f"{printed['id']}-{name}" for name in said)
    return printed


def _choice(question: ChoiceQuestion, answers: Answers, field_id: str) -> dict[str, Any]:
    values = answers.get(question.key, ())
    kind = "list" if question.as_list else "checkbox" if question.several else "radio"
    options = []
    for number, option in enumerate(question.options, start=1):
        beside = field_name(question.key, option.code)
        text = "\n".join(answers.get(beside, ())) if option.asks_text else ""
        options.append(
            {
                "id": f"{field_id}-{number}",
                "code": option.code,
                "label": option.label,
                "checked": option.code in values,
                "is_exclusive": option.is_exclusive and question.several,
                "beside": beside if option.asks_text else "",
                "text": text,
            }
        )
    return {
        "kind": kind,
        "options": options,
        "is_scale": isinstance(question, ScaleQuestion),
        "guide": _how_many(question),
    }


def _how_many(question: ChoiceQuestion) -> str:
    if not question.several:
        return ""
    least, most = question.least, question.most
    if least > 1 and most is not None:
        return f"Choose {least}." if least == most else f"Choose {least} to {most}."
    if most is not None:
        return f"Choose up to {most}."
    return f"Choose {least} or more." if least > 1 else "Choose all that apply."


def _grid(question: GridQuestion, checked: Checked) -> dict[str, Any]:
    rows, points = [], []
    for row, part in zip(question.rows, question.parts, strict=True):
        assert isinstance(part, ChoiceQuestion)
        row_id = f"field-{part.key}"
        said = checked.answers.get(part.key, ())
        points = [
            {"number": number, "label": option.label}
            for number, option in enumerate(part.options, start=1)
        ]
        rows.append(
            {
                "id": row_id,
                "name": part.key,
                "label": row.label,
                "error": checked.errors.get(part.key, ""),
                "cells": [
                    {
                        "id": f"{row_id}-{number}",
                        "code": option.code,
                        "label": option.label,
                        "checked": option.code in said,
                    }
                    for number, option in enumerate(part.options, start=1)
                ],
            }
        )
    return {"kind": "grid", "rows": rows, "points": points}


def _ranking(question: RankingQuestion, answers: Answers, field_id: str) -> dict[str, Any]:
    limit = question.most or len(question.options)
    options = []
    for number, option in enumerate(question.options, start=1):
        name = field_name(question.key, option.code)
        said = first(answers, name)
        numbers = [str(rank) for rank in range(1, limit + 1)]
        options.append(
            {
                "id": f"{field_id}-{number}",
                "name": name,
                "label": option.label,
                "ranks": [
                    {"rank": rank, "selected": rank == said}
                    # A rank that is not offered is shown again all the same.
                    for rank in (*numbers, *([said] if said and said not in numbers else []))
                ],
            }
        )
    how = (
        "1 comes first."
        if limit == len(question.options)
        else f"Rank up to {limit}. 1 comes first."
    )
    return {"kind": "ranking", "options": options, "limit": limit, "guide": how}


def _date(question: DateQuestion, answers: Answers, field_id: str) -> dict[str, Any]:
    parts = [
        {
            "id": f"{field_id}-{part}",
            "name": field_name(question.key, part),
            "label": part.capitalize(),
            "value": first(answers, field_name(question.key, part)),
            "is_year": part == "year",
        }
        for part in ("day", "month", "year")
    ]
    return {"kind": "date", "date_parts": parts, "guide": "For example, 27 3 2021."}


def _sent_files(
    question: FileQuestion, answers: Answers, file_names: Mapping[str, str]
) -> dict[str, Any]:
    numbers: Sequence[str] = [each for each in answers.get(question.key, ()) if each in file_names]
    many = "one file" if question.most == 1 else f"up to {question.most} files"
    return {
        "files": [
            {"number": number, "name": file_names[number], "id": f"field-{question.key}-{number}"}
            for number in numbers
        ],
        "remove": field_name(question.key, "remove"),
        "accept": ",".join(f".{each}" for each in question.extensions),
        "several": question.most > 1,
        "guide": (
            f"You may send {many}: {type_words(question.extensions)}, each at most "
            f"{question.megabytes} MB. You need not send any. "
            f"{properties_words(question.extensions)}"
        ),
    }
