"""data.police.uk stop and search: one row a search, one file a force and month.

No row says which force it is of: only the name of the file does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from folkmoot.core.periods import Month
from folkmoot.sources import police_uk
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, sha256_of
from folkmoot.sources.sheets import AGAIN
from folkmoot.sources.tables import ReleaseTable, Series, Source, SourceFile, listed, tidy

KEY = "police-uk-stop-and-search"
COLUMNS = (
    *("Type", "Date", "Part of a policing operation", "Policing operation", "Latitude"),
    *("Longitude", "Gender", "Age range", "Self-defined ethnicity", "Officer-defined ethnicity"),
    *("Legislation", "Object of search", "Outcome", "Outcome linked to object of search"),
    "Removal of more than just outer clothing",
)
END = "-stop-and-search.csv"
_NAME = re.compile(rf"(.*/)?(?P<month>{police_uk.MONTH.pattern})-(?P<force>[a-z-]+?){END}")
ALL = "stop-and-search"


def _series(key: str, title: str, definition: str, column: str, *categories: str) -> Series:
    return Series(
        key=f"{ALL}-{key}" if key else ALL,
        title=title,
        source=KEY,
        unit="searches",
        definition=definition,
        categories=tuple(f"{column}: {each}" for each in categories),
    )


_OUTCOME, _OBJECT, _SEEN = "Outcome", "Object of search", "Officer-defined ethnicity"
SERIES = (
    _series("", "Stop and search", "Searches of people and vehicles in the month.", ""),
    _series(
        "arrests",
        "Searches that ended in arrest",
        "Searches after which somebody was arrested.",
        _OUTCOME,
        "Arrest",
        "Suspect arrested",
    ),
    _series(
        "no-further-action",
        "Searches without further action",
        "Searches after which nothing was done.",
        _OUTCOME,
        "A no further action disposal",
        "Nothing found - no further action",
    ),
    _series(
        "drugs",
        "Searches for drugs",
        "Searches for controlled drugs.",
        _OBJECT,
        "Controlled drugs",
    ),
    _series(
        "weapons",
        "Searches for weapons",
        "Searches for blades, firearms or what could threaten or harm.",
        _OBJECT,
        "Offensive weapons",
        "Firearms",
        "Anything to threaten or harm anyone",
    ),
    _series(
        "stolen-goods",
        "Searches for stolen goods",
        "Searches for things that were stolen.",
        _OBJECT,
        "Stolen goods",
    ),
    *(
        _series(
            f"seen-as-{group.lower()}",
            f"Searches of people seen as {group if group != 'Other' else 'of another group'}",
            "Searches of people whose ethnic group the officer took to be "
            f"{group if group != 'Other' else 'another'}.",
            _SEEN,
            group,
        )
        for group in ("Asian", "Black", "Mixed", "Other", "White")
    ),
)


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of a stop and search file."""
    return [cell.strip() for cell in header[:3]] == list(COLUMNS[:3])


def read(files: Sequence[InputFile]) -> ReleaseTable:
    """Return counts of searches by force and month, as the names of files tell both.

    A month of which a force has a file counts zero for what has no row; without one, or with an
    empty one, it has no figure. Raises SourceError for a file that is not sound.
    """
    counts: dict[tuple[str, str], dict[str, int]] = {}
    file_of: dict[tuple[str, str], InputFile] = {}
    read_files: list[SourceFile] = []
    empty: list[str] = []
    unknown = {_OUTCOME: 0, _SEEN: 0}
    elsewhen = 0
    for file in files:
        force, month = _force_and_month(file)
        frame, content = police_uk.read_rows(file, COLUMNS, "stop and search files")
        read_files.append(SourceFile(file.name, sha256_of(content), frame.height))
        if not frame.height:
            empty.append(file.name)
            continue
        police_uk.refuse_twice(file, force, month, file_of)
        police_uk.refuse_cells(
            file,
            frame,
            (
                (
                    "Date",
                    pl.col("Date").str.contains(r"^\d{4}-(0[1-9]|1[0-2])-\d{2}([T ]|$)"),
                    "is not a date such as 2024-10-31T09:30:00+00:00",
                ),
            ),
        )
        for column in unknown:
            unknown[column] += frame[column].null_count()
        elsewhen += frame.filter(~_near(month)).height
        counts[force, month] = {
            one.key: frame.filter(_is_of(one)).height if one.categories else frame.height
            for one in SERIES
        }
    if not counts:
        raise SourceError(files[0].name, "no file holds a search", AGAIN)
    areas = tuple(police_uk.force_area(force) for force in sorted({force for force, _ in counts}))
    return ReleaseTable(
        source=SOURCE,
        files=tuple(read_files),
        areas=areas,
        observations=tidy(police_uk.gridded(counts, [one.key for one in SERIES]), SERIES, areas),
        notes=tuple(_notes(counts, unknown, elsewhen, empty)),
    )


def _force_and_month(file: InputFile) -> tuple[str, str]:
    found = _NAME.fullmatch(file.name)
    if found is None or found["force"] not in police_uk.FORCES:
        raise SourceError(
            file.name,
            "its name does not tell force and month, and no row does"
            if found is None
            else f"'{found['force']}' in its name is not a force that Folkmoot knows",
            f"keep the name it is published under, such as 2024-10-city-of-london{END}",
        )
    return police_uk.FORCES[found["force"]], found["month"]


def _near(month: str) -> pl.Expr:
    """Whether a search is of a file's month, or of the hour beside it: dates are in UTC."""
    before = Month.parse(month).shift(-1)
    is_last_hour = pl.col("Date").str.starts_with(str(before)) & pl.col("Date").str.contains(
        r"^\d{4}-\d{2}-(28|29|30|31)T23"
    )
    return pl.col("Date").str.starts_with(month) | is_last_hour


def _is_of(series: Series) -> pl.Expr:
    column = series.categories[0].split(": ", 1)[0]
    values = [each.split(": ", 1)[1] for each in series.categories]
    return pl.col(column).is_in(values)


def _notes(
    counts: dict[tuple[str, str], dict[str, int]],
    unknown: dict[str, int],
    elsewhen: int,
    empty: Sequence[str],
) -> Iterator[str]:
    total = sum(found[ALL] for found in counts.values())
    for column, number in unknown.items():
        if number:
            yield (
                f"{number:,} of {total:,} searches have no {column.lower()}: they count in the "
                "whole, and in no series of that column."
            )
    if elsewhen:
        yield (
            f"{elsewhen:,} searches bear a date of another month than their file’s: they count in "
            "the month of the file."
        )
    yield from police_uk.months_without_a_file(counts)
    if empty:
        yield f"Files without a search give no figure: {listed(empty)}."


SOURCE = Source(
    key=KEY,
    title="Stop and search",
    publisher=police_uk.PUBLISHER,
    url=police_uk.URL,
    licence=police_uk.LICENCE,
    licence_url=police_uk.LICENCE_URL,
    status="management information",
    frequency="monthly",
    caveat=(
        "Forces upload their searches each month and correct them later; more searches are more "
        "police activity, not more crime, and neither direction is better by itself."
    ),
    area_kinds=("force", "borough"),
    series=SERIES,
    recognises=recognises,
    read_files=read,
    offer=police_uk.ARCHIVE,
    member_end=END,
)
