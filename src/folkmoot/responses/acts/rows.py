"""What every way into the register shares: references, and answers as rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from folkmoot.publishing.clock import local
from folkmoot.responses.models import (
    Answer,
    MonitoringAnswer,
    Response,
    Survey,
    SurveyVersion,
)
from folkmoot.responses.questions import (
    Kept,
    MonitoringQuestion,
    Question,
    SurveyForm,
    form_of_version,
    given,
    kept,
    revision,
)
from folkmoot.responses.questions.versions import differences

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

# No mark that is read as another, no vowel that would make a word.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
MONITORING_KEPT = timedelta(days=365)


def new_reference() -> str:
    """Return a new reference, such as FM-7K3M-9QX2-H4: one of 2e14, which nobody can guess."""
    drawn, marks = secrets.randbelow(len(ALPHABET) ** 10), []
    for _ in range(10):
        drawn, place = divmod(drawn, len(ALPHABET))
        marks.append(ALPHABET[place])
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
    for part in (part for question in questions for part in question.parts):
        found = kept(part, answers)
        if found is None:
            continue
        if isinstance(part, MonitoringQuestion):
            monitoring.append(
                MonitoringAnswer(
                    response=response,
                    question=part.key,
                    choice=found.choices[0],
                    text=found.other.get(found.choices[0], ""),
                    delete_on=delete_on,
                )
            )
            continue
        latitude, longitude = found.point or (None, None)
        rows.append(
            Answer(
                response=response,
                question=part.key,
                choices=list(found.choices),
                text=found.text,
                other=found.other,
                latitude=latitude,
                longitude=longitude,
            )
        )
    return rows, monitoring


def answers_of(form: SurveyForm, answers: Iterable[Answer]) -> dict[str, list[str]]:
    """Return the fields that would give the answers of a response again, by name."""
    by_key = {answer.question: answer for answer in answers}
    fields: dict[str, list[str]] = {}
    for part in form.parts:
        if (answer := by_key.get(part.key)) is not None:
            fields |= given(part, kept_of(answer))
    return fields


def kept_of(answer: Answer) -> Kept:
    """Return the row of an answer as a plain value."""
    is_placed = answer.latitude is not None and answer.longitude is not None
    return Kept(
        tuple(answer.choices),
        answer.text,
        dict(answer.other),
        (answer.latitude, answer.longitude) if is_placed else None,  # type: ignore[arg-type]
    )


def version_of(survey: Survey, form: SurveyForm, at: datetime, mark: str = "") -> SurveyVersion:
    """Return the version of a survey's questions as they stand, recorded now if it is new.

    A change of meaning begins a new number, a change of wording alone is a correction of the last.
    `mark` is the revision of form and consents, where it is known already.
    """
    mark = mark or revision(form, *survey.consents)
    found = SurveyVersion.objects.filter(survey=survey, revision=mark).first()
    if found is not None:
        return found
    last = SurveyVersion.objects.filter(survey=survey).last()
    is_new = last is None or bool(differences(form_of_version(last), form))
    number, correction = 1, 0
    if last is not None:
        number, correction = (last.number + 1, 0) if is_new else (last.number, last.correction + 1)
    published = survey.live_revision
    return SurveyVersion.objects.create(
        survey=survey,
        number=number,
        correction=correction,
        revision=mark,
        steps=list(survey.steps.get_prep_value()),
        consent=survey.consents[0],
        monitoring_consent=survey.monitoring_consent_text,
        created_at=at,
        created_by=published.user if published else None,
        reason=survey.version_reason if is_new and last else "",
    )


def delete_on(consultation: Consultation, survey: Survey | None = None) -> date:
    """Return the day on which equality answers are erased: as long after closing as is said."""
    kept = timedelta(days=survey.monitoring_kept_days) if survey else MONITORING_KEPT
    return local(consultation.closes_at).date() + kept
