"""Spark, on this machine or on a cluster, for an archive that outgrows one machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir
import polars as pl

from folkmoot.sources.engine.digest import digest_by
from folkmoot.sources.errors import SourceError

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend

MASTER = "FOLKMOOT_SPARK_MASTER"
THIS_MACHINE = "local[*]"


_DIGEST = digest_by("xxhash64", "int64")


class SparkEngine:
    """Ibis on a session of Spark."""

    name = "spark"

    def __init__(self, backend: Backend, session: Any, faults: tuple[type[Exception], ...]) -> None:
        self._backend = backend
        self._session = session
        self.faults = faults

    def read_csv(
        self, paths: Sequence[Path], columns: Sequence[str], choices: Mapping[str, Sequence[str]]
    ) -> ir.Table:
        from pyspark.sql.functions import input_file_name

        rows = self._session.read.csv(
            [path.as_uri() for path in paths],
            schema=", ".join(f"`{column}` STRING" for column in columns),
            header=True,
            quote='"',
            escape='"',
            # A row with a cell more or less is refused, not filled up or cut short.
            mode="FAILFAST",
        ).withColumn("filename", input_file_name())
        name = ibis.util.gen_name("rows")
        rows.createOrReplaceTempView(name)
        return self._backend.table(name)

    def digest(self, text: ir.StringValue) -> ir.IntegerValue:
        return _DIGEST(text)

    def kept(self, table: ir.Table) -> ir.Table:
        return table.cache()

    def repeated(self, table: ir.Table, column: str) -> ir.Table:
        numbered = table.filter(table[column].notnull())
        times = numbered.group_by(column).agg(times=numbered.count())
        return times.filter(times["times"] > 1).select(column)

    def frame(self, table: ir.Table) -> pl.DataFrame:
        found: pl.DataFrame = table.to_polars()
        return found


@contextmanager
def spark_engine(environment: Mapping[str, str] = os.environ) -> Iterator[SparkEngine]:
    """Give a session of the master that FOLKMOOT_SPARK_MASTER names, this machine unless set.

    Raises SourceError where Spark is not installed, or does not start.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SourceError(
            "FOLKMOOT_ENGINE",
            "it says spark, and Spark is not installed",
            "install folkmoot[spark], or leave FOLKMOOT_ENGINE out",
        ) from error
    master = environment.get(MASTER, "").strip() or THIS_MACHINE
    faults = (PySparkException, Py4JError)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        # Else a row is not refused for the cells that nobody asks for.
        "spark.sql.csv.parser.columnPruning.enabled": "false",
    }
    try:
        builder = SparkSession.builder.master(master).appName("Folkmoot")
        session = builder.config(map=settings).getOrCreate()
    except faults as error:
        raise SourceError(
            MASTER,
            f"Spark does not start on {master} ({str(error).splitlines()[0]})",
            "check that Java 17 is installed and that the master can be reached",
        ) from error
    try:
        yield SparkEngine(ibis.pyspark.connect(session), session, faults)
    finally:
        session.stop()
