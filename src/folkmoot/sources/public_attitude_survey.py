"""MOPAC Public Attitude Survey by borough: shares of Londoners, rolling twelve months.

One tall file, a row a quarter, borough and measure, with London's figure repeated in the column
`MPS`. Dates are day-first and decimals have a comma. Four columns without a name follow the last;
what stands in them is left alone (the release to December 2023 has a stray note in row 8034).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import polars as pl

from folkmoot.core.periods import Month, months_between
from folkmoot.sources.london_boroughs import (
    LONDON,
    METROPOLITAN_POLICE_BOROUGHS,
    borough_named,
)
from folkmoot.sources.offers import DATASTORE, Offer
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import ReleaseTable, Series, Source, listed, tidy

KEY = "public-attitude-survey"
COLUMNS = ("Date", "Survey", "Borough", "Measure", "Proportion", "MPS")
# Interviews by design: 100 a quarter in each borough, so about 400 behind a rolling figure. The
# file gives no bases. London counts one quarter's, although its figure moves like a rolling one:
# an interval that is too wide claims less than the survey knows, never more.
BOROUGH_BASE = 400.0
LONDON_BASE = 3200.0
_SHARE = re.compile(r"(0|1)([,.]\d+)?")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def _series(key: str, title: str, definition: str, category: str) -> Series:
    return Series(
        key=key,
        title=title,
        source=KEY,
        unit="share",
        definition=definition,
        categories=(category,),
        is_rolling=True,
    )


SERIES = (
    _series(
        "good-job-local",
        "Good job in the local area",
        "Share who say that the police do a good or excellent job in their area.",
        '"Good Job" local',
    ),
    _series(
        "trust-in-the-police",
        "Trust in the police",
        "Share who agree that they can trust the Metropolitan Police.",
        "Trust MPS",
    ),
    _series(
        "treat-everyone-fairly",
        "Treat everyone fairly",
        "Share who agree that the police treat everyone fairly, whoever they are.",
        "Treat everyone fairly",
    ),
    _series(
        "listen-to-concerns",
        "Listen to concerns",
        "Share who agree that the police listen to the concerns of local people.",
        "Listen to concerns",
    ),
    _series(
        "relied-on-to-be-there",
        "Relied on to be there",
        "Share who agree that the police can be relied on to be there when needed.",
        "Relied on to be there",
    ),
    _series(
        "understand-issues",
        "Understand issues",
        "Share who agree that the police understand what affects their community.",
        "Understand issues",
    ),
    _series(
        "informed-locally",
        "Informed about local policing",
        "Share who feel informed about local policing over the last twelve months.",
        "Informed local",
    ),
    _series(
        "contact-ward-officer",
        "Know how to contact the ward officer",
        "Share who know how to contact their dedicated ward officer.",
        "Contact ward officer",
    ),
)
_KEY_OF_MEASURE = {series.categories[0].lower(): series.key for series in SERIES}


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of the survey's borough file."""
    return {"Date", "Borough", "Measure"} <= {cell.strip() for cell in header}


def read(sheets: Sequence[Sheet]) -> ReleaseTable:
    """Return the shares of the survey, 0 to 1, dated by the last month of their quarter.

    London is the column `MPS`. A quarter in which a measure was not asked has no figure. Raises
    SourceError for a file that is not sound.
    """
    if len(sheets) > 1:
        raise sheets[1].refuse("the survey is one file, and this is the second", "give one file")
    sheet = sheets[0]
    _refuse_header(sheet)
    shares: dict[tuple[str, Month], dict[str, float]] = {}
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        _read_row(sheet, row, line, shares)
    _refuse_incomplete(sheet, shares)
    areas = (LONDON, *METROPOLITAN_POLICE_BOROUGHS)
    records = [
        (key, code, str(month), share, LONDON_BASE if code == LONDON.code else BOROUGH_BASE)
        for (key, month), cells in shares.items()
        for code, share in cells.items()
    ]
    names = ["series", "area_code", "period", "value", "base"]
    frame = pl.DataFrame(records, schema=names, orient="row")
    return ReleaseTable(
        source=SOURCE,
        files=(sheet.file,),
        areas=areas,
        observations=tidy(frame, SERIES, areas),
        notes=tuple(_notes(sheet, shares)),
    )


def _notes(sheet: Sheet, shares: dict[tuple[str, Month], dict[str, float]]) -> Iterator[str]:
    """Yield a sentence for everything odd about the file, though all of it can be read."""
    commas = sum("," in row[4] or "," in row[5] for row in sheet.rows)
    points = sum("." in row[4] or "." in row[5] for row in sheet.rows)
    if commas:
        both = f" and with a point in {points:,}" if points else ""
        yield f"Decimals are written with a comma in {commas:,} rows{both}, and read as such."
    yield "Days are written day first, and each figure covers the twelve months to its day."
    unnamed = len(sheet.header) - len(COLUMNS)
    if unnamed:
        yield f"{unnamed} columns without a name follow the last, and are left alone."
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        if stray := [cell.strip() for cell in row[len(COLUMNS) :] if cell.strip()]:
            yield f"Row {line} has a note in a column without a name, left alone: “{stray[0]}”."
    spellings: dict[str, set[str]] = {}
    for row in sheet.rows:
        area = borough_named(row[2])
        if area is not None:
            spellings.setdefault(area.name, set()).add(row[2].strip())
    for name, written in sorted(spellings.items()):
        if written != {name}:
            yield f"{name} is written {listed([f'“{each}”' for each in sorted(written)])}."
    first = min(month for _, month in shares)
    for series in SERIES:
        begins = min(month for key, month in shares if key == series.key)
        if begins != first:
            yield (
                f"{series.title} begins in {begins.label}, and the file in {first.label}: before, "
                "it is not available."
            )
    yield (
        f"The file counts no interviews. Taken are, by the survey’s design, {BOROUGH_BASE:,.0f} a "
        f"borough and {LONDON_BASE:,.0f} for London."
    )
    yield "Nothing says when the file was published: give --released when you import it."


