"""An import killed in the middle of its work leaves not one row behind, and can be done again.

A real process on a copy of the demonstration, which kills itself where it stands.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests import london
from tests.street_files import crime, write

from folkmoot.performance.acts.storing import BATCH
from folkmoot.sources.police_uk import FORCES
from folkmoot.sources.street_crime import SERIES

IMPORT = """
import os, signal, sys
import django
django.setup()
from pathlib import Path
from folkmoot.performance.acts import import_release
from folkmoot.publishing.clock import now

def killed(step, done, of):
    if step == sys.argv[2] and 0 < done < of:
        os.kill(os.getpid(), signal.SIGKILL)

print(import_release([Path(sys.argv[1])], at=now(), progress=killed).sentence)
"""
TABLES = ("release", "observation", "area")
MONTHS = [f"{year}-{month:02}" for year in (2021, 2022, 2023) for month in range(1, 13)]
CELLS = len(MONTHS) * len(FORCES) * len(SERIES)


@pytest.fixture
def database(london_file: Path, tmp_path: Path) -> Path:
    return london.copied(london_file, tmp_path)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three years of every force, in two files: more cells than are stored at once."""
    for place, months in enumerate((MONTHS[:18], MONTHS[18:])):
        rows = [
            crime(f"{month}{force}", month=month, force=force)
            for month in months
            for force in FORCES.values()
        ]
        write(tmp_path / "archive" / f"{place}-street.csv", *rows)
    return tmp_path / "archive"


def imported(archive: Path, database: Path, var: Path, killed_at: str = "") -> int:
    """Import in a process of its own; return how it ended."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "FOLKMOOT_VAR": str(var),
        "FOLKMOOT_AT": "",
        "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
    }
    command = [sys.executable, "-c", IMPORT, str(archive), killed_at]
    return subprocess.run(command, env=environment, check=False, timeout=600).returncode


def rows(database: Path) -> dict[str, int]:
    """Count what an import writes; the database must be sound."""
    with closing(sqlite3.connect(database, timeout=20)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counts = {
            table: opened.execute(f"SELECT count(*) FROM performance_{table}").fetchone()[0]
            for table in TABLES
        }
        (counts["audit"],) = opened.execute("SELECT count(*) FROM accounts_auditrecord").fetchone()
    return counts


@pytest.mark.parametrize("step", ["Reading files", "Storing observations"])
def test_an_import_killed_half_way_leaves_not_one_row_and_can_be_done_again(
    step: str, archive: Path, database: Path, london_file: Path
) -> None:
    assert CELLS > BATCH
    before = rows(database)
    assert imported(archive, database, london_file.parent, step) == -signal.SIGKILL
    assert rows(database) == before
    assert imported(archive, database, london_file.parent) == 0
    after = rows(database)
    assert after["observation"] - before["observation"] == CELLS
    assert after["release"] - before["release"] == 1
    assert after["audit"] - before["audit"] == 1
