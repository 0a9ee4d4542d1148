"""One file of crime below the borough, read and checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from folkmoot.core.periods import Month
from folkmoot.sources import mps_categories
from folkmoot.sources.errors import SourceError
from folkmoot.sources.london_boroughs import METROPOLITAN_POLICE_BOROUGHS, borough_named
from folkmoot.sources.mps_categories import MAJOR_OF_MINOR, NEVER_ABSENT
from folkmoot.sources.mps_months import months_of
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import SourceArea

_COUNT = r"^[0-9]{1,9}$"
MAJOR = ("MajorText", "Group", "Major Category")
MINOR = ("MinorText", "SubGroup", "Minor Category")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of places: what their codes look like, and in which columns they stand.

    `name` may be a column that older files lack. Series are those of boroughs, with `kind` before
    their key, but for those that the publisher gives at no such level.
    """

    kind: str
    places: str
    code_pattern: str
    code: str
    name: str
    borough: tuple[str, ...]
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One file: `counts` has the columns category, area_code and one a month ("YYYY-MM")."""

    sheet: Sheet
    months: tuple[Month, ...]
    areas: dict[str, SourceArea]
    counts: pl.DataFrame
    unplaced: int


def read_part(sheet: Sheet, level: Level) -> Part:
    """Return what a file holds. Raises SourceError."""
    places, keys = _places(sheet, level)
    months = months_of(sheet, keys)
    if not sheet.rows:
        raise sheet.refuse("there is no row below the header", line=1)
    if not sheet.ends_with_newline:
        raise sheet.refuse(
            "the last row has no end of line, so its last number may be cut off",
            line=sheet.last_line,
            column=sheet.header[-1],
        )
    categories, areas, boroughs = _keys(sheet, level, places)
    columns = list(zip(*sheet.rows, strict=True))[keys:]
    names = [str(month) for month in months]
    text = pl.DataFrame(
        dict(zip(names, columns, strict=True)), schema=dict.fromkeys(names, pl.String)
    )
    sound = text.select(pl.all_horizontal(pl.all().str.contains(_COUNT))).to_series()
    if not sound.all():
        raise _bad_count(sheet, sound.arg_min() or 0, keys)
    counts = pl.DataFrame(
        {"category": categories, "area_code": [area.code for area in areas]}
    ).hstack(text.cast(pl.Int64))
    _refuse_incomplete(sheet, level, categories, boroughs)
    is_placed = pl.col("area_code").str.contains(f"^{level.code_pattern}$")
    unplaced = counts.filter(~is_placed).select(pl.sum_horizontal(pl.col(names).sum())).item()
    return Part(
        sheet=sheet,
        months=months,
        areas={area.code: area for area in areas if re.fullmatch(level.code_pattern, area.code)},
        counts=counts.filter(is_placed),
        unplaced=int(unplaced or 0),
    )


def _places(sheet: Sheet, level: Level) -> tuple[dict[str, int], int]:
    """Return in which column each key stands, and how many columns come before the months."""
    expected = {
        "major": MAJOR,
        "minor": MINOR,
        "code": (level.code,),
        "name": (level.name,),
        "borough": level.borough,
    }
    found: dict[str, int] = {}
    keys = next(
        (place for place, name in enumerate(sheet.header) if name[:1].isdigit()), len(sheet.header)
    )
    for place, name in enumerate(sheet.header[:keys]):
        key = next((key for key, names in expected.items() if name in names), None)
        if key is None or key in found:
            raise sheet.refuse(
                f"column {place + 1} is named '{name}', which this file has no such column of",
                "restore the header as it was published",
                line=1,
                column=name or None,
            )
        found[key] = place
    for key, names in expected.items():
        if key not in found and key != "name":
            raise sheet.refuse(
                f"there is no column {' or '.join(names)}",
                "restore the header as it was published",
                line=1,
            )
    return found, keys


def _keys(
    sheet: Sheet, level: Level, places: dict[str, int]
) -> tuple[list[str], list[SourceArea], list[str]]:
    """Return the category (in capitals), the place and the borough of each row."""
    categories: list[str] = []
    areas: list[SourceArea] = []
    boroughs: list[str] = []
    known: dict[str, SourceArea] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        major, minor = row[places["major"]].strip(), row[places["minor"]].strip()
        if MAJOR_OF_MINOR.get(minor.upper()) != major.upper():
            raise sheet.refuse(
                f"'{major}, {minor}' is not a category that Folkmoot knows",
                "check the spelling; a new category needs a newer Folkmoot",
                line=line,
                column=sheet.header[places["minor"]],
            )
        borough, code = row[places["borough"]].strip(), row[places["code"]].strip()
        key = (minor.upper(), code, borough)
        if key in seen:
            raise sheet.refuse(
                f"the row for {minor} in {code or 'no place'} repeats row {seen[key]}",
                "remove one of them, or download the file again",
                line=line,
                column=sheet.header[places["minor"]],
            )
        seen[key] = line
        if code not in known:
            known[code] = _area(
                level, code, row[places["name"]] if "name" in places else "", borough
            )
        categories.append(minor.upper())
        areas.append(known[code])
        boroughs.append(borough)
    return categories, areas, boroughs


def _area(level: Level, code: str, name: str, borough: str) -> SourceArea:
    """Return a place; a ward's name goes with its borough's, as several share one."""
    name = name.strip()
    if level.kind == "ward" and name:
        found = borough_named(borough)
        name = f"{name}, {found.name if found else borough}"
    return SourceArea(code, name or code, level.kind)


def _bad_count(sheet: Sheet, place: int, keys: int) -> SourceError:
    row, line = sheet.rows[place], sheet.lines[place]
    column, cell = next(
        (name, cell)
        for name, cell in zip(sheet.header[keys:], row[keys:], strict=True)
        if not re.fullmatch(_COUNT, cell)
    )
    return sheet.refuse(
        f"'{cell}' is not a count" if cell.strip() else "the count is empty",
        "write whole numbers in digits alone, or download the file again",
        line=line,
        column=column,
    )


def _refuse_incomplete(
    sheet: Sheet, level: Level, categories: Sequence[str], boroughs: Sequence[str]
) -> None:
    """Refuse a file in which a borough has no row of a category that is in all of them."""
    found: dict[str, set[str]] = {}
    for category, borough in zip(categories, boroughs, strict=True):
        area = borough_named(borough)
        found.setdefault(area.code if area else borough, set()).add(category)
    left_out = {one.title for one in mps_categories.SERIES if one.key in level.left_out}
    for title, names in NEVER_ABSENT:
        for area in METROPOLITAN_POLICE_BOROUGHS:
            if title not in left_out and not names & found.get(area.code, set()):
                raise sheet.refuse(
                    f"the file ends without a row for {title.lower()} in {area.name}, "
                    "so rows are missing or it was cut off",
                    line=sheet.last_line,
                )
