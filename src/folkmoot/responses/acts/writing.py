"""Rows by the hundred thousand, written without a record in memory for each.

Django's `bulk_create` takes four times as long, most of it for records and their fields.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import connection
from django.db.models import DateTimeField

from folkmoot.responses.models import Answer

if TYPE_CHECKING:
    from django.db.models import Model

    from folkmoot.responses.questions import Kept

# Key of the response, question, then as `answer_columns` gives them.
AnswerValues: TypeAlias = tuple[int, str, str, str, str, float | None, float | None]
ANSWER_COLUMNS = ("response_id", "question", "choices", "text", "other", "latitude", "longitude")
# The most rows in one statement: every database takes that many values.
AT_ONCE = 500


class RowWriter:
    """Writes rows of one model: what all have in common is made ready once.

    `own` names the columns that each row brings (texts, numbers, instants), `shared` gives values
    that all have; every other column has the default of its field.
    """

    def __init__(
        self, model: type[Model], own: Sequence[str], shared: Mapping[str, object]
    ) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        key = fields.pop(model._meta.pk.attname)
        ours = [fields.pop(name) for name in own]
        self.times = [at for at, field in enumerate(ours) if isinstance(field, DateTimeField)]
        rest = list(fields.values())
        self.rest = [
            field.get_db_prep_save(shared.get(field.attname, field.get_default()), connection)
            for field in rest
        ]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in (*ours, *rest))
        self.into = f"{quote(model._meta.db_table)} ({columns})"
        self.returning = f" RETURNING {quote(str(key.column))}"

    def write(self, rows: Sequence[tuple[object, ...]]) -> list[int]:
        """Insert rows, of the values that each brings in order; return their keys, in order."""
        ready = [[*row, *self.rest] for row in rows]
        for place in self.times:
            for each in ready:
                each[place] = connection.ops.adapt_datetimefield_value(each[place])
        return _insert(self.into, ready, self.returning)


def answer_columns(found: Kept) -> tuple[str, str, str, float | None, float | None]:
    """Return an answer as its columns hold it: choices, text, other, latitude and longitude."""
    latitude, longitude = found.point or (None, None)
    return (
        json.dumps(found.choices, ensure_ascii=False),
        found.text,
        json.dumps(found.other, ensure_ascii=False) if found.other else "{}",
        latitude,
        longitude,
    )


def write_answers(answers: Sequence[AnswerValues]) -> None:
    """Insert answers."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in ANSWER_COLUMNS)
    into = f"{quote(Answer._meta.db_table)} ({columns})"
    if connection.vendor != "postgresql":
        _insert(into, answers)
        return
    # What PostgreSQL takes fastest: no statement to read, no plan to make.
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for answer in answers:
            copy.write_row(answer)


def _insert(into: str, rows: Sequence[Sequence[Any]], returning: str = "") -> list[int]:
    """Insert rows into a table and its columns; return what the statements return."""
    found: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            places = f"({', '.join(['%s'] * len(some[0]))})"
            # Of names of our own only; every value is an argument.
            cursor.execute(
                f"INSERT INTO {into} VALUES {', '.join([places] * len(some))}{returning}",  # noqa: S608
                [value for row in some for value in row],
            )
            if returning:
                found += [key for (key,) in cursor.fetchall()]
    return found
