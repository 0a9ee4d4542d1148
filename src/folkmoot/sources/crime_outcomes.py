"""data.police.uk outcomes: what became of crimes; one row an outcome, a file a force and month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from folkmoot.sources import police_uk
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, sha256_of
from folkmoot.sources.sheets import AGAIN
from folkmoot.sources.tables import ReleaseTable, Series, Source, SourceFile, listed, tidy

KEY = "police-uk-outcomes"
COLUMNS = (
    *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location"),
    *("LSOA code", "LSOA name", "Outcome type"),
)
ALL = "outcomes"


def _series(key: str, title: str, definition: str, *categories: str) -> Series:
    return Series(
        key=key,
        title=title,
        source=KEY,
        unit="outcomes",
        definition=definition,
        categories=categories,
    )


SERIES = (
    _series(ALL, "Outcomes of crimes", "Every outcome that was given in the month."),
    _series(
        "outcomes-charged",
        "Suspect charged",
        "A suspect was charged or summonsed, for this crime or within another case.",
        "Suspect charged",
        "Suspect charged as part of another case",
    ),
    _series(
        "outcomes-out-of-court",
        "Dealt with out of court",
        "A caution, a warning, a penalty notice or a community resolution.",
        "Offender given a caution",
        "Offender given a drugs possession warning",
        "Offender given a penalty notice",
        "Offender given penalty notice",
        "Local resolution",
    ),
    _series(
        "outcomes-no-suspect",
        "No suspect identified",
        "The investigation ended without a suspect.",
        "Investigation complete; no suspect identified",
    ),
    _series(
        "outcomes-unable-to-prosecute",
        "Unable to prosecute",
        "There was a suspect, and evidence or the victim’s support did not suffice.",
        "Unable to prosecute suspect",
    ),
    _series(
        "outcomes-not-in-public-interest",
        "Not in the public interest",
        "Police or prosecutors decided that going on was not in the public interest.",
        "Formal action is not in the public interest",
        "Further action is not in the public interest",
        "Further investigation is not in the public interest",
    ),
    _series(
        "outcomes-another-organisation",
        "Passed to another organisation",
        "Another body is to deal with it.",
        "Action to be taken by another organisation",
    ),
    _series(
        "outcomes-court",
        "Before a court",
        "What a court decided or is to decide; few forces still give it.",
        "Awaiting court outcome",
        "Court case unable to proceed",
        "Court result unavailable",
        "Defendant found not guilty",
        "Defendant sent to Crown Court",
        "Offender deprived of property",
        "Offender fined",
        "Offender given absolute discharge",
        "Offender given community sentence",
        "Offender given conditional discharge",
        "Offender given suspended prison sentence",
        "Offender ordered to pay compensation",
        "Offender otherwise dealt with",
        "Offender sent to prison",
    ),
    _series(
        "outcomes-open",
        "Still open",
        "No outcome yet: under investigation, or the force gave no news.",
        "Under investigation",
        "Status update unavailable",
    ),
)
_KEY_OF_TYPE = {category: one.key for one in SERIES for category in one.categories}


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of an outcomes file."""
    cells = [cell.strip() for cell in header]
    return cells[:4] == list(COLUMNS[:4]) and "Outcome type" in cells


def read(files: Sequence[InputFile]) -> ReleaseTable:
    """Return counts by force, month and kind of outcome.

    A crime may have several outcomes, each in the month that it was given; the same one of a
    crime, twice in a month, counts once. A month of which a force has a file counts zero for a
    kind without a row. Raises SourceError for a file that is not sound.
    """
    counts: dict[tuple[str, str], dict[str, int]] = {}
    file_of: dict[tuple[str, str], InputFile] = {}
    read_files: list[SourceFile] = []
    empty: list[str] = []
    again = rows = 0
    for file in files:
        frame, content = police_uk.read_rows(file, COLUMNS, "outcomes files")
        read_files.append(SourceFile(file.name, sha256_of(content), frame.height))
        if not frame.height:
            empty.append(file.name)
            continue
        _refuse_cells(file, frame)
        once = pl.concat(
            [
                frame.filter(pl.col("Crime ID").is_null()),
                frame.filter(pl.col("Crime ID").is_not_null()).unique(
                    ["Crime ID", "Month", "Falls within", "Outcome type"]
                ),
            ]
        )
        rows, again = rows + frame.height, again + frame.height - once.height
        grouped = once.group_by("Falls within", "Month", "Outcome type").len().sort(pl.all())
        for force, month, kind, number in grouped.iter_rows():
            police_uk.refuse_twice(file, force, month, file_of)
            found = counts.setdefault((force, month), {})
            for key in (ALL, _KEY_OF_TYPE[kind]):
                found[key] = found.get(key, 0) + number
    if not counts:
        raise SourceError(files[0].name, "no file holds an outcome", AGAIN)
    areas = tuple(police_uk.force_area(force) for force in sorted({force for force, _ in counts}))
    return ReleaseTable(
        source=SOURCE,
        files=tuple(read_files),
        areas=areas,
        observations=tidy(police_uk.gridded(counts, [one.key for one in SERIES]), SERIES, areas),
        notes=tuple(_notes(counts, again, rows, empty)),
    )


def _refuse_cells(file: InputFile, frame: pl.DataFrame) -> None:
    police_uk.refuse_cells(
        file,
        frame,
        (
            (
                "Month",
                pl.col("Month").str.contains(f"^{police_uk.MONTH.pattern}$"),
                "is not a month such as 2024-10",
            ),
            ("Falls within", pl.col("Falls within").str.strip_chars() != "", "is no force"),
            (
                "Outcome type",
                pl.col("Outcome type").is_in([*_KEY_OF_TYPE]),
                "is not an outcome that Folkmoot knows",
            ),
        ),
    )


def _notes(
    counts: dict[tuple[str, str], dict[str, int]], again: int, rows: int, empty: Sequence[str]
) -> Iterator[str]:
    if again:
        yield (
            f"{again:,} of {rows:,} rows repeat the outcome of a crime in the same month: each "
            "is counted once."
        )
    yield (
        "Outcomes stand in the month they were given, mostly of crimes of earlier months: they "
        "never make a rate with the crimes of the same month."
    )
    yield from police_uk.months_without_a_file(counts)
    if empty:
        yield f"Files without an outcome give no figure: {listed(empty)}."


SOURCE = Source(
    key=KEY,
    title="Outcomes of crimes",
    publisher=police_uk.PUBLISHER,
    url=police_uk.URL,
    licence=police_uk.LICENCE,
    licence_url=police_uk.LICENCE_URL,
    status="management information",
    frequency="monthly",
    caveat=(
        "Forces upload outcomes each month and correct them later; a crime may have several, and "
        "those of anti-social behaviour and of some forces are missing."
    ),
    area_kinds=("force", "borough"),
    series=SERIES,
    recognises=recognises,
    read_files=read,
    offer=police_uk.ARCHIVE,
    member_end="-outcomes.csv",
)
