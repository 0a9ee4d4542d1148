"""The background worker: tasks in the main thread, jobs that are due in a second one.

A task may take minutes, such as finding themes among thousands of answers; what is scheduled goes
live meanwhile.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime

SECONDS_BETWEEN_ROUNDS = 5
SECONDS_TO_FINISH = 10

logger = logging.getLogger(__name__)


def work() -> None:
    """Run tasks and jobs until interrupted."""
    from django.core.management import call_command

    stopped = threading.Event()
    rounds = threading.Thread(target=run_jobs, args=(stopped,), name="jobs", daemon=True)
    rounds.start()
    try:
        call_command("db_worker", verbosity=0, startup_delay=False, reload=False)
    finally:
        stopped.set()
        rounds.join(SECONDS_TO_FINISH)


def run_jobs(stopped: threading.Event) -> None:
    """Run the jobs that are due, round after round, until told to stop."""
    from django.db import close_old_connections, connections

    from folkmoot.publishing.clock import now
    from folkmoot.publishing.schedule import run_due

    while not stopped.is_set():
        close_old_connections()
        try:
            run_due(now)
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
