"""Both files of an MPS release into a database, and read alone against a bare read of them.

The promise: both files of 33 areas and 180 months are read, checked cell by cell, stored, and held
against the release before in under five seconds. The files are the published ones, beside the
repository or where FOLKMOOT_SHARED_DATA says; the database is one of its own on SQLite.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from folkmoot.sources.registry import read

ROUNDS = 9
PROMISED_SECONDS = 5


def seconds(act: Callable[[], object]) -> float:
    """Return the median time of an act, after one round to warm up."""
    act()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    """Measure every release that is there, and print seconds and ratios."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("FOLKMOOT_SHARED_DATA") or beside) / "mps-borough-crime"
    releases = sorted(path for path in folder.glob("*") if path.is_dir())
    if not releases:
        print("Not measured: name the folder of the published files in FOLKMOOT_SHARED_DATA.")
        return 0
    print(
        f"Python {platform.python_version()}, polars {pl.__version__}, "
        f"{platform.machine()}, {os.cpu_count()} cores; median of {ROUNDS} rounds"
    )
    for release in releases:
        paths = sorted(release.glob("*.csv"))
        ours = seconds(lambda paths=paths: read(paths))
        bare = seconds(lambda paths=paths: [pl.read_csv(path) for path in paths])
        rows = read(paths).observations.height
        print(
            f"{release.name}: {rows:,} observations in {ours:.3f} s; "
            f"bare polars read_csv of the same files {bare:.3f} s; ratio {ours / bare:.1f}"
        )
    with tempfile.TemporaryDirectory() as var:
        return 0 if _imported(releases, Path(var)) else 1


def _imported(releases: Sequence[Path], var: Path) -> bool:
    """Import one release after the other and print how long each took; whether in time."""
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{var}/site.sqlite3",
        "FOLKMOOT_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from folkmoot.performance.acts import import_release
    from folkmoot.publishing.clock import now

    in_time = True
    for release in releases:
        said: list[str] = []
        released_on = date.fromisoformat(f"{release.name}-01")
        began, worked = time.perf_counter(), time.process_time()
        imported = import_release(
            sorted(release.glob("*.csv")), at=now(), released_on=released_on, announce=said.append
        )
        took, worked = time.perf_counter() - began, time.process_time() - worked
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{imported.sentence} {took:.2f} s, {worked:.2f} s of processors, {megabytes:.0f} MB; "
            f"of {PROMISED_SECONDS} s promised {took / PROMISED_SECONDS:.2f}"
        )
        print(f"  {said[-1]}")
        in_time = in_time and took < PROMISED_SECONDS
    return in_time


if __name__ == "__main__":
    sys.exit(main())
