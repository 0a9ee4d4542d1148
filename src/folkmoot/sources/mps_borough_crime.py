"""MPS Borough Level Crime: offences recorded by month, borough and category.

Published on the London Datastore as two wide files, one column a month: everything but the last
24 months, and the last 24 months. Both are rewritten with each release.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from folkmoot.core.periods import Month
from folkmoot.sources.errors import SourceError
from folkmoot.sources.london_boroughs import (
    LONDON,
    METROPOLITAN_POLICE_BOROUGHS,
    borough_named,
)
from folkmoot.sources.mps_categories import KEY, MAJOR_OF_MINOR, NEVER_ABSENT, SERIES
from folkmoot.sources.mps_months import ONE_RELEASE, months_of, refuse_misfits
from folkmoot.sources.mps_notes import Part, notes
from folkmoot.sources.offers import DATASTORE, Offer
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import ReleaseTable, Source, SourceArea, tidy

OLD_AREA_COLUMN = "LookUp_BoroughName"
NEW_AREA_COLUMN = "BoroughName"
# Police of the airports, who were named otherwise until 2025, and offences that nobody placed.
PSEUDO_AREAS = (
    SourceArea("aviation-policing", "Aviation Policing", "pseudo"),
    SourceArea("aviation-security-so18", "Aviation Security (SO18)", "pseudo"),
    SourceArea(
        "london-heathrow-and-london-city-airports",
        "London Heathrow and London City Airports",
        "pseudo",
    ),
    SourceArea("unknown", "Unknown", "pseudo"),
)
_PSEUDO_BY_NAME = {area.name.lower(): area for area in PSEUDO_AREAS}
_COUNT = r"^[0-9]{1,9}$"
KEYS = 3


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of the wide MPS crime file of boroughs."""
    start = [cell.strip() for cell in header[:3]]
    return start[:2] in (["MajorText", "MinorText"], ["Group", "SubGroup"]) and start[2:] != [
        "WardName"
    ]


def read(sheets: Sequence[Sheet]) -> ReleaseTable:
    """Return the observations of one release from one or both of its files.

    A category that a file leaves out for an area counts zero in its months: the publisher lists
    a category only where it counted at least one offence (no file holds a row of zeros). An area
    that a file leaves out has no figure in its months. London is the sum of all areas,
    pseudo-areas included, as published. Raises SourceError for files that do not fit together.
    """
    parts = sorted((_read_part(sheet) for sheet in sheets), key=lambda part: part.months[0])
    refuse_misfits([(part.sheet, part.months) for part in parts], KEYS)
    _refuse_two_wordings(parts)
    known = {code: area for part in parts for code, area in part.areas.items()}
    areas = (LONDON, *sorted(known.values(), key=lambda area: (area.kind, area.name)))
    frame = pl.concat([_observations(part) for part in parts])
    return ReleaseTable(
        source=SOURCE,
        files=tuple(part.sheet.file for part in parts),
        areas=areas,
        observations=tidy(frame, SERIES, areas),
        notes=notes(parts),
    )


def _read_part(sheet: Sheet) -> Part:
    months = _months(sheet)
    if not sheet.rows:
        raise sheet.refuse("there is no row below the header", line=1)
    if not sheet.ends_with_newline:
        raise sheet.refuse(
            "the last row has no end of line, so its last number may be cut off",
            line=sheet.last_line,
            column=sheet.header[-1],
        )
    categories, areas = _keys(sheet)
    columns = list(zip(*sheet.rows, strict=True))[3:]
    text = pl.DataFrame(
        {str(month): column for month, column in zip(months, columns, strict=True)},
        schema=dict.fromkeys(map(str, months), pl.String),
    )
    sound = text.select(pl.all_horizontal(pl.all().str.contains(_COUNT))).to_series()
    if not sound.all():
        raise _bad_count(sheet, sound.arg_min() or 0)
    keys = pl.DataFrame({"category": categories, "area_code": [area.code for area in areas]})
    part = Part(
        sheet=sheet,
        months=months,
        areas={area.code: area for area in areas},
        counts=keys.hstack(text.cast(pl.Int64)),
    )
    _refuse_incomplete(part)
    return part


def _months(sheet: Sheet) -> tuple[Month, ...]:
    """Return the months of the header, which must be consecutive."""
    expected = (
        "MajorText or Group",
        "MinorText or SubGroup",
        f"{NEW_AREA_COLUMN} or {OLD_AREA_COLUMN}",
    )
    for place, name in enumerate(expected):
        found = sheet.header[place] if place < len(sheet.header) else ""
        if not found or found not in name.split(" or "):
            raise sheet.refuse(
                f"column {place + 1} is named '{found}' where borough level has {name}",
                "give the borough-level CSV (ward and LSOA files do not add up to boroughs)",
                line=1,
                column=found or None,
            )
    return months_of(sheet, KEYS)


