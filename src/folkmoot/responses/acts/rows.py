"""What every way into the register shares: references, and answers as rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from folkmoot.publishing.clock import local
from folkmoot.responses.forms import written
from folkmoot.responses.models import Answer, MonitoringAnswer, Response
from folkmoot.responses.questions import ChoiceQuestion, MonitoringQuestion, Question

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

# No mark that is read as another, no vowel that would make a word.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
MONITORING_KEPT = timedelta(days=365)


def new_reference() -> str:
    """Return a new reference, such as FM-7K3M-9QX2-H4: one of 2e14, which nobody can guess."""
    marks = [secrets.choice(ALPHABET) for _ in range(10)]
    return f"FM-{''.join(marks[:4])}-{''.join(marks[4:8])}-{''.join(marks[8:])}"


def new_references(many: int) -> list[str]:
    """Return that many references, all different and none of them taken."""
    found: set[str] = set()
    while len(found) < many:
        drawn = [new_reference() for _ in range(min(many - len(found), 500))]
        taken = Response.objects.filter(reference__in=drawn).values_list("reference", flat=True)
        found |= set(drawn) - set(taken)
    return sorted(found)


def answer_rows(
    response: Response,
    questions: Iterable[Question],
    answers: Mapping[str, Sequence[str]],
    delete_on: date,
) -> tuple[list[Answer], list[MonitoringAnswer]]:
    """Return an answer for every question that was answered; equality questions apart."""
    rows, monitoring = [], []
    for question in questions:
        values = written(answers, question)
        if not values:
            continue
        if isinstance(question, MonitoringQuestion):
            monitoring.append(
                MonitoringAnswer(
                    response=response,
                    question=question.key,
                    choice=values[0],
                    delete_on=delete_on,
                )
            )
        elif isinstance(question, ChoiceQuestion):
            rows.append(Answer(response=response, question=question.key, choices=values))
        else:
            rows.append(Answer(response=response, question=question.key, text=values[0]))
    return rows, monitoring


def delete_on(consultation: Consultation) -> date:
    """Return the day on which equality answers are erased: a year after the closing."""
    return local(consultation.closes_at).date() + MONITORING_KEPT
