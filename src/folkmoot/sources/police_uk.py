"""What the files of data.police.uk have in common: forces, months, and one file for each pair."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from folkmoot.core.periods import Month, month_range
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile
from folkmoot.sources.offers import Offer
from folkmoot.sources.sheets import AGAIN, decoded
from folkmoot.sources.tables import SourceArea, months_in_words

PUBLISHER = "data.police.uk (Single Online Home National Digital Team)"
URL = "https://data.police.uk/data/"
LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
# Street-level crime, outcomes and stop and search of all forces and three years are one archive.
ARCHIVE = Offer(
    page="https://data.police.uk/data/archive/",
    files=(("https://data.police.uk/data/archive/latest.zip", "police-uk-latest.zip"),),
)
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
# The one force whose area is a borough, under the borough's own code.
CITY = SourceArea("E09000001", "City of London", "borough")
CITY_POLICE = "City of London Police"
# Forces by the word that stands for each in the names of files.
FORCES = {
    "avon-and-somerset": "Avon and Somerset Constabulary",
    "bedfordshire": "Bedfordshire Police",
    "btp": "British Transport Police",
    "cambridgeshire": "Cambridgeshire Constabulary",
    "cheshire": "Cheshire Constabulary",
    "city-of-london": CITY_POLICE,
    "cleveland": "Cleveland Police",
    "cumbria": "Cumbria Constabulary",
    "derbyshire": "Derbyshire Constabulary",
    "devon-and-cornwall": "Devon & Cornwall Police",
    "dorset": "Dorset Police",
    "durham": "Durham Constabulary",
    "dyfed-powys": "Dyfed-Powys Police",
    "essex": "Essex Police",
    "gloucestershire": "Gloucestershire Constabulary",
    "greater-manchester": "Greater Manchester Police",
    "gwent": "Gwent Police",
    "hampshire": "Hampshire Constabulary",
    "hertfordshire": "Hertfordshire Constabulary",
    "humberside": "Humberside Police",
    "kent": "Kent Police",
    "lancashire": "Lancashire Constabulary",
    "leicestershire": "Leicestershire Police",
    "lincolnshire": "Lincolnshire Police",
    "merseyside": "Merseyside Police",
    "metropolitan": "Metropolitan Police Service",
    "norfolk": "Norfolk Constabulary",
    "north-wales": "North Wales Police",
    "north-yorkshire": "North Yorkshire Police",
    "northamptonshire": "Northamptonshire Police",
    "northern-ireland": "Police Service of Northern Ireland",
    "northumbria": "Northumbria Police",
    "nottinghamshire": "Nottinghamshire Police",
    "south-wales": "South Wales Police",
    "south-yorkshire": "South Yorkshire Police",
    "staffordshire": "Staffordshire Police",
    "suffolk": "Suffolk Constabulary",
    "surrey": "Surrey Police",
    "sussex": "Sussex Police",
    "thames-valley": "Thames Valley Police",
    "warwickshire": "Warwickshire Police",
    "west-mercia": "West Mercia Police",
    "west-midlands": "West Midlands Police",
    "west-yorkshire": "West Yorkshire Police",
    "wiltshire": "Wiltshire Police",
}


def force_area(force: str) -> SourceArea:
    """Return the area of a force."""
    if force == CITY_POLICE:
        return CITY
    slug = re.sub(r"[^a-z]+", "-", force.lower()).strip("-")
    return SourceArea(slug[:40].rstrip("-"), force, "force")


def read_rows(file: InputFile, columns: Sequence[str], what: str) -> tuple[pl.DataFrame, bytes]:
    """Return the rows of a file as text, empty cells as null, and the bytes they came from.

    Raises SourceError where the header is another, or the file is cut off or no text.
    """
    content = file.content()
    decoded(file.name, content)
    try:
        frame = pl.read_csv(io.BytesIO(content), infer_schema=False)
    except (pl.exceptions.PolarsError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise SourceError(
            file.name, f"a row cannot be read as CSV, or the file is cut off ({reason})", AGAIN
        ) from error
    for place, name in enumerate(columns):
        given = frame.columns[place] if place < frame.width else ""
        if given.strip() != name:
            raise SourceError(
                file.name,
                f"column {place + 1} is named '{given}' where {what} have {name}",
                "restore the header as it was published",
                row=1,
                column=given or name,
            )
    if not content.endswith((b"\n", b"\r")):
        raise SourceError(
            file.name,
            "the last row has no end of line, so it may be cut off",
            AGAIN,
            row=frame.height + 1,
        )
    return frame, content


def refuse_cells(
    file: InputFile, frame: pl.DataFrame, checks: Iterable[tuple[str, pl.Expr, str]]
) -> None:
    """Refuse the first cell of a column that is not as it should be."""
    for column, is_sound, problem in checks:
        sound = frame.select(is_sound.fill_null(value=False)).to_series()
        if not sound.all():
            place = sound.arg_min() or 0
            raise SourceError(
                file.name,
                f"'{frame[place, column] or ''}' {problem}",
                "check the row, or download the file again",
                row=place + 2,
                column=column,
            )


def refuse_twice(
    file: InputFile, force: str, month: str, file_of: dict[tuple[str, str], InputFile]
) -> None:
    """Refuse a month of a force that another file holds, and remember this one."""
    other = file_of.setdefault((force, month), file)
    if other != file:
        raise SourceError(
            file.name,
            f"it holds {Month.parse(month).label} of {force}, and so does {other.name}",
            "give each month of a force once",
        )


def gridded(
    counts: Mapping[tuple[str, str], Mapping[str, int]], series: Sequence[str]
) -> pl.DataFrame:
    """Return a row for every series of every force and month that has a file, zeros filled in."""
    records = [
        (key, force_area(force).code, month, float(found.get(key, 0)), None)
        for (force, month), found in counts.items()
        for key in series
    ]
    schema = {
        "series": pl.String,
        "area_code": pl.String,
        "period": pl.String,
        "value": pl.Float64,
        "base": pl.Float64,
    }
    return pl.DataFrame(records, schema=schema, orient="row")


def months_without_a_file(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each force of which a month between its first and last is missing."""
    months_of: dict[str, set[Month]] = {}
    for force, month in pairs:
        months_of.setdefault(force, set()).add(Month.parse(month))
    for force, months in sorted(months_of.items()):
        missing = sorted(set(month_range(min(months), max(months))) - months)
        if missing:
            yield (
                f"{force} has no file for {months_in_words(missing)}: not available, which is not "
                "zero."
            )
