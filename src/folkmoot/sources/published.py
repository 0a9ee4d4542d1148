"""The sources that can be read from the files their publishers offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from folkmoot.sources import (
    census_ethnicity,
    census_tables,
    crime_outcomes,
    mps_borough_crime,
    mps_lsoa_crime,
    mps_monthly_dashboard,
    mps_ward_crime,
    population,
    public_attitude_survey,
    stop_and_search,
    street_crime,
)
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, Progress, Watched, csv_files
from folkmoot.sources.sheets import decoded, read_header, read_sheet
from folkmoot.sources.tables import ReleaseTable, Source, listed

PUBLISHED: tuple[Source, ...] = (
    mps_borough_crime.SOURCE,
    mps_ward_crime.SOURCE,
    mps_lsoa_crime.SOURCE,
    mps_monthly_dashboard.SOURCE,
    public_attitude_survey.SOURCE,
    street_crime.SOURCE,
    crime_outcomes.SOURCE,
    stop_and_search.SOURCE,
    population.SOURCE,
    census_ethnicity.SOURCE,
    census_tables.SOURCE,
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


def read_published(
    source: Source, paths: Sequence[Path], progress: Progress | None = None
) -> ReleaseTable:
    """Return the observations in the files of one release. Raises SourceError."""
    given = csv_files(paths)
    own = {file for file in given if file.name.lower().endswith(source.member_end)}
    files: Sequence[InputFile] = given
    if source.member_end and own:
        # What somebody named is read; of a folder or an archive, what is of this source.
        files = [file for file in given if file in own or (file.path in paths and not file.member)]
    if progress is not None:
        files = Watched(files, progress)
    if source.read_files is not None:
        table = source.read_files(files)
    else:
        assert source.read is not None, "A source reads files or sheets."
        table = source.read([read_sheet(file) for file in files])
    if len(files) < len(given):
        note = f"{len(given) - len(files):,} files are of other sources or areas, and are left out."
        return replace(table, notes=(*table.notes, note))
    return table


def _recognise_one(path: Path) -> Source:
    """Return the source of a file, or of the first one in a folder or an archive."""
    files = csv_files([path])
    held = [
        source
        for source in PUBLISHED
        if source.member_end
        and any(each.name.lower().endswith(source.member_end) for each in files)
    ]
    if len(held) > 1:
        raise SourceError(
            path.name,
            f"it holds files of {listed([source.title for source in held])}",
            f"say which to read, such as --as {held[0].key}",
        )
    file = files[0]
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
