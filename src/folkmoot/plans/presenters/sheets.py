"""What the pages of spreadsheets of commitments print: a dry run, and what an import did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from folkmoot.plans.models import CommitmentImport, ProgressUpdate
from folkmoot.plans.presenters.words import counted, day
from folkmoot.plans.sheets.checking import said, sheet_of_key
from folkmoot.plans.sheets.edits import heading, sheet_of
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.plans.models import Plan
    from folkmoot.plans.sheets.checking import Checked
    from folkmoot.plans.sheets.edits import ReadFile

MOST_FAULTS = 200
MOST_IMPORTS = 50


def look_page(plan: Plan, read: ReadFile, checked: Checked) -> dict[str, Any]:
    """Return what a dry run prints: every change from what to what, every fault by its place."""
    return {
        "plan": plan,
        "name": read.name,
        "faults": checked.faults[:MOST_FAULTS],
        "faults_number": counted(len(checked.faults), "fault"),
        "has_more_faults": len(checked.faults) > MOST_FAULTS,
        "remarks": read.remarks,
        "changes": [
            {
                "sheet": change.edit.sheet,
                "row": change.edit.row,
                "name": change.name,
                "head": change.head,
                "before": said(change.before, change.edit.field),
                "after": said(change.after, change.edit.field),
            }
            for change in checked.changes
        ],
        "changes_number": counted(len(checked.changes), "change"),
        "updates": [
            {
                "row": update.row,
                "name": name,
                "on": said(update.on, "completed"),
                "text": update.text,
            }
            for update, name in checked.updates
        ],
        "updates_number": counted(len(checked.updates), "new update"),
        "known_already": counted(checked.known_already, "update") if checked.known_already else "",
    }


def imports_list(plan: Plan) -> list[dict[str, Any]]:
    """Return the imports of a plan, the latest first."""
    found = CommitmentImport.objects.filter(plan=plan).select_related("made_by", "undone_by")
    return [
        {
            "import": each,
            "on": day(local(each.made_at).date()),
            "by": str(each.made_by or "somebody who has left"),
            "changes": len(each.changes),
            "updates": len(each.updates),
            "is_undone": hasattr(each, "undone_by"),
        }
        for each in found[:MOST_IMPORTS]
    ]


def import_page(done: CommitmentImport) -> dict[str, Any]:
    """Return what the page of an import prints: everything it changed and reported."""
    updates = ProgressUpdate.objects.filter(pk__in=done.updates).select_related("commitment")
    return {
        "plan": done.plan,
        "done": done,
        "on": day(local(done.made_at).date()),
        "by": str(done.made_by or "somebody who has left"),
        "undone_by": getattr(done, "undone_by", None),
        "changes": [
            {
                "name": change["name"],
                "head": heading(sheet_of(sheet_of_key(change["key"])), change["field"]),
                "before": said(change["before"], change["field"]),
                "after": said(change["after"], change["field"]),
            }
            for change in done.changes
        ],
        "updates": updates.order_by("commitment__order", "on", "id"),
    }
