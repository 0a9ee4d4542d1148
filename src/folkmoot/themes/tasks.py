"""Background work: an analyst asks for something long and goes on working."""

from __future__ import annotations

from django_tasks import task

from folkmoot.themes.acts.running import run_work


@task()
def do_work(work_id: int, attempt: int) -> None:
    """Do one attempt at some work; how it ends is kept with the work."""
    run_work(work_id, attempt)
