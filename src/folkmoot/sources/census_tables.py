"""Census 2021 tables as Nomis packs them: one CSV for each kind of area, of which London is read.

A table is one column for its total and one for each answer; answers within answers (the Indian
among the Asian residents) stand beside those that hold them, and only the outer ones are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from folkmoot.sources.inputs import InputFile
from folkmoot.sources.london_boroughs import BOROUGHS, LONDON
from folkmoot.sources.offers import Offer
from folkmoot.sources.sheets import Sheet, read_sheet
from folkmoot.sources.tables import ReleaseTable, Series, Source, listed, tidy

KEY = "census-2021-tables"
KEYS = ("date", "geography", "geography code")
# Census Day was 21 March 2021.
PERIOD = "2021-03"
_COUNT = re.compile(r"\d{1,9}")
_CODES = frozenset(area.code for area in BOROUGHS)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the census: the word before its columns, its total, and its outer answers."""

    number: str
    variable: str
    slug: str
    total: str
    answers: tuple[str, ...]

    @property
    def columns(self) -> dict[str, str]:
        """The key of each answer's series by the heading of its column."""
        return {
            f"{self.variable}: {answer}": f"census-{self.slug}-{_slug(answer)}"
            for answer in self.answers
        }


def _slug(answer: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", answer.lower()).strip("-")


TABLES = (
    Table("TS008", "Sex", "sex", "All persons", ("Female", "Male")),
    Table(
        "TS007A",
        "Age",
        "age",
        "Total",
        (
            "Aged 4 years and under",
            *(f"Aged {first} to {first + 4} years" for first in range(5, 85, 5)),
            "Aged 85 years and over",
        ),
    ),
    Table(
        "TS021",
        "Ethnic group",
        "ethnic-group",
        "Total: All usual residents",
        (
            "Asian, Asian British or Asian Welsh",
            "Black, Black British, Black Welsh, Caribbean or African",
            "Mixed or Multiple ethnic groups",
            "White",
            "Other ethnic group",
        ),
    ),
    Table(
        "TS030",
        "Religion",
        "religion",
        "Total: All usual residents",
        (
            "No religion",
            "Christian",
            "Buddhist",
            "Hindu",
            "Jewish",
            "Muslim",
            "Sikh",
            "Other religion",
            "Not answered",
        ),
    ),
)
SERIES = tuple(
    Series(
        key=key,
        title=f"Residents: {heading}",
        source=KEY,
        unit="residents",
        definition=f"Usual residents on Census Day, table {table.number}, {heading}.",
        categories=(heading,),
    )
    for table in TABLES
    for heading, key in table.columns.items()
)


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of one of the tables, whatever the kind of its areas."""
    cells = [_plain(cell) for cell in header]
    return cells[:3] == list(KEYS) and any(
        cells[3:4] == [f"{table.variable}: {table.total}"] for table in TABLES
    )


def _plain(cell: str) -> str:
    """Return a heading without what some downloads add to it."""
    return cell.strip().removesuffix("; measures: Value")


def read(files: Sequence[InputFile]) -> ReleaseTable:
    """Return residents by borough and answer, London their sum, from one or more tables.

    Raises SourceError for a file that is not sound, a table given twice, a borough missing, and
    answers that do not add up to the table's own total.
    """
    counts: dict[tuple[str, str], int] = {}
    sheets, elsewhere, seen = [], 0, dict[str, str]()
    for file in files:
        sheet = read_sheet(file)
        table = _table(sheet)
        if table.number in seen:
            raise sheet.refuse(
                f"this is table {table.number}, and so is {seen[table.number]}",
                "give each table once, by local authority",
            )
        seen[table.number] = file.name
        elsewhere += _read_one(sheet, table, counts)
        sheets.append(sheet)
    for key in sorted({key for key, _ in counts}):
        counts[key, LONDON.code] = sum(counts[key, area.code] for area in BOROUGHS)
    areas = (LONDON, *BOROUGHS)
    records = [(key, code, PERIOD, float(value), None) for (key, code), value in counts.items()]
    schema = ["series", "area_code", "period", "value", "base"]
    return ReleaseTable(
        source=SOURCE,
        files=tuple(sheet.file for sheet in sheets),
        areas=areas,
        observations=tidy(pl.DataFrame(records, schema=schema, orient="row"), SERIES, areas),
        notes=tuple(_notes([*seen], elsewhere)),
    )


def _table(sheet: Sheet) -> Table:
    header = [_plain(cell) for cell in sheet.header]
    for table in TABLES:
        if header[3:4] == [f"{table.variable}: {table.total}"]:
            missing = [heading for heading in table.columns if heading not in header]
            if missing:
                raise sheet.refuse(
                    f"there is no column '{missing[0]}', which table {table.number} has",
                    "give the table as Nomis publishes it",
                    line=1,
                )
            return table
    raise sheet.refuse(
        "the header is that of no table that Folkmoot reads",
        f"give {listed([table.number for table in TABLES])}",
        line=1,
    )


def _read_one(sheet: Sheet, table: Table, counts: dict[tuple[str, str], int]) -> int:
    """Add a table's counts by borough; return how many rows are of other authorities."""
    header = [_plain(cell) for cell in sheet.header]
    places = {key: header.index(heading) for heading, key in table.columns.items()}
    found: set[str] = set()
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        code = row[2].strip()
        if code not in _CODES:
            continue
        if code in found:
            raise sheet.refuse(
                f"{row[1].strip()} is there twice", "remove one row", line=line, column=KEYS[2]
            )
        found.add(code)
        total = _count(sheet, row[3], line, 3)
        values = {key: _count(sheet, row[place], line, place) for key, place in places.items()}
        # Each cell was changed a little for itself, so that the sum may differ by as little.
        if abs(sum(values.values()) - total) > 5 * len(values):
            raise sheet.refuse(
                f"the answers add up to {sum(values.values()):,} and the total is {total:,}",
                "download the table again",
                line=line,
                column=sheet.header[3],
            )
        counts.update({(key, code): value for key, value in values.items()})
    for area in BOROUGHS:
        if area.code not in found:
            raise sheet.refuse(
                f"there is no row for {area.name}, so the file is of other areas or was cut off",
                "give the file of lower-tier local authorities, whose name ends in -ltla.csv",
                line=sheet.last_line,
                column=KEYS[2],
            )
    return len(sheet.rows) - len(found)


def _count(sheet: Sheet, cell: str, line: int, place: int) -> int:
    if not _COUNT.fullmatch(cell.strip()):
        raise sheet.refuse(
            f"'{cell}' is not a number of residents" if cell.strip() else "the cell is empty",
            "write whole numbers in digits alone, or download the file again",
            line=line,
            column=sheet.header[place],
        )
    return int(cell)


def _notes(numbers: Sequence[str], elsewhere: int) -> Iterator[str]:
    yield f"Tables read: {listed(numbers)}."
    if elsewhere:
        yield f"{elsewhere:,} rows are of authorities outside London, and are left out."
    yield "London is the sum of its boroughs."


def _packed(number: str) -> str:
    return f"https://www.nomisweb.co.uk/output/census/2021/census2021-{number.lower()}.zip"


SOURCE = Source(
    key=KEY,
    title="Census 2021, tables of residents",
    publisher="Office for National Statistics",
    url="https://www.nomisweb.co.uk/sources/census_2021_bulk",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    status="accredited official statistics",
    frequency="once",
    caveat=(
        "Counts of usual residents on 21 March 2021, in a pandemic, each changed a little so that "
        "nobody can be recognised; answers may not add up to their total by a few."
    ),
    area_kinds=("total", "borough"),
    series=SERIES,
    recognises=recognises,
    read_files=read,
    offer=Offer(
        page="https://www.nomisweb.co.uk/sources/census_2021_bulk",
        files=tuple((_packed(table.number), "") for table in TABLES),
    ),
    member_end="-ltla.csv",
)
