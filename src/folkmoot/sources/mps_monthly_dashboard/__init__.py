"""MPS Monthly Crime Dashboard: offences and positive outcomes, one tall and sparse file.

A row stands for a month, an area, a kind of offence and a measure, and only where there is
something to count. So a zero is what has no row while its area and month have others, and a month
without any row was not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from folkmoot.core.periods import Month, month_range
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile
from folkmoot.sources.london_boroughs import LONDON, METROPOLITAN_POLICE_BOROUGHS
from folkmoot.sources.mps_categories import CONNECT
from folkmoot.sources.mps_monthly_dashboard.part import (
    COLUMNS,
    GROUPS,
    MEASURES,
    Part,
    read_part,
)
from folkmoot.sources.offers import DATASTORE, Offer
from folkmoot.sources.sheets import AGAIN
from folkmoot.sources.tables import (
    ReleaseTable,
    Series,
    Source,
    SourceArea,
    listed,
    months_in_words,
    tidy,
)

KEY = "mps-monthly-dashboard"
_PLACE = ("area_code", "month")


def _series(measure: str, group: str = "") -> Series:
    offences = measure == "offences"
    slug = re.sub(r"[^a-z]+", "-", group.lower())
    what = f"Offences of {group.lower()}" if group else "Notifiable offences"
    return Series(
        key=f"dashboard-{measure}{f'-{slug}' if group else ''}",
        title=f"{group or 'All offences'}{'' if offences else ', positive outcomes'} (dashboard)",
        source=KEY,
        unit="offences recorded" if offences else "positive outcomes",
        definition=f"{what} that the force recorded in the month."
        if offences
        else f"{what} for which somebody was charged, cautioned or dealt with otherwise in the "
        "month, whenever it was recorded.",
        categories=(group,) if group else (),
        breaks=(CONNECT,),
    )


SERIES = tuple(_series(measure, group) for measure in MEASURES.values() for group in ("", *GROUPS))
_KEYS = pl.DataFrame(
    [
        (measure, group.upper(), _series(measure, group).key)
        for measure in MEASURES.values()
        for group in GROUPS
    ],
    schema=["measure", "group", "series"],
    orient="row",
)


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is that of the dashboard's file of all offences."""
    return {*COLUMNS} <= {cell.strip().lower() for cell in header}


def read(files: Sequence[InputFile]) -> ReleaseTable:
    """Return the grid of months, areas and groups of offences, whole but for what is unknown.

    Raises SourceError for a file that is not sound, files of two releases, a month that stands in
    two files, and a borough without a row in a month that others have.
    """
    parts = [read_part(file) for file in files]
    _refuse_misfits(parts)
    rows = pl.concat([part.rows for part in parts])
    known = {code: area for part in parts for code, area in part.areas.items()}
    areas = (LONDON, *sorted(known.values(), key=lambda area: (area.kind, area.name)))
    return ReleaseTable(
        source=SOURCE,
        files=tuple(part.file for part in parts),
        areas=areas,
        observations=tidy(_grid(rows), SERIES, areas),
        released_on=parts[0].refreshed_on,
        notes=tuple(_notes(parts, rows, known)),
    )


def _refuse_misfits(parts: Sequence[Part]) -> None:
    seen: dict[str, str] = {}
    for part in parts:
        if part.refreshed_on != parts[0].refreshed_on:
            raise SourceError(
                part.file.name,
                f"it was refreshed on {part.refreshed_on:%-d %B %Y} and {parts[0].file.name} on "
                f"{parts[0].refreshed_on:%-d %B %Y}, so the files are of two releases",
                "import each by itself",
                column="Refresh Date",
            )
        for month in sorted(part.rows["month"].unique()):
            if month in seen:
                raise SourceError(
                    part.file.name,
                    f"it holds {Month.parse(month).label}, and so does {seen[month]}",
                    "give each month once",
                )
            seen[month] = part.file.name
            _refuse_incomplete(part, month)


def _refuse_incomplete(part: Part, month: str) -> None:
    offences = part.rows.filter(month=month, measure="offences")
    missing = [
        area.name
        for area in METROPOLITAN_POLICE_BOROUGHS
        if area.code not in {*offences["area_code"]}
    ]
    if missing:
        raise SourceError(
            part.file.name,
            f"in {Month.parse(month).label} there is no row of {listed(missing, 3)}, so rows are "
            "missing or the file was cut off",
            AGAIN,
            row=part.file.rows + 1,
        )


