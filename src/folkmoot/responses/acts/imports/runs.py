"""What every act on a file goes by: its state, its rows, and what the register has of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import BinaryIO, cast

from django.utils import timezone

from folkmoot.responses.acts.progress import is_stop_asked, note_progress
from folkmoot.responses.importing import BrokenTableError, ColumnMapping, ReadRow, read_rows
from folkmoot.responses.importing.mapping import SUBMITTED, UTC_TIME
from folkmoot.responses.models import ImportRun, Response
from folkmoot.responses.questions import survey_form

State = ImportRun.State
# Before its rows are in the register, a file can still be read otherwise.
BEFORE = (State.MAPPING, State.CHECKED)


class ImportRefusedError(ValueError):
    """Something cannot be done with a file; the sentence says why."""


class ImportStoppedError(Exception):
    """Somebody stopped an import before its end, so nothing of it was written."""


@contextmanager
def opened_file(run: ImportRun) -> Iterator[BinaryIO]:
    """Open the file of a run. Raises BrokenTableError for one whose time to be kept is over."""
    gone = BrokenTableError(f"“{run.name}” is not kept here any more: choose the file again.")
    if not run.file:
        raise gone
    try:
        opened = run.file.storage.open(str(run.file.name), "rb")
    except FileNotFoundError:
        raise gone from None
    with opened as file:
        yield cast("BinaryIO", file.file)


@contextmanager
def opened_rows(run: ImportRun, at: datetime) -> Iterator[Iterator[ReadRow]]:
    """Open the file of a run, and give its rows as they are read by its mapping."""
    mapping = ColumnMapping.read(run.mapping)
    zone = UTC if mapping.times == UTC_TIME else timezone.get_default_timezone()
    with opened_file(run) as file:
        yield read_rows(
            file,
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
    numbered = Response.objects.filter(survey_id=run.survey_id).exclude(reference_there="")
    if not numbered.exists():
        return lambda pairs: set()
    is_timed = SUBMITTED in run.mapping.get("columns", {}).values()

    def look(pairs: Sequence[tuple[str, datetime]]) -> set[tuple[str, datetime]]:
        if not pairs:
            return set()
        found: dict[str, set[datetime]] = {}
        known = numbered.filter(reference_there__in=[pair[0] for pair in pairs])
        for reference, at in known.values_list("reference_there", "submitted_at"):
            found.setdefault(reference, set()).add(at)
        return {
            (reference, at)
            for reference, at in pairs
            if reference in found and (not is_timed or at in found[reference])
        }

    return look


def go_on(run: ImportRun, done: int) -> None:
    """Tell how far an act is, and end it where somebody asked for that."""
    if is_stop_asked(run):
        raise ImportStoppedError
    note_progress(run, done)


def past(run: ImportRun) -> str:
    """Return why a file cannot be worked on any more, by what became of it meanwhile."""
    run.refresh_from_db()
    return f"This is not possible any more: the file is {run.get_state_display().lower()}."
