"""The sources that can be read from the files their publishers offer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from folkmoot.sources import mps_borough_crime, public_attitude_survey
from folkmoot.sources.errors import SourceError
from folkmoot.sources.sheets import read_header, read_sheet, read_text
from folkmoot.sources.tables import ReleaseTable, Source

PUBLISHED: tuple[Source, ...] = (mps_borough_crime.SOURCE, public_attitude_survey.SOURCE)


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
    return source.read([read_sheet(path) for path in paths])


def _recognise_one(path: Path) -> Source:
    first, header = read_header(path)
    for source in PUBLISHED:
        if source.recognises(header):
            return source
    if "\N{REPLACEMENT CHARACTER}" in first:
        read_text(path)  # Refuses the file with the byte that is not UTF-8.
    shown = first if len(first) <= 60 else first[:60] + "…"
    titles = " or ".join(source.title for source in PUBLISHED)
    raise SourceError(
        path.name,
        f"the header '{shown}' is not that of a source that Folkmoot reads",
        f"give files of {titles}, with commas between cells and the header as published",
        row=1,
    )
