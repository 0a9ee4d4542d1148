"""Mid-year population by borough: one column a year, or, as Nomis gives it, one row a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import polars as pl

from folkmoot.core.periods import Month
from folkmoot.sources.london_boroughs import BOROUGHS, LONDON
from folkmoot.sources.offers import Offer
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import ReleaseTable, Series, Source, tidy

KEY = "population"
_YEAR = re.compile(r"(\d{4})_Population")
NOMIS = ("DATE_NAME", "GEOGRAPHY_NAME", "GEOGRAPHY_CODE", "OBS_VALUE")
# Dataset 2002 of Nomis: everybody (gender 0), of all ages (200), counted (20100).
_ADDRESS = (
    "https://www.nomisweb.co.uk/api/v01/dataset/NM_2002_1.data.csv"
    "?geography=E09000001...E09000033&date=latestMINUS13-latest&gender=0&c_age=200&measures=20100"
    "&select=date_name,geography_name,geography_code,obs_value"
)
_COUNT = re.compile(r"\d{1,9}")
# The estimates are of the people who live somewhere on 30 June.
MIDDLE = 6
# Usual residents of London on 21 March 2021: TS021 of the census, the sum of its groups. Mid-year
# estimates of that June lie within a thousandth of it.
CENSUS = (2021, 8_799_731)
CENSUS_TOLERANCE = 0.02
# A plain count of residents says nothing where far more people are than live.
FOOTFALL = ("City of London", "Westminster")

SERIES = (
    Series(
        key="population",
        title="Population",
        source=KEY,
        unit="residents",
        definition="People who usually live there, on 30 June of the year.",
        categories=(),
    ),
)
_BY_CODE = {area.code: area for area in BOROUGHS}


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of a population file: a column a year, or a row a year (Nomis)."""
    cells = [cell.strip() for cell in header]
    is_wide = cells[:1] == ["Code"] and any(_YEAR.fullmatch(cell) for cell in cells)
    return is_wide or {*NOMIS} <= {*cells}


def read(sheets: Sequence[Sheet]) -> ReleaseTable:
    """Return residents by borough and year, each year dated by its June. London is their sum.

    Raises SourceError for a file that is not sound, a year missing in the middle, or a borough
    missing or there twice.
    """
    if len(sheets) > 1:
        raise sheets[1].refuse("the population is one file, and this is the second", "give one")
    sheet = sheets[0]
    counts = _tall(sheet) if {*NOMIS} <= {*sheet.header} else _wide(sheet)
    years = sorted(counts[BOROUGHS[0].code])
    areas = (LONDON, *BOROUGHS)
    counts[LONDON.code] = {
        year: sum(counts[area.code][year] for area in BOROUGHS) for year in years
    }
    records = [
        ("population", code, str(Month(year, MIDDLE)), float(value), None)
        for code, values in counts.items()
        for year, value in values.items()
    ]
    schema = ["series", "area_code", "period", "value", "base"]
    return ReleaseTable(
        source=SOURCE,
        files=(sheet.file,),
        areas=areas,
        observations=tidy(pl.DataFrame(records, schema=schema, orient="row"), SERIES, areas),
        notes=(*_notes(years[-1]), *_beside_census(counts[LONDON.code])),
    )


def _wide(sheet: Sheet) -> dict[str, dict[int, int]]:
    """Return residents by code and year from a file with one column a year."""
    columns = _years(sheet)
    counts: dict[str, dict[int, int]] = {}
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        code = _borough(sheet, row[0], line, "Code")
        if code in counts:
            raise sheet.refuse(
                f"{_BY_CODE[code].name} is there twice", "remove one row", line=line, column="Code"
            )
        counts[code] = {
            year: _count(sheet, row[place], line, sheet.header[place])
            for place, year in columns.items()
        }
    for area in BOROUGHS:
        if area.code not in counts:
            raise sheet.refuse(
                f"there is no row for {area.name}, so rows are missing or the file was cut off",
                line=sheet.last_line,
                column="Code",
            )
    return counts


