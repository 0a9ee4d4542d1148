"""How far a file is, and whether somebody wants it stopped.

An import is one transaction, of which nobody outside sees anything until its end. So both are
small files beside the file itself, which the worker and the server share anyhow.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from folkmoot.responses.models.drafts import private_files

if TYPE_CHECKING:
    from folkmoot.responses.models import ImportRun

# A batch takes a second; after this a worker is taken for lost.
LOST_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows are done, and whether nothing was heard of them for `LOST_SECONDS`."""

    rows: int
    is_lost: bool


def note_progress(run: ImportRun, rows: int) -> None:
    """Say how many rows are done."""
    _file(run, "rows").write_text(str(rows))


def progress_of(run: ImportRun) -> Progress:
    """Return how far a file is."""
    file = _file(run, "rows")
    try:
        rows, touched = int(file.read_text() or 0), file.stat().st_mtime
    except (FileNotFoundError, ValueError):
        return Progress(0, is_lost=False)
    return Progress(rows, is_lost=time.time() - touched > LOST_SECONDS)


def ask_to_stop(run: ImportRun) -> None:
    """Ask whoever works on a file to stop: it does so before the next thousand rows."""
    _file(run, "stop").touch()


def is_stop_asked(run: ImportRun) -> bool:
    """Whether somebody asked to stop."""
    return _file(run, "stop").exists()


def clear_progress(run: ImportRun) -> None:
    """Begin anew: no rows are done, and nobody asked to stop."""
    _file(run, "stop").unlink(missing_ok=True)
    _file(run, "rows").write_text("0")


def _file(run: ImportRun, name: str) -> Path:
    folder = Path(private_files().path("imports"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{run.pk}.{name}"
