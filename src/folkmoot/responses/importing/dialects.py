"""How each product writes its exports, as far as a reader must know.

What is known of each, and from where, is in docs/how-to/import-responses.md. A dialect only
proposes: whoever imports sees every column before anything is read, and changes what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Citizen Space gives each response a number such as ANON-7K3M-9QX2-H, or BHLF-… for one that was
# entered by staff.
CITIZEN_SPACE_ID = re.compile(r"(?:ANON|BHLF)-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """One product's way of writing an export.

    `marks` are sets of headings of which one, whole, gives the product away; `reference`,
    `submitted`, `organisation` and `ignored` the headings it gives to what is no question, the
    best first. `separators` divide several choices in one cell. Headings are compared by `plain`.
    `leaves_unfinished`: it exports people who did not send their answers, without a time of
    submission. `ignored_beginnings` are those of headings that are no question however they go on.
    `header_rows` is of how many rows the header is at most. `codes_first`: the code of a question
    may stand before its text. `masks` are what it writes in place of what was typed.
    """

    key: str
    name: str
    marks: tuple[frozenset[str], ...] = ()
    reference: tuple[str, ...] = ()
    submitted: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    ignored: frozenset[str] = frozenset()
    separators: tuple[str, ...] = (";", ",")
    month_first: bool = False
    leaves_unfinished: bool = False
    ignored_beginnings: tuple[str, ...] = ()
    header_rows: int = 1
    codes_first: bool = False
    masks: tuple[tuple[re.Pattern[str], str], ...] = ()


def plain(text: str) -> str:
    """Return words as they are compared: case, marks and space around them do not tell apart."""
    words = re.sub(r"[^\w\s\[\]/+&<>%£$€=-]|[_]", " ", text.casefold().replace("’", "'"))
    return " ".join(words.split())


_ORGANISATIONS = (
    "organisation",
    "organisation name",
    "name of organisation",
    "what is your organisation",
    "what is the name of your organisation",
    "organization",
)
_PEOPLE = frozenset(
    {"name", "email", "email address", "e-mail", "ip address", "username", "what is your name"}
)

CITIZEN_SPACE = Dialect(
    "citizen-space",
    "Citizen Space",
    marks=(
        frozenset({"response id", "submitted date"}),
        frozenset({"response id", "date submitted", "status"}),
        frozenset({"response id", "submitted"}),
        frozenset({"response id", "last modified"}),
    ),
    reference=("response id", "id"),
    submitted=("date submitted", "submitted date", "submitted", "submission date"),
    organisation=_ORGANISATIONS,
    ignored=_PEOPLE
    | {"status", "last modified", "last updated", "started", "date started", "language", "tags"},
)
MICROSOFT_FORMS = Dialect(
    "microsoft-forms",
    "Microsoft Forms",
    marks=(frozenset({"id", "start time", "completion time"}),),
    reference=("id",),
    submitted=("completion time",),
    organisation=_ORGANISATIONS,
    ignored=_PEOPLE | {"start time", "last modified time", "total points", "quiz feedback"},
    separators=(";",),
    month_first=True,
    # Of a quiz: "Points - What would you change?"
    ignored_beginnings=("points - ", "feedback - "),
)
GOOGLE_FORMS = Dialect(
    "google-forms",
    "Google Forms",
    marks=(frozenset({"timestamp"}),),
    submitted=("timestamp",),
    organisation=_ORGANISATIONS,
    ignored=_PEOPLE | {"score"},
    # The spreadsheet divides choices by a comma, the CSV download by a semicolon.
    separators=(",", ";"),
    month_first=True,
)
SMART_SURVEY = Dialect(
    "smart-survey",
    "SmartSurvey",
    marks=(
        frozenset({"userid", "userno"}),
        frozenset({"user id", "user no"}),
        frozenset({"userno", "started", "ended"}),
        frozenset({"unique id", "started", "ended"}),
    ),
    reference=("userno", "user no", "userid", "user id", "unique id"),
    submitted=("ended", "end date", "date completed"),
    organisation=_ORGANISATIONS,
    ignored=_PEOPLE
    | {"userid", "user id", "unique id", "started", "tracking link", "status", "user agent"},
    separators=(";", ",", "|"),
    leaves_unfinished=True,
    header_rows=3,
    masks=((re.compile("@SQ@"), "'"),),
)
LIME_SURVEY = Dialect(
    "lime-survey",
    "LimeSurvey",
    marks=(
        frozenset({"submitdate", "lastpage"}),
        frozenset({"id response id", "submitdate date submitted"}),
        frozenset({"date submitted", "last page"}),
        frozenset({"response id", "date submitted", "start language"}),
    ),
    reference=("id", "response id"),
    submitted=("submitdate", "date submitted"),
    organisation=_ORGANISATIONS,
    ignored=_PEOPLE
    | {
        "lastpage",
        "last page",
        "startlanguage",
        "start language",
        "seed",
        "token",
        "access code",
        "startdate",
        "date started",
        "datestamp",
        "date last action",
        "ipaddr",
        "refurl",
        "referrer url",
        "interviewtime",
        "total time",
    },
    leaves_unfinished=True,
    ignored_beginnings=("grouptime", "group time", "question time"),
    codes_first=True,
    masks=((re.compile(r"\A'(?==)"), ""),),
)
PLAIN = Dialect(
    "plain",
    "A plain table",
    reference=(
        "reference",
        "response id",
        "id",
        "response",
        "respondent id",
        "comment-id",
        "row",
        "row index",
    ),
    submitted=(
        "submitted at",
        "submitted",
        "date submitted",
        "received at",
        "received",
        "date received",
        "timestamp",
        "datetime",
        "date",
    ),
    organisation=_ORGANISATIONS,
    ignored=_PEOPLE,
)
MOST_HEADER_ROWS = 3
# LimeSurvey before Citizen Space: both say "Response ID", one of them the more.
DIALECTS = {
    each.key: each
    for each in (
        LIME_SURVEY,
        SMART_SURVEY,
        MICROSOFT_FORMS,
        CITIZEN_SPACE,
        GOOGLE_FORMS,
        PLAIN,
    )
}


def detect(rows: Sequence[Sequence[str]]) -> Dialect:
    """Return whose export a file is, by its first rows; a plain table where nobody's."""
    if not rows:
        return PLAIN
    headings = {plain(cell) for cell in rows[0]}
    for dialect in DIALECTS.values():
        if any(mark <= headings for mark in dialect.marks):
            if dialect is GOOGLE_FORMS and not _is_google(rows):
                continue
            return dialect
    if any(CITIZEN_SPACE_ID.fullmatch(cell.strip()) for row in rows[1:] for cell in row):
        return CITIZEN_SPACE
    return PLAIN


def _is_google(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column "Timestamp" is that of Google Forms: the first, with days and times."""
    times = [row[0].strip() for row in rows[1:] if row]
    return plain(rows[0][0]) == "timestamp" and not any(each.isdigit() for each in times)


def header_height(dialect: Dialect, rows: Sequence[Sequence[str]]) -> int:
    """Return of how many rows the header is: SmartSurvey puts options below their questions.

    A row is of the header where it has no text below the columns that every response fills, such as
    its number.
    """
    own = dialect.reference + dialect.submitted
    filled = [column for column, cell in enumerate(rows[0]) if plain(cell) in own]
    height = 1
    for row in rows[1 : dialect.header_rows] if filled else ():
        if any(column < len(row) and row[column].strip() for column in filled):
            break
        height += 1
    return height


def as_typed(dialect: Dialect, cells: Sequence[str]) -> tuple[str, ...]:
    """Return cells as they were typed there, without what the product wrote in their place."""
    for mask, typed in dialect.masks:
        cells = tuple(mask.sub(typed, cell) for cell in cells)
    return tuple(cells)
