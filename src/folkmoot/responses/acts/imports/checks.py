"""A whole file read, with nothing written to the register: what it would become."""

from __future__ import annotations

from datetime import datetime

from folkmoot.responses.acts.imports.runs import (
    BEFORE,
    ImportRefusedError,
    ImportStoppedError,
    State,
    already_there,
    go_on,
    opened_rows,
    past,
)
from folkmoot.responses.acts.progress import clear_progress
from folkmoot.responses.importing import BrokenTableError, check_rows
from folkmoot.responses.models import ImportRun


def begin_check(run: ImportRun) -> None:
    """Say that a file is being checked. Raises ImportRefusedError where it cannot be."""
    changed = ImportRun.objects.filter(pk=run.pk, state__in=(*BEFORE, State.CHECKING)).update(
        state=State.CHECKING, failure=""
    )
    if not changed:
        raise ImportRefusedError(past(run))
    clear_progress(run)
    run.refresh_from_db()


def check_import(run: ImportRun, at: datetime) -> None:
    """Read a whole file and keep what it would become; nothing is written to the register."""
    consultation = run.survey.consultation
    failure, checked = "", None
    try:
        with opened_rows(run, at) as rows:
            checked = check_rows(
                rows,
                already_there(run),
                opens_at=consultation.opens_at,
                closes_at=consultation.closes_at,
                on_batch=lambda done: go_on(run, done),
            )
    except BrokenTableError as error:
        failure = str(error)
    except ImportStoppedError:
        failure = "The check was stopped."
    ImportRun.objects.filter(pk=run.pk, state=State.CHECKING).update(
        state=State.CHECKED if checked else State.MAPPING,
        counts=checked.counts if checked else {},
        faults=checked.faults if checked else [],
        unlisted=checked.unlisted if checked else [],
        failure=failure,
    )
    clear_progress(run)
    run.refresh_from_db()
