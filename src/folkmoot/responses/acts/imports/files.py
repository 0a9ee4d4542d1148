"""A file taken in, what its columns are, and an end to one that is not wanted."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.responses.acts.imports.runs import BEFORE, ImportRefusedError, State, past
from folkmoot.responses.importing import (
    DIALECTS,
    ColumnMapping,
    mapping_faults,
    preview,
    propose,
)
from folkmoot.responses.importing.mapping import headings_mark
from folkmoot.responses.models import ImportMapping, ImportRun, Survey
from folkmoot.responses.querysets import remembered_mapping
from folkmoot.responses.questions import survey_form

if TYPE_CHECKING:
    from django.core.files import File

    from folkmoot.accounts.models import User


def begin_import(
    survey: Survey, file: File, at: datetime, by: User, *, dialect: str = ""
) -> ImportRun:
    """Keep a file, and propose what its columns are; return the run.

    Raises BrokenTableError, and keeps nothing, for a file that is no table.
    """
    name = PurePath(file.name or "responses").name[-200:]
    content = cast("BinaryIO", file.file)
    seen = preview(content, name, dialect)
    mapping, _ = propose(
        survey_form(survey),
        seen.dialect,
        seen.headings,
        seen.sample,
        received_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        remembered=remembered_mapping(survey, seen.dialect, seen.headings),
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
            raise ImportRefusedError(past(run))
        ImportMapping.objects.update_or_create(
            survey=run.survey,
            dialect=dialect or run.dialect,
            headings=headings_mark(mapping.columns),
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


def give_up_import(run: ImportRun, at: datetime, by: User) -> None:
    """Put an end to a file that is not in the register. The file and its record stay."""
    with transaction.atomic():
        changed = ImportRun.objects.filter(
            pk=run.pk, state__in=(*BEFORE, State.CHECKING, State.IMPORTING)
        ).update(state=State.GIVEN_UP)
        if not changed:
            raise ImportRefusedError(past(run))
        record("import given up", run, at, by=by)
    run.refresh_from_db()
