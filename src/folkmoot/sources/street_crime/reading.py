"""Street-level files to a release: laid out, counted by the engine, checked, put in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from folkmoot.core.periods import Month
from folkmoot.sources.engine import Engine, connected
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile
from folkmoot.sources.large_files import laid_out, sha256_of_text
from folkmoot.sources.police_uk import CITY, CITY_POLICE, FORCES, force_area, gridded
from folkmoot.sources.sheets import AGAIN
from folkmoot.sources.street_crime.counting import CELL, Counted, counted
from folkmoot.sources.street_crime.files import first_fault, forces_seen, refuse_header
from folkmoot.sources.street_crime.notes import notes
from folkmoot.sources.street_crime.series import (
    ALL,
    DISORDER,
    KEY_OF_TYPE,
    MONTHS,
    SERIES,
    TYPES,
)
from folkmoot.sources.tables import ReleaseTable, Source, SourceArea, SourceFile, tidy

# A file with more names of forces than there are police forces has something else in that column.
MOST_FORCES = 500
# Forces whose area is one district, and its name.
DISTRICTS = {CITY_POLICE: CITY.name}


def read(source: Source, files: Sequence[InputFile]) -> ReleaseTable:
    """Return counts by force, month and type.

    A crime that stands in several rows is counted once, in the first month that has it. A month
    of which a force has a file counts zero for a type without a row; a month without a file, or
    with an empty one, has no figure. Raises SourceError for a file that is not sound.
    """
    watched, files = files, [files[place] for place in range(len(files))]
    with laid_out(files) as paths, connected() as engine, ThreadPoolExecutor(1) as beside:
        for file, path in zip(files, paths, strict=True):
            refuse_header(file.name, path)
        # Besides, and about as long, the engine reads them too: this is what is watched.
        hashing = beside.submit(
            lambda: [sha256_of_text(f.name, path) for f, path in zip(watched, paths, strict=True)]
        )
        try:
            found = _counted(engine, paths)
        except engine.faults as fault:
            hashing.result()  # What is no text at all is told as that.
            raise _explained(files, paths, fault) from fault
        hashes = hashing.result()
        _refuse_cells(files, paths, found.cells)
    _refuse_twice(files, found.cells)
    rows = dict(found.cells.group_by("file").agg(pl.col("rows").sum()).iter_rows())
    if not rows:
        raise SourceError(files[0].name, "no file holds a crime", AGAIN)
    areas = tuple(force_area(force) for force in sorted(found.cells["force"].unique()))
    return ReleaseTable(
        source=source,
        files=tuple(
            SourceFile(file.name, sha256, rows.get(number, 0))
            for number, (file, sha256) in enumerate(zip(files, hashes, strict=True))
        ),
        areas=areas,
        observations=_observations(found, areas),
        notes=tuple(notes(found, [f.name for n, f in enumerate(files) if n not in rows])),
    )


def _counted(engine: Engine, paths: Sequence[Path]) -> Counted:
    """Return the counts, with a byte or two for a force where all forces are known beforehand."""
    seen = set[str]().union(*map(forces_seen, paths))
    known: Mapping[str, Sequence[str]] = {"Month": MONTHS, "Crime type": TYPES}
    if len(seen) <= MOST_FORCES:
        # Where no row of a force with a district is met, districts need not be read.
        forces = sorted(seen | (set(FORCES.values()) - DISTRICTS.keys()))
        districts = {force: name for force, name in DISTRICTS.items() if force in seen}
        try:
            return counted(engine, paths, {**known, "Falls within": forces}, districts)
        except engine.faults:
            pass  # A force that nobody knew of, or a fault that will come again.
    return counted(engine, paths, known, DISTRICTS)


def _explained(files: Sequence[InputFile], paths: Sequence[Path], fault: Exception) -> SourceError:
    """Return the first fault in the rows; where there is none to be seen, what the engine says."""
    told = str(fault)
    named = [place for place, path in enumerate(paths) if path.name in told]
    for place in [*named, *(each for each in range(len(paths)) if each not in named)]:
        if error := first_fault(files[place].name, paths[place]):
            return error
    return SourceError(
        files[named[0]].name if named else files[0].name,
        f"the files cannot be counted ({told.splitlines()[0].rstrip('.')})",
        AGAIN,
    )


def _refuse_cells(files: Sequence[InputFile], paths: Sequence[Path], cells: pl.DataFrame) -> None:
    """Raise SourceError for what an engine lets pass that stores any text."""
    is_sound = (
        pl.col("month").is_in(MONTHS)
        & pl.col("type").is_in(TYPES)
        & (pl.col("force").str.strip_chars() != "")
    )
    faulty = cells.filter(~is_sound.fill_null(value=False))
    for place in faulty["file"].unique().sort():
        error = first_fault(files[place].name, paths[place])
        assert error is not None, "What is not sound by the counts is not sound by the rows."
        raise error


def _refuse_twice(files: Sequence[InputFile], cells: pl.DataFrame) -> None:
    given = cells.group_by("month", "force").agg(pl.col("file").unique().sort())
    twice = given.filter(pl.col("file").list.len() > 1).sort("month", "force")
    for month, force, (one, other, *_) in twice.iter_rows():
        raise SourceError(
            files[other].name,
            f"it holds {Month.parse(month).label} of {force}, and so does {files[one].name}",
            "give each month of a force once",
        )


def _observations(found: Counted, areas: Sequence[SourceArea]) -> pl.DataFrame:
    """Return a row for every series of every month that a force has a file of."""
    once = (
        found.cells.group_by(CELL)
        .agg(pl.col("rows").sum())
        .join(found.repeated, on=CELL, how="left")
        .with_columns(value=pl.col("rows") - pl.col("again").fill_null(0))
    )
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for month, force, kind, value in once.select(*CELL, "value").iter_rows():
        series = KEY_OF_TYPE[kind]
        counts[force, month][series] += value
        if series != DISORDER:
            counts[force, month][ALL] += value
    return tidy(gridded(counts, [series.key for series in SERIES]), SERIES, areas)
