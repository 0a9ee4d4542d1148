"""What the pages of a survey print around the questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from folkmoot.consultations.models import State
from folkmoot.publishing.clock import local
from folkmoot.responses.forms import Checked, extras_of
from folkmoot.responses.presenters.beside import extra_rows
from folkmoot.responses.presenters.words import answer_words
from folkmoot.responses.questions import Answers, Question, SurveyForm

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

# Stands after every step.
AT_CHECK = 10_000


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


def summary(
    form: SurveyForm,
    answers: Answers,
    address: str,
    numbers: Mapping[str, int] | None = None,
    file_names: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """Return all answers for checking, by step, each with the way to change it.

    `numbers` are those of the questions of the whole form, `file_names` the names of files by
    theirs.
    """
    return [
        {
            "id": f"step-{step.number}",
            "title": step.title,
            "rows": [
                {
                    "term": numbered(question, numbers),
                    "value": "\n".join(answer_words(question, answers, file_names)) or "No answer",
                    "change_url": f"{address}{step.number}/#field-{question.key}",
                    "change_label": f"the answer to: {question.title}",
                }
                for question in step.questions
            ]
            + extra_rows(extras_of(form, step), answers, f"{address}{step.number}/"),
        }
        for step in form.steps
    ]


def numbered(question: Question, numbers: Mapping[str, int] | None) -> str:
    """Return the title of a question after its number: "3. How do you mostly travel?"."""
    number = (numbers or {}).get(question.key)
    return f"{number}. {question.title}" if number else question.title


def unknown(checked: Checked) -> list[dict[str, str]]:
    """Return what came in fields that a page does not have, so that it can be copied."""
    return [{"term": name, "value": "\n".join(values)} for name, values in checked.unknown.items()]


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
