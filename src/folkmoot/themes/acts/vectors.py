"""The vectors by which answers are found by meaning: made for all that have none.

They are an index of the answers and decide nothing, so that the audit record says nothing of them.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.responses.models import Answer, AnswerVector
from folkmoot.texts.embedding import DIMENSIONS, embed
from folkmoot.texts.nearness import pack
from folkmoot.texts.wording import plain_text

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Vectors of another embedding say nothing beside these: they are made again.
MADE_WITH = f"wordllama-{version('wordllama')}-{DIMENSIONS}-int8"
# Nobody else can write to SQLite while a piece is made: a tenth of a second.
PIECE = 1_000


def make_vectors(survey_id: int, question: str) -> int:
    """Make the vectors that answers to a question do not have yet; return how many.

    An answer without a word gets one too, of noughts, so that it is not asked for again.
    Safe to run twice, at the same time too, and to stop: each piece is kept whole or not at all.
    """
    AnswerVector.objects.filter(survey=survey_id, question=question).exclude(
        made_with=MADE_WITH
    ).delete()
    keys = list(without_vector(survey_id, question).order_by("pk").values_list("pk", flat=True))
    return sum(_make(keys[at : at + PIECE]) for at in range(0, len(keys), PIECE))


def read(text: str) -> str:
    """Return a text as its vector is made of it: capitals say nothing."""
    return plain_text(text).casefold()


def without_vector(survey_id: int, question: str) -> QuerySet[Answer]:
    """Return the answers to a question that say something and have no vector."""
    answers = Answer.objects.filter(response__survey=survey_id, question=question, vector=None)
    return answers.exclude(text="")


def _make(keys: list[int]) -> int:
    with transaction.atomic():
        # Held until their vectors are kept, so that none outlives the erasure of its words.
        answers = list(
            Answer.objects.select_for_update(of=("self",))
            .filter(pk__in=keys)
            .exclude(text="")
            .order_by("pk")
            .select_related("response")
            .only("text", "question", "response__survey")
        )
        vectors = pack(embed([read(answer.text) for answer in answers]))
        made = [
            AnswerVector(
                answer=answer,
                survey_id=survey,
                question=answer.question,
                made_with=MADE_WITH,
                vector=row.tobytes(),
            )
            for answer, row in zip(answers, vectors, strict=True)
            if (survey := answer.response.survey_id) is not None
        ]
        AnswerVector.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
