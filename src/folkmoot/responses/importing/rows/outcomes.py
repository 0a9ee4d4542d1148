"""What became of a row: a response, or every fault of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from folkmoot.responses.importing.incoming import IncomingResponse

# Of what a cell says, as many characters as a sentence about it repeats.
SHOWN = 80


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
