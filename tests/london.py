"""The demonstration, loaded once for a whole test run however many processes test at once.

It lies in an SQLite file of its own. A test reads it in place of the test database, so that no
test waits for the loading, and none leaves anything behind.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from folkmoot.publishing import keeping


def shared_folder(basetemp: Path) -> Path:
    """Return a folder that all processes of this test run share."""
    parent = basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp
    folder = parent / "london"
    folder.mkdir(exist_ok=True)
    return folder


def loaded_file(folder: Path, at: str) -> Path:
    """Return the database of the demonstration as on a day ("" for now), loaded by the command."""
    file = folder / (f"demo-{at}.sqlite3" if at else "demo.sqlite3")
    done = file.with_suffix(".done")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            ours = ("FOLKMOOT_", "DATABASE_URL")
            inherited = {
                name: value for name, value in os.environ.items() if not name.startswith(ours)
            }
            command = [sys.executable, "-m", "folkmoot.cli.main", "demo", "--load-only"]
            result = subprocess.run(
                [*command, "--at", at] if at else command,
                env=inherited | {"FOLKMOOT_VAR": str(folder)},
                capture_output=True,
                text=True,
                check=False,
            )
            assert result.returncode == 0, result.stderr
            done.touch()
    return file


@contextmanager
def standing_in(file: Path) -> Iterator[None]:
    """Read a copied database in place of the test database; what is written is undone."""
    ordinary = connections["default"]
    ours = {
        **ordinary.settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {},
        "CONN_MAX_AGE": None,
    }
    stand_in = DatabaseWrapper(ours, alias="default")
    connections["default"] = stand_in
    _forget()
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        stand_in.close()
        connections["default"] = ordinary
        _forget()


def copied(file: Path, folder: Path) -> Path:
    """Return a copy of a database for one process, so that processes do not wait for each other."""
    copy = folder / file.name
    if not copy.exists():
        copyfile(file, copy)
    return copy


def _forget() -> None:
    """Forget what Django and Wagtail keep in memory of the other database."""
    ContentType.objects.clear_cache()
    cache.clear()
    keeping.forget()
