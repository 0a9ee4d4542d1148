"""One file of the dashboard, read and checked row by row."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, sha256_of
from folkmoot.sources.london_boroughs import BOROUGHS, borough_named
from folkmoot.sources.sheets import AGAIN, decoded
from folkmoot.sources.tables import SourceArea, SourceFile

# Headers are compared in small letters, as the publisher writes them in more than one way.
COLUMNS = (
    *("month_year", "area type", "area name", "area code", "offence group", "offence subgroup"),
    *("measure", "count", "refresh date"),
)
MEASURES = {"offences": "offences", "positive outcomes": "outcomes"}
GROUPS = (
    "Arson and Criminal Damage",
    "Burglary",
    "Drug Offences",
    "Miscellaneous Crimes Against Society",
    "Possession of Weapons",
    "Public Order Offences",
    "Robbery",
    "Sexual Offences",
    "Theft",
    "Vehicle Offences",
    "Violence Against the Person",
)
# Recorded by a national centre since 2013: in the total where they are listed, in no series.
OTHER_GROUPS = ("Fraud and Forgery", "Historical Fraud and Forgery", "NFIB Fraud")
_COUNT = r"^[0-9]{1,9}$"
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})( 00:00:00)?"),
    re.compile(r"(?P<day>\d{2})[/.](?P<month>\d{2})[/.](?P<year>\d{4}|\d{2})"),
)
_BY_CODE = {area.code: area for area in BOROUGHS}


_KNOWN_GROUPS = {group.upper() for group in (*GROUPS, *OTHER_GROUPS)}


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of boroughs in one file: month, area_code, measure, group and value."""

    file: SourceFile
    rows: pl.DataFrame
    areas: dict[str, SourceArea]
    refreshed_on: date
    left_out: dict[str, int]


def read_part(file: InputFile) -> Part:
    """Return the rows of boroughs. Raises SourceError with row and column."""
    content = file.content()
    decoded(file.name, content)
    try:
        frame = pl.read_csv(io.BytesIO(content), infer_schema=False)
    except (pl.exceptions.PolarsError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise SourceError(
            file.name, f"a row cannot be read as CSV, or the file is cut off ({reason})", AGAIN
        ) from error
    if not frame.height:
        raise SourceError(file.name, "there is no row below the header", AGAIN, row=1)
    if not content.endswith((b"\n", b"\r")):
        raise SourceError(
            file.name,
            "the last row has no end of line, so it may be cut off",
            AGAIN,
            row=frame.height + 1,
        )
    names = {name.strip().lower(): name for name in frame.columns}
    for name in COLUMNS:
        if name not in names:
            raise SourceError(
                file.name,
                f"there is no column '{name}'",
                "restore the header as it was published",
                row=1,
            )
    frame = frame.select(
        pl.col(names[name]).fill_null("").str.strip_chars().alias(name) for name in COLUMNS
    ).with_row_index("row", offset=2)
    boroughs = frame.filter(pl.col("area type").str.to_lowercase() == "borough")
    others = frame.filter(pl.col("area type").str.to_lowercase() != "borough")
    if not boroughs.height:
        raise SourceError(file.name, "there is no row of a borough", AGAIN, column="Area Type")
    months = _dates(file, boroughs, "month_year", is_first=True)
    refreshed = {*_dates(file, boroughs, "refresh date").values()}
    if len(refreshed) > 1:
        raise SourceError(
            file.name,
            f"its rows were refreshed on {len(refreshed)} days, so it is of more than one release",
            "give one release as it was published",
            column="Refresh Date",
        )
    areas = _areas(file, boroughs)
    _refuse_cells(file, boroughs)
    codes = pl.DataFrame(
        [(*given, area.code) for given, area in areas.items()],
        schema=["area code", "area name", "area_code"],
        orient="row",
    )
    rows = boroughs.join(codes, on=["area code", "area name"], maintain_order="left").select(
        "row",
        pl.col("month_year")
        .replace_strict({given: f"{day:%Y-%m}" for given, day in months.items()})
        .alias("month"),
        "area_code",
        pl.col("measure").str.to_lowercase().replace_strict(MEASURES).alias("measure"),
        pl.col("offence group").str.to_uppercase().alias("group"),
        pl.col("offence subgroup").str.to_uppercase().alias("subgroup"),
        pl.col("count").cast(pl.Int64).alias("value"),
    )
    _refuse_repeats(file, rows)
    counts = others.group_by("area type").len().sort("area type")
    return Part(
        file=SourceFile(file.name, sha256_of(content), frame.height),
        rows=rows.drop("row", "subgroup"),
        areas={area.code: area for area in areas.values()},
        refreshed_on=refreshed.pop(),
        left_out=dict(counts.iter_rows()),
    )


def _dates(
    file: InputFile, rows: pl.DataFrame, column: str, *, is_first: bool = False
) -> dict[str, date]:
    """Return the day that each text of a column means: year first, or day first."""
    found: dict[str, date] = {}
    for given in rows[column].unique():
        match = _DAYS[0].fullmatch(given) or _DAYS[1].fullmatch(given)
        try:
            if match is None or (is_first and match["day"] != "01"):
                raise ValueError(given)
            year = int(match["year"])
            found[given] = date(
                year if year > 99 else 2000 + year, int(match["month"]), int(match["day"])
            )
        except ValueError as error:
            what = "the first day of a month" if is_first else "a day"
            raise SourceError(
                file.name,
                f"'{given}' is not {what} such as 2025-02-01 or 01/02/2025",
                AGAIN,
                row=_row(rows, column, given),
                column=column,
            ) from error
    return found


def _row(rows: pl.DataFrame, column: str, given: str) -> int:
    return int(rows.filter(pl.col(column) == given)[0, "row"])


def _areas(file: InputFile, rows: pl.DataFrame) -> dict[tuple[str, str], SourceArea]:
    """Return the area of each code and name: a borough, or what counts in the total alone."""
    found: dict[tuple[str, str], SourceArea] = {}
    for code, name in rows.select("area code", "area name").unique().iter_rows():
        area = _BY_CODE.get(code) or borough_named(name)
        if area is None and (code.startswith("E") or not name):
            raise SourceError(
                file.name,
                f"'{name or code}' is not a borough of London",
                "check the spelling",
                row=_row(rows, "area name", name),
                column="Area Name",
            )
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
        found[code, name] = area or SourceArea(slug or "unknown", name, "pseudo")
    return found


def _refuse_cells(file: InputFile, rows: pl.DataFrame) -> None:
    checks = (
        ("measure", pl.col("measure").str.to_lowercase().is_in([*MEASURES]), "is not a measure"),
        (
            "offence group",
            pl.col("offence group").str.to_uppercase().is_in(sorted(_KNOWN_GROUPS)),
            "is not a group of offences that Folkmoot knows",
        ),
        ("count", pl.col("count").str.contains(_COUNT), "is not a count"),
    )
    for column, is_sound, problem in checks:
        bad = rows.filter(~is_sound)
        if bad.height:
            raise SourceError(
                file.name,
                f"'{bad[0, column]}' {problem}",
                "check the row, or download the file again",
                row=int(bad[0, "row"]),
                column=column,
            )


def _refuse_repeats(file: InputFile, rows: pl.DataFrame) -> None:
    keys = ["month", "area_code", "measure", "group", "subgroup"]
    again = rows.filter(~pl.struct(keys).is_first_distinct())
    if again.height:
        raise SourceError(
            file.name,
            "the row repeats the month, area, offence and measure of another",
            "remove one of them, or download the file again",
            row=int(again[0, "row"]),
        )
