"""Send commitments out as a spreadsheet, take changes over, and undo that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.core.days import day_in_words
from folkmoot.plans import access
from folkmoot.plans.acts.progress import say_forecasts
from folkmoot.plans.acts.records import keep, told
from folkmoot.plans.models import (
    Commitment,
    CommitmentExport,
    CommitmentImport,
    Milestone,
    Plan,
    ProgressUpdate,
)
from folkmoot.plans.sheets.checking import Change, check, sheet_of_key
from folkmoot.plans.sheets.edits import Edit, Fault, NewUpdate, ReadFile
from folkmoot.plans.sheets.rows import rows_of
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

LONGEST_NAME = 200


class SheetError(ValueError):
    """A spreadsheet cannot be taken over, or an import not be undone; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(fault.says for fault in faults))
        self.faults = faults


def export_commitments(plan: Plan, at: datetime, by: User) -> CommitmentExport:
    """Keep what the commitments of a plan say now, for the spreadsheet that goes out.

    Raises PermissionDenied for somebody who may not exchange spreadsheets.
    """
    _check_access(by)
    with transaction.atomic():
        made = CommitmentExport.objects.create(
            plan=plan, made_at=at, made_by=by, rows=rows_of(plan, local(at).date())
        )
        record("commitments exported", made, at, by=by, after={"plan": plan.pk})
    return made


def import_commitments(plan: Plan, read: ReadFile, at: datetime, by: User) -> CommitmentImport:
    """Take over all that a read file changes and reports, and return the import.

    Everything is checked again against what stands now; on any fault nothing is changed. Raises
    PermissionDenied for somebody who may not, and SheetError with every fault, or where the file
    changes nothing.
    """
    _check_access(by)
    on = local(at).date()
    with transaction.atomic():
        # One at a time: what was checked must not change before it is written.
        Plan.objects.select_for_update().get(pk=plan.pk)
        checked = check(plan, read, on)
        if checked.faults:
            raise SheetError(*checked.faults)
        if not checked.changes and not checked.updates:
            raise SheetError(Fault("", None, "", "The file changes nothing that stands now."))
        _write(checked.changes, on, at, by)
        added = [keep(partial(_report, update), at, by) for update, _ in checked.updates]
        return _keep_import(
            "commitments imported", plan, read, checked.changes, added, at, by, undoes=None
        )


def undo_import(done: CommitmentImport, at: datetime, by: User) -> CommitmentImport:
    """Bring back what an import changed and withdraw what it reported, by an import of its own.

    Raises PermissionDenied for somebody who may not, and SheetError for an import that is undone
    already or is an undo itself, and where a field was changed again since.
    """
    _check_access(by)
    on = local(at).date()
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=done.plan_id)
        if done.undoes_id is not None:
            raise SheetError(_says(f"“{done}” is an undo: import the file again instead."))
        if CommitmentImport.objects.filter(undoes=done).exists():
            raise SheetError(_says(f"“{done}” is undone already."))
        read = ReadFile(f"Undo of {done.name}"[:LONGEST_NAME], "")
        read.edits = [
            Edit(
                sheet=sheet_of_key(change["key"]),
                row=number,
                key=change["key"],
                field=change["field"],
                was=change["after"],
                wanted=change["before"],
            )
            for number, change in enumerate(done.changes, start=1)
        ]
        checked = check(done.plan, read, on, asks_reasons=False)
        if checked.faults:
            raise SheetError(*checked.faults)
        _write(checked.changes, on, at, by)
        added = [
            keep(partial(_withdraw, update, on), at, by)
            for update in ProgressUpdate.objects.filter(pk__in=done.updates, withdrawn_by=None)
        ]
        return _keep_import(
            "import of commitments undone",
            done.plan,
            read,
            checked.changes,
            added,
            at,
            by,
            undoes=done,
        )


def _check_access(by: User) -> None:
    if not access.may_exchange_commitments(by):
        raise PermissionDenied(f"{by} may not change commitments by file: ask for the permission.")


def _says(sentence: str) -> Fault:
    return Fault("", None, "", sentence)


def _write(changes: Sequence[Change], on: date, at: datetime, by: User) -> None:
    """Write checked changes, each record once with its line in the audit record."""
    by_key: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_key[change.edit.key].append(change)
    touched: dict[int, Commitment] = {}
    for key, of_key in by_key.items():
        model = Milestone if key.startswith("M") else Commitment
        work: Any = model.objects.get(pk=int(key[1:]))
        before = told(work)
        for change in of_key:
            setattr(work, change.edit.field, _value(change))
        fields = [change.edit.field for change in of_key]
        keep(partial(_saved, work, fields), at, by, before)
        commitment = work.commitment if model is Milestone else work
        touched[commitment.pk] = commitment
    for pk in touched:
        say_forecasts(Commitment.objects.get(pk=pk), on)


def _saved(work: Any, fields: Sequence[str]) -> Any:
    work.save(update_fields=fields)
    return work


def _value(change: Change) -> str | date | None:
    if change.edit.field in ("forecast", "completed"):
        return date.fromisoformat(change.after) if change.after else None
    return change.after


def _report(update: NewUpdate) -> ProgressUpdate:
    return ProgressUpdate.objects.create(
        commitment_id=int(update.key[1:]), on=date.fromisoformat(update.on), text=update.text
    )


def _withdraw(update: ProgressUpdate, on: date) -> ProgressUpdate:
    return ProgressUpdate.objects.create(
        commitment=update.commitment,
        on=on,
        text=f"The update of {day_in_words(update.on)} was imported in error and is withdrawn.",
        withdraws=update,
    )


def _keep_import(
    act: str,
    plan: Plan,
    read: ReadFile,
    changes: Sequence[Change],
    added: Sequence[ProgressUpdate],
    at: datetime,
    by: User,
    *,
    undoes: CommitmentImport | None,
) -> CommitmentImport:
    kept = CommitmentImport.objects.create(
        plan=plan,
        name=read.name[:LONGEST_NAME],
        sha256=read.sha256,
        made_at=at,
        made_by=by,
        changes=[
            {
                "key": change.edit.key,
                "name": change.name,
                "field": change.edit.field,
                "before": change.before,
                "after": change.after,
            }
            for change in changes
        ],
        updates=[update.pk for update in added],
        undoes=undoes,
    )
    counted = {"changes": len(changes), "updates": len(added), "sha256": read.sha256}
    record(act, kept, at, by=by, after=counted)
    return kept
