"""From a row of a file to a response: every cell read, every fault said by row and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from folkmoot.responses.forms import LONGEST_NAME
from folkmoot.responses.importing.headings import Heading
from folkmoot.responses.importing.incoming import IncomingResponse, ReceivedCheck
from folkmoot.responses.importing.mapping import (
    CHANNEL,
    IGNORE,
    LEAVE,
    ORGANISATION,
    REFERENCE,
    SUBMITTED,
    ColumnMapping,
    options_of,
    parts_asked,
)
from folkmoot.responses.importing.tables import TableRow, place
from folkmoot.responses.importing.values import (
    NOT_TICKED,
    TICKED,
    chosen,
    is_declining,
    lookup,
    read_day,
    read_instant,
    value_key,
)
from folkmoot.responses.questions import (
    DECLINED,
    ChoiceQuestion,
    DateQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
    field_name,
)

LONGEST_REFERENCE = 200
SHOWN = 80
# Clocks differ; what is further ahead than this is a date that was misread.
AHEAD = timedelta(days=1)
CHANNELS = {
    "web": "web",
    "online": "web",
    "paper": "paper",
    "postal form": "paper",
    "email": "email",
    "e mail": "email",
    "letter": "letter",
    "post": "letter",
    "postal": "letter",
    "workshop": "workshop",
    "discussion": "discussion",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: its row, its column's letters and heading, and a sentence.

    `column` is "" for what is wrong with a whole row.
    """

    row: int
    column: str
    heading: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A value that is no option: whose answer, the cell's words, and how it is remembered."""

    answer: str
    value: str


@dataclass(slots=True)
class ReadRow:
    """A row as it was read: a response where nothing is wrong with it.

    `skipped` are keys of required questions without an answer, `unlisted` the values that are no
    option, whether they are faults or were kept as what was typed under "other". `is_left_out`:
    it was never sent there.
    """

    number: int
    response: IncomingResponse | None = None
    faults: list[Fault] = field(default_factory=list)
    skipped: tuple[str, ...] = ()
    unlisted: list[Unlisted] = field(default_factory=list)
    is_left_out: bool = False


class _Reading:
    """One row while it is read: the fields it gives, and which column gave each."""

    __slots__ = ("columns", "faults", "fields", "unlisted")

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.columns: dict[str, int] = {}
        self.faults: list[tuple[int, str]] = []
        self.unlisted: list[Unlisted] = []

    def put(self, name: str, value: str, column: int) -> None:
        self.fields.setdefault(name, []).append(value)
        self.columns.setdefault(name, column)


Reader = Callable[[str, int, _Reading], None]


