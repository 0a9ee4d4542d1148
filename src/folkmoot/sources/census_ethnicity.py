"""Census 2021: residents by ethnic group and upper-tier authority, of which London is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from folkmoot.sources.london_boroughs import BOROUGHS, LONDON
from folkmoot.sources.sheets import Sheet
from folkmoot.sources.tables import ReleaseTable, Series, Source, listed, tidy

KEY = "census-2021-ethnicity"
COLUMNS = (
    "Upper tier local authorities Code",
    "Upper tier local authorities",
    "Ethnic group (8 categories) Code",
    "Ethnic group",
    "Observation",
)
# Census Day was 21 March 2021.
PERIOD = "2021-03"
NOT_ASKED = "-8"
_COUNT = re.compile(r"\d{1,9}")
_GROUPS = ("Asian", "Black", "Mixed", "White British", "White Other", "Other")

SERIES = tuple(
    Series(
        key=f"residents-{group.lower().replace(' ', '-')}",
        title=f"Residents: {group}",
        source=KEY,
        unit="residents",
        definition=f"Usual residents on Census Day whose ethnic group the table calls {group}.",
        categories=(group,),
    )
    for group in _GROUPS
)
_KEY_OF_GROUP = {series.categories[0]: series.key for series in SERIES}
_CODES = frozenset(area.code for area in BOROUGHS)


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of the census table."""
    return [cell.strip() for cell in header[:3]] == list(COLUMNS[:3])


def read(sheets: Sequence[Sheet]) -> ReleaseTable:
    """Return residents by borough and ethnic group; London is the sum of its boroughs.

    Two codes of one name are one group. Raises SourceError for a file that is not sound.
    """
    if len(sheets) > 1:
        raise sheets[1].refuse("the census table is one file, and this is the second", "give one")
    sheet = sheets[0]
    if sheet.header != COLUMNS:
        raise sheet.refuse(
            f"the header is not {', '.join(COLUMNS)}",
            "restore the header as it was published",
            line=1,
        )
    counts: dict[tuple[str, str], int] = {}
    seen: dict[tuple[str, str], int] = {}
    codes_of: dict[str, set[str]] = {}
    elsewhere: set[str] = set()
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        authority, _, code, group, cell = (each.strip() for each in row)
        value = _count(sheet, cell, line)
        if (authority, code) in seen:
            raise sheet.refuse(
                f"the row repeats row {seen[authority, code]}",
                "remove one of them",
                line=line,
                column=COLUMNS[2],
            )
        seen[authority, code] = line
        if authority not in _CODES:
            elsewhere.add(authority)
        elif code == NOT_ASKED:
            if value:
                raise sheet.refuse(
                    f"the question does not apply to {value} residents, which it does to all",
                    line=line,
                    column=COLUMNS[4],
                )
        else:
            series = _KEY_OF_GROUP.get(group)
            if series is None:
                raise sheet.refuse(
                    f"'{group}' is not an ethnic group that Folkmoot knows",
                    "check the spelling; another classification is another table",
                    line=line,
                    column=COLUMNS[3],
                )
            codes_of.setdefault(group, set()).add(code)
            counts[series, authority] = counts.get((series, authority), 0) + value
    _refuse_incomplete(sheet, counts)
    areas = (LONDON, *BOROUGHS)
    for series in _KEY_OF_GROUP.values():
        counts[series, LONDON.code] = sum(counts[series, area.code] for area in BOROUGHS)
    records = [
        (series, code, PERIOD, float(value), None) for (series, code), value in counts.items()
    ]
    schema = ["series", "area_code", "period", "value", "base"]
    return ReleaseTable(
        source=SOURCE,
        files=(sheet.file,),
        areas=areas,
        observations=tidy(pl.DataFrame(records, schema=schema, orient="row"), SERIES, areas),
        notes=tuple(_notes(codes_of, elsewhere)),
    )


def _count(sheet: Sheet, cell: str, line: int) -> int:
    if not _COUNT.fullmatch(cell):
        raise sheet.refuse(
            f"'{cell}' is not a number of residents" if cell else "the cell is empty",
            "write whole numbers in digits alone, or download the file again",
            line=line,
            column=COLUMNS[4],
        )
    return int(cell)


def _refuse_incomplete(sheet: Sheet, counts: dict[tuple[str, str], int]) -> None:
    for area in BOROUGHS:
        for group, series in _KEY_OF_GROUP.items():
            if (series, area.code) not in counts:
                raise sheet.refuse(
                    f"there is no row for {group} in {area.name}, so rows are missing or the file "
                    "was cut off",
                    line=sheet.last_line,
                    column=COLUMNS[3],
                )


def _notes(codes_of: dict[str, set[str]], elsewhere: set[str]) -> Iterator[str]:
    if elsewhere:
        yield (
            f"{len(elsewhere)} authorities outside London are left out: "
            f"{listed(sorted(elsewhere), 3)}."
        )
    for group, codes in codes_of.items():
        if len(codes) > 1:
            yield (
                f"The codes {listed(sorted(codes))} are both named {group}, and are counted as one "
                "group."
            )
    yield f"The code {NOT_ASKED} means that the question does not apply: no resident, and no group."
    yield "London is the sum of its boroughs, as the file has no row for it."


SOURCE = Source(
    key=KEY,
    title="Census 2021, ethnic group",
    publisher="Office for National Statistics",
    url="https://www.ons.gov.uk/datasets/TS021/editions/2021/versions/3",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    status="accredited official statistics",
    frequency="once",
    caveat=(
        "Counts of usual residents on 21 March 2021, in a pandemic, each changed a little so that "
        "nobody can be recognised."
    ),
    area_kinds=("total", "borough"),
    series=SERIES,
    recognises=recognises,
    read=read,
)