def _keys(sheet: Sheet) -> tuple[list[str], list[SourceArea]]:
    """Return the category (in capitals) and the area of each row."""
    categories: list[str] = []
    areas: list[SourceArea] = []
    seen: dict[tuple[str, str], int] = {}
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        major, minor, name = (cell.strip() for cell in row[:3])
        if MAJOR_OF_MINOR.get(minor.upper()) != major.upper():
            is_major = major.upper() in MAJOR_OF_MINOR.values()
            raise sheet.refuse(
                f"'{minor if is_major else major}' is not a category that Folkmoot knows"
                + (f" within {major}" if is_major else ""),
                "check the spelling; a new category needs a newer Folkmoot",
                line=line,
                column=sheet.header[1 if is_major else 0],
            )
        area = borough_named(name) or _PSEUDO_BY_NAME.get(name.lower())
        if area is None:
            raise sheet.refuse(
                f"'{name}' is not a borough of London or another area of this source",
                "check the spelling",
                line=line,
                column=sheet.header[2],
            )
        key = (minor.upper(), area.code)
        if key in seen:
            raise sheet.refuse(
                f"the row for {minor} in {name} repeats row {seen[key]}",
                "remove one of them, or download the file again",
                line=line,
                column=sheet.header[1],
            )
        seen[key] = line
        categories.append(minor.upper())
        areas.append(area)
    return categories, areas


def _bad_count(sheet: Sheet, place: int) -> SourceError:
    row, line = sheet.rows[place], sheet.lines[place]
    column, cell = next(
        (name, cell)
        for name, cell in zip(sheet.header[3:], row[3:], strict=True)
        if not re.fullmatch(_COUNT, cell)
    )
    if not cell.strip():
        problem = "the count is empty"
    elif re.fullmatch(r"-\s*\d+", cell):
        problem = f"the count {cell} is negative"
    elif re.fullmatch(r"\d{1,3}([,. '\u00a0\u202f]\d{3})+", cell):
        problem = f"the count {cell} has a thousands separator"
    elif re.fullmatch(r"-?\d*[.,]\d+", cell):
        problem = f"the count {cell} is not a whole number"
    else:
        problem = f"'{cell}' is not a count"
    remedy = "write whole numbers in digits alone, or download the file again"
    return sheet.refuse(problem, remedy, line=line, column=column)


def _refuse_incomplete(part: Part) -> None:
    found: dict[str, set[str]] = {}
    for category, code in part.counts.select("category", "area_code").iter_rows():
        found.setdefault(category, set()).add(code)
    for title, names in NEVER_ABSENT:
        codes = set().union(*(found.get(name, set()) for name in names))
        for area in METROPOLITAN_POLICE_BOROUGHS:
            if area.code not in codes:
                raise part.sheet.refuse(
                    f"the file ends without a row for {title.lower()} in {area.name}, "
                    "so rows are missing or it was cut off",
                    line=part.sheet.last_line,
                    column=part.sheet.header[1],
                )


def _refuse_two_wordings(parts: Sequence[Part]) -> None:
    for earlier, later in pairwise(parts):
        was, now = earlier.sheet.header[2], later.sheet.header[2]
        if was != now:
            raise later.sheet.refuse(
                f"this column is named {was} in {earlier.name}, so the files are of different "
                "releases",
                ONE_RELEASE,
                line=1,
                column=now,
            )


def _observations(part: Part) -> pl.DataFrame:
    """Return one row per series, area and month of a file."""
    months = [str(month) for month in part.months]
    rows = part.counts.join(_members(part), on="category")
    sums = rows.group_by("series", "area_code").agg(pl.col(months).sum())
    grid = (
        sums.select("series").unique().join(pl.DataFrame({"area_code": [*part.areas]}), how="cross")
    )
    areas = grid.join(sums, on=["series", "area_code"], how="left").with_columns(
        pl.col(months).fill_null(0)
    )
    total = sums.group_by("series").agg(
        pl.lit(LONDON.code).alias("area_code"), pl.col(months).sum()
    )
    return (
        pl.concat([total, areas])
        .unpivot(index=["series", "area_code"], variable_name="period", value_name="value")
        .with_columns(base=pl.lit(None, dtype=pl.Float64))
    )


def _members(part: Part) -> pl.DataFrame:
    """Return which category of a file counts in which series."""
    listed = part.counts["category"].unique().to_list()
    pairs = [
        (series.key, category)
        for series in SERIES
        for category in ([name.upper() for name in series.categories] or listed)
    ]
    return pl.DataFrame(pairs, schema=["series", "category"], orient="row")


SOURCE = Source(
    key=KEY,
    title="MPS Borough Level Crime",
    publisher="Metropolitan Police Service",
    url="https://data.london.gov.uk/dataset/recorded_crime_summary",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    status="official statistics, not accredited",
    frequency="monthly",
    caveat=(
        "Police recorded crime is official statistics, not accredited (Office for Statistics "
        "Regulation), and shows police activity and reporting as well as crime."
    ),
    area_kinds=("total", "borough", "pseudo"),
    series=SERIES,
    recognises=recognises,
    read=read,
    offer=Offer(
        page="https://data.london.gov.uk/dataset/recorded_crime_summary",
        catalogue=f"{DATASTORE}recorded_crime_summary",
        titles=(
            r"MPS Borough Level Crime \(Historical\)(\.csv)?",
            r"MPS Borough Level Crime( \(most recent 24 months\))?(\.csv)?",
        ),
    ),
)