def _grid(rows: pl.DataFrame) -> pl.DataFrame:
    """Return every series of every area and month that was published, zeros filled in."""
    by_group = (
        rows.join(_KEYS, on=["measure", "group"])
        .group_by("series", "area_code", "month")
        .agg(pl.col("value").sum())
    )
    whole = (
        rows.group_by("measure", "area_code", "month")
        .agg(pl.col("value").sum())
        .select(pl.concat_str(pl.lit("dashboard-"), "measure").alias("series"), *_PLACE, "value")
    )
    measured = rows.select("measure", "month").unique()
    present = rows.select("area_code", "month").unique()
    of_measure = pl.DataFrame(
        [(_measure_of(one.key), one.key) for one in SERIES],
        schema=["measure", "series"],
        orient="row",
    )
    areas = (
        present.join(measured, on="month")
        .join(of_measure, on="measure")
        .join(pl.concat([by_group, whole]), on=["series", "area_code", "month"], how="left")
        .select("series", *_PLACE, pl.col("value").fill_null(0))
    )
    total = (
        areas.group_by("series", "month")
        .agg(pl.col("value").sum())
        .select("series", pl.lit(LONDON.code).alias("area_code"), "month", "value")
    )
    return pl.concat([areas, total]).select(
        "series",
        "area_code",
        pl.col("month").alias("period"),
        "value",
        pl.lit(None, dtype=pl.Float64).alias("base"),
    )


def _measure_of(key: str) -> str:
    return key.split("-")[1]


def _notes(
    parts: Sequence[Part], rows: pl.DataFrame, areas: dict[str, SourceArea]
) -> Iterator[str]:
    months = [Month.parse(each) for each in sorted(rows["month"].unique())]
    cells = rows.select("month", "area_code", "measure").unique().height * len(GROUPS)
    filled = rows.filter(pl.col("group").is_in([group.upper() for group in GROUPS]))
    given = filled.select("month", "area_code", "measure", "group").unique().height
    yield (
        f"{cells - given:,} of {cells:,} cells of month, area, measure and group have no row while "
        "their area and month have others: they count as zero."
    )
    missing = sorted(set(month_range(months[0], months[-1])) - set(months))
    if missing:
        yield f"There is no row for {months_in_words(missing)}: not available, which is not zero."
    with_outcomes = {*rows.filter(measure="outcomes")["month"]}
    without = [month for month in months if str(month) not in with_outcomes]
    if without:
        yield (
            f"No area has a positive outcome in {months_in_words(without)}: not available, which "
            "is not zero."
        )
    for code, area in sorted(areas.items()):
        if area.kind == "pseudo":
            mine = rows.filter(area_code=code)
            gone = [month for month in months if str(month) not in {*mine["month"]}]
            tail = f" It has no row in {months_in_words(gone)}." if gone else ""
            yield (
                f"{area.name} is no place with residents. Its "
                f"{mine.filter(measure='offences')['value'].sum():,} offences count in London’s "
                f"total and have no rate.{tail}"
            )
    for part in parts:
        for kind, number in part.left_out.items():
            yield (
                f"{part.file.name}: {number:,} rows are of the area type {kind or 'none'}, below "
                "the borough, and are left out: they do not add up to it."
            )


SOURCE = Source(
    key=KEY,
    title="MPS Monthly Crime Dashboard",
    publisher="Metropolitan Police Service",
    url="https://data.london.gov.uk/dataset/mps-monthly-crime-dahboard-data",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    status="management information",
    frequency="monthly",
    caveat=(
        "Figures of the force’s own dashboard, refreshed each month and revised without notice; "
        "the outcomes of a month are mostly of offences recorded earlier, so the two never make a "
        "rate."
    ),
    area_kinds=("total", "borough", "pseudo"),
    series=SERIES,
    recognises=recognises,
    read_files=read,
    offer=Offer(
        page="https://data.london.gov.uk/dataset/mps-monthly-crime-dahboard-data",
        catalogue=f"{DATASTORE}mps-monthly-crime-dahboard-data",
        titles=(r".*MonthlyCrimeDashboard_TNOCrimeData.*\.csv",),
    ),
)
