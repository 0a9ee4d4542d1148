"""Background work: files of responses are checked and imported while an officer goes on working."""

from __future__ import annotations

from django_tasks import task

from folkmoot.publishing.clock import now
from folkmoot.responses.acts.imports import check_import, import_rows
from folkmoot.responses.models import ImportRun


@task()
def check_file(run_id: int) -> None:
    """Read a whole file and keep what it would become."""
    check_import(ImportRun.objects.select_related("survey").get(pk=run_id), now())


@task()
def import_file(run_id: int, attempt: int) -> int:
    """Write the rows of a checked file to the register; return how many."""
    run = ImportRun.objects.select_related("survey", "imported_by").get(pk=run_id)
    return import_rows(run, attempt, now())