class RowReader:
    """Reads the rows of one file by its mapping. Made once, used for every row.

    `at` is the present instant, `zone` that of times which name none. `pads` is for spreadsheets,
    whose rows may be shorter than their header.
    """

    def __init__(
        self,
        form: SurveyForm,
        headings: Sequence[Heading],
        mapping: ColumnMapping,
        *,
        at: datetime,
        zone: tzinfo,
        pads: bool = False,
    ) -> None:
        self.headings = headings
        self.mapping = mapping
        self.at = at
        self.zone = zone
        self.pads = pads
        self.required = [
            (question.key, tuple(part.names for part in question.parts))
            for question in form.questions
            if question.required
        ]
        self.check = ReceivedCheck(form)
        by_key = {part.key: part for part in parts_asked(form)}
        self.apart: dict[str, int] = {}
        self.readers: list[tuple[int, Reader]] = []
        beside: list[tuple[int, Reader]] = []
        for heading in headings:
            use = mapping.columns.get(heading.key, IGNORE)
            kind, _, rest = use.partition("|")
            key, _, detail = rest.partition("|")
            if kind in (REFERENCE, SUBMITTED, CHANNEL, ORGANISATION):
                self.apart[kind] = heading.column
            elif kind != IGNORE and key in by_key:
                # What was typed beside an option is read once it is known what was chosen.
                readers = beside if kind == "other" else self.readers
                readers.append((heading.column, self._reader(kind, by_key[key], detail)))
        self.readers += beside
        fallback = mapping.received_at
        self.received_at = datetime.fromisoformat(fallback) if fallback else None

    def read(self, row: TableRow) -> ReadRow:
        """Return a row as a response, or with everything that is wrong with it."""
        found = ReadRow(row.number)
        reading = _Reading()
        cells = row.cells
        if faults := [*row.faults, *self._width_faults(cells)]:
            found.faults = [self._fault(row.number, *fault) for fault in faults]
            return found
        submitted_at = self._submitted(cells, reading)
        if submitted_at is None and not reading.faults:
            if self.mapping.unfinished == LEAVE and SUBMITTED in self.apart:
                found.is_left_out = True
                return found
            submitted_at = self.received_at
            if submitted_at is None:
                reading.faults.append(
                    (
                        self.apart.get(SUBMITTED, -1),
                        "The row does not say when it was submitted: say above which day counts "
                        "for such rows.",
                    )
                )
        reference = self._apart(REFERENCE, cells)
        if len(reference) > LONGEST_REFERENCE:
            reading.faults.append(
                (self.apart[REFERENCE], f"The number is longer than {LONGEST_REFERENCE} marks.")
            )
        organisation = " ".join(self._apart(ORGANISATION, cells).split())
        if len(organisation) > LONGEST_NAME:
            reading.faults.append(
                (
                    self.apart[ORGANISATION],
                    f"The name has {len(organisation):,} characters and the most is "
                    f"{LONGEST_NAME}: is this the right column?",
                )
            )
        channel = self._channel(cells, reading)
        for column, reader in self.readers:
            cell = cells[column] if column < len(cells) else ""
            if cell and not cell.isspace():
                reader(cell, column, reading)
        fields = reading.fields
        for name, sentence in self.check(fields).items():
            reading.faults.append((self._column_of(name, reading), sentence))
        found.unlisted = reading.unlisted
        if reading.faults:
            found.faults = [self._fault(row.number, *fault) for fault in reading.faults]
            return found
        if not fields:
            found.is_left_out = True
            return found
        if submitted_at is None:
            return found
        found.skipped = tuple(
            key
            for key, parts in self.required
            if not all(any(name in fields for name in names) for names in parts)
        )
        found.response = IncomingResponse(
            channel=channel,
            submitted_at=submitted_at,
            kind="organisation" if organisation else "individual",
            organisation=organisation,
            answers=fields,
            reference_there=reference,
        )
        return found

    def _width_faults(self, cells: Sequence[str]) -> list[tuple[int, str]]:
        width = len(self.headings)
        is_longer = len(cells) > width and any(cell.strip() for cell in cells[width:])
        if not is_longer and (self.pads or len(cells) >= width):
            return []
        more = "more" if is_longer else "fewer"
        sentence = (
            f"The row has {len(cells):,} cells and the header {width:,}, so {more} than there are "
            "columns: a quotation mark or a separator is missing before it. Export the file again."
        )
        return [(width if is_longer else len(cells), sentence)]

    def _fault(self, row: int, column: int, sentence: str) -> Fault:
        if 0 <= column < len(self.headings):
            heading = self.headings[column]
            return Fault(row, heading.place, heading.text, sentence)
        return Fault(row, place(column) if column >= 0 else "", "", sentence)

    def _column_of(self, name: str, reading: _Reading) -> int:
        """Return which column gave a field, or a field of the same question."""
        if name in reading.columns:
            return reading.columns[name]
        return next(
            (at for each, at in reading.columns.items() if each.startswith(f"{name}--")), -1
        )

    def _apart(self, use: str, cells: Sequence[str]) -> str:
        column = self.apart.get(use, -1)
        return cells[column].strip() if 0 <= column < len(cells) else ""

    def _submitted(self, cells: Sequence[str], reading: _Reading) -> datetime | None:
        cell = self._apart(SUBMITTED, cells)
        if not cell or cell.startswith("1980-01-01"):
            # What LimeSurvey writes where it keeps no times.
            return None
        column = self.apart[SUBMITTED]
        found = read_instant(cell, month_first=self.mapping.month_first, zone=self.zone)
        if found is None:
            order = "month first" if self.mapping.month_first else "day first"
            reading.faults.append(
                (column, f"“{cell[:SHOWN]}” is no date and time that can be read ({order}).")
            )
        elif found > self.at + AHEAD:
            reading.faults.append(
                (column, f"“{cell[:SHOWN]}” is still to come: is the day written month first?")
            )
        elif found.year < 1990:
            reading.faults.append((column, f"“{cell[:SHOWN]}” is too long ago for a response."))
        return found

    def _channel(self, cells: Sequence[str], reading: _Reading) -> str:
        cell = self._apart(CHANNEL, cells)
        if not cell:
            return self.mapping.channel
        channel = CHANNELS.get(value_key(cell), "")
        if not channel:
            reading.faults.append(
                (
                    self.apart[CHANNEL],
                    f"“{cell[:SHOWN]}” is no channel: write web, paper, e-mail or letter.",
                )
            )
        return channel

    def _reader(self, kind: str, part: Question, detail: str) -> Reader:
        """Return what reads the cells of a column."""
        if kind == "option":
            return _option_reader(self.mapping, part, detail)
        if kind == "rank":
            return _rank_reader(self.mapping, part, detail)
        if kind == "other":
            return _other_reader(part, detail)
        if isinstance(part, ChoiceQuestion):
            return _choice_reader(self.mapping, part)
        if isinstance(part, RankingQuestion):
            return _ranking_reader(self.mapping, part)
        if isinstance(part, DateQuestion):
            return _day_reader(self.mapping, part)
        return _text_reader(part)


