"""Population tables taken from a file that was checked, replaced by a later one, or undone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.responses.models import Survey
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.models import PopulationMargin, PopulationTable
from folkmoot.themes.population import ReadFile, ReadPopulation

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

Standing = PopulationTable.Standing


def import_population(
    survey: Survey, file: ReadFile, at: datetime, by: User | None = None
) -> list[PopulationTable]:
    """Put the tables of a file in use, in the place of earlier ones of the same questions.

    Raises ThemesError for a file with faults, or with nothing in it.
    """
    if file.faults or not file.tables:
        raise ThemesError("The file is not right yet: mend what is said of it, and check it again.")
    with transaction.atomic():
        _lock(survey)
        return [_put_in_use(survey, each, file, at, by) for each in file.tables]


def undo_population(
    table: PopulationTable, at: datetime, by: User | None = None
) -> PopulationTable | None:
    """Take a table out of use; return the one before it, which is in use again, if there is one.

    Raises ThemesError for a table that is not in use.
    """
    with transaction.atomic():
        _lock(table.survey)
        table.refresh_from_db()
        if table.standing != Standing.CURRENT:
            raise ThemesError(
                "These figures are not in use any more: reload the page to see which are."
            )
        table.standing = Standing.UNDONE
        table.save(update_fields=["standing"])
        former = PopulationTable.objects.filter(
            survey=table.survey, question=table.question, standing=Standing.REPLACED
        ).first()
        if former is not None:
            former.standing = Standing.CURRENT
            former.save(update_fields=["standing"])
        record(
            "population figures undone",
            table,
            at,
            by=by,
            before=_told(table),
            after={"in use": former.pk if former else None},
        )
    return former


def _lock(survey: Survey) -> None:
    """Let two who import at once do so one after the other."""
    Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)


def _put_in_use(
    survey: Survey, read: ReadPopulation, file: ReadFile, at: datetime, by: User | None
) -> PopulationTable:
    former = PopulationTable.objects.filter(
        survey=survey, question=read.question.key, standing=Standing.CURRENT
    ).first()
    if former is not None:
        former.standing = Standing.REPLACED
        former.save(update_fields=["standing"])
    table = PopulationTable.objects.create(
        survey=survey,
        question=read.question.key,
        unit=read.unit,
        source=read.source,
        licence=read.licence,
        day=read.day,
        file_name=file.name[:200],
        sha256=file.sha256,
        imported_at=at,
        imported_by=by,
    )
    PopulationMargin.objects.bulk_create(
        PopulationMargin(table=table, number=number, level=level, figure=figure)
        for number, (level, figure) in enumerate(read.figures.items(), 1)
    )
    record(
        "population figures imported",
        table,
        at,
        by=by,
        before=_told(former) if former else None,
        after=_told(table),
    )
    return table


def _told(table: PopulationTable) -> dict[str, Any]:
    return {
        "table": table.pk,
        "question": table.question,
        "source": table.source,
        "file": table.file_name,
        "sha256": table.sha256,
        "figures": {each.level: each.figure for each in table.margins.all()},
    }
