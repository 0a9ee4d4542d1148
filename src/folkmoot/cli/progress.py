"""How far long work is: a bar on a terminal, a line now and then where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)

from folkmoot.cli.terminal import console as standard_error

# A log gets a line for each quarter of the work, and none for work that is done at once.
QUARTERS = 4
LARGE_BYTES = 5_000_000
LARGE_COUNT = 100


class Told(Protocol):
    """What is told of a step: its name, how much of it is done, of how much where that is known."""

    def __call__(self, step: str, done: int, of: int | None) -> None: ...


@contextmanager
def shown(*, in_bytes: bool = False, console: Console = standard_error) -> Iterator[Told]:
    """Show the progress of what is told, each step with a bar or lines of its own."""
    if not console.is_terminal:
        yield _Lines(console, in_bytes=in_bytes)
        return
    counted = [DownloadColumn(), TransferSpeedColumn()] if in_bytes else [MofNCompleteColumn()]
    columns = [TextColumn("{task.description}", markup=False), BarColumn(), *counted]
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        yield _Bars(progress)


class _Bars:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, of: int | None) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=of)
        self._progress.update(self._tasks[step], completed=done, total=of)


class _Lines:
    def __init__(self, console: Console, *, in_bytes: bool) -> None:
        self._console = console
        self._in_bytes = in_bytes
        self._quarters: dict[str, int] = {}

    def __call__(self, step: str, done: int, of: int | None) -> None:
        if of is None or of < (LARGE_BYTES if self._in_bytes else LARGE_COUNT):
            return
        quarter = done * QUARTERS // of
        if quarter > self._quarters.get(step, 0):
            self._quarters[step] = quarter
            much = f"{of / 1_000_000:,.0f} MB" if self._in_bytes else f"{of:,}"
            self._console.print(
                f"{step}: {quarter * 100 // QUARTERS}% of {much}", markup=False, highlight=False
            )