def _text_reader(part: Question) -> Reader:
    def read(cell: str, column: int, reading: _Reading) -> None:
        if part.may_decline and is_declining(cell):
            reading.put(field_name(part.key, DECLINED), "yes", column)
        else:
            reading.put(part.key, cell.replace("\r\n", "\n").replace("\r", "\n"), column)

    return read


def _day_reader(mapping: ColumnMapping, part: Question) -> Reader:
    def read(cell: str, column: int, reading: _Reading) -> None:
        if part.may_decline and is_declining(cell):
            reading.put(field_name(part.key, DECLINED), "yes", column)
            return
        # A spreadsheet adds the midnight of a day.
        day = read_day(cell.partition("T")[0], month_first=mapping.month_first)
        if day is None:
            reading.faults.append((column, f"“{cell[:SHOWN]}” is no day that can be read."))
            return
        for name, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            reading.put(field_name(part.key, name), str(value), column)

    return read


def _unlisted_fault(value: str) -> str:
    return (
        f"“{value[:SHOWN]}” is none of the options: match it to one above, or say that it is "
        "left out."
    )


def _choice_reader(mapping: ColumnMapping, part: ChoiceQuestion) -> Reader:
    codes = lookup(part.options) | mapping.values.get(part.key, {})
    separator = mapping.separator if part.several else ""
    beside = next((option.code for option in part.options if option.asks_text), None)
    keeps = beside if mapping.keeps_other else None
    # Most cells of a column say one of a few things.
    known: dict[str, list[tuple[str, str]]] = {}

    def read(cell: str, column: int, reading: _Reading) -> None:
        found = known.get(cell)
        if found is None:
            found = _chosen(cell, separator, codes)
            if len(known) < 1000:
                known[cell] = found
        for code, text in found:
            if code:
                _choose(part.key, code, column, reading)
            elif text:
                reading.unlisted.append(Unlisted(part.key, text))
                if keeps is None:
                    reading.faults.append((column, _unlisted_fault(text)))
                else:
                    _choose(part.key, keeps, column, reading)
                    _add_text(field_name(part.key, keeps), text, column, reading)

    return read


