"""A file of population figures, read and checked: nothing is kept before all of it is right.

One row for each option of a question, with how many people, or what share, are in it:

    question,level,people,source,licence,day
    ethnic-group,asian,1817640,"ONS, Census 2021",Open Government Licence v3.0,2021-03-21
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from folkmoot.responses.importing import BrokenTableError
from folkmoot.responses.questions import PREFER_NOT_TO_SAY, ChoiceQuestion, survey_form
from folkmoot.sources.spreadsheets import TableRow, open_table
from folkmoot.themes.models import PopulationTable

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

Unit = PopulationTable.Unit

SHARED = ("source", "licence", "day")
NEEDED = ("question", "level", *SHARED)
FIGURES = {"people": Unit.PEOPLE, "share": Unit.SHARE}
MOST_BYTES = 200_000
MOST_ROWS = 2_000
MOST_FAULTS = 50
LONGEST = {"source": 300, "licence": 200}
# How far published shares may be from 1, as rounding leaves them; weighting allows the same.
ROUNDED = 0.01

_PEOPLE = re.compile(r"\d{1,12}|\d{1,3}(,\d{3}){1,3}")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?|\.\d+)(\s*%)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in one sentence that says what to do, and where, as far as one place is."""

    says: str
    row: int | None = None
    column: str = ""

    @property
    def place(self) -> str:
        """Where it is: "row 4, column people"."""
        parts = (f"row {self.row}" if self.row else "", f"column {self.column}" * bool(self.column))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ReadPopulation:
    """The population by one question, as a file gives it: a figure for each of its levels."""

    question: ChoiceQuestion
    unit: str
    figures: dict[str, float]
    source: str
    licence: str
    day: date


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its tables, or what is wrong with it, and what of it is not used."""

    name: str
    sha256: str
    tables: tuple[ReadPopulation, ...]
    faults: tuple[Fault, ...]
    unused: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """The rows of one question so far."""

    first: int
    figures: dict[str, float]
    rows: dict[str, int]
    said: dict[str, str]


def comparable(survey: Survey) -> list[ChoiceQuestion]:
    """Return the questions of a survey that sort people into groups: with one answer each."""
    return [
        each
        for each in survey_form(survey).questions
        if isinstance(each, ChoiceQuestion) and not each.several
    ]


def levels_of(question: ChoiceQuestion) -> dict[str, str]:
    """Return the levels that a population table has: the options by code, but no declining."""
    return {
        option.code: option.label for option in question.options if option.code != PREFER_NOT_TO_SAY
    }


def read_population(content: bytes, name: str, questions: Sequence[ChoiceQuestion]) -> ReadFile:
    """Return the tables of a CSV or XLSX file, or all that is wrong with it; never both."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        if len(content) > MOST_BYTES:
            raise BrokenTableError(
                f"“{name}” has {len(content) // 1000:,} kB and figures of a population need far "
                f"less than {MOST_BYTES // 1000} kB: choose the file with one row a group."
            )
        rows = list(open_table(io.BytesIO(content), name, most_rows=MOST_ROWS).rows)
    except BrokenTableError as error:
        return ReadFile(name, sha256, (), (Fault(str(error)),))
    reading = _Reading({each.key: each for each in questions})
    reading.read(rows)
    tables = () if reading.faults else tuple(reading.tables())
    faults = tuple(reading.faults[:MOST_FAULTS])
    return ReadFile(name, sha256, tables if not faults else (), faults, tuple(reading.unused))


