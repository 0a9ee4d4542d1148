"""A whole row read by a mapping: its answers, and when, how and from whom it came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from folkmoot.responses.forms import LONGEST_NAME, text_error
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
    parts_asked,
)
from folkmoot.responses.importing.rows.cells import Reader, Reading, cell_reader
from folkmoot.responses.importing.rows.outcomes import SHOWN, Fault, ReadRow
from folkmoot.responses.importing.values import read_instant, value_key
from folkmoot.responses.questions import SurveyForm
from folkmoot.sources.spreadsheets import TableRow, place

LONGEST_REFERENCE = 200
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
            (question.key, [frozenset(part.names) for part in question.parts])
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
                readers.append(
                    (heading.column, cell_reader(self.mapping, kind, by_key[key], detail))
                )
        self.readers += beside
        fallback = mapping.received_at
        self.received_at = datetime.fromisoformat(fallback) if fallback else None

    def read(self, row: TableRow) -> ReadRow:
        """Return a row as a response, or with everything that is wrong with it."""
        found = ReadRow(row.number)
        reading = Reading()
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
        organisation = self._organisation(cells, reading)
        channel = self._channel(cells, reading)
        for column, reader in self.readers:
            cell = cells[column] if column < len(cells) else ""
            if cell and not cell.isspace():
                reader(cell, column, reading)
        fields = reading.fields
        for name, sentence in self.check(fields).items():
            # What a respondent is told of an answer is here told of a cell.
            told = sentence.replace("Your answer", "The cell", 1)
            reading.faults.append((self._column_of(name, reading), told))
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
            key for key, parts in self.required if any(map(fields.keys().isdisjoint, parts))
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

    def _column_of(self, name: str, reading: Reading) -> int:
        """Return which column gave a field, or a field of the same question."""
        if name in reading.columns:
            return reading.columns[name]
        return next(
            (at for each, at in reading.columns.items() if each.startswith(f"{name}--")), -1
        )

    def _apart(self, use: str, cells: Sequence[str]) -> str:
        column = self.apart.get(use, -1)
        return cells[column].strip() if 0 <= column < len(cells) else ""

    def _submitted(self, cells: Sequence[str], reading: Reading) -> datetime | None:
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
            # A day in figures alone can be read in two ways; a year in front cannot.
            is_doubtful = not cell[:4].isdigit()
            hint = ": is the day written month first?" if is_doubtful else "."
            reading.faults.append((column, f"“{cell[:SHOWN]}” is still to come{hint}"))
        elif found.year < 1990:
            reading.faults.append((column, f"“{cell[:SHOWN]}” is too long ago for a response."))
        return found

    def _organisation(self, cells: Sequence[str], reading: Reading) -> str:
        name = " ".join(self._apart(ORGANISATION, cells).split())
        if len(name) > LONGEST_NAME:
            sentence = (
                f"The name has {len(name):,} characters and the most is {LONGEST_NAME}: is this "
                "the right column?"
            )
            reading.faults.append((self.apart[ORGANISATION], sentence))
        elif wrong := text_error(name, LONGEST_NAME):
            told = wrong.replace("Your answer", "The cell", 1)
            reading.faults.append((self.apart[ORGANISATION], told))
        return name

    def _channel(self, cells: Sequence[str], reading: Reading) -> str:
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
