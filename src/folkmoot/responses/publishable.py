"""Which answers may be published, what a reviewer took out of them, and how the rest reads.

Equality answers, postcodes, places, days and files never are, nor is what a question marks as
sensitive or as not to be quoted. The original stays as it came; only pieces of it are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.consultations.models import Respondent
from folkmoot.responses.models import Decision, Publication
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
    TextQuestion,
)
from folkmoot.texts import find_personal_details

if TYPE_CHECKING:
    from folkmoot.responses.models import Answer, Response

PUBLISHED_KINDS = (ChoiceQuestion, RankingQuestion, NumberQuestion, TextQuestion)
# Why a part is taken out, as it reads in its place: "[name removed]".
REASONS = (
    "name",
    "address",
    "contact details",
    "personal detail",
    "detail about another person",
    "abusive words",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A part to take out of what was typed: in the field, from `start` to before `end`."""

    field: str
    start: int
    end: int
    reason: str

    def kept(self) -> list[str | int]:
        """Return the span as a review keeps it."""
        return [self.field, self.start, self.end, self.reason]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an answer as it is printed; `removed` says what was taken out in its place."""

    text: str
    removed: str = ""

    @property
    def words(self) -> str:
        """The piece in plain text."""
        return f"[{self.removed} removed]" if self.removed else self.text


Line = tuple[Piece, ...]


def publishable(form: SurveyForm) -> dict[str, tuple[int, Question]]:
    """Return the number and the question of each key whose answers may be published, in order."""
    numbers = form.numbers
    return {
        part.key: (numbers[question.key], part)
        for question in form.questions
        for part in question.parts
        if isinstance(part, PUBLISHED_KINDS)
        and not isinstance(part, MonitoringQuestion)
        and not part.sensitive
        and not (isinstance(part, TextQuestion) and not part.may_be_quoted)
    }


def plain(text: str) -> str:
    """Return a text with every line break as one mark: a browser's places in it are ours."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def typed_in(answer: Answer) -> dict[str, str]:
    """Return what was typed in an answer by field: "" for the text, else the option's code."""
    found = {"": plain(answer.text)} if answer.text else {}
    return found | {code: plain(text) for code, text in answer.other.items() if text}


def suggested(answer: Answer) -> list[Span]:
    """Return the personal details that are found by pattern in what was typed."""
    return [
        Span(field, found.start, found.end, found.kind.value)
        for field, text in typed_in(answer).items()
        for found in find_personal_details(text)
    ]


def spans_of(kept: Iterable[Sequence[str | int]]) -> list[Span]:
    """Return the spans that a review keeps."""
    return [
        Span(str(field), int(start), int(end), str(reason)) for field, start, end, reason in kept
    ]


def merged(spans: Iterable[Span], typed: dict[str, str]) -> list[Span]:
    """Return spans in order, within what was typed, those that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.field, each.start, each.end)):
        text = typed.get(span.field, "")
        start, end = max(span.start, 0), min(span.end, len(text))
        if start >= end or not text[start:end].strip():
            continue
        last = found[-1] if found else None
        if last and last.field == span.field and start < last.end:
            found[-1] = Span(span.field, last.start, max(last.end, end), last.reason)
        else:
            found.append(Span(span.field, start, end, span.reason))
    return found


def lines(part: Question, answer: Answer, spans: Iterable[Span] = ()) -> list[Line]:
    """Return an answer as it is printed, a line each of its choices, with parts taken out."""
    by_field: dict[str, list[Span]] = {}
    for span in spans:
        by_field.setdefault(span.field, []).append(span)
    typed = typed_in(answer)
    if answer.choices == [PREFER_NOT_TO_SAY]:
        return [(Piece("Prefer not to say"),)]
    if isinstance(part, RankingQuestion):
        return [
            (Piece(f"{rank}. {part.label_of(code)}"),)
            for rank, code in enumerate(answer.choices, start=1)
        ]
    if isinstance(part, ChoiceQuestion):
        return [_option(part, code, typed, by_field) for code in answer.choices]
    unit = f" {part.unit}" if isinstance(part, NumberQuestion) and part.unit else ""
    told = tuple(_pieces(typed.get("", ""), by_field.get("", [])))
    return [(*told, Piece(unit)) if unit else told] if told else []


def words(printed: Iterable[Line]) -> str:
    """Return printed lines as plain text."""
    return "\n".join("".join(piece.words for piece in line) for line in printed)


def sender(response: Response) -> str:
    """Return whom the public may know a response is from: an organisation that agreed to be named.

    Empty for every other: the names of individuals are never published.
    """
    respondent = response.respondent
    if respondent is None or respondent.kind != Respondent.Kind.ORGANISATION:
        return ""
    return respondent.organisation if response.publication == Publication.NAMED else ""


def is_published(decision: str) -> bool:
    """Whether a decision lets the public read an answer."""
    return decision in (Decision.APPROVED, Decision.REDACTED)


def _option(
    part: ChoiceQuestion, code: str, typed: dict[str, str], spans: dict[str, list[Span]]
) -> Line:
    label = Piece(part.label_of(code))
    if code not in typed:
        return (label,)
    return (label, Piece(": "), *_pieces(typed[code], spans.get(code, [])))


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[Piece]:
    at = 0
    for span in spans:
        if span.start > at:
            yield Piece(text[at : span.start])
        yield Piece("", span.reason)
        at = span.end
    if at < len(text):
        yield Piece(text[at:])
