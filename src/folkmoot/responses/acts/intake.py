"""Responses from elsewhere in whole sets, and points that people raised in workshops."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations.intake import Point
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.purging import count_changed
from folkmoot.responses.acts.batches import Agreed, Batches, lists
from folkmoot.responses.acts.behind import written_behind
from folkmoot.responses.acts.letters import WRITTEN, ResponsesRefusedError, written_error
from folkmoot.responses.acts.rows import new_references, version_of
from folkmoot.responses.forms import LONGEST_NAME, text_error
from folkmoot.responses.importing import IncomingResponse, ReceivedCheck
from folkmoot.responses.models import (
    Answer,
    Channel,
    ImportRun,
    Response,
    Survey,
)
from folkmoot.responses.questions import (
    SurveyForm,
    survey_form,
)

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation

POINT = "point"
# Rows that are in memory at once, and in one statement.
BATCH = 1000
THE_SURVEYS_OWN = Agreed()
KINDS = frozenset(Respondent.Kind.values)


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
            if error := written_error(Channel.WORKSHOP, point.text, ""):
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
    run: ImportRun | None = None,
    agreed: Agreed = THE_SURVEYS_OWN,
    are_checked: bool = False,
    on_batch: Callable[[int], None] = lambda _: None,
) -> int:
    """Record responses from elsewhere, all or none; return how many.

    `rows` are read and written a thousand at a time, within one transaction, so that memory stays
    flat however many there are. With `survey` None they are letters. A question that was not
    answered is skipped, required or not. `are_checked` is for rows that were read and checked by
    the same questions (`importing.read_rows`). `on_batch` is told how many are written or begun to
    be, and stops the import by raising. Raises ResponsesRefusedError, naming the row (from 1) and
    the question, for an answer that the survey does not ask for or offer.
    """
    form = survey_form(survey) if survey else SurveyForm(())
    with transaction.atomic():
        version = version_of(survey, form, at) if survey else None
        check = _IncomingCheck(form, is_survey=survey is not None)
        incoming, written = iter(rows), 0
        with written_behind() as behind:
            batches = Batches(consultation, survey, version, form, run, agreed, behind)
            while batch := list(itertools.islice(incoming, BATCH)):
                if not are_checked:
                    for number, row in enumerate(batch, start=written + 1):
                        check(row, number)
                batches.write(batch)
                written += len(batch)
                on_batch(written)
        count_changed()
        record(
            "responses imported",
            survey or consultation,
            at,
            by=by,
            after={"responses": written} | ({"file": run.name, "import": run.pk} if run else {}),
        )
    return written


class _IncomingCheck:
    """Checks one response after the other against a survey's form as what came is held to it."""

    def __init__(self, form: SurveyForm, *, is_survey: bool) -> None:
        self.is_survey = is_survey
        self.check = ReceivedCheck(form)
        self.known = frozenset(self.check.names if is_survey else {WRITTEN})

    def __call__(self, row: IncomingResponse, number: int) -> None:
        """Raise ResponsesRefusedError, naming the row, for a response that cannot be kept."""
        given = {**row.answers, **row.monitoring}
        if row.kind not in KINDS:
            raise ResponsesRefusedError(
                f"Row {number}: the kind of respondent '{row.kind}' is unknown."
            )
        if row.submitted_at.tzinfo is None:
            raise ResponsesRefusedError(
                f"Row {number}: the time {row.submitted_at} names no time zone; give it one."
            )
        if unknown := given.keys() - self.known:
            raise ResponsesRefusedError(
                f"Row {number}: the survey asks no question '{min(unknown)}'; take the column out."
            )
        text = given.get(WRITTEN, "") if not self.is_survey else "-"
        text = text if isinstance(text, str) else "".join(text)
        if error := written_error(row.channel, text, row.organisation):
            raise ResponsesRefusedError(f"Row {number}: {error}")
        if error := text_error(row.organisation, LONGEST_NAME):
            raise ResponsesRefusedError(f"Row {number}: {error}")
        if self.is_survey:
            for key, error in self.check(lists(given)).items():
                raise ResponsesRefusedError(f"Row {number}, question '{key}': {error}")
