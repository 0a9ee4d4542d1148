"""What a source is, and what reading one of its releases gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from folkmoot.core.periods import Month

if TYPE_CHECKING:
    from folkmoot.sources.inputs import InputFile
    from folkmoot.sources.offers import Offer
    from folkmoot.sources.sheets import Sheet

OBSERVATION_SCHEMA = {
    "series": pl.String,
    "area_code": pl.String,
    "area_name": pl.String,
    "period": pl.String,
    "value": pl.Float64,
    "base": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class Break:
    """A change in what is recorded; figures from `month` on do not compare with those before."""

    month: Month
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures that a source publishes under one definition.

    `categories` are the source's categories, in the wording of every version of the file, that
    sum to the series; empty where the series is everything that the file lists. `is_rolling`
    marks a figure that covers twelve months, so that neighbouring points share interviews.
    """

    key: str
    title: str
    source: str
    unit: str
    definition: str
    categories: tuple[str, ...]
    breaks: tuple[Break, ...] = ()
    is_rolling: bool = False


@dataclass(frozen=True, slots=True)
class SourceArea:
    """A place that figures are published for.

    `kind` is total, borough, force, ward or lsoa, or pseudo for what is no place with residents.
    `code` is the statistical office's where there is one, else a slug such as "unknown".
    """

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read: its name without folders, its hash and its rows below the header."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """One release of a source as tidy observations.

    `observations` has the columns of `OBSERVATION_SCHEMA`, sorted by series (in the source's
    order), area (in the order of `areas`) and period ("YYYY-MM"). `value` is never null: a month
    that was not published has no row. `base` is the number of interviews behind a survey share.
    `released_on` is None where no file says when it was published. `notes` are sentences on what
    is odd about the files, for whoever imports or inspects them.
    """

    source: Source
    files: tuple[SourceFile, ...]
    areas: tuple[SourceArea, ...]
    observations: pl.DataFrame
    released_on: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def first_period(self) -> str:
        """The earliest month with a figure, "YYYY-MM"."""
        return str(self.observations["period"].min())

    @property
    def last_period(self) -> str:
        """The latest month with a figure, "YYYY-MM"."""
        return str(self.observations["period"].max())


@dataclass(frozen=True, slots=True)
class Source:
    """A data set that somebody publishes, and how its files are known and read.

    `recognises` is asked with the header of a file. `read` takes the files of one release as
    sheets, `read_files` as they are where they are too large or too many for that; a source has
    one of the two. Both raise SourceError before returning anything where a file is not sound.
    `offer` tells where the publisher has the latest release, where that is known; `member_end` how
    its files are named where an archive holds those of other sources as well.
    """

    key: str
    title: str
    publisher: str
    url: str
    licence: str
    licence_url: str
    status: str
    frequency: str
    caveat: str
    area_kinds: tuple[str, ...]
    series: tuple[Series, ...]
    recognises: Callable[[Sequence[str]], bool]
    read: Callable[[Sequence[Sheet]], ReleaseTable] | None = None
    read_files: Callable[[Sequence[InputFile]], ReleaseTable] | None = None
    offer: Offer | None = None
    member_end: str = ""


def tidy(
    frame: pl.DataFrame, series: Sequence[Series], areas: Sequence[SourceArea]
) -> pl.DataFrame:
    """Return observations in the columns, types and order that every source keeps.

    `frame` has series, area_code, period, value and base. Rows of other series or areas are a
    mistake of the caller.
    """
    names = pl.DataFrame(
        {
            "area_code": [area.code for area in areas],
            "area_name": [area.name for area in areas],
            "area_rank": range(len(areas)),
        }
    )
    ranks = pl.DataFrame({"series": [one.key for one in series], "series_rank": range(len(series))})
    return (
        frame.join(names, on="area_code", how="left")
        .join(ranks, on="series", how="left")
        .sort("series_rank", "area_rank", "period")
        .select(pl.col(name).cast(kind) for name, kind in OBSERVATION_SCHEMA.items())
    )


def listed(names: Sequence[str], most: int = 8) -> str:
    """Return names as a part of a sentence, and how many more there are than `most`."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "none"


def months_in_words(months: Sequence[Month]) -> str:
    """Return months as a part of a sentence: each unbroken run by its first and last."""
    runs: list[list[Month]] = []
    for month in sorted(months):
        if runs and runs[-1][-1].shift(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return listed(
        [run[0].label if len(run) == 1 else f"{run[0].label} to {run[-1].label}" for run in runs]
    )
