"""Responses from elsewhere written a batch at a time: what all share is made ready once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts.letters import WRITTEN
from folkmoot.responses.acts.rows import answer_rows, delete_on, new_references
from folkmoot.responses.acts.writing import (
    AnswerValues,
    RowWriter,
    answer_columns,
    write_answers,
)
from folkmoot.responses.models import MonitoringAnswer, MonitoringConsent, Response
from folkmoot.responses.questions import (
    ChoiceQuestion,
    Kept,
    MonitoringQuestion,
    SurveyForm,
    kept,
)

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.importing import IncomingResponse
    from folkmoot.responses.models import ImportRun, Survey, SurveyVersion

# Of how many different things said to closed questions the rows are kept ready.
MOST_KNOWN = 5_000


@dataclass(frozen=True, slots=True)
class Agreed:
    """What respondents elsewhere agreed to, where it was not the survey's own texts."""

    consent: str | None = None
    monitoring_consent: str = ""


class Batches:
    """What all responses of an import share, and how a batch of them is written."""

    def __init__(
        self,
        consultation: Consultation,
        survey: Survey | None,
        version: SurveyVersion | None,
        form: SurveyForm,
        run: ImportRun | None,
        agreed: Agreed,
    ) -> None:
        self.is_survey = survey is not None
        self.agreed = agreed
        self.delete_on = delete_on(consultation, survey)
        self.answers = _Answers(form)
        self.monitoring = [
            (part, frozenset(part.names))
            for part in form.parts
            if isinstance(part, MonitoringQuestion)
        ]
        consent = agreed.consent
        if consent is None:
            consent = survey.consent if survey else ""
        self.respondents = RowWriter(
            Respondent,
            ("took_part_at", "kind", "organisation", "is_generated"),
            {"consultation_id": consultation.pk},
        )
        self.responses = RowWriter(
            Response,
            (
                "respondent_id",
                "reference",
                "channel",
                "submitted_at",
                "may_be_quoted",
                "is_generated",
                "reference_there",
            ),
            {
                "consultation_id": consultation.pk,
                "survey_id": survey.pk if survey else None,
                "version_id": version.pk if version else None,
                "consent": consent,
                "import_run_id": run.pk if run else None,
            },
        )

    def write(self, batch: Sequence[IncomingResponse]) -> None:
        """Write responses with their answers, in as many statements whatever their number."""
        respondents = self.respondents.write(
            [(row.submitted_at, row.kind, row.organisation, row.is_generated) for row in batch]
        )
        responses = self.responses.write(
            [
                (
                    respondent,
                    reference,
                    row.channel,
                    row.submitted_at,
                    row.may_be_quoted,
                    row.is_generated,
                    row.reference_there,
                )
                for row, respondent, reference in zip(
                    batch, respondents, new_references(len(batch)), strict=True
                )
            ]
        )
        answers: list[AnswerValues] = []
        monitoring: list[MonitoringAnswer] = []
        for row, key in zip(batch, responses, strict=True):
            given = lists({**row.answers, **row.monitoring})
            if not self.is_survey:
                letter = Kept(text="".join(given[WRITTEN]))
                answers.append((key, WRITTEN, *answer_columns(letter)))
                continue
            answers += self.answers.rows(key, given)
            asked = [part for part, names in self.monitoring if not names.isdisjoint(given)]
            if asked:
                response = Response(pk=key, submitted_at=row.submitted_at)
                monitoring += answer_rows(response, asked, given, self.delete_on)[1]
        write_answers(answers)
        if monitoring:
            self._write_monitoring(monitoring)

    def _write_monitoring(self, monitoring: Sequence[MonitoringAnswer]) -> None:
        MonitoringAnswer.objects.bulk_create(monitoring)
        if self.agreed.monitoring_consent:
            MonitoringConsent.objects.bulk_create(
                MonitoringConsent(
                    response=response,
                    text=self.agreed.monitoring_consent,
                    given_at=response.submitted_at,
                )
                for response in {each.response_id: each.response for each in monitoring}.values()
            )


class _Answers:
    """Turns fields into rows of answers: what `rows.answer_rows` does, without records."""

    def __init__(self, form: SurveyForm) -> None:
        self._parts = [
            (part, part.names) for part in form.parts if not isinstance(part, MonitoringQuestion)
        ]
        self._places = {
            name: place for place, (_, names) in enumerate(self._parts) for name in names
        }
        # Most answers to a closed question say one of a few things: each is made once.
        self._known: dict[tuple[object, ...], tuple[Any, ...] | None] = {}

    def rows(self, key: int, given: Mapping[str, list[str]]) -> Iterator[AnswerValues]:
        """Give the answers of one response, in the order of the survey."""
        places = {self._places[name] for name in given if name in self._places}
        for place in sorted(places):
            part = self._parts[place][0]
            if columns := self._columns(place, given):
                yield (key, part.key, *columns)

    def _columns(self, place: int, given: Mapping[str, list[str]]) -> tuple[Any, ...] | None:
        part, names = self._parts[place]
        if not isinstance(part, ChoiceQuestion):
            found = kept(part, given)
            return answer_columns(found) if found else None
        said = (place, *(tuple(given.get(name, ())) for name in names))
        if said in self._known:
            return self._known[said]
        found = kept(part, given)
        columns = answer_columns(found) if found else None
        if len(self._known) < MOST_KNOWN:
            self._known[said] = columns
        return columns


def lists(given: Mapping[str, Sequence[str] | str]) -> dict[str, list[str]]:
    """Return fields with all their values as lists, as a form posts them."""
    return {key: [value] if isinstance(value, str) else list(value) for key, value in given.items()}