def _chosen(cell: str, separator: str, codes: dict[str, str]) -> list[tuple[str, str]]:
    """Return the choices of a cell, without what is mapped to nothing."""
    left_out = {key for key, code in codes.items() if not code}
    found = chosen(cell, separator, {key: code for key, code in codes.items() if code})
    return [(code, text) for code, text in found if code or value_key(text) not in left_out]


def _choose(key: str, code: str, column: int, reading: _Reading) -> None:
    if code not in reading.fields.get(key, ()):
        reading.put(key, code, column)


def _add_text(name: str, text: str, column: int, reading: _Reading) -> None:
    """Put what was typed beside an option, behind what another column had for it."""
    before = reading.fields.get(name)
    if before and before[0] != text:
        before[0] = f"{before[0]}; {text}"
    elif not before:
        reading.put(name, text, column)


def _option_reader(mapping: ColumnMapping, part: Question, code: str) -> Reader:
    option = next((each for each in options_of(part) if each.code == code), None)
    own = {value_key(option.label), value_key(option.code)} if option else set()
    mapped = mapping.values.get(f"{part.key}|{code}", {})
    is_ranking = isinstance(part, RankingQuestion)
    asks_text = bool(option and option.asks_text) and mapping.keeps_other

    def read(cell: str, column: int, reading: _Reading) -> None:
        key = value_key(cell)
        if is_ranking:
            reading.put(field_name(part.key, code), cell.strip(), column)
        elif key in mapped:
            if mapped[key]:
                _choose(part.key, code, column, reading)
        elif key in own or key in TICKED or cell.strip().casefold() in TICKED:
            _choose(part.key, code, column, reading)
        elif key in NOT_TICKED:
            return
        elif asks_text:
            _choose(part.key, code, column, reading)
            _add_text(field_name(part.key, code), cell.strip(), column, reading)
        else:
            reading.unlisted.append(Unlisted(f"{part.key}|{code}", cell.strip()))
            reading.faults.append(
                (
                    column,
                    f"“{cell[:SHOWN]}” says neither that the option was chosen nor that it was "
                    "not: say above what it means.",
                )
            )

    return read


def _other_reader(part: Question, code: str) -> Reader:
    def read(cell: str, column: int, reading: _Reading) -> None:
        text = cell.strip()
        is_one = isinstance(part, ChoiceQuestion) and not part.several
        if is_one and reading.fields.get(part.key, [code]) != [code]:
            # Another option was chosen: the text stays with this one, as it was typed there.
            reading.faults.append(
                (
                    column,
                    f"“{text[:SHOWN]}” was typed beside an option that was not the one chosen: "
                    "take it out, or import it as the answer to another question.",
                )
            )
            return
        _choose(part.key, code, column, reading)
        _add_text(field_name(part.key, code), text, column, reading)

    return read


def _ranking_reader(mapping: ColumnMapping, part: RankingQuestion) -> Reader:
    codes = lookup(part.options) | mapping.values.get(part.key, {})

    def read(cell: str, column: int, reading: _Reading) -> None:
        if part.may_decline and is_declining(cell):
            reading.put(field_name(part.key, DECLINED), "yes", column)
            return
        rank = 0
        for code, text in _chosen(cell, mapping.separator, codes):
            if not code:
                reading.unlisted.append(Unlisted(part.key, text))
                reading.faults.append((column, _unlisted_fault(text)))
                continue
            rank += 1
            reading.put(field_name(part.key, code), str(rank), column)

    return read


def _rank_reader(mapping: ColumnMapping, part: Question, rank: str) -> Reader:
    codes = lookup(options_of(part)) | mapping.values.get(part.key, {})

    def read(cell: str, column: int, reading: _Reading) -> None:
        for code, text in _chosen(cell, "", codes):
            if code:
                reading.put(field_name(part.key, code), rank, column)
            else:
                reading.unlisted.append(Unlisted(part.key, text))
                reading.faults.append((column, _unlisted_fault(text)))

    return read
