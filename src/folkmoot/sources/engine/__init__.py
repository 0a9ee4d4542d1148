"""Where large sources are counted: one expression, in this process or on a cluster.

The expressions are Ibis. DuckDB, inside the process, runs them unless FOLKMOOT_ENGINE says spark.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from folkmoot.sources.errors import SourceError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import polars as pl

ENGINE = "FOLKMOOT_ENGINE"


class Engine(Protocol):
    """A connection on which expressions run; `faults` it raises for a file it cannot read."""

    name: str
    faults: tuple[type[Exception], ...]

    def read_csv(
        self, paths: Sequence[Path], columns: Sequence[str], choices: Mapping[str, Sequence[str]]
    ) -> ir.Table:
        """Return the rows of comma-separated files as text, an empty cell as null.

        `filename` is added: the path as given, or an address that ends with it. `choices` are
        the only values that a column may have, in order: an engine may store them in a byte or
        two each, and then refuses any other value.
        """
        ...

    def digest(self, text: ir.StringValue) -> ir.IntegerValue:
        """Return 64 bits that stand for a text; those of null are of no use."""
        ...

    def kept(self, table: ir.Table) -> ir.Table:
        """Return a table that is worked out once, whatever is asked of it afterwards."""
        ...

    def repeated(self, table: ir.Table, column: str) -> ir.Table:
        """Return the whole numbers that stand in more than one row of a column, each once."""
        ...

    def frame(self, table: ir.Table) -> pl.DataFrame:
        """Return what an expression gives."""
        ...


@contextmanager
def connected(environment: Mapping[str, str] = os.environ) -> Iterator[Engine]:
    """Give the engine that FOLKMOOT_ENGINE names, and let it go afterwards.

    Raises SourceError where there is none of that name, or it cannot be started.
    """
    name = environment.get(ENGINE, "").strip().lower() or "duckdb"
    if name == "duckdb":
        from folkmoot.sources.engine.on_duckdb import duckdb_engine

        with duckdb_engine() as engine:
            yield engine
    elif name == "spark":
        from folkmoot.sources.engine.on_spark import spark_engine

        with spark_engine(environment) as engine:
            yield engine
    else:
        raise SourceError(
            ENGINE, f"there is no engine '{name}'", "set it to duckdb or spark, or leave it out"
        )
