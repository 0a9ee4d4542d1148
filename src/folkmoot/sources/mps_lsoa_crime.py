"""MPS LSOA Level Crime: offences recorded by month, small area of the census and category."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.sources.mps_borough_crime import SOURCE as BOROUGHS
from folkmoot.sources.mps_small_areas import Level, series_of
from folkmoot.sources.mps_small_areas import read as read_level
from folkmoot.sources.offers import DATASTORE, Offer
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import ReleaseTable, Source

KEY = "mps-lsoa-crime"
LEVEL = Level(
    kind="lsoa",
    places="LSOAs",
    code_pattern=r"E01\d{6}",
    code="LSOA Code",
    name="LSOA Name",
    borough=("Borough",),
    # Not published for places so small that a person could be known by them.
    left_out=frozenset({"homicide", "rape", "other-sexual-offences"}),
)
SERIES = series_of(LEVEL, KEY)


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of the wide MPS crime file of LSOAs."""
    return [cell.strip() for cell in header[:1]] == [LEVEL.code]


def read(sheets: Sequence[Sheet]) -> ReleaseTable:
    """Return the observations of one release from one or both of its files. Raises SourceError."""
    return read_level(sheets, SOURCE, LEVEL)


SOURCE = Source(
    key=KEY,
    title="MPS LSOA Level Crime",
    publisher=BOROUGHS.publisher,
    url=BOROUGHS.url,
    licence=BOROUGHS.licence,
    licence_url=BOROUGHS.licence_url,
    status=BOROUGHS.status,
    frequency="monthly",
    caveat=(
        "Police recorded crime is official statistics, not accredited; an offence that could not "
        "be placed in an LSOA is in none, and sexual offences and homicide are not given at all, "
        "so LSOAs never add up to a ward or a borough."
    ),
    area_kinds=(LEVEL.kind,),
    series=SERIES,
    recognises=recognises,
    read=read,
    offer=Offer(
        page="https://data.london.gov.uk/dataset/recorded_crime_summary",
        catalogue=f"{DATASTORE}recorded_crime_summary",
        titles=(
            r"MPS LSOA Level Crime \(Historical\)(\.csv)?",
            r"MPS LSOA Level Crime( \(most recent 24 months\))?(\.csv)?",
        ),
    ),
)
