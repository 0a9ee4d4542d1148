"""The background worker: tasks in the main thread, jobs that are due in threads beside it.

A task may take minutes, such as finding themes among thousands of answers, and so may a night's
cleaning or a mail server that does not answer. What is scheduled goes live meanwhile.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

# Jobs due every few seconds, every few minutes, and those of the night: none waits for the next.
LANES = (
    (timedelta(0), timedelta(minutes=1)),
    (timedelta(minutes=1), timedelta(hours=1)),
    (timedelta(hours=1), timedelta.max),
)
SECONDS_BETWEEN_ROUNDS = 5
SECONDS_TO_FINISH = 10

logger = logging.getLogger(__name__)


def work() -> None:
    """Run tasks and jobs until interrupted."""
    from django.core.management import call_command

    with jobs_beside():
        call_command("db_worker", verbosity=0, startup_delay=False, reload=False)


@contextmanager
def jobs_beside() -> Iterator[None]:
    """Run jobs in their lanes; at the end, let those that run finish for some seconds."""
    stopped = threading.Event()
    lanes = [
        threading.Thread(target=run_jobs, args=(stopped, *lane), name="jobs", daemon=True)
        for lane in LANES
    ]
    for lane in lanes:
        lane.start()
    try:
        yield
    finally:
        stopped.set()
        for lane in lanes:
            lane.join(SECONDS_TO_FINISH)


def run_jobs(stopped: threading.Event, shortest: timedelta, below: timedelta) -> None:
    """Run the jobs of a lane that are due, round after round, until told to stop."""
    from django.db import close_old_connections, connections

    from folkmoot.publishing.clock import now
    from folkmoot.publishing.schedule import run_due

    while not stopped.is_set():
        close_old_connections()
        try:
            run_due(now, shortest=shortest, below=below)
        except Exception:
            # Such as a database that is being restarted: the next round finds it again.
            logger.exception("A round of jobs ended early.")
        stopped.wait(SECONDS_BETWEEN_ROUNDS)
    connections.close_all()


def show_jobs() -> None:
    """Print the jobs with when each last ran, and how many e-mails wait."""
    from rich.console import Console
    from rich.table import Table

    from folkmoot.publishing.clock import local
    from folkmoot.publishing.models import OutgoingMail
    from folkmoot.publishing.schedule import standings

    results = Console(highlight=False)
    table = Table("Job", "Every", "Last run", "Last attempt")
    for each in standings():
        last = _moment(local(each.last_run)) if each.last_run else "not yet"
        how = (
            f"failed: {each.fault}" if each.fault else "-" if each.last_run is None else "went well"
        )
        table.add_row(each.job.name, _span(int(each.job.every.total_seconds())), last, how)
    results.print(table)
    waiting = OutgoingMail.objects.count()
    results.print(f"{waiting:,} e-mail{'' if waiting == 1 else 's'} to be sent.")


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M:%S}"


def _span(seconds: int) -> str:
    for length, name in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if seconds % length == 0:
            many = seconds // length
            return name if many == 1 else f"{many} {name}s"
    raise ValueError("A job is due every so many whole seconds.")
