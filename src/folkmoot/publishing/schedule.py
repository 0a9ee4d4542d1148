"""Work that is due again and again: each room registers its jobs, the worker runs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Job:
    """A function of the present instant, and how long after a run the next one is due."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]


_JOBS: dict[str, Job] = {}


def register_job(name: str, every: timedelta, run: Callable[[datetime], None]) -> None:
    """Let the worker run a job; it must be safe to run twice. Called in `AppConfig.ready()`."""
    _JOBS[name] = Job(name, every, run)


def jobs() -> list[Job]:
    """Return the registered jobs by name."""
    return [_JOBS[name] for name in sorted(_JOBS)]
