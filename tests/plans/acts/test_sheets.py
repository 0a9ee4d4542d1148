"""A spreadsheet taken over in one piece, refused in one piece, and undone by another import."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_user
from tests.plans.sheets.asked import (
    AT,
    ON,
    edited,
    exported,
    make_delivery_plan,
    officer,
    read_back,
)

from folkmoot.accounts.models import AuditRecord
from folkmoot.plans.acts import (
    SheetError,
    export_commitments,
    import_commitments,
    undo_import,
)
from folkmoot.plans.models import (
    Commitment,
    CommitmentExport,
    CommitmentImport,
    Forecast,
    Milestone,
    Plan,
    ProgressUpdate,
)
from folkmoot.plans.sheets.checking import check
from folkmoot.plans.sheets.rows import rows_of

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=3)
LATE = (
    ("Commitments", 2, "Now expected", date(2023, 3, 1)),
    ("Commitments", 2, "Why it is late", "Two wards are left."),
)
REPORTED = (
    ("New updates", 2, "Reported on", "31 October 2022"),
    ("New updates", 2, "What came of it", "Ten wards are named."),
)
DONE = (("Milestones", 2, "Completed on", date(2022, 10, 20)),)


def stands(plan: Plan) -> object:
    """Return all that an import could change."""
    kept = (ProgressUpdate, Forecast, CommitmentImport, AuditRecord)
    return rows_of(plan, ON), [model.objects.count() for model in kept]


def test_changes_and_updates_are_taken_over_with_their_records() -> None:
    plan, first, step = make_delivery_plan()
    by = officer()
    read = read_back(plan, edited(exported(plan, by), *LATE, *REPORTED, *DONE))
    done = import_commitments(plan, read, LATER, by)
    first.refresh_from_db()
    step.refresh_from_db()
    assert (first.forecast, first.lateness) == (date(2023, 3, 1), "Two wards are left.")
    assert step.completed == date(2022, 10, 20)
    said = Forecast.objects.get()
    assert (said.expected, said.reason, said.said_on) == (
        date(2023, 3, 1),
        "Two wards are left.",
        date(2022, 11, 4),
    )
    new = ProgressUpdate.objects.get(on=date(2022, 10, 31))
    assert (new.text, new.commitment) == ("Ten wards are named.", first)
    assert done.updates == [new.pk]
    assert [(each["key"], each["before"], each["after"]) for each in done.changes] == [
        (f"C{first.pk}", "", "2023-03-01"),
        (f"C{first.pk}", "", "Two wards are left."),
        (f"M{step.pk}", "", "2022-10-20"),
    ]
    kept = list(AuditRecord.objects.filter(at=LATER, by=by).values_list("act", flat=True))
    assert sorted(kept) == [
        "commitment changed",
        "commitments imported",
        "milestone changed",
        "progress update added",
    ]
    change = AuditRecord.objects.get(act="commitment changed")
    assert change.before == {"forecast": None, "lateness": ""}
    assert change.after == {"forecast": "2023-03-01", "lateness": "Two wards are left."}


def test_the_same_file_a_second_time_changes_nothing() -> None:
    plan, _, _ = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), *LATE, *REPORTED))
    import_commitments(plan, read, LATER, officer())
    before = stands(plan)
    assert check(plan, read, ON).known_already == 1
    with pytest.raises(SheetError, match="changes nothing"):
        import_commitments(plan, read, LATER, officer())
    assert stands(plan) == before


def test_change_made_meanwhile_is_refused_with_both_values() -> None:
    plan, first, _ = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), *LATE, *REPORTED, *DONE))
    Commitment.objects.filter(pk=first.pk).update(
        forecast=date(2023, 5, 1), lateness="One ward is left."
    )
    before = stands(plan)
    with pytest.raises(SheetError) as refused:
        import_commitments(plan, read, LATER, officer())
    days, reason = refused.value.faults
    assert (days.sheet, days.row, days.column) == ("Commitments", 2, "Now expected")
    assert "now says “1 May 2023”, the file says “1 March 2023”" in days.says
    assert "now says “One ward is left.”, the file says “Two wards are left.”" in reason.says
    assert stands(plan) == before


def test_change_made_meanwhile_elsewhere_is_no_conflict() -> None:
    plan, first, _ = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), *LATE))
    Commitment.objects.filter(pk=first.pk).update(lead="Local policing")
    import_commitments(plan, read, LATER, officer())
    first.refresh_from_db()
    assert (first.lead, first.forecast) == ("Local policing", date(2023, 3, 1))


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        (LATE[:1], ("Commitments", 2, "Why it is late"), "expected after the day it was due"),
        (
            [("Milestones", 2, "Now expected", "2022-12-15")],
            ("Milestones", 2, "Why it is late"),
            "write in plain words",
        ),
        (
            [("Milestones", 2, "Completed on", "2022-12-15")],
            ("Milestones", 2, "Completed on"),
            "15 December 2022 is still to come",
        ),
        (
            [
                ("New updates", 2, "Reported on", "2022-12-15"),
                ("New updates", 2, "What came of it", "Done."),
            ],
            ("New updates", 2, "Reported on"),
            "15 December 2022 is still to come",
        ),
    ],
)
def test_one_fault_keeps_the_whole_file_out(cells, place, said) -> None:
    plan, _, _ = make_delivery_plan()
    sound = (("Commitments", 3, "Who leads it", "Local policing"),)
    read = read_back(plan, edited(exported(plan), *sound, *cells))
    before = stands(plan)
    with pytest.raises(SheetError, match=said) as refused:
        import_commitments(plan, read, LATER, officer())
    assert [(each.sheet, each.row, each.column) for each in refused.value.faults] == [place]
    assert stands(plan) == before


def test_work_past_due_is_not_changed_without_a_reason() -> None:
    plan, _, step = make_delivery_plan()
    export = exported(plan)
    in_spring = datetime(2023, 3, 1, 12, tzinfo=AT.tzinfo)
    lead = ("Commitments", 2, "Who leads it", "Local policing")
    with pytest.raises(SheetError, match="has passed and it is not completed"):
        import_commitments(plan, read_back(plan, edited(export, lead)), in_spring, officer())
    why = ("Commitments", 2, "Why it is late", "Two wards are left.")
    import_commitments(plan, read_back(plan, edited(export, lead, why)), in_spring, officer())
    step.refresh_from_db()
    assert step.lateness == "", "what the file leaves as it is is not asked about"


def test_what_was_removed_meanwhile_is_refused() -> None:
    plan, _, step = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), *DONE))
    Milestone.objects.filter(pk=step.pk).delete()
    with pytest.raises(SheetError, match="has been removed since"):
        import_commitments(plan, read, LATER, officer())


def test_undo_is_an_import_of_its_own_that_brings_everything_back() -> None:
    plan, first, _ = make_delivery_plan()
    by = officer()
    before = rows_of(plan, LATER.date())
    read = read_back(plan, edited(exported(plan, by), *LATE, *REPORTED, *DONE))
    done = import_commitments(plan, read, AT, by)
    undo = undo_import(done, LATER, by)
    assert rows_of(plan, LATER.date()) == before
    assert rows_of(plan, ON)[f"C{first.pk}"]["standing"] == "Delayed", "as was known on that day"
    assert CommitmentImport.objects.count() == 2
    assert (undo.undoes, undo.made_by, len(undo.changes)) == (done, by, 3)
    reported = ProgressUpdate.objects.get(on=date(2022, 10, 31))
    assert reported.text == "Ten wards are named.", "what was reported stays"
    assert reported.withdrawn_by.text == (
        "The update of 31 October 2022 was imported in error and is withdrawn."
    )
    said = Forecast.objects.filter(commitment=first).values_list("expected", flat=True)
    assert list(said) == [date(2023, 3, 1), None]
    assert AuditRecord.objects.filter(act="import of commitments undone", by=by).exists()
    assert import_commitments(plan, read, LATER, by).updates, "and it can be taken over again"


def test_undo_asks_no_reason_for_what_was_late_before() -> None:
    plan, _, _ = make_delivery_plan()
    in_spring = datetime(2023, 3, 1, 12, tzinfo=AT.tzinfo)
    why = ("Commitments", 2, "Why it is late", "Two wards are left.")
    read = read_back(plan, edited(exported(plan), why))
    undo_import(import_commitments(plan, read, in_spring, officer()), in_spring, officer())
    assert Commitment.objects.first().lateness == ""


def test_undo_of_what_was_changed_again_is_refused_with_both_values() -> None:
    plan, first, _ = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), *LATE))
    done = import_commitments(plan, read, AT, officer())
    Commitment.objects.filter(pk=first.pk).update(forecast=date(2023, 5, 1))
    before = stands(plan)
    with pytest.raises(SheetError, match="now says “1 May 2023”, the file says “nothing”"):
        undo_import(done, LATER, officer())
    assert stands(plan) == before


def test_an_import_is_undone_once_and_an_undo_never() -> None:
    plan, _, _ = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), *LATE))
    done = import_commitments(plan, read, AT, officer())
    undo = undo_import(done, LATER, officer())
    with pytest.raises(SheetError, match="is undone already"):
        undo_import(done, LATER, officer())
    with pytest.raises(SheetError, match="is an undo"):
        undo_import(undo, LATER, officer())


def test_others_neither_export_nor_import_nor_undo() -> None:
    plan, _, _ = make_delivery_plan()
    read = read_back(plan, edited(exported(plan), *LATE))
    done = import_commitments(plan, read, AT, officer())
    one_of_two = make_user("plans.change_commitment")
    for act in (
        lambda: export_commitments(plan, AT, one_of_two),
        lambda: import_commitments(plan, read, AT, one_of_two),
        lambda: undo_import(done, AT, one_of_two),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert CommitmentExport.objects.count() == 1
    assert CommitmentImport.objects.count() == 1
