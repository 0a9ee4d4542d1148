"""What came without a survey, as rows: letters, e-mails, and points raised in workshops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count

from folkmoot.responses.acts.intake import POINT
from folkmoot.responses.acts.letters import WRITTEN
from folkmoot.responses.exporting.columns import Column, Shape, named
from folkmoot.responses.exporting.layout import Row
from folkmoot.responses.exporting.layout.survey import OF_RESPONSE
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.exporting.rows import organisation_cell, pieces
from folkmoot.responses.models import Answer, SentFile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from folkmoot.responses.models import Response

KINDS = ((WRITTEN, "A letter or an e-mail, whole"), (POINT, "A point raised in a workshop"))
COLUMNS = named(
    [
        # No questions were asked, so no version of them was.
        *(each for each in OF_RESPONSE if each.name != "survey_version"),
        Column("holds", "What the text is", Shape.CODE, labels=KINDS),
        Column("text", "What it says", Shape.TEXT),
        Column("files", "Files that came with it", Shape.NUMBER, lowest=0),
    ]
)


def written_rows(responses: QuerySet[Response]) -> Iterator[Row]:
    """Yield a row for each letter, e-mail or point, a cell a column of `COLUMNS`.

    Read in pieces, of two queries more each.
    """
    for piece in pieces(responses):
        keys = [response[0] for response in piece]
        texts = {
            response: (question, text)
            for response, question, text in Answer.objects.filter(response__in=keys)
            .order_by("-pk")
            .values_list("response_id", "question", "text")
        }
        files = dict(
            SentFile.objects.filter(response__in=keys)
            .order_by()
            .values_list("response_id")
            .annotate(Count("pk"))
        )
        for (
            key,
            _,
            reference,
            submitted_at,
            channel,
            kind,
            organisation,
            quoted,
            publication,
            made,
        ) in piece:
            question, text = texts.get(key, (Missing.ERASED, ""))
            yield [
                reference,
                submitted_at,
                channel,
                kind or Missing.NOT_ASKED,
                organisation_cell(kind, organisation),
                quoted,
                publication,
                made,
                question,
                text or Missing.ERASED,
                files.get(key, 0),
            ]
