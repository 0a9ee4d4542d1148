"""Both files of an MPS borough release to checked observations, against a bare read of them.

The promise: a release is read, checked cell by cell and summed into series well within a second.
The files are the published ones, beside the repository or where FOLKMOOT_SHARED_DATA says.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from folkmoot.sources.registry import read

ROUNDS = 9


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
    return 0


if __name__ == "__main__":
    sys.exit(main())
