"""data.police.uk street-level crime: one row a crime, one file a force and month.

Read from files, a folder or a zip archive of months, of any forces. Rows are counted by force,
month and type; places within a force never are: they are moved to points of a map, and their LSOA
may lie outside the force.
"""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.sources.inputs import InputFile
from folkmoot.sources.police_uk import ARCHIVE
from folkmoot.sources.street_crime.series import COLUMNS, KEY, SERIES
from folkmoot.sources.tables import ReleaseTable, Source

__all__ = ["COLUMNS", "KEY", "SERIES", "SOURCE"]


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of a street-level file."""
    return [cell.strip() for cell in header[:4]] == list(COLUMNS[:4]) and "Crime type" in header


def read(files: Sequence[InputFile]) -> ReleaseTable:
    """Return counts by force, month and type. Raises SourceError for a file that is not sound."""
    # Only who reads such files waits for the engine to be loaded.
    from folkmoot.sources.street_crime.reading import read as read_with_engine

    return read_with_engine(SOURCE, files)


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
    offer=ARCHIVE,
    member_end="-street.csv",
)
