"""What a reader filters the published responses by, and how small numbers are protected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.http import urlencode

from folkmoot.consultations.models import Respondent
from folkmoot.publishing.search.words import root, typed, words
from folkmoot.responses.models import AnswerReview, Decision, PublicResponse
from folkmoot.responses.publishable import publishable
from folkmoot.responses.questions import Question, survey_form

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

PUBLISHED = (Decision.APPROVED, Decision.REDACTED)
KIND_WORDS = {
    Respondent.Kind.INDIVIDUAL: "Individuals",
    Respondent.Kind.ORGANISATION: "Organisations",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter of the public list. `kinds` are offered only where neither is a small number."""

    text: str
    question: str
    kind: str
    questions: Mapping[str, tuple[int, Question]]
    kinds: tuple[str, ...]

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.text or self.question or self.kind)

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        asked = {"q": self.text, "question": self.question, "kind": self.kind}
        return urlencode({name: value for name, value in asked.items() if value})


def read(
    survey: Survey, public: QuerySet[PublicResponse], data: Mapping[str, str], smallest: int
) -> Asked:
    """Return the filter of an address; what it does not offer asks nothing. One query."""
    questions = publishable(survey_form(survey))
    kinds = _kinds(public, smallest)
    question, kind = data.get("question", ""), data.get("kind", "")
    return Asked(
        text=typed(data.get("q", "")),
        question=question if question in questions else "",
        kind=kind if kind in kinds else "",
        questions=questions,
        kinds=kinds,
    )


def left(public: QuerySet[PublicResponse], asked: Asked) -> QuerySet[PublicResponse]:
    """Return the published responses that a filter leaves."""
    for word in words(asked.text):
        public = public.filter(words__icontains=root(word))
    if asked.kind:
        public = public.filter(response__respondent__kind=asked.kind)
    if asked.question:
        reviews = AnswerReview.objects.filter(
            answer__response=OuterRef("response"),
            answer__question=asked.question,
            decision__in=PUBLISHED,
        )
        public = public.filter(Exists(reviews))
    return public


def _kinds(public: QuerySet[PublicResponse], smallest: int) -> tuple[str, ...]:
    """Return the kinds of respondent that may be told apart: both, or none.

    Were few of one kind, listing the others would tell which these few are.
    """
    counts = public.order_by().aggregate(
        **{
            kind.value: Count("pk", filter=Q(response__respondent__kind=kind))
            for kind in Respondent.Kind
        }
    )
    enough = all(count >= smallest for count in counts.values())
    return tuple(kind.value for kind in Respondent.Kind) if enough else ()