def _tall(sheet: Sheet) -> dict[str, dict[int, int]]:
    """Return residents by code and year from a file of Nomis with one row for each pair."""
    year_at, _, code_at, value_at = (sheet.header.index(name) for name in NOMIS)
    counts: dict[str, dict[int, int]] = {area.code: {} for area in BOROUGHS}
    years: set[int] = set()
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        if row[code_at].strip() == LONDON.code:
            continue
        code = _borough(sheet, row[code_at], line, NOMIS[2])
        if not re.fullmatch(r"(19|20)\d\d", row[year_at].strip()):
            raise sheet.refuse(
                f"'{row[year_at]}' is not a year such as 2022", line=line, column=NOMIS[0]
            )
        year = int(row[year_at])
        if year in counts[code]:
            raise sheet.refuse(
                f"{_BY_CODE[code].name} in {year} is there twice",
                "ask for all ages and both sexes together, and for nothing else",
                line=line,
                column=NOMIS[0],
            )
        counts[code][year] = _count(sheet, row[value_at], line, NOMIS[3])
        years.add(year)
    for before, after in pairwise(sorted(years)):
        if after != before + 1:
            raise sheet.refuse(
                f"{after} follows {before}, and a missing year is not zero", column=NOMIS[0]
            )
    for area in BOROUGHS:
        missing = sorted(years - {*counts[area.code]})
        if missing or not years:
            raise sheet.refuse(
                f"there is no row for {area.name} in {missing[0] if missing else 'any year'}, so "
                "rows are missing or the file was cut off",
                line=sheet.last_line,
                column=NOMIS[2],
            )
    return counts


def _borough(sheet: Sheet, cell: str, line: int, column: str) -> str:
    code = cell.strip()
    if code not in _BY_CODE:
        raise sheet.refuse(
            f"'{code}' is not the code of a borough of London",
            "give the rows of the 33 boroughs alone",
            line=line,
            column=column,
        )
    return code


def _years(sheet: Sheet) -> dict[int, int]:
    """Return the year of each column that holds one, by the column's place."""
    found = {
        place: int(year[1])
        for place, name in enumerate(sheet.header)
        if (year := _YEAR.fullmatch(name))
    }
    for before, after in pairwise(found.values()):
        if after != before + 1:
            raise sheet.refuse(
                f"{after} follows {before}, and a missing year is not zero",
                line=1,
                column=f"{after}_Population",
            )
    for place, name in enumerate(sheet.header):
        if place not in found and place and place > min(found, default=0):
            raise sheet.refuse(
                f"'{name}' is not a year such as 2022_Population",
                "restore the header as it was published",
                line=1,
                column=name or None,
            )
    return found


def _count(sheet: Sheet, cell: str, line: int, column: str) -> int:
    if not _COUNT.fullmatch(cell.strip()) or not int(cell):
        raise sheet.refuse(
            f"'{cell}' is not a number of residents" if cell.strip() else "the cell is empty",
            "write whole numbers above zero in digits alone, or download the file again",
            line=line,
            column=column,
        )
    return int(cell)


def _notes(last: int) -> Iterator[str]:
    yield (
        f"Each figure is for 30 June of its year. After {last} none is available: a rate of a "
        f"later month would rest on the population of {last}, and must say so."
    )
    yield (
        f"In the {' and '.join(FOOTFALL)} far more people are than live: a rate by residents needs "
        "that caveat."
    )
    yield "London is the sum of its boroughs."


def _beside_census(london: Mapping[int, int]) -> Iterator[str]:
    """Yield what is odd about figures that the census of their year does not bear out."""
    year, counted = CENSUS
    if year not in london:
        return
    beyond = london[year] / counted - 1
    if abs(beyond) > CENSUS_TOLERANCE:
        yield (
            f"London in {year} is {london[year]:,} here, {abs(beyond):.1%} "
            f"{'above' if beyond > 0 else 'below'} the {counted:,} whom the census of that year "
            "counted. Estimates of the Office for National Statistics were revised to agree with "
            "it: these look like a projection from before, and rates by them would be wrong by as "
            "much."
        )


SOURCE = Source(
    key=KEY,
    title="Mid-year population by borough",
    publisher="Office for National Statistics",
    url="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    status="accredited official statistics",
    frequency="yearly",
    caveat=(
        "Estimates of usual residents at mid-year, revised after each census: they are not the "
        "people who are there by day."
    ),
    area_kinds=("total", "borough"),
    series=SERIES,
    recognises=recognises,
    read=read,
    offer=Offer(
        page="https://www.nomisweb.co.uk/datasets/pestsyoala",
        files=((_ADDRESS, "nomis-population.csv"),),
    ),
)
