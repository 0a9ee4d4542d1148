"""Wagtail's search index, asked for records of every kind at once, the best first.

Wagtail's own queries ask for one kind at a time and, on SQLite, rank each record by a query of its
own, take quotation marks for operators, and know no other form of a word. The index is Wagtail's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.db import connection
from wagtail.search.models import IndexEntry

from folkmoot.publishing.search.words import SHORTEST_BEGINNING, forms

MOST_FOUND = 400

# A word of the title weighs as much as eight of the text. Columns: autocomplete, body, title.
ON_SQLITE = """
    SELECT entry.id, entry.content_type_id, entry.object_id
    FROM wagtailsearch_indexentry_fts
    JOIN wagtailsearch_indexentry AS entry ON entry.id = wagtailsearch_indexentry_fts.rowid
    WHERE wagtailsearch_indexentry_fts MATCH %s
      AND entry.content_type_id IN (SELECT value FROM json_each(%s))
    ORDER BY bm25(wagtailsearch_indexentry_fts, 0.0, 1.0, 8.0), entry.id
    LIMIT %s
"""
ON_POSTGRESQL = """
    SELECT entry.id, entry.content_type_id, entry.object_id
    FROM wagtailsearch_indexentry AS entry, (SELECT {query} AS sought) AS asked
    WHERE (entry.title || entry.body) @@ sought AND entry.content_type_id = ANY(%s)
    ORDER BY 8 * ts_rank(entry.title, sought) + ts_rank(entry.body, sought) DESC, entry.id
    LIMIT %s
"""


# A word in its forms, or as the beginning of longer words: what stands in the index is stems, so
# the beginning is taken as it was typed.
WORD_ON_POSTGRESQL = "(to_tsquery('english', %s) || to_tsquery('simple', %s))"


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: its entry in the index, its content type, and its key."""

    entry: int
    content_type: int
    key: int


def hits(sought: Sequence[str], content_types: Iterable[int], *, every: bool = True) -> list[Hit]:
    """Return the records that hold every word (or any of them), the best first, 400 at most.

    `sought` holds words as `words()` gives them: letters, marks and digits only.
    """
    kinds = sorted(content_types)
    parameters: list[Any]
    if not sought or not kinds:
        return []
    if connection.vendor == "postgresql":
        query = (" && " if every else " || ").join([WORD_ON_POSTGRESQL] * len(sought))
        statement = ON_POSTGRESQL.replace("{query}", query)
        parameters = [form for word in sought for form in (word, _beginning(word))]
        parameters += [kinds, MOST_FOUND]
    else:
        query = (" AND " if every else " OR ").join(_either(word) for word in sought)
        statement, parameters = ON_SQLITE, [f"{{title body}} : ({query})", str(kinds), MOST_FOUND]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [Hit(entry, kind, int(key)) for entry, kind, key in cursor.fetchall()]


def texts(found: Iterable[Hit]) -> dict[int, str]:
    """Return the indexed text of what was found, by the key of its entry. One query."""
    column = "body_text" if connection.vendor == "postgresql" else "body"
    entries = IndexEntry.objects.filter(pk__in=[hit.entry for hit in found])
    return {key: text or "" for key, text in entries.values_list("pk", column)}


def rebuild(at: datetime | None = None) -> None:
    """Index every record afresh, as what the clock made public was saved before its hour.

    A job of the worker (`at` is when it runs), and the last step of `folkmoot migrate`.
    """
    call_command("update_index", verbosity=0)


def _beginning(word: str) -> str:
    """Return a word as the beginning of longer ones for PostgreSQL, where it is long enough."""
    return f"{word}:*" if len(word) >= SHORTEST_BEGINNING else word


def _either(word: str) -> str:
    """Return a word in its forms, and as the beginning of longer ones, for FTS5."""
    either = [f'"{form}"' for form in forms(word)]
    if len(word) >= SHORTEST_BEGINNING:
        either.append(f'"{word}" *')
    return f"({' OR '.join(either)})"
