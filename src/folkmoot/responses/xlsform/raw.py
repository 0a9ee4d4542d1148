"""Questions as plain values to the steps as a page keeps them (StreamField's raw form)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    PostcodeQuestion,
    Question,
    RankingQuestion,
    ScaleQuestion,
    SurveyForm,
    TextQuestion,
)
from folkmoot.responses.xlsform.rules import raw_rules

# Points that an officer wrote, as against one of the ready scales.
OWN = "own"


def raw_steps(
    form: SurveyForm, introductions: Mapping[int, str] | None = None
) -> list[dict[str, Any]]:
    """Return the steps of a page that asks a form; `introductions` hold HTML by step number.

    What `questions.form_of_steps` reads, backwards.
    """
    return [
        {
            "type": "step",
            "value": {
                "title": step.title,
                "introduction": (introductions or {}).get(step.number, ""),
                "shown_if": raw_rules(step.shown_if),
                "questions": [_question(question) for question in step.questions],
            },
        }
        for step in form.steps
    ]


def _question(question: Question) -> dict[str, Any]:
    value: dict[str, Any] = {
        "key": question.key,
        "title": question.title,
        "hint": question.hint,
        "why": question.why,
        "required": question.required,
        "may_decline": question.may_decline,
        "sensitive": question.sensitive,
        "shown_if": raw_rules(question.shown_if),
    }
    kind, more = _kind(question)
    return {"type": kind, "value": value | more}


def _kind(question: Question) -> tuple[str, dict[str, Any]]:
    """Return the kind of block of a question, and what it has beside what every one has."""
    match question:
        case MonitoringQuestion():
            return "monitoring", {"options": _options(question.options)}
        case ScaleQuestion():
            return "scale", _points(question.options)
        case ChoiceQuestion():
            return "choice", {
                "several": question.several,
                "least": question.least or None,
                "most": question.most,
                "as_list": question.as_list,
                "options": _options(question.options),
            }
        case GridQuestion():
            return "grid", {"rows": _plain(question.rows), **_points(question.points)}
        case RankingQuestion():
            return "ranking", {"options": _plain(question.options), "most": question.most}
        case NumberQuestion():
            return "number", {
                "lowest": question.lowest,
                "highest": question.highest,
                "decimals": question.decimals,
                "unit": question.unit,
            }
        case DateQuestion():
            return "date", {
                "earliest": question.earliest.isoformat() if question.earliest else None,
                "latest": question.latest.isoformat() if question.latest else None,
            }
        case PostcodeQuestion():
            return "postcode", {"is_whole": question.is_whole}
        case FileQuestion():
            return "file", {
                "extensions": list(question.extensions),
                "megabytes": question.megabytes,
                "most": question.most,
            }
        case PlaceQuestion():
            return "place", {
                "picture": question.picture,
                **{name: getattr(question, name) for name in ("north", "south", "west", "east")},
            }
        case TextQuestion(is_short=True):
            return "short_text", {"may_be_quoted": question.may_be_quoted}
        case TextQuestion():
            return "text", {
                "words_guide": question.words_guide,
                "may_be_quoted": question.may_be_quoted,
            }
    raise ValueError(f"{type(question).__name__} has no block.")


def _points(options: Iterable[Option]) -> dict[str, Any]:
    return {"scale": OWN, "points": _plain(options), "do_not_know": False}


def _plain(options: Iterable[Option]) -> list[dict[str, Any]]:
    return [
        {"code": option.code, "label": option.label}
        for option in options
        if option.code != PREFER_NOT_TO_SAY
    ]


def _options(options: Iterable[Option]) -> list[dict[str, Any]]:
    return [
        {
            "code": option.code,
            "label": option.label,
            "is_exclusive": option.is_exclusive,
            "asks_text": option.asks_text,
        }
        for option in options
        # Which is offered by the question itself.
        if option.code != PREFER_NOT_TO_SAY
    ]
