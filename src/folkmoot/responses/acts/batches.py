"""Responses from elsewhere written a batch at a time: what all share is made ready once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts.letters import WRITTEN
from folkmoot.responses.acts.rows import delete_on, new_references
from folkmoot.responses.acts.writing import (
    ANSWER,
    RowWriter,
    Tail,
    answer_columns,
    reserve_keys,
)
from folkmoot.responses.models import Answer, MonitoringAnswer, MonitoringConsent, Response
from folkmoot.responses.questions import (
    ChoiceQuestion,
    Kept,
    MonitoringQuestion,
    Question,
    SurveyForm,
    kept,
)

if TYPE_CHECKING:
    from datetime import date

    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.acts.behind import Behind
    from folkmoot.responses.importing import IncomingResponse
    from folkmoot.responses.models import ImportRun, Survey, SurveyVersion

# Of how many different things said to closed questions the rows are kept ready.
MOST_KNOWN = 5_000
Rows: TypeAlias = list[tuple[int, Tail]]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What respondents elsewhere agreed to, where it was not the survey's own texts."""

    consent: str | None = None
    monitoring_consent: str = ""


@dataclass(frozen=True, slots=True)
class _Reserved:
    """What nobody else is given: keys of respondents and responses to come, and references."""

    respondents: list[int]
    responses: list[int]
    references: list[str]


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
        behind: Behind,
    ) -> None:
        self.is_survey = survey is not None
        self.agreed = agreed
        self.behind = behind
        self.answers = _Answers(form, delete_on(consultation, survey))
        self.reserved: _Reserved | None = None
        consent = agreed.consent
        if consent is None:
            consent = survey.consent if survey else ""
        self.respondents = RowWriter(
            Respondent,
            "id",
            ("took_part_at", "kind", "organisation", "is_generated"),
            {"consultation_id": consultation.pk},
        )
        self.responses = RowWriter(
            Response,
            "id",
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
        self.consents = RowWriter(
            MonitoringConsent, "response_id", ("given_at",), {"text": agreed.monitoring_consent}
        )

    def write(self, batch: Sequence[IncomingResponse]) -> None:
        """Write responses with their answers, in as many statements whatever their number."""
        reserved = self.reserved
        if reserved is None or len(reserved.references) < len(batch):
            reserved = _reserve(len(batch))
        ready = self._ready(batch, reserved)
        # The database is asked while it has nothing to do anyhow: the last batch is written by
        # now, and this one begins.
        self.reserved = _reserve(len(batch)) if self.behind.is_ahead else None
        self.behind.do(partial(_write, ready))

    def _ready(
        self, batch: Sequence[IncomingResponse], reserved: _Reserved
    ) -> list[tuple[RowWriter, Rows]]:
        """Return the rows of each table, those first that others stand on."""
        respondents: Rows = []
        responses: Rows = []
        answers: Rows = []
        monitoring: Rows = []
        consents: Rows = []
        keys = zip(reserved.respondents, reserved.responses, reserved.references, strict=True)
        for row, (respondent, key, reference) in zip(batch, keys, strict=False):
            about = (row.submitted_at, row.kind, row.organisation, row.is_generated)
            respondents.append((respondent, self.respondents.tail(*about)))
            tail = self.responses.tail(
                respondent,
                reference,
                row.channel,
                row.submitted_at,
                row.may_be_quoted,
                row.is_generated,
                row.reference_there,
            )
            responses.append((key, tail))
            given = lists({**row.answers, **row.monitoring})
            if not self.is_survey:
                answers.append((key, self.answers.letter("".join(given[WRITTEN]))))
                continue
            for is_monitoring, tail in self.answers.tails(given):
                (monitoring if is_monitoring else answers).append((key, tail))
            if self.agreed.monitoring_consent and monitoring and monitoring[-1][0] == key:
                consents.append((key, self.consents.tail(row.submitted_at)))
        return [
            (self.respondents, respondents),
            (self.responses, responses),
            (self.answers.answers, answers),
            (self.answers.monitoring, monitoring),
            (self.consents, consents),
        ]


def _reserve(many: int) -> _Reserved:
    return _Reserved(
        reserve_keys(Respondent, many), reserve_keys(Response, many), new_references(many)
    )


def _write(ready: Sequence[tuple[RowWriter, Rows]], cursor: Any) -> None:
    for writer, rows in ready:
        writer.write(cursor, rows)


class _Answers:
    """Turns fields into rows of answers: what `rows.answer_rows` does, without records."""

    def __init__(self, form: SurveyForm, delete_on: date) -> None:
        self.answers = RowWriter(Answer, "response_id", ANSWER, {})
        self.monitoring = RowWriter(
            MonitoringAnswer,
            "response_id",
            ("question", "choice", "text"),
            {"delete_on": delete_on},
        )
        self._parts = [(part, part.names) for part in form.parts]
        self._places = {
            name: place for place, (_, names) in enumerate(self._parts) for name in names
        }
        # Most answers to a closed question say one of a few things: each is made once.
        self._known: dict[tuple[object, ...], Tail | None] = {}

    def letter(self, text: str) -> Tail:
        """Return the one answer of a letter that answers no survey."""
        return self.answers.tail(WRITTEN, *answer_columns(Kept(text=text)))

    def tails(self, given: Mapping[str, Sequence[str]]) -> Iterator[tuple[bool, Tail]]:
        """Give the answers of one response in the order of the survey, and which are apart."""
        places = self._places
        for place in sorted({places[name] for name in given if name in places}):
            part, names = self._parts[place]
            if not isinstance(part, ChoiceQuestion):
                tail = self._tail(part, given)
            else:
                said = (place, *[tuple(given.get(name, ())) for name in names])
                if said in self._known:
                    tail = self._known[said]
                else:
                    tail = self._tail(part, given)
                    if len(self._known) < MOST_KNOWN:
                        self._known[said] = tail
            if tail is not None:
                yield isinstance(part, MonitoringQuestion), tail

    def _tail(self, part: Question, given: Mapping[str, Sequence[str]]) -> Tail | None:
        found = kept(part, given)
        if found is None:
            return None
        if isinstance(part, MonitoringQuestion):
            choice = found.choices[0]
            return self.monitoring.tail(part.key, choice, found.other.get(choice, ""))
        return self.answers.tail(part.key, *answer_columns(found))


def lists(given: Mapping[str, Sequence[str] | str]) -> dict[str, Sequence[str]]:
    """Return fields with all their values as lists, as a form posts them."""
    return {key: [value] if isinstance(value, str) else value for key, value in given.items()}
