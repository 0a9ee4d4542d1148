"""Responses as rows of an export, read in pieces so that the memory does not grow with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import TextField
from django.db.models.functions import Cast

from folkmoot.consultations.models import Respondent
from folkmoot.responses.exporting.layout import Layout, Read, Row
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.models import Answer, SentFile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from folkmoot.responses.models import Response

# Responses read at once: two queries for each such piece, three where files can be sent.
PIECE = 500
MOST_DECODED = 50_000
FIELDS = (
    "pk",
    "version_id",
    "reference",
    "submitted_at",
    "channel",
    "respondent__kind",
    "respondent__organisation",
    "may_be_quoted",
    "publication",
    "is_generated",
)


def rows(layout: Layout, responses: QuerySet[Response]) -> Iterator[Row]:
    """Yield one row a response, a cell a column of the layout, in the order of the register.

    A cell is a value (text, option code, number, day, instant, yes or no) or says why it has none.
    Responses that come meanwhile may be among them; each is there whole, and once.
    """
    decoded = _Decoded()
    for piece in pieces(responses):
        answers = _answers(layout, [response[0] for response in piece], decoded)
        for response in piece:
            found = answers.get(response[0], {})
            placed = layout.placed[response[1]]
            row: Row = list(placed.empty_row(found))
            row[: layout.of_response] = _of_response(response, layout)
            setters = placed.setters
            for key, answer in found.items():
                if (setter := setters.get(key)) is not None:
                    setter(row, answer)
            yield row


def pieces(responses: QuerySet[Response]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield responses as tuples of `FIELDS`, a piece at a time, each asked for by the last key."""
    last = 0
    ordered = responses.order_by("pk").values_list(*FIELDS)
    while piece := list(ordered.filter(pk__gt=last)[:PIECE]):
        yield piece
        last = piece[-1][0]


class _Decoded:
    """JSON that was read before: the same few lists of codes come again and again."""

    def __init__(self) -> None:
        self.choices: dict[str, tuple[str, ...]] = {}
        self.others: dict[str, dict[str, str]] = {"{}": {}}

    def choices_of(self, raw: str) -> tuple[str, ...]:
        found = self.choices.get(raw)
        if found is None:
            if len(self.choices) > MOST_DECODED:
                self.choices.clear()
            found = self.choices[raw] = tuple(json.loads(raw))
        return found

    def other_of(self, raw: str) -> dict[str, str]:
        found: dict[str, str] | None = self.others.get(raw)
        return json.loads(raw) if found is None else found


def _answers(layout: Layout, keys: Sequence[int], decoded: _Decoded) -> dict[int, dict[str, Read]]:
    """Return the answers of some responses, by response and part. One query, or two."""
    found: dict[int, dict[str, Read]] = defaultdict(dict)
    files = _files(layout, keys)
    # Read as text: Django would parse each row's JSON anew.
    read = (
        Answer.objects.filter(response_id__in=keys)
        .annotate(codes=Cast("choices", TextField()), beside=Cast("other", TextField()))
        .values_list("response_id", "question", "codes", "text", "beside", "latitude", "longitude")
    )
    choices_of, other_of = decoded.choices_of, decoded.other_of
    for response, question, codes, text, beside, latitude, longitude in read.iterator(5000):
        found[response][question] = (
            choices_of(codes),
            text,
            other_of(beside),
            latitude,
            longitude,
            files.get((response, question), ()) if files else (),
        )
    return found


def _files(layout: Layout, keys: Sequence[int]) -> dict[tuple[int, str], list[str]]:
    if not layout.has_files:
        return {}
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    sent = SentFile.objects.filter(response_id__in=keys).order_by("pk")
    for response, question, name in sent.values_list("response_id", "question", "name"):
        found[response, question].append(name)
    return found


def _of_response(response: tuple[Any, ...], layout: Layout) -> Row:
    (
        key,
        version,
        reference,
        submitted_at,
        channel,
        kind,
        organisation,
        quoted,
        publication,
        made,
    ) = response
    of_response = [
        layout.versions[version] or Missing.NOT_ASKED,
        submitted_at,
        channel,
        kind or Missing.NOT_ASKED,
    ]
    agreed = [quoted, publication, made]
    if layout.key_of:
        return [layout.key_of(key), *of_response, *agreed]
    named: Any = organisation
    if not organisation:
        named = Missing.ERASED if kind == Respondent.Kind.ORGANISATION else Missing.NOT_ASKED
    return [reference, *of_response, named, *agreed]
