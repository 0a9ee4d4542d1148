"""Work that is due again and again: each room registers its jobs, the worker runs them.

However many workers there are, one at a time runs a job: it takes the job's row by a conditional
update. A job that failed is logged and due again at once, so the next round tries it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from folkmoot.publishing.models import JobRun

# A worker that was killed in the middle of a job leaves its lock; after this another may run it.
LOCK = timedelta(minutes=10)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A function of the present instant, and how long after a run the next one is due."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Standing:
    """A job, when it last ran to its end, and the kind of error where the last attempt failed."""

    job: Job
    last_run: datetime | None
    fault: str


_JOBS: dict[str, Job] = {}


def register_job(name: str, every: timedelta, run: Callable[[datetime], object]) -> None:
    """Let the worker run a job; it must be safe to run twice. Called in `AppConfig.ready()`."""
    _JOBS[name] = Job(name, every, run)


def jobs() -> list[Job]:
    """Return the registered jobs by name."""
    return [_JOBS[name] for name in sorted(_JOBS)]


def standings() -> list[Standing]:
    """Return the registered jobs by name, with how each last went."""
    runs = {run.name: run for run in JobRun.objects.all()}
    return [
        Standing(job, run.last_run if run else None, run.fault if run else "")
        for job in jobs()
        for run in (runs.get(job.name),)
    ]


def run_due(
    now: Callable[[], datetime],
    *,
    shortest: timedelta = timedelta(0),
    below: timedelta = timedelta.max,
) -> list[str]:
    """Run every job that is due and that no other worker runs; return the names of those run.

    Those due most often come first. `shortest` and `below` leave out jobs that are due more often
    than the one, or not more often than the other. `now` is asked again before each job, as the
    one before may have taken its time.
    """
    runs = {run.name: run for run in JobRun.objects.all()}
    ran = []
    wanted = [job for job in jobs() if shortest <= job.every < below]
    for job in sorted(wanted, key=lambda job: (job.every, job.name)):
        at = now()
        if _is_due(job, runs.get(job.name), at) and _take(job, at):
            _run(job, at)
            ran.append(job.name)
    return ran


def _is_due(job: Job, run: JobRun | None, at: datetime) -> bool:
    if run is None or run.last_run is None:
        return True
    # A demonstration's clock goes back when it is started again.
    return at >= run.last_run + job.every or at < run.last_run


def _take(job: Job, at: datetime) -> bool:
    """Take a job's lock and return True, unless another worker has it or ran it meanwhile."""
    JobRun.objects.get_or_create(name=job.name)
    free = Q(locked_at__isnull=True) | Q(locked_at__lt=at - LOCK) | Q(locked_at__gt=at + LOCK)
    due = Q(last_run__isnull=True) | Q(last_run__lte=at - job.every) | Q(last_run__gt=at)
    mine = JobRun.objects.filter(free, due, name=job.name)
    return mine.update(locked_at=at, last_tried=at) == 1


def _run(job: Job, at: datetime) -> None:
    row = JobRun.objects.filter(name=job.name, locked_at=at)
    try:
        job.run(at)
    except Exception as error:
        logger.exception("The job “%s” failed; it is tried again in the next round.", job.name)
        row.update(locked_at=None, fault=type(error).__name__)
    except BaseException:
        # The worker is being stopped.
        row.update(locked_at=None)
        raise
    else:
        row.update(locked_at=None, last_run=at, fault="")
