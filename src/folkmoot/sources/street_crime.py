"""data.police.uk street-level crime: one row a crime, one file a force and month.

Read from files, a folder or a zip archive of months, of any forces. Rows are counted by force,
month and type; places within a force never are: they are moved to points of a map, and their LSOA
may lie outside the force.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from folkmoot.core.periods import Month, month_range
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, sha256_of
from folkmoot.sources.sheets import AGAIN, decoded
from folkmoot.sources.tables import (
    ReleaseTable,
    Series,
    Source,
    SourceArea,
    SourceFile,
    listed,
    months_in_words,
    tidy,
)

KEY = "police-uk-street-crime"
COLUMNS = (
    *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location"),
    *("LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"),
)
_NEEDED = ("Crime ID", "Month", "Falls within", "Crime type", "Longitude", "LSOA name")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
# The one force whose area is a borough, under the borough's own code.
_AREAS = {"City of London Police": SourceArea("E09000001", "City of London", "borough")}
ALL = "street-crime"
DISORDER = "street-anti-social-behaviour"
_TYPES = (
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)


def _series(key: str, title: str, unit: str, definition: str, *categories: str) -> Series:
    return Series(
        key=key, title=title, source=KEY, unit=unit, definition=definition, categories=categories
    )


SERIES = (
    _series(
        ALL,
        "Street-level crime",
        "crimes recorded",
        "Every crime in the street-level files; anti-social behaviour is no crime and not in it.",
    ),
    _series(
        DISORDER,
        "Anti-social behaviour",
        "incidents recorded",
        "Incidents of anti-social behaviour, which have no number and may be listed twice.",
        "Anti-social behaviour",
    ),
    *(
        _series(
            f"street-{each.lower().replace(' ', '-')}",
            f"{each} (street level)",
            "crimes recorded",
            f"Crimes of the type {each.lower()} in the street-level files.",
            each,
        )
        for each in _TYPES
    ),
)
_KEY_OF_TYPE = {series.categories[0]: series.key for series in SERIES if series.categories}


@dataclass(slots=True)
class _Found:
    """What was found in the files so far."""

    files: list[SourceFile] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    file_of: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: int = 0
    unnumbered: int = 0
    unplaced: int = 0


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of a street-level file."""
    return [cell.strip() for cell in header[:4]] == list(COLUMNS[:4]) and "Crime type" in header


def read(files: Sequence[InputFile]) -> ReleaseTable:
    """Return counts by force, month and type.

    A crime that stands in several rows is counted once, in the first month that has it. A month
    of which a force has a file counts zero for a type without a row; a month without a file, or
    with an empty one, has no figure. Raises SourceError for a file that is not sound.
    """
    found = _Found()
    for file in files:
        _read_one(file, found)
    if not found.frames:
        raise SourceError(files[0].name, "no file holds a crime", AGAIN)
    crimes = pl.concat(found.frames)
    once = pl.concat(
        [
            crimes.filter(pl.col("id").is_null()),
            crimes.filter(pl.col("id").is_not_null())
            .sort("month", maintain_order=True)
            .unique("id", keep="first", maintain_order=True),
        ]
    )
    areas = {force: _area(force) for force in sorted(crimes["force"].unique())}
    return ReleaseTable(
        source=SOURCE,
        files=tuple(found.files),
        areas=tuple(areas.values()),
        observations=tidy(_counted(crimes, once, areas), SERIES, tuple(areas.values())),
        notes=tuple(_notes(found, crimes, once.height)),
    )


def _read_one(file: InputFile, found: _Found) -> None:
    content = file.content()
    decoded(file.name, content)
    try:
        frame = pl.read_csv(io.BytesIO(content), infer_schema=False, truncate_ragged_lines=False)
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise SourceError(
            file.name,
            f"a row cannot be read as CSV, or the file is cut off ({_first(error)})",
            AGAIN,
        ) from error
    _refuse_header(file, frame.columns)
    if not content.endswith((b"\n", b"\r")):
        raise SourceError(
            file.name,
            "the last row has no end of line, so it may be cut off",
            AGAIN,
            row=frame.height + 1,
        )
    found.files.append(SourceFile(file.name, sha256_of(content), frame.height))
    if not frame.height:
        found.empty.append(file.name)
        return
    _refuse_cells(file, frame)
    for force, month in frame.select("Falls within", "Month").unique().sort("Month").iter_rows():
        other = found.file_of.setdefault((force, month), file.name)
        if other != file.name:
            raise SourceError(
                file.name,
                f"it holds {Month.parse(month).label} of {force}, and so does {other}",
                "give each month of a force once",
            )
    found.rows += frame.height
    found.unplaced += frame["Longitude"].null_count()
    found.unnumbered += frame["Crime ID"].null_count()
    found.frames.append(
        frame.select(
            # A hash of eight bytes holds the number in an eighth of its room.
            pl.when(pl.col("Crime ID").is_not_null())
            .then(pl.col("Crime ID").hash(seed=0))
            .alias("id"),
            month=pl.col("Month"),
            force=pl.col("Falls within"),
            type=pl.col("Crime type"),
            lsoa=pl.col("LSOA name").str.replace(r" \w+$", ""),
        ).with_columns(pl.col("month", "force", "type", "lsoa").cast(pl.Categorical))
    )


