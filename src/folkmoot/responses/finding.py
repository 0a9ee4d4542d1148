"""Words in answers, found by an index that the database itself keeps, on SQLite and PostgreSQL.

The index is no model: SQLite keeps it in a virtual table by triggers on the table of answers,
PostgreSQL in an index on an expression. So answers imported by the thousand are found at once, and
what is erased from an answer is found no more in the same transaction. Whoever erases also calls
`forget_erased`, as SQLite's index keeps the words on the disk for a while.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from folkmoot.publishing.search.words import SHORTEST_BEGINNING
from folkmoot.responses.models import Answer

if TYPE_CHECKING:
    from django.db.models import QuerySet

TABLE = "responses_answer"
TRIGGERS = ("insert", "update", "delete")
ON_SQLITE = """
    SELECT rowid FROM responses_answer_words WHERE responses_answer_words MATCH %s
"""
ON_POSTGRESQL = """
    SELECT {key} FROM responses_answer WHERE {document} @@ ({query}) AND {has_words}
"""
# Most answers are to closed questions, and have no words: they are not in the index.
HAS_WORDS = "({row}text <> '' OR {row}other <> '{{}}')"
# What was typed: the text, and what stands beside an option.
DOCUMENT = (
    "(to_tsvector('english', text) || "
    """jsonb_to_tsvector('english', other, '["string"]'::jsonb))"""
)
WORD_ON_POSTGRESQL = "(to_tsquery('english', %s) || to_tsquery('simple', %s))"
PHRASE_ON_POSTGRESQL = "phraseto_tsquery('english', %s)"
# English leaves words like "the" out of a phrase: with one of them it must stand letter by letter.
LETTERS_ON_POSTGRESQL = """
    AND (
        numnode(phraseto_tsquery('english', %s)) = numnode(phraseto_tsquery('simple', %s))
        OR (
            to_tsvector('simple', text) || jsonb_to_tsvector('simple', other, '["string"]'::jsonb)
        ) @@ phraseto_tsquery('simple', %s)
    )
"""
INDEX_ON_POSTGRESQL = """
    CREATE INDEX IF NOT EXISTS responses_answer_words ON responses_answer
        USING gin ({document}) WHERE {has_words}
