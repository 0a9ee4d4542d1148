"""Answers in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from folkmoot.responses.files import MEGABYTE
from folkmoot.responses.forms import written
from folkmoot.responses.questions import (
    Answers,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    MonitoringQuestion,
    NumberQuestion,
    PlaceQuestion,
    PostcodeQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
    field_name,
    is_declined,
    reply,
)
from folkmoot.responses.questions.replies import first, place_point
from folkmoot.responses.questions.values import NUMBER

if TYPE_CHECKING:
    from folkmoot.responses.models import Draft, Response, SentFile

DECLINED_WORDS = "Prefer not to say"
# Signs that stand before a number; other units stand after it.
BEFORE_NUMBERS = frozenset("£$€")


def answer_words(
    question: Question, answers: Answers, file_names: Mapping[str, str] | None = None
) -> list[str]:
    """Return an answer in words, a line for each thing said; none where there is no answer.

    What is wrong is shown as it was typed. `file_names` are the names of files by their numbers.
    """
    if not written(answers, question):
        return []
    if is_declined(question, answers):
        return [DECLINED_WORDS]
    match question:
        case ChoiceQuestion():
            return _chosen_words(question, answers)
        case GridQuestion():
            return [
                f"{row.label}: {words}"
                for row, part in zip(question.rows, question.parts, strict=True)
                for words in answer_words(part, answers)
            ]
        case RankingQuestion():
            codes = reply(question, answers)
            ranked = [f"{first(answers, field_name(question.key, code))}. " for code in codes]
            return [
                rank + question.label_of(code) for rank, code in zip(ranked, codes, strict=True)
            ]
        case FileQuestion():
            names = file_names or {}
            return [names.get(number, "A file") for number in reply(question, answers)]
        case PlaceQuestion():
            point = place_point(question, answers)
            return [
                *filter(None, [first(answers, question.key)]),
                *([f"Marked on the map at {point[0]:.5f}, {point[1]:.5f}"] if point else []),
            ]
        case NumberQuestion():
            return [_number_words(question, reply(question, answers)[0])]
        case DateQuestion():
            return [_day_words(reply(question, answers)[0])]
        case PostcodeQuestion():
            return list(reply(question, answers))
    return written(answers, question)


def typed(form: SurveyForm, answers: Answers) -> list[dict[str, Any]]:
    """Return what was typed or chosen, for a page that can no longer take it."""
    return [
        {"term": question.title, "value": "\n".join(answer_words(question, answers))}
        for question in form.questions
        if written(answers, question) and not isinstance(question, MonitoringQuestion)
    ]


def file_names(
    source: Draft | Response | None, questions: Iterable[Question] | None = None
) -> dict[str, str]:
    """Return the names of the files of a draft or a response, by their numbers.

    Nothing is looked up where none of the questions, all that matter, takes a file.
    """
    takes_files = questions is None or any(isinstance(each, FileQuestion) for each in questions)
    if source is None or not takes_files:
        return {}
    return {str(each.pk): file_words(each) for each in source.files.all()}


def file_words(sent: SentFile) -> str:
    """Return the name, type and size of a file: "plan.pdf (PDF, 1.2 MB)"."""
    kilobytes = max(1, round(sent.bytes / 1024))
    size = f"{sent.bytes / MEGABYTE:.1f} MB" if sent.bytes >= MEGABYTE else f"{kilobytes} KB"
    return f"{sent.name} ({sent.extension.upper()}, {size})"


def _chosen_words(question: ChoiceQuestion, answers: Answers) -> list[str]:
    """Return labels with what was typed beside them; a text without its option stands last."""
    chosen = reply(question, answers)
    beside = {
        option.code: text
        for option in question.options
        if option.asks_text and (text := first(answers, field_name(question.key, option.code)))
    }
    said = [
        f"{question.label_of(code)}: {beside[code]}" if code in beside else question.label_of(code)
        for code in chosen
    ]
    return said + [text for code, text in beside.items() if code not in chosen]


def _number_words(question: NumberQuestion, said: str) -> str:
    number = f"{Decimal(said):,}" if NUMBER.fullmatch(said) else said
    if question.unit in BEFORE_NUMBERS:
        return f"{question.unit}{number}"
    return f"{number} {question.unit}".strip()


def _day_words(said: str) -> str:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return said
    return f"{day.day} {day:%B} {day.year}"
