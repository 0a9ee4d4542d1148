"""Responses from elsewhere: letters, e-mails, and whole sets of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations.intake import Point
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.purging import count_changed
from folkmoot.responses.acts.rows import answer_rows, delete_on, new_references, version_of
from folkmoot.responses.forms import LONGEST_NAME, Given, check_step, text_error
from folkmoot.responses.models import (
    Answer,
    Channel,
    MonitoringAnswer,
    Response,
    Survey,
)
from folkmoot.responses.questions import SurveyForm, survey_form

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation

WRITTEN = "letter"
POINT = "point"
# A body's submission can be a whole report; only what no letter holds is refused.
LONGEST_LETTER = 2_000_000
BATCH = 1000


class ResponsesRefusedError(ValueError):
    """A set of responses was refused; the sentence says which row and why."""


@dataclass(frozen=True, slots=True)
class IncomingResponse:
    """A response from elsewhere, on its way into the register.

    `answers` and `monitoring` go by question key: option codes for a closed question, one text
    for a free-text one. A letter that answers no survey has its text under the key "letter".
    """

    channel: str
    submitted_at: datetime
    kind: str = Respondent.Kind.INDIVIDUAL
    organisation: str = ""
    answers: Mapping[str, Sequence[str] | str] = field(default_factory=dict)
    monitoring: Mapping[str, str] = field(default_factory=dict)
    may_be_quoted: bool = False
    is_generated: bool = False


def record_written_response(
    consultation: Consultation,
    channel: str,
    text: str,
    at: datetime,
    *,
    by: User | None = None,
    organisation: str = "",
) -> Response:
    """Record a letter or e-mail that answers no survey, whole, and return it.

    A statutory response is never late: one that came after closing is recorded as well, with its
    time. Raises ResponsesRefusedError for an unknown channel and for a text that is empty or
    cannot be kept.
    """
    if error := _written_error(channel, text, organisation):
        raise ResponsesRefusedError(error)
    with transaction.atomic():
        respondent = Respondent.objects.create(
            consultation=consultation,
            took_part_at=at,
            kind=Respondent.Kind.ORGANISATION if organisation else Respondent.Kind.INDIVIDUAL,
            organisation=organisation,
        )
        response = Response.objects.create(
            consultation=consultation,
            respondent=respondent,
            reference=new_references(1)[0],
            channel=channel,
            submitted_at=at,
            consent="",
        )
        Answer.objects.create(response=response, question=WRITTEN, text=text)
        count_changed()
        record("written response recorded", response, at, by=by)
    return response


class RegisterOfResponses:
    """What this room offers to activities below it (see `consultations.intake`)."""

    def record_points(
        self,
        consultation: Consultation,
        points: Sequence[Point],
        at: datetime,
        *,
        by: User | None,
    ) -> list[str]:
        """Record each point as a response of nobody in particular; return the references."""
        for number, point in enumerate(points, start=1):
            if error := _written_error(Channel.WORKSHOP, point.text, ""):
                raise ResponsesRefusedError(f"Point {number}: {error}")
        references = new_references(len(points))
        with transaction.atomic():
            responses = Response.objects.bulk_create(
                Response(
                    consultation=consultation,
                    reference=reference,
                    channel=Channel.WORKSHOP,
                    submitted_at=at,
                    consent="",
                    is_generated=point.is_generated,
                )
                for point, reference in zip(points, references, strict=True)
            )
            Answer.objects.bulk_create(
                Answer(response=response, question=POINT, text=point.text)
                for response, point in zip(responses, points, strict=True)
            )
            count_changed()
            record(
                "workshop points recorded",
                consultation,
                at,
                by=by,
                after={"points": len(points)},
            )
        return references

    def respondent_of(self, consultation: Consultation, reference: str) -> Respondent | None:
        """Return who sent the response with a reference, to this consultation."""
        found = (
            Response.objects.filter(consultation=consultation, reference=reference.strip().upper())
            .select_related("respondent")
            .first()
        )
        return found.respondent if found else None


def import_responses(
    consultation: Consultation,
    survey: Survey | None,
    rows: Iterable[IncomingResponse],
    *,
    at: datetime,
    by: User | None = None,
) -> int:
    """Record responses from elsewhere, all or none; return how many.

    With `survey` None they are letters. Raises ResponsesRefusedError, naming the row (from 1) and
    the question, for an answer that the survey does not ask for or offer.
    """
    form = survey_form(survey) if survey else SurveyForm(())
    incoming = list(rows)
    for number, row in enumerate(incoming, start=1):
        _check_incoming(form, row, number, is_survey=survey is not None)
    questions, erased_on = form.questions, delete_on(consultation, survey)
    references = new_references(len(incoming))
    with transaction.atomic():
        version = version_of(survey, form, at) if survey else None
        respondents = Respondent.objects.bulk_create(
            [
                Respondent(
                    consultation=consultation,
                    took_part_at=row.submitted_at,
                    kind=row.kind,
                    organisation=row.organisation,
                    is_generated=row.is_generated,
                )
                for row in incoming
            ],
            batch_size=BATCH,
        )
        responses = Response.objects.bulk_create(
            [
                Response(
                    consultation=consultation,
                    survey=survey,
                    version=version,
                    respondent=respondent,
                    reference=reference,
                    channel=row.channel,
                    submitted_at=row.submitted_at,
                    consent=survey.consent if survey else "",
                    may_be_quoted=row.may_be_quoted,
                    is_generated=row.is_generated,
                )
                for row, respondent, reference in zip(
                    incoming, respondents, references, strict=True
                )
            ],
            batch_size=BATCH,
        )
        answers: list[Answer] = []
        monitoring: list[MonitoringAnswer] = []
        for row, response in zip(incoming, responses, strict=True):
            given = {
                key: [value] if isinstance(value, str) else list(value)
                for key, value in {**row.answers, **row.monitoring}.items()
            }
            if survey is None:
                answers.append(
                    Answer(response=response, question=WRITTEN, text="".join(given[WRITTEN]))
                )
                continue
            more, more_monitoring = answer_rows(response, questions, given, erased_on)
            answers += more
            monitoring += more_monitoring
        Answer.objects.bulk_create(answers, batch_size=BATCH)
        MonitoringAnswer.objects.bulk_create(monitoring, batch_size=BATCH)
        count_changed()
        record(
            "responses imported",
            survey or consultation,
            at,
            by=by,
            after={"responses": len(responses)},
        )
    return len(responses)


def _check_incoming(
    form: SurveyForm, row: IncomingResponse, number: int, *, is_survey: bool
) -> None:
    given = {**row.answers, **row.monitoring}
    if row.kind not in Respondent.Kind.values:
        raise ResponsesRefusedError(
            f"Row {number}: the kind of respondent '{row.kind}' is unknown."
        )
    if row.submitted_at.tzinfo is None:
        raise ResponsesRefusedError(
            f"Row {number}: the time {row.submitted_at} names no time zone; give it one."
        )
    known = {question.key for question in form.questions} if is_survey else {WRITTEN}
    if unknown := sorted(set(given) - known):
        raise ResponsesRefusedError(
            f"Row {number}: the survey asks no question '{unknown[0]}'; take the column out."
        )
    text = given.get(WRITTEN, "") if not is_survey else "-"
    text = text if isinstance(text, str) else "".join(text)
    if error := _written_error(row.channel, text, row.organisation):
        raise ResponsesRefusedError(f"Row {number}: {error}")
    for step in form.steps:
        checked = check_step(step, Given(given, (question.key for question in step.questions)))
        for key, error in checked.errors.items():
            raise ResponsesRefusedError(f"Row {number}, question '{key}': {error}")


def _written_error(channel: str, text: str, organisation: str) -> str:
    if channel not in Channel.values:
        return f"The channel '{channel}' is unknown: choose one of {', '.join(Channel.values)}."
    if not text.strip():
        return f"The letter has no text: put it under the key '{WRITTEN}'."
    return text_error(text, LONGEST_LETTER) or text_error(organisation, LONGEST_NAME)
