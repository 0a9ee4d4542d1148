"""Rows by the hundred thousand, written without a record in memory for each.

Django's `bulk_create` takes four times as long, most of it for records and their fields.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import connection
from django.db.models import DateTimeField

if TYPE_CHECKING:
    from django.db.models import Model

    from folkmoot.responses.questions import Kept

# All of a row but its first column, as `RowWriter.tail` gives it: many rows may share one.
Tail: TypeAlias = Any
# The most rows in one statement: every database takes that many values.
AT_ONCE = 500
ANSWER = ("question", "choices", "text", "other", "latitude", "longitude")


class RowWriter:
    """Writes rows of one model: what all have in common is made ready once.

    A row is a number, which stands in the column `first`, and a tail: the columns that `own` names
    (texts, numbers, days, instants), then all others, which have a value of `shared` or the
    default of their field. A key that is not among them is given by the database.
    """

    def __init__(
        self, model: type[Model], first: str, own: Sequence[str], shared: Mapping[str, object]
    ) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        head = fields.pop(first)
        ours = [fields.pop(name) for name in own]
        fields.pop(model._meta.pk.attname, None)
        rest = list(fields.values())
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in (head, *ours, *rest))
        self._into = f"{quote(model._meta.db_table)} ({columns})"
        self._times = [at for at, field in enumerate(ours) if isinstance(field, DateTimeField)]
        self._is_copied = connection.vendor == "postgresql"
        values = tuple(
            field.get_db_prep_save(shared.get(field.attname, field.get_default()), connection)
            for field in rest
        )
        self._rest: Tail = _copied(values) if self._is_copied else values

    def tail(self, *own: Any) -> Tail:
        """Return all of a row but its first column, from the values of its own columns."""
        if self._is_copied:
            return f"{_copied(own)}{self._rest}"
        values = list(own)
        for at in self._times:
            values[at] = connection.ops.adapt_datetimefield_value(values[at])
        return (*values, *self._rest)

    def write(self, cursor: Any, rows: Sequence[tuple[int, Tail]]) -> None:
        """Insert rows."""
        if not rows:
            return
        if self._is_copied:
            # What PostgreSQL takes fastest: no statement to read, no plan to make.
            with cursor.copy(f"COPY {self._into} FROM STDIN") as copy:
                copy.write("".join([f"{first}{tail}\n" for first, tail in rows]))
            return
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            places = f"({', '.join(['%s'] * (1 + len(some[0][1])))})"
            # Of names of our own only; every value is an argument.
            cursor.execute(
                f"INSERT INTO {self._into} VALUES {', '.join([places] * len(some))}",  # noqa: S608
                [value for first, tail in some for value in (first, *tail)],
            )


def reserve_keys(model: type[Model], many: int) -> list[int]:
    """Return keys for as many rows to come, in order. Nobody else is given them.

    On SQLite for as long as this transaction is the one that writes, and until they are written.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, key, many],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT MAX(seq) FROM sqlite_sequence WHERE name = %s", [table])
        last: int = cursor.fetchone()[0] or 0
        return list(range(last + 1, last + 1 + many))


def answer_columns(found: Kept) -> tuple[str, str, str, float | None, float | None]:
    """Return an answer as its columns hold it: choices, text, other, latitude and longitude."""
    latitude, longitude = found.point or (None, None)
    return (
        json.dumps(found.choices, ensure_ascii=False) if found.choices else "[]",
        found.text,
        json.dumps(found.other, ensure_ascii=False) if found.other else "{}",
        latitude,
        longitude,
    )


def _copied(values: Sequence[object]) -> str:
    """Return values as COPY reads them, each behind its separator.

    Source: PostgreSQL's documentation of COPY, "Text Format".
    """
    return "".join([f"\t{_field(value)}" for value in values])


def _field(value: object) -> str:
    match value:
        case str():
            if value.isprintable() and "\\" not in value:
                return value
            escaped = value.replace("\\", "\\\\").replace("\t", "\\t")
            return escaped.replace("\n", "\\n").replace("\r", "\\r")
        case None:
            return "\\N"
        case bool():
            return "t" if value else "f"
        case date():
            return value.isoformat()
    return str(value)
