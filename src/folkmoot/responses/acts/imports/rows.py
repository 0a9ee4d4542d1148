"""The rows of a checked file written to the register, all or none."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from folkmoot.consultations.models import Consultation
from folkmoot.publishing.clock import now
from folkmoot.responses.acts.batches import Agreed
from folkmoot.responses.acts.imports.runs import (
    ImportRefusedError,
    ImportStoppedError,
    State,
    already_there,
    go_on,
    opened_rows,
    past,
)
from folkmoot.responses.acts.intake import import_responses
from folkmoot.responses.acts.letters import ResponsesRefusedError
from folkmoot.responses.acts.progress import clear_progress
from folkmoot.responses.importing import (
    BrokenTableError,
    ColumnMapping,
    IncomingResponse,
    ReadRow,
    references_of,
)
from folkmoot.responses.models import ImportRun, Survey

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

BATCH = 1000
# What SQLite writes in less than half the time for which the site waits for its database.
MOST_WHILE_OPEN = 5_000


def begin_rows(run: ImportRun, by: User, *, again: bool = False) -> int:
    """Say that a file is being imported; return the number of the attempt.

    `again` is for one whose worker was lost: its rows were never committed. Raises
    ImportRefusedError for a file that was not checked, has faults or has nothing to import.
    """
    counts = run.counts
    if run.state == State.CHECKED and counts.get("faulty"):
        raise ImportRefusedError(
            f"{counts['faulty']:,} rows have faults, and a file is imported whole or not at all: "
            "match the values below or mend the file, then check it again."
        )
    if run.state == State.CHECKED and not counts.get("responses"):
        raise ImportRefusedError("The file has no row that is not in the register already.")
    if waits := keeps_others_waiting(counts.get("responses", 0)):
        raise ImportRefusedError(waits)
    allowed = (State.CHECKED, State.IMPORTING) if again else (State.CHECKED,)
    with transaction.atomic():
        changed = ImportRun.objects.filter(pk=run.pk, state__in=allowed).update(
            state=State.IMPORTING,
            attempt=run.attempt + 1,
            imported_by=by,
            failure="",
        )
    if not changed:
        raise ImportRefusedError(past(run))
    clear_progress(run)
    run.refresh_from_db()
    return run.attempt


def keeps_others_waiting(responses: int) -> str:
    """Return why so many rows may not be written now; empty where they may.

    SQLite lets one writer in at a time, and an import is one transaction: somebody who sends
    answers meanwhile would wait for longer than the site waits for its database.
    """
    if connection.vendor != "sqlite" or responses <= MOST_WHILE_OPEN:
        return ""
    at = now()
    is_open = Consultation.objects.live().filter(opens_at__lte=at, closes_at__gt=at)
    if (first := is_open.order_by("closes_at").first()) is None:
        return ""
    return (
        f"{responses:,} rows take so long to write that people who answer “{first.title}” "
        "meanwhile could be turned away: import the file once it has closed, in parts of at most "
        f"{MOST_WHILE_OPEN:,} rows, or run the site on PostgreSQL."
    )


def import_rows(run: ImportRun, attempt: int, at: datetime) -> int:
    """Write the rows of a checked file to the register, all or none; return how many.

    Every row is read and checked again, as the survey or the register may have changed since.
    What stops it is kept with the run, for whoever started it.
    """
    try:
        written = _write_rows(run, attempt, at)
    except ImportStoppedError:
        _put_back(run, attempt, "The import was stopped. Nothing was written.")
        return 0
    except (BrokenTableError, ResponsesRefusedError) as error:
        _put_back(run, attempt, f"{error} Nothing was written: check the file again.")
        return 0
    except Exception:
        _put_back(
            run,
            attempt,
            "The import came to a fault of the site, and nothing was written: try it again, and "
            "tell whoever runs the site if it happens twice.",
        )
        raise
    finally:
        clear_progress(run)
        run.refresh_from_db()
    return written


def _write_rows(run: ImportRun, attempt: int, at: datetime) -> int:
    survey = run.survey
    mapping = ColumnMapping.read(run.mapping)
    with opened_rows(run, at) as rows, transaction.atomic():
        # One import of a survey at a time, so that none sees too late what another brought.
        Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
        written = import_responses(
            survey.consultation,
            survey,
            _new_responses(rows, already_there(run)),
            at=at,
            by=run.imported_by,
            run=run,
            are_checked=True,
            agreed=Agreed(
                consent=mapping.consent or None, monitoring_consent=mapping.monitoring_consent
            ),
            on_batch=lambda done: go_on(run, done),
        )
        # A second attempt began, or somebody put an end to this one: theirs counts.
        changed = ImportRun.objects.filter(
            pk=run.pk, state=State.IMPORTING, attempt=attempt
        ).update(
            state=State.IMPORTED,
            imported_at=at,
            counts=run.counts | {"responses": written},
        )
        if not changed:
            raise ImportStoppedError
    return written


def _new_responses(
    rows: Iterator[ReadRow], there: Callable[[Sequence[tuple[str, datetime]]], set]
) -> Iterator[IncomingResponse]:
    """Give the responses of rows that are not in the register. Raises for a row with a fault."""
    while batch := list(itertools.islice(rows, BATCH)):
        known = there(references_of(batch))
        for row in batch:
            if row.faults:
                fault = row.faults[0]
                raise ResponsesRefusedError(
                    f"Row {fault.row:,}, column {fault.column or '-'}: {fault.sentence}"
                )
            response = row.response
            if response and (response.reference_there, response.submitted_at) not in known:
                yield response


def _put_back(run: ImportRun, attempt: int, why: str) -> None:
    ImportRun.objects.filter(pk=run.pk, state=State.IMPORTING, attempt=attempt).update(
        state=State.CHECKED, failure=why
    )
