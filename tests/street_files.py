"""Street-level files in the publisher's own format, made here."""

from __future__ import annotations

from pathlib import Path

from folkmoot.sources.street_crime import COLUMNS

CITY, KENT = "City of London Police", "Kent Police"


def crime(
    number: str,
    kind: str = "Burglary",
    *,
    month: str = "2024-01",
    force: str = CITY,
    lsoa: str = "City of London 001A",
    longitude: str = "-0.09",
    location: str = "On or near A",
) -> str:
    """Return a row; the cell with a comma is quoted."""
    return f'{number},{month},{force},{force},{longitude},51.5,{location},E01,{lsoa},{kind},"x, y",'


def write(path: Path, *rows: str, end: str = "\n") -> Path:
    """Write a header and rows, and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((end.join([",".join(COLUMNS), *rows]) + end).encode())
    return path
