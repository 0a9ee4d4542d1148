"""Where the publisher of a source offers its files."""

from __future__ import annotations

from dataclasses import dataclass

DATASTORE = "https://data.london.gov.uk/api/dataset/"
# The largest file of today's publishers, three years of every police force, has 1.7 GB.
MOST_BYTES = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Offer:
    """The files of the latest release, and the page on which a person finds them.

    `files` are addresses with the name that each file is kept under, where the address tells none.
    Where addresses change with each release, `catalogue` is that of the list in which the publisher
    gives them, and each of `titles` (a regular expression) is one file to be taken from it.
    """

    page: str
    files: tuple[tuple[str, str], ...] = ()
    catalogue: str = ""
    titles: tuple[str, ...] = ()
    most_bytes: int = MOST_BYTES
