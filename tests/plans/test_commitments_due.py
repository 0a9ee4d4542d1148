"""Which commitments and milestones an officer has to look after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import make_commitment, make_plan

from folkmoot.plans.commitments_due import due_page
from folkmoot.plans.models import Milestone, Plan, ProgressUpdate

pytestmark = pytest.mark.django_db

ON = date(2023, 1, 10)
DAY = timedelta(days=1)


def listed(plan: Plan) -> dict[str, list[str]]:
    groups = due_page(plan, ON)["groups"]
    return {
        group["slug"]: [str(row["milestone"] or row["commitment"]) for row in group["rows"]]
        for group in groups
    }


def test_work_is_overdue_from_the_day_after_it_was_due() -> None:
    plan = make_plan()
    for title, due in [("Yesterday", ON - DAY), ("Today", ON), ("Long ago", ON - 400 * DAY)]:
        make_commitment(plan, title=title, due=due)
    make_commitment(plan, title="Done", due=ON - DAY, completed=ON)
    assert listed(plan)["overdue"] == ["Long ago", "Yesterday"]


def test_work_is_due_soon_from_today_to_thirty_days_on() -> None:
    plan = make_plan()
    days = {"Today": ON, "In 30": ON + 30 * DAY, "In 31": ON + 31 * DAY, "Yesterday": ON - DAY}
    for title, due in days.items():
        make_commitment(plan, title=title, due=due)
    make_commitment(plan, title="Done", due=ON, completed=ON - DAY)
    assert listed(plan)["soon"] == ["Today", "In 30"]


def test_milestones_are_listed_with_their_commitment() -> None:
    plan = make_plan()
    commitment = make_commitment(plan, title="Whole", due=ON + 300 * DAY)
    for title, due in [("Missed", ON - DAY), ("Next", ON + DAY)]:
        Milestone.objects.create(commitment=commitment, title=title, due=due)
    found = listed(plan)
    assert (found["overdue"], found["soon"]) == (["Missed"], ["Next"])


def test_commitment_is_stale_after_ninety_days_without_an_update() -> None:
    plan = make_plan()
    for title, reported in [("90", ON - 90 * DAY), ("89", ON - 89 * DAY), ("To come", ON + DAY)]:
        commitment = make_commitment(plan, title=title, due=ON + 300 * DAY)
        ProgressUpdate.objects.create(commitment=commitment, on=reported, text="Half.")
    make_commitment(plan, title="Never", due=ON + 300 * DAY)
    make_commitment(plan, title="Done", due=ON, completed=ON)
    assert listed(plan)["stale"] == ["90", "To come", "Never"]


def test_update_that_was_withdrawn_is_none() -> None:
    plan = make_plan()
    commitment = make_commitment(plan, title="Wrong", due=ON + 300 * DAY)
    wrong = ProgressUpdate.objects.create(commitment=commitment, on=ON, text="Done.")
    ProgressUpdate.objects.create(commitment=commitment, on=ON, text="Not so.", withdraws=wrong)
    assert listed(plan)["stale"] == ["Wrong"]


def test_row_says_what_is_wrong_with_it() -> None:
    plan = make_plan()
    commitment = make_commitment(plan, due=ON - DAY)
    ProgressUpdate.objects.create(commitment=commitment, on=ON - 5 * DAY, text="Half.")
    (row,) = due_page(plan, ON)["groups"][0]["rows"]
    assert (row["due"], row["timing"]) == ("9 January 2023", "overdue by 1 day")
    assert row["last_update"] == "5 January 2023, 5 days ago"
    assert row["has_no_reason"]


def test_queries_do_not_grow_with_the_plan(django_assert_num_queries) -> None:
    for number in (1, 10):
        plan = make_plan()
        for _ in range(number):
            commitment = make_commitment(plan, due=ON - DAY)
            Milestone.objects.create(commitment=commitment, title="Step", due=ON - DAY)
            ProgressUpdate.objects.create(commitment=commitment, on=ON, text="Half.")
        with django_assert_num_queries(4):
            shown = due_page(plan, ON)
        assert shown["groups"][0]["number"] == 2 * number
