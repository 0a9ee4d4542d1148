"""Every write to the register of responses."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from folkmoot.accounts.audit import record
from folkmoot.publishing.clock import local
from folkmoot.responses import access
from folkmoot.responses.forms import KIND, ORGANISATION, QUOTE, Checked, check_step, written
from folkmoot.responses.models import (
    Answer,
    Channel,
    Draft,
    MonitoringAnswer,
    Respondent,
    Response,
    Survey,
    SurveyClosedError,
)
from folkmoot.responses.questions import (
    ChoiceQuestion,
    MonitoringQuestion,
    Question,
    SurveyForm,
    survey_form,
)

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation

# No letter that is read as a digit, no vowel that would make a word.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
RESPONDENT = "a respondent"
MONITORING_KEPT = timedelta(days=365)
WRITTEN = "letter"
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


def new_reference() -> str:
    """Return a new reference, such as FM-7K3M-9QX2-H4."""
    marks = [secrets.choice(ALPHABET) for _ in range(10)]
    return f"FM-{''.join(marks[:4])}-{''.join(marks[4:8])}-{''.join(marks[8:])}"


def begin_draft(survey: Survey, key: str, at: datetime) -> Draft:
    """Return the draft of that key, begun now if there is none yet.

    A first page that is posted twice begins one draft. Raises SurveyClosedError where the survey
    is neither open nor in the grace of a draft that was begun before it closed.
    """
    draft = Draft.objects.filter(survey=survey, key=key).first()
    if draft is not None and access.may_submit(survey, draft, at):
        return draft
    if not access.may_begin(survey, at):
        raise SurveyClosedError(survey, at)
    begun, _ = Draft.objects.get_or_create(
        key=key, defaults={"survey": survey, "begun_at": at, "changed_at": at}
    )
    return begun


def save_step(draft: Draft, checked: Checked, at: datetime) -> Draft:
    """Keep the answers of one step in the draft; those of other steps stay.

    Two tabs that save at once keep both their steps: the draft is read again under its lock.
    """
    with transaction.atomic():
        kept = Draft.objects.select_for_update().get(pk=draft.pk)
        kept.answers = kept.answers | checked.answers
        kept.changed_at = at
        kept.save(update_fields=["answers", "changed_at"])
    return kept


def submit_response(survey: Survey, draft: Draft, at: datetime) -> Response:
    """Record a respondent's answers and return the response with its reference.

    The draft is erased in the same transaction, and a draft submitted twice gives the same
    response. Raises SurveyClosedError outside opens_at <= at < closes_at (plus the grace for
    drafts begun before closing). Who calls it acknowledges only after it has returned.
    """
    if not access.may_submit(survey, draft, at):
        raise SurveyClosedError(survey, at)
    form = survey_form(survey)
    try:
        with transaction.atomic():
            found = Response.objects.filter(draft_key=draft.key).first()
            if found is not None:
                return found
            # Locked, so that two tabs submit one after the other.
            answers = Draft.objects.select_for_update().get(pk=draft.pk).answers
            response = _record_draft(survey, form, draft.key, answers, at)
            Draft.objects.filter(pk=draft.pk).delete()
            record("response submitted", response, at, by_name=RESPONDENT)
    except (IntegrityError, Draft.DoesNotExist):
        # The other tab was first.
        return Response.objects.get(draft_key=draft.key)
    return response


def _record_draft(
    survey: Survey, form: SurveyForm, key: str, answers: Mapping[str, list[str]], at: datetime
) -> Response:
    consultation = survey.consultation
    kind = "".join(answers.get(KIND, [])) or Respondent.Kind.INDIVIDUAL
    is_organisation = kind == Respondent.Kind.ORGANISATION
    respondent = Respondent.objects.create(
        consultation=consultation,
        kind=kind,
        organisation="".join(answers.get(ORGANISATION, [])) if is_organisation else "",
    )
    response = Response.objects.create(
        consultation=consultation,
        survey=survey,
        respondent=respondent,
        reference=new_reference(),
        channel=Channel.WEB,
        submitted_at=at,
        draft_key=key,
        consent=survey.consent,
        may_be_quoted=answers.get(QUOTE) == ["yes"],
    )
    rows, monitoring = _rows(response, form.questions, answers, _delete_on(consultation))
    Answer.objects.bulk_create(rows)
    MonitoringAnswer.objects.bulk_create(monitoring)
    return response


def record_written_response(
    consultation: Consultation,
    channel: str,
    text: str,
    at: datetime,
    *,
    by: User | None = None,
    organisation: str = "",
) -> Response:
    """Record a letter or e-mail that answers no survey, whole. A statutory response is never late:
    one that came after closing is recorded as well, with its time.
    """
    with transaction.atomic():
        respondent = Respondent.objects.create(
            consultation=consultation,
            kind=Respondent.Kind.ORGANISATION if organisation else Respondent.Kind.INDIVIDUAL,
            organisation=organisation,
        )
        response = Response.objects.create(
            consultation=consultation,
            respondent=respondent,
            reference=new_reference(),
            channel=channel,
            submitted_at=at,
            consent="",
        )
        Answer.objects.create(response=response, question=WRITTEN, text=text)
        record("written response recorded", response, at, by=by)
    return response


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
    questions = form.questions
    delete_on = _delete_on(consultation)
    with transaction.atomic():
        respondents = Respondent.objects.bulk_create(
            [
                Respondent(
                    consultation=consultation,
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
                    respondent=respondent,
                    reference=new_reference(),
                    channel=row.channel,
                    submitted_at=row.submitted_at,
                    consent=survey.consent if survey else "",
                    may_be_quoted=row.may_be_quoted,
                    is_generated=row.is_generated,
                )
                for row, respondent in zip(incoming, respondents, strict=True)
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
            more, more_monitoring = _rows(response, questions, given, delete_on)
            answers += more
            monitoring += more_monitoring
        Answer.objects.bulk_create(answers, batch_size=BATCH)
        MonitoringAnswer.objects.bulk_create(monitoring, batch_size=BATCH)
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
    if row.channel not in Channel.values or row.kind not in Respondent.Kind.values:
        raise ResponsesRefusedError(
            f"Row {number}: channel '{row.channel}' or kind '{row.kind}' is not known."
        )
    known = {question.key for question in form.questions} if is_survey else {WRITTEN}
    if unknown := sorted(set(given) - known):
        raise ResponsesRefusedError(
            f"Row {number}: the survey asks no question '{unknown[0]}'; take the column out."
        )
    if not is_survey:
        if not given.get(WRITTEN):
            raise ResponsesRefusedError(f"Row {number}: the letter has no text under '{WRITTEN}'.")
        return
    for step in form.steps:
        checked = check_step(step, _Fields(step.questions, given))
        for key, error in checked.errors.items():
            raise ResponsesRefusedError(f"Row {number}, question '{key}': {error}")


class _Fields:
    """The answers of one step, as a post would carry them."""

    def __init__(
        self, questions: Iterable[Question], given: Mapping[str, Sequence[str] | str]
    ) -> None:
        self._given = {each.key: given[each.key] for each in questions if each.key in given}

    def getlist(self, key: str) -> list[str]:
        value = self._given.get(key, ())
        return [value] if isinstance(value, str) else list(value)

    def keys(self) -> object:
        return self._given.keys()


def _rows(
    response: Response,
    questions: Iterable[Question],
    answers: Mapping[str, list[str]],
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


def _delete_on(consultation: Consultation) -> date:
    return local(consultation.closes_at).date() + MONITORING_KEPT
