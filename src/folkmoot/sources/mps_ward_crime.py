"""MPS Ward Level Crime: offences recorded by month, ward and category."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.sources.mps_borough_crime import SOURCE as BOROUGHS
from folkmoot.sources.mps_small_areas import MAJOR, MINOR, Level, series_of
from folkmoot.sources.mps_small_areas import read as read_level
from folkmoot.sources.offers import DATASTORE, Offer
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import ReleaseTable, Source

KEY = "mps-ward-crime"
LEVEL = Level(
    kind="ward",
    places="wards",
    code_pattern=r"E05\d{6}",
    code="WardCode",
    name="WardName",
    borough=("LookUp_BoroughName", "BoroughName"),
)
SERIES = series_of(LEVEL, KEY)


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of the wide MPS crime file of wards."""
    cells = [cell.strip() for cell in header[:5]]
    return bool({*MAJOR} & {*cells}) and bool({*MINOR} & {*cells}) and LEVEL.code in cells


def read(sheets: Sequence[Sheet]) -> ReleaseTable:
    """Return the observations of one release from one or both of its files. Raises SourceError."""
    return read_level(sheets, SOURCE, LEVEL)


SOURCE = Source(
    key=KEY,
    title="MPS Ward Level Crime",
    publisher=BOROUGHS.publisher,
    url=BOROUGHS.url,
    licence=BOROUGHS.licence,
    licence_url=BOROUGHS.licence_url,
    status=BOROUGHS.status,
    frequency="monthly",
    caveat=(
        "Police recorded crime is official statistics, not accredited; an offence that could not "
        "be placed in a ward is in none, so wards never add up to a borough."
    ),
    area_kinds=(LEVEL.kind,),
    series=SERIES,
    recognises=recognises,
    read=read,
    offer=Offer(
        page="https://data.london.gov.uk/dataset/recorded_crime_summary",
        catalogue=f"{DATASTORE}recorded_crime_summary",
        titles=(
            r"MPS Ward Level Crime \(Historical\)(\.csv)?",
            r"MPS Ward Level Crime( \(most recent 24 months\))?(\.csv)?",
        ),
    ),
)
