"""Published responses as they are printed: on a page and in a CSV alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet
from django.utils.text import Truncator

from folkmoot.consultations.models import Respondent
from folkmoot.responses import publishable
from folkmoot.responses.models import Answer, PublicResponse, SurveyVersion
from folkmoot.responses.publishable import Line
from folkmoot.responses.published.asked import PUBLISHED
from folkmoot.responses.questions import Question, form_of_version, survey_form

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

WORDS_SHOWN = 50
HEADERS = ("response", "from", "question number", "question", "answer")
# A spreadsheet would run a cell that begins so, passing over space; an answer must stay text.
RUN_BY_SPREADSHEETS = re.compile("[ \u00a0\u3000\ufeff]*[=+\\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """An answer as the public reads it."""

    key: str
    number: int
    title: str
    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        """The answer in plain text."""
        return publishable.words(self.lines)


@dataclass(frozen=True, slots=True)
class PublishedResponse:
    """A response as the public reads it; `sender` is empty where nothing may be told."""

    number: int
    url: str
    sender: str
    answers: tuple[PublishedAnswer, ...]

    def excerpt(self, question: str = "") -> str:
        """Return the beginning of the answer to a question, or of the longest answer."""
        told = [each.words for each in self.answers if not question or each.key == question]
        return Truncator(max(told, key=len, default="")).words(WORDS_SHOWN, truncate=" …")


def presented(
    survey: Survey, found: QuerySet[PublicResponse], *, kinds: bool
) -> list[PublishedResponse]:
    """Return published responses as they are printed. Three queries however many there are.

    `kinds` says whether it may be told that a respondent without a name is an individual or an
    organisation.
    """
    answers = (
        Answer.objects.filter(review__decision__in=PUBLISHED)
        .select_related("review")
        .order_by("id")
    )
    rows = list(
        found.select_related("response__respondent").prefetch_related(
            Prefetch("response__answers", answers, to_attr="published_answers")
        )
    )
    forms = _Forms(survey)
    return [
        PublishedResponse(
            number=row.number,
            url=f"{survey.url}responses/{row.number}/",
            sender=_sender(row, kinds=kinds),
            answers=tuple(_answers(row, forms.of(row.response.version_id))),
        )
        for row in rows
    ]


def csv_rows(responses: Iterable[PublishedResponse], question: str = "") -> Iterator[list[str]]:
    """Yield one row an answer, as the pages show it; of one question alone if it is named."""
    yield list(HEADERS)
    for response in responses:
        for answer in response.answers:
            if question and answer.key != question:
                continue
            yield [
                str(response.number),
                _safe(response.sender),
                str(answer.number),
                _safe(answer.title),
                _safe(answer.words),
            ]


class _Forms:
    """The publishable questions of each version, read when a response of it is printed."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.versions: dict[int, SurveyVersion] | None = None
        self.read: dict[int | None, Mapping[str, tuple[int, Question]]] = {}

    def of(self, version: int | None) -> Mapping[str, tuple[int, Question]]:
        if version not in self.read:
            if self.versions is None:
                self.versions = {each.pk: each for each in self.survey.versions.all()}
            found = self.versions.get(version) if version else None
            if found:
                found.survey = self.survey
            form = form_of_version(found) if found else survey_form(self.survey)
            self.read[version] = publishable.publishable(form)
        return self.read[version]


def _answers(
    row: PublicResponse, asked: Mapping[str, tuple[int, Question]]
) -> Iterator[PublishedAnswer]:
    answers = {each.question: each for each in row.response.published_answers}  # type: ignore[attr-defined]
    for key, (number, part) in asked.items():
        if (answer := answers.get(key)) is not None:
            spans = publishable.spans_of(answer.review.spans)
            lines = tuple(publishable.lines(part, answer, spans))
            yield PublishedAnswer(key, number, part.title, lines)


def _sender(row: PublicResponse, *, kinds: bool) -> str:
    if name := publishable.sender(row.response):
        return name
    respondent = row.response.respondent
    if not kinds or respondent is None:
        return ""
    is_organisation = respondent.kind == Respondent.Kind.ORGANISATION
    return "An organisation" if is_organisation else "An individual"


def _safe(cell: str) -> str:
    return f"'{cell}" if RUN_BY_SPREADSHEETS.match(cell) else cell
