"""Questions and answers to what a survey's pages print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from folkmoot.consultations.models import State
from folkmoot.publishing.clock import local
from folkmoot.responses.forms import LONGEST_TEXT, Checked, extras_of, written
from folkmoot.responses.questions import (
    KIND,
    ORGANISATION,
    QUOTE,
    ChoiceQuestion,
    MonitoringQuestion,
    Question,
    Step,
    SurveyForm,
    TextQuestion,
    survey_form,
)

if TYPE_CHECKING:
    from folkmoot.responses.models import Response, Survey

Answers = Mapping[str, Sequence[str]]
# Stands after every step.
AT_CHECK = 10_000


def fields(step: Step, checked: Checked) -> list[dict[str, Any]]:
    """Return what each question of a step prints, with what was typed and its error."""
    return [
        _field(question, checked.answers.get(question.key, []), checked.errors)
        for question in step.questions
    ]


def extra_fields(extras: Sequence[str], checked: Checked) -> dict[str, Any]:
    """Return what the fields beside the questions print; those not asked are absent."""
    answers = {name: "".join(checked.answers.get(name, [])) for name in extras}
    return {
        "quote": {"checked": answers[QUOTE] == "yes", "error": checked.errors.get(QUOTE, "")}
        if QUOTE in extras
        else None,
        "sender": {
            "kind": answers[KIND],
            "organisation": answers[ORGANISATION],
            "kind_error": checked.errors.get(KIND, ""),
            "organisation_error": checked.errors.get(ORGANISATION, ""),
        }
        if KIND in extras
        else None,
    }


def error_list(checked: Checked) -> list[dict[str, str]]:
    """Return the errors of a step in the order of its page, each linked to its field."""
    return [
        {"id": f"field-{key}" if key else "", "message": message}
        for key, message in checked.errors.items()
    ]


def progress(form: SurveyForm, at_step: int, address: str) -> list[dict[str, str]]:
    """Return the steps with where one is; `at_step` is past the last for the check."""
    steps = [(step.number, step.title) for step in form.steps]
    steps.append((max(at_step, AT_CHECK), "Check your answers"))
    return [
        {
            "title": f"{place}. {title}",
            "state": "done" if number < at_step else "current" if number == at_step else "todo",
            "url": f"{address}{number}/" if number < at_step else "",
        }
        for place, (number, title) in enumerate(steps, start=1)
    ]


def summary(form: SurveyForm, answers: Answers, address: str) -> list[dict[str, Any]]:
    """Return all answers for checking, by step, each with the way to change it."""
    return [
        {
            "id": f"step-{step.number}",
            "title": step.title,
            "rows": [
                {
                    "term": question.title,
                    "value": "\n".join(answer_words(question, answers)) or "No answer",
                    "change_url": f"{address}{step.number}/#field-{question.key}",
                    "change_label": f"the answer to: {question.title}",
                }
                for question in step.questions
            ]
            + _extra_rows(extras_of(form, step), answers, f"{address}{step.number}/"),
        }
        for step in form.steps
    ]


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


def unknown(checked: Checked) -> list[dict[str, str]]:
    """Return what came in fields that a page does not have, so that it can be copied."""
    return [{"term": name, "value": "\n".join(values)} for name, values in checked.unknown.items()]


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


def state_sentence(survey: Survey, at: datetime) -> str:
    """Return whether the survey can be answered, and from or until when."""
    consultation = survey.consultation
    match consultation.state(at):
        case State.COMING:
            return f"Opens on {moment(consultation.opens_at)}."
        case State.OPEN:
            return f"Open until {moment(consultation.closes_at)}."
        case _:
            return f"Closed on {moment(consultation.closes_at)}."


def grace_words(grace: timedelta) -> str:
    """Return a time of grace in words, "30 minutes" or "2 hours"; empty where there is none."""
    minutes = int(grace.total_seconds() // 60)
    if minutes <= 0:
        return ""
    many, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{many} {unit}{'' if many == 1 else 's'}"


def moment(at: datetime) -> str:
    """Return an instant in the body's time zone: "Friday 21 January 2022 at 23:59"."""
    return f"{local(at):%A %-d %B %Y at %H:%M}"


def _field(question: Question, values: Sequence[str], errors: Mapping[str, str]) -> dict[str, Any]:
    key, error = question.key, errors.get(question.key, "")
    hint = question.hint
    printed: dict[str, Any] = {
        "id": f"field-{key}",
        "key": key,
        "title": question.title,
        "hint": hint,
        "error": error,
        "required": question.required,
        "sensitive": question.sensitive,
    }
    described = [f"field-{key}-{part}" for part, said in (("hint", hint), ("error", error)) if said]
    if isinstance(question, ChoiceQuestion):
        if isinstance(question, MonitoringQuestion) and question.why:
            printed["why"] = question.why
            described.insert(0, f"field-{key}-why")
        printed |= {
            "kind": "checkbox" if question.several else "radio",
            "options": [
                {
                    "id": f"field-{key}-{number}",
                    "code": option.code,
                    "label": option.label,
                    "checked": option.code in values,
                }
                for number, option in enumerate(question.options, start=1)
            ],
        }
    elif isinstance(question, TextQuestion):
        described.append(f"field-{key}-guide")
        printed |= {
            "kind": "text",
            "value": "\n\n".join(values),
            "words_guide": question.words_guide,
            "longest": LONGEST_TEXT,
        }
    return printed | {"described": " ".join(described)}


def _extra_rows(extras: Sequence[str], answers: Answers, address: str) -> list[dict[str, str]]:
    rows = []
    if QUOTE in extras:
        rows.append(
            {
                "term": "May we quote your words, without your name?",
                "value": "Yes" if list(answers.get(QUOTE, [])) == ["yes"] else "No",
                "change_url": f"{address}#field-{QUOTE}",
                "change_label": "whether we may quote you",
            }
        )
    if KIND in extras:
        organisation = "".join(answers.get(ORGANISATION, []))
        is_organisation = list(answers.get(KIND, [])) == ["organisation"]
        rows.append(
            {
                "term": "Whom do you answer for?",
                "value": organisation if is_organisation else "Myself",
                "change_url": f"{address}#field-{KIND}",
                "change_label": "whom you answer for",
            }
        )
    return rows
