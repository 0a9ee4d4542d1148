"""Responses as rows of an export, read in pieces so that the memory does not grow with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Aggregate, JSONField, TextField
from django.db.models.functions import Cast, JSONArray

from folkmoot.consultations.models import Respondent
from folkmoot.responses.exporting.layout import Cell, Layout, Placed, Raw, Read, Row
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.models import Answer, SentFile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from folkmoot.responses.models import Response

# Responses read at once: two queries for each such piece, one more for files and one for places.
PIECE = 500
MOST_KEPT = 50_000
# As both databases write them.
NO_CHOICES, NO_OTHER = "[]", "{}"
Files: TypeAlias = "dict[tuple[int, str], list[str]]"
Places: TypeAlias = "dict[tuple[int, str], list[float | None]]"
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
    cells = {key: _Cells(placed) for key, placed in layout.placed.items()}
    for piece in pieces(responses):
        keys = [response[0] for response in piece]
        answers = _answers(keys)
        files, places = _files(layout, keys), _places(layout, keys)
        for response in piece:
            key, version = response[:2]
            # Parsed one by one: so many lists at once would keep the garbage collector busy.
            given: list[Raw] = json.loads(answers[key]) if key in answers else []
            row = cells[version].row(key, given, files, places)
            row[: layout.of_response] = _of_response(response, layout)
            yield row


def pieces(responses: QuerySet[Response]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield responses as tuples of `FIELDS`, a piece at a time, each asked for by the last key."""
    last = 0
    ordered = responses.order_by("pk").values_list(*FIELDS)
    while piece := list(ordered.filter(pk__gt=last)[:PIECE]):
        yield piece
        last = piece[-1][0]


class _Cells:
    """Makes rows of the answers to one version of a survey."""

    def __init__(self, placed: Placed) -> None:
        self.placed = placed
        # The same options are chosen again and again: what they write is worked out once.
        self.chosen: dict[tuple[str, str], tuple[tuple[int, Cell], ...]] = {}

    def row(self, response: int, answers: Sequence[Raw], files: Files, places: Places) -> Row:
        """Return the row of a response, but for what stands before its answers."""
        row: Row = list(self.placed.empty_row(answers))
        chosen = self.chosen
        for question, choices, text, other in answers:
            if not text and other == NO_OTHER:
                # Neither a place nor a file: for these the answer alone does not say all.
                found = chosen.get((question, choices))
                if found is not None:
                    for place, cell in found:
                        row[place] = cell
                    continue
            self._write(row, response, (question, choices, text, other), files, places)
        return row

    def _write(self, row: Row, response: int, answer: Raw, files: Files, places: Places) -> None:
        question, choices, text, other = answer
        setter = self.placed.setters.get(question)
        if setter is None:
            return
        latitude, longitude = places.get((response, question), (None, None))
        read: Read = (
            tuple(json.loads(choices)) if choices != NO_CHOICES else (),
            text,
            json.loads(other) if other != NO_OTHER else {},
            latitude,
            longitude,
            files.get((response, question), ()),
        )
        setter(row, read)
        if not text and other == NO_OTHER and question in self.placed.chosen:
            if len(self.chosen) >= MOST_KEPT:
                self.chosen.clear()
            written: dict[int, Cell] = {}
            setter(written, read)
            self.chosen[question, choices] = tuple(written.items())


class _AnswersOfOne(Aggregate):
    """All answers of a response as one JSON array: a row for each would take thrice as long."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_AGG", **more)


def _answers(keys: Sequence[int]) -> dict[int, str]:
    """Return the answers of some responses, each as JSON, by response. One query."""
    one = JSONArray("question", Cast("choices", TextField()), "text", Cast("other", TextField()))
    read = (
        Answer.objects.filter(response_id__in=keys)
        .order_by()
        .values_list("response_id")
        .annotate(answers=Cast(_AnswersOfOne(one), TextField()))
    )
    return dict(read)


def _places(layout: Layout, keys: Sequence[int]) -> Places:
    if not layout.has_places:
        return {}
    pointed = Answer.objects.filter(response_id__in=keys, latitude__isnull=False)
    read = pointed.values_list("response_id", "question", "latitude", "longitude")
    return {(response, question): point for response, question, *point in read}


def _files(layout: Layout, keys: Sequence[int]) -> Files:
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
    return [reference, *of_response, organisation_cell(kind, organisation), *agreed]


def organisation_cell(kind: str | None, organisation: str | None) -> Cell:
    """Return the name of an organisation; that it was erased, or that nobody was asked for one."""
    if organisation:
        return organisation
    return Missing.ERASED if kind == Respondent.Kind.ORGANISATION else Missing.NOT_ASKED
