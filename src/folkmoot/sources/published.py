"""The sources that can be read from the files their publishers offer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from folkmoot.sources import (
    census_ethnicity,
    mps_borough_crime,
    mps_lsoa_crime,
    mps_monthly_dashboard,
    mps_ward_crime,
    population,
    public_attitude_survey,
    street_crime,
)
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import csv_files
from folkmoot.sources.sheets import decoded, read_header, read_sheet
from folkmoot.sources.tables import ReleaseTable, Source, listed

PUBLISHED: tuple[Source, ...] = (
    mps_borough_crime.SOURCE,
    mps_ward_crime.SOURCE,
    mps_lsoa_crime.SOURCE,
    mps_monthly_dashboard.SOURCE,
    public_attitude_survey.SOURCE,
    street_crime.SOURCE,
    population.SOURCE,
    census_ethnicity.SOURCE,
)


def source_with_key(key: str) -> Source | None:
    """Return the source of that key; None where there is none."""
    return next((source for source in PUBLISHED if source.key == key), None)


def recognise_published(paths: Sequence[Path]) -> Source:
    """Return the one source that all files come from, told by their headers.

    Raises SourceError where there is no file, a header is unknown, or two files differ.
    """
    if not paths:
        raise SourceError("no file", "nothing was given to read", "name the files of one release")
    found = [_recognise_one(path) for path in paths]
    for path, source in zip(paths, found, strict=True):
        if source is not found[0]:
            raise SourceError(
                path.name,
                f"this is {source.title}, and {paths[0].name} is {found[0].title}",
                "import each source by itself",
            )
    return found[0]


def read_published(source: Source, paths: Sequence[Path]) -> ReleaseTable:
    """Return the observations in the files of one release. Raises SourceError."""
    files = csv_files(paths)
    if source.read_files is not None:
        return source.read_files(files)
    assert source.read is not None, "A source reads files or sheets."
    return source.read([read_sheet(file) for file in files])


def _recognise_one(path: Path) -> Source:
    """Return the source of a file, or of the first one in a folder or an archive."""
    file = csv_files([path])[0]
    first, header = read_header(file)
    for source in PUBLISHED:
        if source.recognises(header):
            return source
    if "\N{REPLACEMENT CHARACTER}" in first:
        decoded(file.name, file.content())  # Refuses the file with the byte that is not UTF-8.
    shown = first if len(first) <= 60 else first[:60] + "…"
    raise SourceError(
        file.name,
        f"the header '{shown}' is not that of a source that Folkmoot reads",
        f"give files of {listed([source.title for source in PUBLISHED])}, with commas between "
        "cells and the header as published, or describe the file in a YAML file",
        row=1,
    )