def _first(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")


def _refuse_header(file: InputFile, header: Sequence[str]) -> None:
    for place, name in enumerate(COLUMNS):
        given = header[place] if place < len(header) else ""
        if given.strip() != name:
            raise SourceError(
                file.name,
                f"column {place + 1} is named '{given}' where a street-level file has {name}",
                "give the street-level files (outcomes and stop and search are others)",
                row=1,
                column=given or name,
            )


def _refuse_cells(file: InputFile, frame: pl.DataFrame) -> None:
    checks = (
        (
            "Month",
            pl.col("Month").str.contains(f"^{_MONTH.pattern}$"),
            "is not a month such as 2024-10",
        ),
        ("Falls within", pl.col("Falls within").str.strip_chars() != "", "is no force"),
        (
            "Crime type",
            pl.col("Crime type").is_in([*_KEY_OF_TYPE]),
            "is not a type that Folkmoot knows",
        ),
    )
    for column, is_sound, problem in checks:
        sound = frame.select(is_sound.fill_null(value=False)).to_series()
        if not sound.all():
            place = sound.arg_min() or 0
            raise SourceError(
                file.name,
                f"'{frame[place, column] or ''}' {problem}",
                "check the row, or download the file again",
                row=place + 2,
                column=column,
            )


def _area(force: str) -> SourceArea:
    slug = re.sub(r"[^a-z]+", "-", force.lower()).strip("-")
    return _AREAS.get(force, SourceArea(slug[:40].rstrip("-"), force, "force"))


def _counted(
    crimes: pl.DataFrame, once: pl.DataFrame, areas: dict[str, SourceArea]
) -> pl.DataFrame:
    """Return a row for every series of every month that a force has a file of."""
    codes = pl.DataFrame({"force": [*areas], "area_code": [area.code for area in areas.values()]})
    text = [pl.col("month", "force").cast(pl.String)]
    keyed = once.with_columns(
        *text, series=pl.col("type").cast(pl.String).replace_strict(_KEY_OF_TYPE)
    )
    counts = keyed.group_by("series", "force", "month").len("value")
    whole = (
        keyed.filter(pl.col("series") != DISORDER)
        .group_by("force", "month")
        .len("value")
        .select(pl.lit(ALL).alias("series"), "force", "month", "value")
    )
    grid = (
        crimes.select(text)
        .unique()
        .join(pl.DataFrame({"series": [series.key for series in SERIES]}), how="cross")
    )
    return (
        grid.join(pl.concat([counts, whole]), on=["series", "force", "month"], how="left")
        .join(codes, on="force")
        .select(
            "series",
            "area_code",
            pl.col("month").alias("period"),
            pl.col("value").fill_null(0),
            pl.lit(None, dtype=pl.Float64).alias("base"),
        )
    )


def _notes(found: _Found, crimes: pl.DataFrame, counted: int) -> Iterator[str]:
    if crimes.height > counted:
        yield (
            f"{crimes.height - counted:,} of {found.rows:,} rows repeat the number of a crime that "
            "was counted already: each crime is counted once."
        )
    if found.unnumbered:
        yield (
            f"{found.unnumbered:,} rows have no number (anti-social behaviour has none), so that "
            "one that stands there twice is counted twice."
        )
    if found.unplaced:
        yield f"{found.unplaced:,} rows have no place. They count for their force."
    yield from _elsewhere(crimes)
    pairs = crimes.select(pl.col("force", "month").cast(pl.String)).unique().sort("force", "month")
    for (force,), group in pairs.group_by("force", maintain_order=True):
        months = [Month.parse(each) for each in group["month"]]
        missing = sorted(set(month_range(months[0], months[-1])) - set(months))
        if missing:
            yield (
                f"{force} has no file for {months_in_words(missing)}: not available, which is not "
                "zero."
            )
    if found.empty:
        yield f"Files without a crime give no figure: {listed(found.empty)}."


def _elsewhere(crimes: pl.DataFrame) -> Iterator[str]:
    """Yield how many rows of a force whose area is a district lie in another."""
    for force, area in _AREAS.items():
        named = crimes.filter(pl.col("force").cast(pl.String) == force)
        names = named["lsoa"].cast(pl.String).drop_nulls()
        outside = names.filter(names != area.name)
        if outside.len():
            yield (
                f"{outside.len():,} rows of {force} lie in another district by their LSOA "
                f"({listed(sorted(outside.unique()), 3)}). They count for the force that recorded "
                "them."
            )


SOURCE = Source(
    key=KEY,
    title="Street-level crime",
    publisher="data.police.uk (Single Online Home National Digital Team)",
    url="https://data.police.uk/data/",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    status="management information",
    frequency="monthly",
    caveat=(
        "Forces upload these files each month and correct them later; they are not the official "
        "statistics of police recorded crime and do not add up to them."
    ),
    area_kinds=("force", "borough"),
    series=SERIES,
    recognises=recognises,
    read_files=read,
)
