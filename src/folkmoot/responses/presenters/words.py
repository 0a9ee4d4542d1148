"""Answers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from folkmoot.responses.forms import written
from folkmoot.responses.questions import (
    Answers,
    ChoiceQuestion,
    MonitoringQuestion,
    Question,
    SurveyForm,
    survey_form,
)

if TYPE_CHECKING:
    from folkmoot.responses.models import Response


def answer_words(question: Question, answers: Answers) -> list[str]:
    """Return an answer in words: labels of options, or the text."""
    values = written(answers, question)
    if isinstance(question, ChoiceQuestion):
        return [question.label_of(value) for value in values]
    return values


def typed(form: SurveyForm, answers: Answers) -> list[dict[str, Any]]:
    """Return what was typed in free text, for a page that can no longer take it."""
    return [
        {"term": question.title, "value": "\n".join(answer_words(question, answers))}
        for question in form.questions
        if written(answers, question) and not isinstance(question, MonitoringQuestion)
    ]


def register_rows(response: Response) -> list[dict[str, str]]:
    """Return the answers of a response in words, in the order in which they were asked.

    An answer to a question that the survey no longer asks stands last, under its key.
    """
    asked = survey_form(response.survey).questions if response.survey else ()
    answers = {answer.question: answer for answer in response.answers.order_by("id")}
    rows = []
    for question in asked:
        if found := answers.pop(question.key, None):
            given = {question.key: found.choices or [found.text]}
            rows.append({"term": question.title, "value": "\n".join(answer_words(question, given))})
    return rows + [
        {"term": key.capitalize(), "value": found.text or ", ".join(found.choices)}
        for key, found in answers.items()
    ]
