"""Limits are counted anew with a reason, a day and a name, and that stays on the record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_area, make_measure, make_plan, make_user

from folkmoot.accounts.models import AuditRecord, User
from folkmoot.core.periods import Month
from folkmoot.performance.acts import RefusedError, rebase, withdraw_rebasing
from folkmoot.performance.models import Rebasing
from folkmoot.plans.models import Measure

AT = datetime(2024, 6, 1, 12, tzinfo=UTC)
MONTH = Month(2023, 9)

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> User:
    return make_user("performance.add_rebasing")


@pytest.fixture
def measure() -> Measure:
    return make_measure(make_plan())


def decide(measure: Measure, by: User, month: Month = MONTH, **changed: Any) -> Rebasing:
    given = {
        "area": None,
        "reason": "The patrols began for good.",
        "decided_on": date(2024, 5, 20),
        "decided_by": "The performance panel",
    } | changed
    return rebase(measure, period=month, at=AT, by=by, **given)


def test_a_decision_is_kept_with_its_reason_and_audited(measure: Measure, analyst: User) -> None:
    kept = decide(measure, analyst)
    assert (kept.period, kept.kept_by, kept.area) == (date(2023, 9, 1), analyst, None)
    told = AuditRecord.objects.get(act="limits counted anew")
    assert told.by == analyst
    assert told.after["reason"] == "The patrols began for good."
    assert (told.after["period"], told.after["area"]) == ("2023-09", "all areas")


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"reason": "  "}, "reason", "Say why"),
        ({"decided_by": ""}, "decided_by", "Say who decided it"),
        ({"decided_on": date(2024, 6, 2)}, "decided_on", "2 June 2024 is still to come"),
        ({"month": Month(2024, 3)}, "period", "recorded differently from March 2024"),
    ],
)
def test_a_decision_that_cannot_be_so_is_refused_and_changes_nothing(
    measure: Measure, analyst: User, changed: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        decide(measure, analyst, **changed)
    assert list(refused.value.problems) == [field]
    assert said in refused.value.problems[field]
    assert not Rebasing.objects.exists()
    assert not AuditRecord.objects.filter(record_type="performance.Rebasing").exists()


def test_the_same_month_is_not_decided_twice_while_the_first_stands(
    measure: Measure, analyst: User
) -> None:
    first = decide(measure, analyst)
    with pytest.raises(RefusedError, match="decided on 20 May 2024"):
        decide(measure, analyst)
    decide(measure, analyst, area=make_area("Barnet", "borough"))
    withdraw_rebasing(first, "The wrong month.", at=AT, by=analyst)
    decide(measure, analyst)
    assert Rebasing.objects.filter(withdrawn_at=None).count() == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"series": "good-job-local"}, "never put on a chart"),
        ({"series": "", "kind": "qualitative"}, "has no series of figures"),
    ],
)
def test_what_stands_on_no_chart_is_not_rebased(
    analyst: User, fields: dict[str, str], said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        decide(make_measure(make_plan(), **fields), analyst)


def test_one_withdrawn_stays_with_the_reason(measure: Measure, analyst: User) -> None:
    kept = decide(measure, analyst)
    with pytest.raises(RefusedError, match="Say why"):
        withdraw_rebasing(kept, " ", at=AT, by=analyst)
    gone = withdraw_rebasing(kept, "The wrong month.", at=AT, by=analyst)
    assert (gone.withdrawn_at, gone.withdrawal_reason) == (AT, "The wrong month.")
    assert gone.reason == "The patrols began for good."
    told = AuditRecord.objects.get(act="rebase withdrawn")
    assert told.after == {"reason": "The wrong month."}
    with pytest.raises(RefusedError, match="withdrawn already"):
        withdraw_rebasing(kept, "Once more.", at=AT, by=analyst)


def test_who_may_not_changes_nothing(measure: Measure, analyst: User) -> None:
    kept = decide(measure, analyst)
    for act in (
        lambda: decide(measure, make_user(), month=Month(2023, 10)),
        lambda: withdraw_rebasing(kept, "Because.", at=AT, by=make_user()),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Rebasing.objects.get().withdrawn_at is None
