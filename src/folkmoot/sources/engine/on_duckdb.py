"""DuckDB inside this process: all cores, a gigabyte of memory, and the disk past that."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import polars as pl
from ibis.backends.duckdb import Backend

from folkmoot.sources.engine.digest import digest_by

MEMORY = "1GB"


_DIGEST = digest_by("hash", "uint64")


class DuckDBEngine:
    """Ibis on a database in memory that is gone with the connection."""

    name = "duckdb"
    faults: tuple[type[Exception], ...] = (duckdb.Error,)

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def read_csv(
        self, paths: Sequence[Path], columns: Sequence[str], choices: Mapping[str, Sequence[str]]
    ) -> ir.Table:
        types = dict.fromkeys(columns, "VARCHAR")
        types |= {column: _choice(values) for column, values in choices.items()}
        return self._backend.read_csv(
            [str(path) for path in paths],
            columns=types,
            filename=True,
            header=True,
            delim=",",
            quote='"',
            escape='"',
            # A file of its own ends of line each, and no guesses at anything else.
            auto_detect=False,
        )

    def digest(self, text: ir.StringValue) -> ir.IntegerValue:
        return _DIGEST(text)

    def kept(self, table: ir.Table) -> ir.Table:
        # Ibis would make the table first, with text where what it is filled from has choices.
        name = ibis.util.gen_name("kept")
        self._backend.raw_sql(f"CREATE TEMP TABLE {name} AS {self._backend.compile(table)}")
        return self._backend.table(name)

    def repeated(self, table: ir.Table, column: str) -> ir.Table:
        # Grouped by DuckDB, ten million numbers take ten times as long and half a gigabyte.
        numbers = self.frame(table.filter(table[column].notnull()).select(column))[column]
        in_order = pl.Series(column, np.sort(numbers.to_numpy()))
        twice = in_order.filter(in_order == in_order.shift(1)).unique().to_frame()
        return self._backend.create_table(
            ibis.util.gen_name("repeated"), twice.to_arrow(), temp=True
        )

    def frame(self, table: ir.Table) -> pl.DataFrame:
        # Past Ibis, which would load pandas, and that takes longer than a small archive.
        found: pl.DataFrame = self._backend.raw_sql(self._backend.compile(table)).pl()
        return found.cast(dict(table.schema().to_polars()))


@contextmanager
def duckdb_engine() -> Iterator[DuckDBEngine]:
    """Give DuckDB with a folder for what does not fit in its memory, which is deleted after."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-duckdb-") as folder:
        backend = ibis.duckdb.connect(
            memory_limit=MEMORY,
            temp_directory=folder,
            preserve_insertion_order=False,
            autoinstall_known_extensions=False,
        )
        try:
            yield DuckDBEngine(backend)
        finally:
            backend.disconnect()


def _choice(values: Sequence[str]) -> str:
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"ENUM({quoted})"
