"""An import taken back whole, for as long as nobody worked on what it brought."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models.functions import Cast

from folkmoot.accounts.audit import record
from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.purging import count_changed
from folkmoot.responses.acts.imports import ImportRefusedError
from folkmoot.responses.models import (
    Answer,
    ImportRun,
    MonitoringAnswer,
    MonitoringConsent,
    Response,
    Standing,
)

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

# What an import itself wrote for a response.
BROUGHT = (Answer, MonitoringAnswer, MonitoringConsent)
BATCH = 1000


def work_done(run: ImportRun) -> str:
    """Return who worked on an import's responses with what, in a sentence; "" where nobody did.

    Work is whatever stands on them, in this room or in those above it: notes, flags, reviews,
    themes, responses in their place, and every line of the audit record.
    """
    responses = run.responses.all()
    changed = responses.exclude(standing=Standing.STANDS).count()
    if changed:
        return _because(changed, "was withdrawn, replaced or marked as a duplicate")
    erased = responses.filter(erased_at__isnull=False).count()
    if erased:
        return _because(erased, "had personal data erased")
    for model, found in _standing_on(run):
        if found:
            many, one = model._meta.verbose_name_plural, model._meta.verbose_name
            return (
                f"{found:,} {one if found == 1 else many} stand on the responses of this import, "
                "so it cannot be undone. Withdraw single responses in the register instead."
            )
    keys = responses.annotate(written=Cast("pk", models.CharField())).values("written")
    worked = AuditRecord.objects.filter(
        record_type=Response._meta.label, record_id__in=keys
    ).count()
    return _because(worked, "was worked on, as the audit record says") if worked else ""


def undo_import(run: ImportRun, at: datetime, by: User) -> int:
    """Take every response of an import out of the register again; return how many.

    The file, what its columns were matched to, and the audit record stay. Raises
    ImportRefusedError once somebody worked on one of them.
    """
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if locked.state != ImportRun.State.IMPORTED:
            raise ImportRefusedError(
                f"Only an import can be undone: the file is {locked.get_state_display().lower()}."
            )
        if why := work_done(locked):
            raise ImportRefusedError(why)
        taken = 0
        while batch := list(
            Response.objects.filter(import_run=run).values_list("pk", "respondent_id")[:BATCH]
        ):
            _take_out([pk for pk, _ in batch], [each for _, each in batch if each])
            taken += len(batch)
        ImportRun.objects.filter(pk=run.pk).update(
            state=ImportRun.State.UNDONE, undone_at=at, undone_by=by
        )
        count_changed()
        record(
            "import undone",
            run,
            at,
            by=by,
            before={"responses": taken},
            after={"responses": 0, "sha256": run.sha256},
        )
    run.refresh_from_db()
    return taken


def _take_out(responses: list[int], respondents: list[int]) -> None:
    # Nothing else stands on them (`work_done`, and the database's own constraints): so no record
    # is read only to be deleted.
    for model in BROUGHT:
        _delete(model.objects.filter(response__in=responses))
    _delete(Response.objects.filter(pk__in=responses))
    # An import brings a respondent of its own for each response; one who took part elsewhere as
    # well stays.
    alone = Respondent.objects.filter(pk__in=respondents)
    for relation in Respondent._meta.related_objects:
        alone = alone.exclude(
            pk__in=relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": respondents}
            ).values(relation.field.name)
        )
    _delete(alone)


def _delete(rows: models.QuerySet[Any]) -> None:
    rows._raw_delete(rows.db)


def _standing_on(run: ImportRun) -> Iterable[tuple[Any, int]]:
    """Give every model that may stand on a response or an answer, and how many of it do."""
    for owner, path in ((Response, "import_run"), (Answer, "response__import_run")):
        for relation in owner._meta.related_objects:
            model = relation.related_model
            if model in BROUGHT:
                continue
            lookup = {f"{relation.field.name}__{path}": run}
            yield model, model._base_manager.filter(**lookup).distinct().count()


def _because(count: int, what: str) -> str:
    of_them = "1 response" if count == 1 else f"{count:,} responses"
    said = what if count == 1 else what.replace("was ", "were ", 1)
    return (
        f"{of_them} of this import {said}, so it cannot be undone. "
        "Withdraw single responses in the register instead."
    )
