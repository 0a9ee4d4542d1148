"""A whole file read without writing anything: what it would become, and what is wrong with it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any, BinaryIO

from folkmoot.responses.importing.dialects import (
    DIALECTS,
    MOST_HEADER_ROWS,
    Dialect,
    as_typed,
    detect,
)
from folkmoot.responses.importing.headings import Heading, headings_of
from folkmoot.responses.importing.mapping import ColumnMapping
from folkmoot.responses.importing.rows import Fault, ReadRow, RowReader
from folkmoot.responses.importing.values import value_key
from folkmoot.responses.questions import SurveyForm
from folkmoot.sources.spreadsheets import BrokenTableError, TableRow, open_table

SAMPLE = 200
FAULTS_SHOWN = 20
# Of how many different values that are no option are counted at all, and listed for each answer.
MOST_UNLISTED = 20_000
UNLISTED_SHOWN = 50
BATCH = 1000
# The numbers there of some responses and when those were sent: which of them are in the register.
AlreadyThere = Callable[[Sequence[tuple[str, datetime]]], set[tuple[str, datetime]]]


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file: whose export it is, its columns, and some rows below the header."""

    kind: str
    encoding: str
    dialect: Dialect
    headings: tuple[Heading, ...]
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would become. `counts` are of rows; `faults` the first of all.

    `unlisted` has for each answer the values that are no option: {"answer", "value", "key",
    "rows"}, the most frequent first.
    """

    counts: dict[str, int]
    faults: list[dict[str, Any]]
    unlisted: list[dict[str, Any]]


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    responses: int = 0
    already: int = 0
    left_out: int = 0
    late: int = 0
    early: int = 0
    skipped: int = 0
    kept_as_other: int = 0
    faulty: int = 0
    faults: int = 0
    organisations: int = 0
    shown: list[Fault] = field(default_factory=list)
    unlisted: Counter[tuple[str, str]] = field(default_factory=Counter)
    words: dict[tuple[str, str], str] = field(default_factory=dict)


def preview(file: BinaryIO, name: str, dialect_key: str = "") -> Preview:
    """Return the beginning of a file. Raises BrokenTableError for one that is no table."""
    table = open_table(file, name)
    first = list(itertools.islice(table.rows, SAMPLE + MOST_HEADER_ROWS))
    cells = [row.cells for row in first]
    if not cells:
        raise BrokenTableError(f"“{name}” has no rows: export it again and choose the new file.")
    dialect = DIALECTS.get(dialect_key) or detect(cells)
    cells = [as_typed(dialect, row) for row in cells]
    headings, height = headings_of(dialect, cells)
    if faults := [fault for row in first[:height] for fault in row.faults]:
        raise BrokenTableError(f"“{name}”, row 1: {faults[0][1]}")
    if any(ord(mark) < 32 for heading in headings for mark in heading.text):
        raise BrokenTableError(
            f"“{name}” does not begin with the names of columns: export it as CSV or XLSX."
        )
    if len(cells) <= height:
        raise BrokenTableError(f"“{name}” has a header and no responses below it.")
    return Preview(table.kind, table.encoding, dialect, headings, tuple(cells[height:]))


def read_rows(
    file: BinaryIO,
    name: str,
    dialect_key: str,
    form: SurveyForm,
    mapping: ColumnMapping,
    *,
    at: datetime,
    zone: tzinfo,
) -> Iterator[ReadRow]:
    """Give every row below the header as it is read; one after the other, so memory stays flat.

    A number there that two rows have is a fault of the second. Raises BrokenTableError where the
    file is broken further down.
    """
    table = open_table(file, name)
    dialect = DIALECTS.get(dialect_key) or DIALECTS["plain"]
    rows = table.rows
    if dialect.masks:
        rows = (replace(row, cells=as_typed(dialect, row.cells)) for row in table.rows)
    first: list[TableRow] = list(itertools.islice(rows, MOST_HEADER_ROWS))
    headings, height = headings_of(dialect, [row.cells for row in first])
    reader = RowReader(form, headings, mapping, at=at, zone=zone, pads=table.kind == "xlsx")
    place = reader.apart.get("reference", -1)
    seen: dict[str, int] = {}
    for row in itertools.chain(first[height:], rows):
        read = reader.read(row)
        reference = read.response.reference_there if read.response else ""
        if reference:
            before = seen.setdefault(reference, row.number)
            if before != row.number:
                heading = headings[place]
                sentence = (
                    f"The number “{reference[:80]}” is that of row {before:,} too: take one of "
                    "the rows out, or leave this column out if it is no number of a response."
                )
                read.response = None
                read.faults.append(Fault(row.number, heading.place, heading.text, sentence))
        yield read


def check_rows(
    rows: Iterator[ReadRow],
    already_there: AlreadyThere,
    *,
    opens_at: datetime,
    closes_at: datetime,
    on_batch: Callable[[int], None] = lambda _: None,
) -> Checked:
    """Return what would become of rows. `on_batch` is told now and then how many are read."""
    tally = _Tally()
    while batch := list(itertools.islice(rows, BATCH)):
        _count(tally, batch, already_there, opens_at, closes_at)
        on_batch(tally.rows)
    counts = {
        name: value
        for name, value in asdict(tally).items()
        if name not in ("shown", "unlisted", "words")
    }
    return Checked(counts, [asdict(fault) for fault in tally.shown], _unlisted(tally))


def references_of(batch: Sequence[ReadRow]) -> list[tuple[str, datetime]]:
    """Return the numbers there, and when they were sent, of the rows of a batch that have one."""
    return [
        (row.response.reference_there, row.response.submitted_at)
        for row in batch
        if row.response and row.response.reference_there
    ]


def _count(
    tally: _Tally,
    batch: Sequence[ReadRow],
    already_there: AlreadyThere,
    opens_at: datetime,
    closes_at: datetime,
) -> None:
    there = already_there(references_of(batch))
    for row in batch:
        tally.rows += 1
        for unlisted in row.unlisted:
            key = (unlisted.answer, value_key(unlisted.value))
            if key in tally.unlisted or len(tally.unlisted) < MOST_UNLISTED:
                tally.unlisted[key] += 1
                tally.words.setdefault(key, unlisted.value[:300])
        if row.faults:
            tally.faulty += 1
            tally.faults += len(row.faults)
            tally.shown += row.faults[: max(FAULTS_SHOWN - len(tally.shown), 0)]
        response = row.response
        if response is None:
            tally.left_out += row.is_left_out
            continue
        if (response.reference_there, response.submitted_at) in there:
            tally.already += 1
            continue
        tally.responses += 1
        tally.skipped += len(row.skipped)
        tally.kept_as_other += len(row.unlisted)
        tally.organisations += response.kind == "organisation"
        tally.late += response.submitted_at >= closes_at
        tally.early += response.submitted_at < opens_at


def _unlisted(tally: _Tally) -> list[dict[str, Any]]:
    shown: Counter[str] = Counter()
    found = []
    for (answer, key), rows in sorted(
        tally.unlisted.items(), key=lambda each: (each[0][0], -each[1], each[0][1])
    ):
        shown[answer] += 1
        if shown[answer] <= UNLISTED_SHOWN:
            words = tally.words[answer, key]
            found.append({"answer": answer, "key": key, "value": words, "rows": rows})
    return found