class _Reading:
    """One file on its way through: what was gathered by question, and what is wrong."""

    def __init__(self, questions: Mapping[str, ChoiceQuestion]) -> None:
        self.questions = questions
        self.faults: list[Fault] = []
        self.unused: list[str] = []
        self.places: dict[str, int] = {}
        self.figure = ""
        self.found: dict[str, _Gathered] = {}

    def read(self, rows: Sequence[TableRow]) -> None:
        self._headings(rows[0])
        if self.faults:
            return
        if len(rows) == 1:
            self._fault("The file has headings and no rows: give one row for each group.", rows[0])
        for row in rows[1:]:
            self._row(row)
        for key, gathered in self.found.items():
            self._whole(key, gathered)

    def tables(self) -> list[ReadPopulation]:
        return [
            ReadPopulation(
                question=self.questions[key],
                unit=FIGURES[self.figure],
                figures={code: each.figures[code] for code in levels_of(self.questions[key])},
                source=each.said["source"],
                licence=each.said["licence"],
                day=date.fromisoformat(each.said["day"]),
            )
            for key, each in self.found.items()
        ]

    def _fault(self, says: str, row: TableRow | int | None = None, column: str = "") -> None:
        number = row.number if isinstance(row, TableRow) else row
        self.faults.append(Fault(says, number, column))

    def _headings(self, row: TableRow) -> None:
        headings = [cell.strip().casefold() for cell in row.cells]
        for heading, times in Counter(filter(None, headings)).items():
            if times > 1:
                self._fault("Two columns have this heading: leave one out.", row, heading)
        for heading in NEEDED:
            if heading not in headings:
                self._fault(
                    f"There is no column “{heading}”: the columns are question, level, people or "
                    "share, source, licence and day.",
                    row,
                )
        figures = [heading for heading in FIGURES if heading in headings]
        if len(figures) != 1:
            self._fault(
                "Give either a column “people” or a column “share”, and not both."
                if figures
                else "There is no column “people” or “share”: give one of them.",
                row,
            )
        else:
            self.figure = figures[0]
        self.places = {heading: place for place, heading in enumerate(headings) if heading}
        self.unused = [each for each in self.places if each not in {*NEEDED, *FIGURES}]

    def _cell(self, row: TableRow, column: str) -> str:
        place = self.places[column]
        return row.cells[place].strip() if place < len(row.cells) else ""

    def _row(self, row: TableRow) -> None:
        if row.faults:
            names = {place: heading for heading, place in self.places.items()}
            for place, says in row.faults:
                self._fault(says, row, names.get(place, ""))
            return
        question = self._question(row)
        if question is None:
            return
        gathered = self.found.setdefault(question.key, _Gathered(row.number, {}, {}, {}))
        self._shared(row, gathered)
        level = self._level(row, question)
        figure = self._figure(row)
        if level is None:
            return
        if level in gathered.rows:
            self._fault(
                f"“{level}” of “{question.key}” is in row {gathered.rows[level]} already: leave "
                "one of the two out.",
                row,
                "level",
            )
            return
        gathered.rows[level] = row.number
        if figure is not None:
            gathered.figures[level] = figure

    def _question(self, row: TableRow) -> ChoiceQuestion | None:
        key = self._cell(row, "question")
        found = self.questions.get(key)
        if found is None:
            offered = ", ".join(self.questions) or "none"
            self._fault(
                f"The survey has no question “{key}” that sorts people into groups: write one of "
                f"{offered}."
                if key
                else "The cell is empty: write the key of the question.",
                row,
                "question",
            )
        return found

    def _level(self, row: TableRow, question: ChoiceQuestion) -> str | None:
        said = self._cell(row, "level")
        levels = levels_of(question)
        if said in levels:
            return said
        for code, label in levels.items():
            if said.casefold() in {code.casefold(), label.casefold()}:
                return code
        if said == PREFER_NOT_TO_SAY:
            says = "Nobody of a population is “prefer-not-to-say”: leave the row out."
        elif not said:
            says = "The cell is empty: write the code of an option."
        else:
            says = f"“{question.key}” has no option “{said}”: write one of {', '.join(levels)}."
        self._fault(says, row, "level")
        return None

    def _figure(self, row: TableRow) -> float | None:
        said = self._cell(row, self.figure)
        if self.figure == "people":
            if _PEOPLE.fullmatch(said):
                return float(said.replace(",", ""))
            wanted = "a whole number of people, 0 or more, such as 1817640"
        else:
            if (found := _SHARE.fullmatch(said)) is not None:
                share = float(found[1]) / (100 if found[2] else 1)
                if share <= 1:
                    return share
            wanted = "a share from 0 to 1, such as 0.207 or 20.7%"
        self._fault(
            f"“{said}” is not {wanted}." if said else f"The cell is empty: write {wanted}.",
            row,
            self.figure,
        )
        return None

    def _shared(self, row: TableRow, gathered: _Gathered) -> None:
        """Take source, licence and day from the first row of a question; others may repeat them."""
        for column in SHARED:
            # A spreadsheet's day is an instant.
            said = self._cell(row, column).removesuffix("T00:00:00")
            if column not in gathered.said:
                gathered.said[column] = said
                self._check_shared(row, column, said)
            elif said and said != gathered.said[column]:
                self._fault(
                    f"“{said}” differs from row {gathered.first}, “{gathered.said[column]}”: a "
                    "question has one source, one licence and one day.",
                    row,
                    column,
                )

    def _check_shared(self, row: TableRow, column: str, said: str) -> None:
        if not said:
            says = f"The cell is empty: write the {column} of the figures."
        elif column == "day" and not _is_day(said):
            says = f"“{said}” is not a day: write it as 2021-03-21."
        elif len(said) > LONGEST.get(column, len(said)):
            says = f"The cell is longer than {LONGEST[column]} characters: shorten it."
        else:
            return
        self._fault(says, row, column)

    def _whole(self, key: str, gathered: _Gathered) -> None:
        """Check that a question has all its levels, and figures of somebody."""
        question = self.questions[key]
        for code, label in levels_of(question).items():
            if code not in gathered.rows:
                self._fault(
                    f"“{key}” has no row for “{code}” ({label}): add one, with 0 if the population "
                    "has nobody of that kind, such as people who live elsewhere.",
                    gathered.first,
                    "level",
                )
        if len(gathered.figures) != len(gathered.rows):
            return
        total = sum(gathered.figures.values())
        if self.figure == "share" and abs(total - 1) > ROUNDED:
            self._fault(
                f"The shares of “{key}” sum to {total:.4g}: they must sum to 1, give or take 0.01.",
                gathered.first,
                "share",
            )
        elif not total:
            self._fault(
                f"All figures of “{key}” are 0: give the population's.", gathered.first, self.figure
            )


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True