def _refuse_header(sheet: Sheet) -> None:
    for place, name in enumerate(COLUMNS):
        found = sheet.header[place] if place < len(sheet.header) else ""
        if found != name:
            raise sheet.refuse(
                f"column {place + 1} is named '{found}' where the survey's file has {name}",
                "restore the header as it was published",
                line=1,
                column=found or name,
            )
    for name in sheet.header[len(COLUMNS) :]:
        if name:
            raise sheet.refuse(
                f"the column '{name}' is not one that Folkmoot knows",
                "check whether this is another file of the survey",
                line=1,
                column=name,
            )
    if not sheet.rows:
        raise sheet.refuse("there is no row below the header", line=1)


def _read_row(
    sheet: Sheet,
    row: Sequence[str],
    line: int,
    shares: dict[tuple[str, Month], dict[str, float]],
) -> None:
    day, survey, name, measure, share, london = (cell.strip() for cell in row[: len(COLUMNS)])
    if survey != "PAS":
        raise sheet.refuse(
            f"'{survey}' is another survey than PAS",
            "give its rows alone",
            line=line,
            column="Survey",
        )
    area = borough_named(name)
    if area not in METROPOLITAN_POLICE_BOROUGHS:
        raise sheet.refuse(
            f"'{name}' is not a borough that the survey covers",
            "check the spelling",
            line=line,
            column="Borough",
        )
    key = _KEY_OF_MEASURE.get(measure.lower())
    if key is None:
        raise sheet.refuse(
            f"'{measure}' is not a measure that Folkmoot knows",
            "check the spelling; a new measure needs a newer Folkmoot",
            line=line,
            column="Measure",
        )
    cells = shares.setdefault((key, _quarter_end(sheet, day, line)), {})
    if area.code in cells:
        raise sheet.refuse(
            f"the figure of {measure} in {name} on {day} is there twice",
            "remove one of the rows, or download the file again",
            line=line,
            column="Measure",
        )
    cells[area.code] = _share(sheet, share, line, "Proportion")
    total = _share(sheet, london, line, "MPS")
    if cells.setdefault(LONDON.code, total) != total:
        raise sheet.refuse(
            f"{london} differs from the figure for London given with another borough on {day}",
            line=line,
            column="MPS",
        )


def _quarter_end(sheet: Sheet, text: str, line: int) -> Month:
    found = _DATE.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        day = None
    if day is None or day.month % 3 or day != Month.from_date(day).last_day:
        raise sheet.refuse(
            f"'{text}' is not the last day of a quarter",
            "write dates day first, such as 31/12/2023",
            line=line,
            column="Date",
        )
    return Month.from_date(day)


def _share(sheet: Sheet, text: str, line: int, column: str) -> float:
    value = float(text.replace(",", ".")) if _SHARE.fullmatch(text) else None
    if value is None or value > 1:
        raise sheet.refuse(
            f"'{text}' is not a share between 0 and 1" if text else "the share is empty",
            "write shares such as 0,56",
            line=line,
            column=column,
        )
    return value


def _refuse_incomplete(sheet: Sheet, shares: dict[tuple[str, Month], dict[str, float]]) -> None:
    """Refuse a file that lacks boroughs, or quarters within or at the end of a measure."""
    last = max(month for _, month in shares)
    for series in SERIES:
        measure = series.categories[0]
        months = sorted(month for key, month in shares if key == series.key)
        for month in months:
            for area in METROPOLITAN_POLICE_BOROUGHS:
                if area.code not in shares[series.key, month]:
                    raise sheet.refuse(
                        f"there is no row for {measure} in {area.name} for the quarter to "
                        f"{month.label}, so rows are missing or the file was cut off",
                        line=sheet.last_line,
                        column="Borough",
                    )
        if not months:
            raise sheet.refuse(f"there is no row for {measure}", line=1, column="Measure")
        for earlier, later in pairwise((*months, last.shift(3))):
            if months_between(earlier, later) != 3:
                raise sheet.refuse(
                    f"there is no row for {measure} for the quarter to {earlier.shift(3).label}, "
                    "so rows are missing or the file was cut off",
                    line=sheet.last_line,
                    column="Date",
                )


SOURCE = Source(
    key=KEY,
    title="Public Attitude Survey by borough",
    publisher="Mayor’s Office for Policing and Crime",
    url="https://data.london.gov.uk/dataset/mopac-surveys",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    status="survey estimates, not accredited",
    frequency="quarterly",
    caveat=(
        "Each figure covers twelve months of interviews, so neighbouring quarters share most of "
        "them: compare points four quarters apart, with their intervals."
    ),
    area_kinds=("total", "borough"),
    series=SERIES,
    recognises=recognises,
    read=read,
    offer=Offer(
        page="https://data.london.gov.uk/dataset/mopac-surveys",
        catalogue=f"{DATASTORE}mopac-surveys",
        titles=(r"PAS.*Borough.*\.csv",),
    ),
)
