"""Observations into their table by the hundred thousand, as each database takes them fastest."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from django.db import connection

from folkmoot.performance.models import Observation
from folkmoot.sources.inputs import Progress

BATCH = 20_000
COLUMNS = ("release_id", "series", "area_id", "period", "value", "base")


def store(
    observations: pl.DataFrame,
    release_id: int,
    area_ids: Mapping[str, int],
    progress: Progress | None = None,
) -> None:
    """Insert the observations of a release. Past the ORM, which takes many times as long.

    `area_ids` has the key of every area by its code.
    """
    rows = observations.select(
        pl.lit(release_id).alias("release_id"),
        "series",
        pl.col("area_code").replace_strict(dict(area_ids), return_dtype=pl.Int64).alias("area_id"),
        pl.col("period") + "-01",
        "value",
        "base",
        # In the order of the index that keeps a cell from standing twice, which then only grows.
    ).sort("series", "area_id", "period")
    insert = _copy if connection.vendor == "postgresql" else _insert
    for start in range(0, rows.height, BATCH):
        insert(rows.slice(start, BATCH))
        if progress is not None:
            progress("Storing observations", min(start + BATCH, rows.height), rows.height)


def _insert(rows: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_into()} VALUES ({', '.join(['%s'] * len(COLUMNS))})",  # noqa: S608
            rows.rows(),
        )


def _copy(rows: pl.DataFrame) -> None:
    # A number is written with as many digits as bring it back; no base is an empty cell.
    text = rows.write_csv(include_header=False)
    with (
        connection.cursor() as cursor,
        # Past Django's own cursor, which would turn errors of the driver into its own.
        connection.wrap_database_errors,
        cursor.copy(f"COPY {_into()} FROM STDIN WITH (FORMAT csv)") as copy,
    ):
        copy.write(text)


def _into() -> str:
    quoted = connection.ops.quote_name
    return f"{quoted(Observation._meta.db_table)} ({', '.join(map(quoted, COLUMNS))})"