"""
ADD = """INSERT INTO responses_answer_words (rowid, text, other)
    SELECT new.id, new.text, new.other"""
TAKE_OUT = """INSERT INTO responses_answer_words (responses_answer_words, rowid, text, other)
    SELECT 'delete', old.id, old.text, old.other"""
INDEX_ON_SQLITE = (
    *(f"DROP TRIGGER IF EXISTS responses_answer_words_{each}" for each in TRIGGERS),
    "DROP TABLE IF EXISTS responses_answer_words",
    """CREATE VIRTUAL TABLE responses_answer_words USING fts5 (
        text, other, content='responses_answer', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2'
    )""",
    f"""CREATE TRIGGER responses_answer_words_insert AFTER INSERT ON responses_answer
        WHEN {HAS_WORDS.format(row="new.")} BEGIN {ADD}; END""",
    f"""CREATE TRIGGER responses_answer_words_delete AFTER DELETE ON responses_answer
        WHEN {HAS_WORDS.format(row="old.")} BEGIN {TAKE_OUT}; END""",
    # In this order, and so in one trigger.
    f"""CREATE TRIGGER responses_answer_words_update AFTER UPDATE OF text, other ON responses_answer
        BEGIN
            {TAKE_OUT} WHERE {HAS_WORDS.format(row="old.")};
            {ADD} WHERE {HAS_WORDS.format(row="new.")};
        END""",
    # Of names of our own only.
    f"""INSERT INTO responses_answer_words (rowid, text, other)
        SELECT id, text, other FROM responses_answer WHERE {HAS_WORDS.format(row="")}""",  # noqa: S608
)
# Deleting so that nothing stays behind is an option of SQLite's from 3.42 on; Debian 12 has 3.40.
FORGET_ON_SQLITE = "INSERT INTO responses_answer_words (responses_answer_words) VALUES ('optimize')"


def answers_with(sought: Sequence[str], phrases: Sequence[Sequence[str]] = ()) -> QuerySet[Answer]:
    """Return the answers in which every one of some words stands, in one form or another.

    `sought` holds words as `search.words.words` gives them: letters, marks and digits only. So do
    `phrases`, whose words must follow each other.
    """
    if not sought and not phrases:
        return Answer.objects.none()
    return Answer.objects.filter(id__in=RawSQL(*_statement(sought, phrases)))


def has_answer_with(sought: Sequence[str], *, is_common: bool = False) -> Q:
    """Return what is asked of responses: that one answer has every one of some words.

    PostgreSQL gathers the responses from its index. SQLite finds them by their answers, which it
    looks up one by one: where the words are common (`are_common`), only of the responses that it
    comes to.
    """
    if sought and connections["default"].vendor == "postgresql":
        return Q(pk__in=RawSQL(*_statement(sought, (), key="response_id")))
    answers = answers_with(sought)
    if is_common:
        return Q(Exists(answers.filter(response=OuterRef("pk"))))
    return Q(pk__in=answers.values("response"))


def are_common(sought: Sequence[str], most: int) -> bool:
    """Whether more than so many answers have all of some words; none of them is read for it."""
    if not sought:
        return False
    statement, parameters = _statement(sought, ())
    # Of names of our own only; every value is an argument.
    counted = f"SELECT COUNT(*) FROM ({statement} LIMIT %s) AS found"  # noqa: S608
    with connections["default"].cursor() as cursor:
        cursor.execute(counted, [*parameters, most + 1])
        found: int = cursor.fetchone()[0]
    return found > most


def _statement(
    sought: Sequence[str], phrases: Sequence[Sequence[str]], *, key: str = "id"
) -> tuple[str, list[str]]:
    """Return the statement that finds a key of answers, and its arguments."""
    if connections["default"].vendor == "postgresql":
        asked = " && ".join(
            [WORD_ON_POSTGRESQL] * len(sought) + [PHRASE_ON_POSTGRESQL] * len(phrases)
        )
        parameters = [form for word in sought for form in (word, _beginning(word))]
        typed = [" ".join(phrase) for phrase in phrases]
        parameters += typed + [each for phrase in typed for each in (phrase,) * 3]
        statement = _filled(ON_POSTGRESQL).replace("{query}", asked).replace("{key}", key)
        return statement + LETTERS_ON_POSTGRESQL * len(typed), parameters
    wanted = [f'"{word}"{_star(word)}' for word in sought]
    wanted += [f'"{" ".join(phrase)}"' for phrase in phrases]
    return ON_SQLITE, [" AND ".join(wanted)]


def prepare(using: str = "default", **signal: Any) -> None:
    """Make the index where it is missing, from the answers there are. Safe to run again."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_filled(INDEX_ON_POSTGRESQL))
        elif not _is_kept(cursor):
            for statement in INDEX_ON_SQLITE:
                cursor.execute(statement)


def forget_erased() -> None:
    """Take the words of answers that were erased out of the index itself.

    SQLite only notes that they are gone, and writes its index anew without them when it has grown.
    This writes it now: some seconds for a million answers.
    """
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(FORGET_ON_SQLITE)


def _filled(statement: str) -> str:
    document = statement.replace("{document}", DOCUMENT)
    return document.replace("{has_words}", HAS_WORDS.format(row=""))


def _is_kept(cursor: Any) -> bool:
    """Whether all triggers stand: a migration that rebuilds the table of answers drops them."""
    cursor.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        ["responses_answer_words_%"],
    )
    return bool(cursor.fetchone()[0] == len(TRIGGERS))


def _star(word: str) -> str:
    return "*" if len(word) >= SHORTEST_BEGINNING else ""


def _beginning(word: str) -> str:
    """Return a word as the beginning of longer ones, where it is long enough to be one."""
    return f"{word}:*" if len(word) >= SHORTEST_BEGINNING else word
