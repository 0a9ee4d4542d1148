"""Ten million street-level crimes to observations, against DuckDB alone and against pandas.

The promise: within 1.5 times of DuckDB's bare read_csv and GROUP BY of the same file, which checks
nothing and counts a crime as often as it stands there; at least five times faster than the same in
pandas; under 1.5 GB of memory. The rows are invented (seeded by their number) in the format of
data.police.uk, with repeated numbers, rows without number or place, and districts outside a force.
Where Spark is installed, it counts the same file, and every cell is compared.

    benchmarks/street_crime.py [ROWS]

The file, about 215 bytes a row, stands in the folder of temporary files (TMPDIR) until the end.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
from answers.passes import measured, report, verdict

ROWS, MONTHS = 10_000_000, 36
BYTES_A_ROW = 250
TIMES_BARE, TIMES_PANDAS, MEGABYTES = 1.5, 5, 1500
ROUNDS = 3
FIRST, FIRST_ROWS = "first.csv", 5_000
GROUPED = ["Month", "Falls within", "Crime type"]
BARE = """
SELECT "Month", "Falls within", "Crime type", count(*) FROM read_csv($path) GROUP BY ALL
"""
# Every column follows from the number of the row, i, and hashes of it; rows stand by month and
# force, as in an archive, and every hundredth repeats the number of a crime some rows before it.
INVENTED = """
COPY (
    SELECT
        CASE WHEN type <> 'Anti-social behaviour'
             THEN sha256((CASE WHEN i % 100 = 99 THEN i - 11 ELSE i END)::VARCHAR) END "Crime ID",
        strftime(DATE '2021-01-01' + to_months(block // {forces}), '%Y-%m') "Month",
        force "Reported by",
        force "Falls within",
        CASE WHEN a % 50 > 0 THEN printf('%.6f', a % 8000000 / 1e6 - 6) END "Longitude",
        CASE WHEN a % 50 > 0 THEN printf('%.6f', b % 6000000 / 1e6 + 50) END "Latitude",
        'On or near ' || streets[1 + b % len(streets)] "Location",
        'E0' || 1000000 + a % 33755 "LSOA code",
        CASE WHEN force = 'City of London Police' AND a % 20 > 0 THEN 'City of London 001F'
             ELSE printf('District %d %03dA', a % 300, b % 60) END "LSOA name",
        type "Crime type",
        CASE WHEN type <> 'Anti-social behaviour' THEN ends[1 + a % len(ends)] END
            "Last outcome category",
        NULL "Context"
    FROM (
        SELECT i, (hash(i) % 4294967296)::BIGINT a, (hash(i, 7) % 4294967296)::BIGINT b,
            i // {block} block, ($forces)[1 + block % {forces}] AS force,
            CASE WHEN b % 6 = 0 THEN 'Anti-social behaviour'
                 ELSE ($types)[1 + a % len($types)] END AS type,
            ['Parking Area', 'Supermarket', 'High Street', 'Church Lane', 'Station Road'] streets,
            ['Investigation complete; no suspect identified', 'Unable to prosecute suspect',
             'Under investigation', 'Awaiting court outcome'] ends
        FROM range({first}, {last}) rows(i)
    )
) TO '{path}' (HEADER {header})
"""


def invent(path: Path, rows: int) -> None:
    """Write a file of invented crimes, a million at a time."""
    import duckdb

    from folkmoot.sources.police_uk import FORCES
    from folkmoot.sources.street_crime.series import TYPES

    forces = list(FORCES.values())
    values = {"forces": forces, "types": [each for each in TYPES if each[:4] != "Anti"]}
    block = -(-rows // (MONTHS * len(forces)))
    part = path.with_suffix(".part")
    with path.open("wb") as whole:
        for first in range(0, rows, 1_000_000):
            statement = INVENTED.format(
                forces=len(forces),
                block=block,
                first=first,
                last=min(first + 1_000_000, rows),
                path=part,
                header="false" if first else "true",
            )
            duckdb.execute(statement, values)
            with part.open("rb") as some:
                shutil.copyfileobj(some, whole, 1 << 24)
    part.unlink()


def folkmoot_counts(path: Path) -> dict[str, int]:
    from folkmoot.sources.registry import read

    table = read([path], "police-uk-street-crime")
    if kept := os.environ.get("KEPT"):
        table.observations.write_parquet(kept)
    return dict(table.observations.group_by("series").agg(pl.col("value").sum()).rows())


def bare_counts(path: Path) -> dict[str, int]:
    import duckdb

    return {"rows": sum(row[-1] for row in duckdb.execute(BARE, {"path": str(path)}).fetchall())}


def pandas_counts(path: Path) -> dict[str, int]:
    """Return the same as Folkmoot: a crime once, in the first month, force and type that has it."""
    import pandas as pd

    from folkmoot.sources.street_crime.series import KEY_OF_TYPE

    rows = pd.read_csv(path, usecols=["Crime ID", *GROUPED], dtype=str)
    has_number = rows["Crime ID"].notna()
    once = rows[has_number].sort_values(GROUPED).drop_duplicates("Crime ID")
    counts = pd.concat([once, rows[~has_number]]).groupby(GROUPED).size()
    by_type = counts.groupby(level="Crime type").sum()
    return {KEY_OF_TYPE[name]: int(count) for name, count in by_type.items()}


PASSES: dict[str, Callable[[Path], dict[str, int]]] = {
    "folkmoot": folkmoot_counts,
    "bare": bare_counts,
    "pandas": pandas_counts,
}


def measure(name: str, path: Path) -> None:
    """Count the file once, after its first rows, so that no library is loaded meanwhile."""
    PASSES[name](path.with_name(FIRST))
    began, worked = time.perf_counter(), time.process_time()
    counts = PASSES[name](path)
    report(seconds=time.perf_counter() - began, worked=time.process_time() - worked, counts=counts)


def best(name: str, path: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """Return the quickest of some rounds, each in a process of its own, and print it."""
    found = min(
        (measured(__file__, "--pass", name, str(path)) for _ in range(rounds)),
        key=lambda each: each["seconds"],
    )
    print(
        f"{name:9} {found['seconds']:6.2f} s, {found['worked']:6.2f} s of processors, "
        f"{found['megabytes']:6,.0f} MB"
    )
    return found


def spark_agrees(path: Path, folder: Path) -> bool:
    """Whether Spark gives every cell that DuckDB gives; True where it is not installed."""
    if importlib.util.find_spec("pyspark") is None:
        print("spark     not measured: it is not installed (the extra spark)")
        return True
    cells = []
    for engine in ("duckdb", "spark"):
        os.environ |= {"FOLKMOOT_ENGINE": engine, "KEPT": str(folder / f"{engine}.parquet")}
        found = measured(__file__, "--pass", "folkmoot", str(path))
        cells.append(pl.read_parquet(folder / f"{engine}.parquet"))
    print(f"spark     {found['seconds']:6.2f} s on this machine, without what Java takes of it")
    return cells[0].equals(cells[1])


def main() -> int:
    """Invent the file, count it in every way, compare, and print the ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    libraries = ("duckdb", "ibis-framework", "polars", "pandas")
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in libraries)
    )
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < 2 * rows * BYTES_A_ROW:
        print(f"Not measured: {tempfile.gettempdir()} has room for {free / 1e9:.1f} GB only.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "street.csv")
        invent(path, rows)
        invent(path.with_name(FIRST), FIRST_ROWS)
        print(f"{rows:,} rows, {path.stat().st_size / 1e9:.2f} GB, the quickest of {ROUNDS} rounds")
        bare, ours = best("bare", path), best("folkmoot", path)
        slow = best("pandas", path, rounds=1)
        agrees = spark_agrees(path, Path(folder))
    same = {name: count for name, count in ours["counts"].items() if name != "street-crime"}
    if bare["counts"]["rows"] != rows or same != slow["counts"] or not agrees:
        print("The counts disagree.")
        return 1
    times = ours["seconds"] / bare["seconds"]
    faster = slow["seconds"] / ours["seconds"]
    print(f"{times:.2f} times DuckDB alone; {faster:.1f} times faster than pandas; same counts")
    kept = {
        f"at most {TIMES_BARE} times DuckDB alone": times <= TIMES_BARE,
        f"at least {TIMES_PANDAS} times faster than pandas": faster >= TIMES_PANDAS,
        f"under {MEGABYTES:,} MB": ours["megabytes"] < MEGABYTES,
    }
    for promise, is_kept in kept.items():
        verdict(promise, kept=is_kept)
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--pass"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main())
