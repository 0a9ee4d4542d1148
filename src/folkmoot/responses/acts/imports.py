"""Files of responses on their way into the register, and out of it again."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from django.db import connection, transaction
from django.utils import timezone

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Consultation
from folkmoot.publishing.clock import now
from folkmoot.responses.acts.intake import Agreed, import_responses
from folkmoot.responses.acts.letters import ResponsesRefusedError
from folkmoot.responses.acts.progress import clear_progress, is_stop_asked, note_progress
from folkmoot.responses.importing import (
    DIALECTS,
    BrokenTableError,
    ColumnMapping,
    IncomingResponse,
    ReadRow,
    check_rows,
    mapping_faults,
    preview,
    propose,
    read_rows,
    references_of,
)
from folkmoot.responses.importing.mapping import SUBMITTED, UTC_TIME
from folkmoot.responses.models import ImportMapping, ImportRun, Response, Survey
from folkmoot.responses.questions import survey_form

if TYPE_CHECKING:
    from django.core.files import File

    from folkmoot.accounts.models import User

State = ImportRun.State
BATCH = 1000
# What SQLite writes in less than half the time for which the site waits for its database.
MOST_WHILE_OPEN = 5_000
# Before its rows are in the register, a file can still be read otherwise.
BEFORE = (State.MAPPING, State.CHECKED)


class ImportRefusedError(ValueError):
    """Something cannot be done with a file; the sentence says why."""


class ImportStoppedError(Exception):
    """Somebody stopped an import before its end, so nothing of it was written."""


def begin_import(
    survey: Survey, file: File, at: datetime, by: User, *, dialect: str = ""
) -> ImportRun:
    """Keep a file, and propose what its columns are; return the run.

    Raises BrokenTableError, and keeps nothing, for a file that is no table.
    """
    name = PurePath(file.name or "responses").name[-200:]
    content = cast("BinaryIO", file.file)
    seen = preview(content, name, dialect)
    remembered = ImportMapping.objects.filter(survey=survey, dialect=seen.dialect.key).first()
    mapping, _ = propose(
        survey_form(survey),
        seen.dialect,
        seen.headings,
        seen.sample,
        received_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        remembered=ColumnMapping.read(remembered.mapping) if remembered else None,
    )
    digest = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(1 << 20):
        digest.update(chunk)
    content.seek(0)
    run = ImportRun(
        survey=survey,
        name=name,
        bytes=file.size,
        sha256=digest.hexdigest(),
        dialect=seen.dialect.key,
        mapping=mapping.written(),
        made_at=at,
        made_by=by,
    )
    with transaction.atomic():
        run.file.save(f"{run.sha256[:16]}.{seen.kind}", file, save=False)
        run.save()
        record(
            "import begun",
            run,
            at,
            by=by,
            after={"survey": survey.pk, "sha256": run.sha256, "dialect": run.dialect},
        )
    return run


def keep_mapping(
    run: ImportRun, mapping: ColumnMapping, at: datetime, by: User, *, dialect: str = ""
) -> None:
    """Keep what the columns of a file are, for this file and for the next of its kind.

    Raises ImportRefusedError for a mapping that cannot be used, and for a file that is past it.
    """
    if dialect and dialect not in DIALECTS:
        raise ImportRefusedError(f"The product '{dialect}' is unknown: choose one of the list.")
    if faults := mapping_faults(survey_form(run.survey), mapping):
        raise ImportRefusedError(faults[0])
    with transaction.atomic():
        before = run.mapping
        changed = ImportRun.objects.filter(pk=run.pk, state__in=BEFORE).update(
            mapping=mapping.written(),
            dialect=dialect or run.dialect,
            state=State.MAPPING,
            counts={},
            faults=[],
            unlisted=[],
            failure="",
        )
        if not changed:
            raise ImportRefusedError(_past(run))
        ImportMapping.objects.update_or_create(
            survey=run.survey,
            dialect=dialect or run.dialect,
            # The day on which rows without a time came is of this file alone.
            defaults={
                "mapping": replace(mapping, received_at="").written(),
                "changed_at": at,
                "changed_by": by,
            },
        )
        record(
            "import columns matched",
            run,
            at,
            by=by,
            before={"columns": before.get("columns"), "values": before.get("values")},
            after={"columns": mapping.columns, "values": mapping.values},
        )
    run.refresh_from_db()


def begin_check(run: ImportRun) -> None:
    """Say that a file is being checked. Raises ImportRefusedError where it cannot be."""
    changed = ImportRun.objects.filter(pk=run.pk, state__in=(*BEFORE, State.CHECKING)).update(
        state=State.CHECKING, failure=""
    )
    if not changed:
        raise ImportRefusedError(_past(run))
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
                on_batch=lambda done: _go_on(run, done),
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
    if waits := _keeps_others_waiting(counts.get("responses", 0)):
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
        raise ImportRefusedError(_past(run))
    clear_progress(run)
    run.refresh_from_db()
    return run.attempt


def _keeps_others_waiting(responses: int) -> str:
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
            on_batch=lambda done: _go_on(run, done),
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


def _go_on(run: ImportRun, done: int) -> None:
    """Tell how far an act is, and end it where somebody asked for that."""
    if is_stop_asked(run):
        raise ImportStoppedError
    note_progress(run, done)


def give_up_import(run: ImportRun, at: datetime, by: User) -> None:
    """Put an end to a file that is not in the register. The file and its record stay."""
    with transaction.atomic():
        changed = ImportRun.objects.filter(
            pk=run.pk, state__in=(*BEFORE, State.CHECKING, State.IMPORTING)
        ).update(state=State.GIVEN_UP)
        if not changed:
            raise ImportRefusedError(_past(run))
        record("import given up", run, at, by=by)
    run.refresh_from_db()


@contextmanager
def opened_rows(run: ImportRun, at: datetime) -> Iterator[Iterator[ReadRow]]:
    """Open the file of a run, and give its rows as they are read by its mapping."""
    mapping = ColumnMapping.read(run.mapping)
    zone = UTC if mapping.times == UTC_TIME else timezone.get_default_timezone()
    with run.file.storage.open(str(run.file.name), "rb") as file:
        yield read_rows(
            cast("BinaryIO", file.file),
            run.name,
            run.dialect,
            survey_form(run.survey),
            mapping,
            at=at,
            zone=zone,
        )


def already_there(run: ImportRun) -> Callable[[Sequence[tuple[str, datetime]]], set]:
    """Return what tells which numbers there, with their times, the register has of a survey.

    Two forms of one product may number alike, so the time must be the same too; where the file
    tells no times, the number decides.
    """
    is_timed = SUBMITTED in run.mapping.get("columns", {}).values()

    def look(pairs: Sequence[tuple[str, datetime]]) -> set[tuple[str, datetime]]:
        if not pairs:
            return set()
        found: dict[str, set[datetime]] = {}
        for reference, at in Response.objects.filter(
            survey_id=run.survey_id, reference_there__in=[pair[0] for pair in pairs]
        ).values_list("reference_there", "submitted_at"):
            found.setdefault(reference, set()).add(at)
        return {
            (reference, at)
            for reference, at in pairs
            if reference in found and (not is_timed or at in found[reference])
        }

    return look


def _past(run: ImportRun) -> str:
    run.refresh_from_db()
    return f"This is not possible any more: the file is {run.get_state_display().lower()}."
