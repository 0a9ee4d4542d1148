"""Answers by the hundred thousand, written without a record in memory for each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeAlias

from django.db import connection

from folkmoot.responses.models import Answer

# Key of the response, question, choices, text, other, latitude, longitude.
AnswerValues: TypeAlias = tuple[
    int, str, list[str], str, dict[str, str], float | None, float | None
]
COLUMNS = ("response_id", "question", "choices", "text", "other", "latitude", "longitude")
# The most rows in one statement: every database takes that many values.
AT_ONCE = 500


def write_answers(answers: Sequence[AnswerValues]) -> None:
    """Insert answers. Django's `bulk_create` takes four times as long, most of it for records.

    The statement is the same on every database; it has as many rows as there are values.
    """
    quote = connection.ops.quote_name
    table, columns = quote(Answer._meta.db_table), ", ".join(quote(name) for name in COLUMNS)
    row = f"({', '.join(['%s'] * len(COLUMNS))})"
    with connection.cursor() as cursor:
        for start in range(0, len(answers), AT_ONCE):
            some = answers[start : start + AT_ONCE]
            values = [
                value
                for key, question, choices, text, other, latitude, longitude in some
                for value in (
                    key,
                    question,
                    json.dumps(choices, ensure_ascii=False),
                    text,
                    json.dumps(other, ensure_ascii=False) if other else "{}",
                    latitude,
                    longitude,
                )
            ]
            rows = ", ".join([row] * len(some))
            # Of names of our own only; every value is an argument.
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {rows}", values)  # noqa: S608
