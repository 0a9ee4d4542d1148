"""What a read file would do to what stands now: every change, and every reason to refuse it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from folkmoot.core.days import day_in_words
from folkmoot.core.standing import needs_reason
from folkmoot.plans.models import ProgressUpdate
from folkmoot.plans.models.commitments import LATE_WITHOUT_REASON, OVERDUE_WITHOUT_REASON
from folkmoot.plans.sheets.columns import MILESTONES, UPDATES
from folkmoot.plans.sheets.edits import (
    Edit,
    Fault,
    NewUpdate,
    ReadFile,
    all_faults,
    heading,
    sheet_of,
)
from folkmoot.plans.sheets.rows import Rows, rows_of

if TYPE_CHECKING:
    from folkmoot.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a commitment or of a milestone, from what to what. Days are as in ISO 8601."""

    edit: Edit
    name: str
    before: str
    after: str

    @property
    def head(self) -> str:
        """The heading of the field."""
        return heading(sheet_of(self.edit.sheet), self.edit.field)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do, in the order of the file; nothing of it where there is a fault."""

    changes: tuple[Change, ...]
    updates: tuple[tuple[NewUpdate, str], ...]  # with the title of the commitment
    faults: tuple[Fault, ...]
    known_already: int


def check(plan: Plan, read: ReadFile, on: date, *, asks_reasons: bool = True) -> Checked:
    """Hold a read file to what stands now. A constant number of queries.

    A cell that somebody else changed since the export is a fault that names both values; one that
    says already what is wanted is passed over. An undo asks no reason of what is past due: it
    brings back what stood.
    """
    rows = rows_of(plan, on)
    changes: list[Change] = []
    faults: list[Fault] = []
    for edit in read.edits:
        row = rows.get(edit.key)
        now = row[edit.field] if row else ""
        if row is None:
            faults.append(_fault(edit, f"“{edit.key}” has been removed since: take the row out."))
        elif now == edit.wanted:
            continue
        elif now != edit.was:
            faults.append(_fault(edit, _conflict(edit, row["title"], now)))
        else:
            changes.append(Change(edit, row["title"], now, edit.wanted))
    updates, known, wrong = _new_updates(plan, read.updates, rows, on)
    days = list(_faults_of_days(rows, changes, on, asks_reasons=asks_reasons))
    return Checked(
        tuple(changes), tuple(updates), tuple(all_faults(read.faults, faults, days, wrong)), known
    )


def said(text: str, field: str) -> str:
    """Return a value as people read it: a day in words, nothing as such."""
    if not text:
        return "nothing"
    return day_in_words(date.fromisoformat(text)) if field in ("forecast", "completed") else text


def _conflict(edit: Edit, title: str, now: str) -> str:
    values = [said(each, edit.field) for each in (now, edit.wanted, edit.was)]
    return (
        f"“{heading(sheet_of(edit.sheet), edit.field)}” of “{title}” was changed meanwhile: it now "
        f"says “{values[0]}”, the file says “{values[1]}”, and the export said “{values[2]}”. "
        "Agree on one of them, export again, and write it there."
    )


def _faults_of_days(
    rows: Mapping[str, dict[str, str]],
    changes: Iterable[Change],
    on: date,
    *,
    asks_reasons: bool,
) -> Iterable[Fault]:
    """Yield what cannot be so of the days of whatever is changed, once all its changes are made."""
    by_key: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_key[change.edit.key].append(change)
    for key, of_key in by_key.items():
        after = rows[key] | {change.edit.field: change.after for change in of_key}
        due, forecast, completed = (_day(after[name]) for name in ("due", "forecast", "completed"))
        edit = of_key[0].edit
        if completed is not None and completed > on:
            says = (
                f"{day_in_words(completed)} is still to come: write the day on which it was done."
            )
            yield _fault(edit, says, "completed")
        if after["lateness"] or due is None:
            continue
        if forecast is not None and forecast > due:
            yield _fault(edit, LATE_WITHOUT_REASON, "lateness")
        elif asks_reasons and needs_reason(due, forecast, completed, on):
            yield _fault(edit, OVERDUE_WITHOUT_REASON, "lateness")


def _new_updates(
    plan: Plan, updates: Iterable[NewUpdate], rows: Rows, on: date
) -> tuple[list[tuple[NewUpdate, str]], int, list[Fault]]:
    """Return what is to be reported, how much of it was reported already, and what cannot be."""
    stands = ProgressUpdate.objects.filter(commitment__plan=plan, withdrawn_by=None)
    reported = {
        (f"C{commitment}", day.isoformat(), text.strip())
        for commitment, day, text in stands.values_list("commitment_id", "on", "text")
    }
    new, known = [], 0
    faults: list[Fault] = []
    for update in updates:
        told = (update.key, update.on, update.text)
        if update.key not in rows:
            says = f"“{update.key}” has been removed since: take the row out."
            faults.append(Fault(UPDATES.name, update.row, heading(UPDATES, "key"), says))
        elif date.fromisoformat(update.on) > on:
            says = (
                f"{day_in_words(date.fromisoformat(update.on))} is still to come: write the day on "
                "which it was reported."
            )
            faults.append(Fault(UPDATES.name, update.row, heading(UPDATES, "on"), says))
        elif told in reported:
            known += 1
        else:
            reported.add(told)
            new.append((update, rows[update.key]["title"]))
    return new, known, faults


def _fault(edit: Edit, says: str, field: str = "") -> Fault:
    kind = sheet_of(edit.sheet)
    return Fault(kind.name, edit.row, heading(kind, field or edit.field), says)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def sheet_of_key(key: str) -> str:
    """Return the name of the sheet in which a key stands."""
    return MILESTONES.name if key.startswith("M") else "Commitments"
