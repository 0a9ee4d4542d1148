"""Who may say something of figures, role by role."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories import make_measure, make_plan, make_user

from folkmoot.accounts.models import User
from folkmoot.performance import access
from folkmoot.performance.models import Evidence

pytestmark = pytest.mark.django_db

PERMISSIONS = {
    "staff": (),
    "owner": ("performance.add_commentary",),
    "analyst": ("performance.add_rebasing",),
    "writer": ("performance.add_evidence",),
    "reviewer": ("performance.review_evidence",),
}
ROLES = ["anonymous", *PERMISSIONS, "former owner", "superuser"]


def person(role: str) -> User | AnonymousUser:
    if role == "anonymous":
        return AnonymousUser()
    if role == "superuser":
        return make_user(is_superuser=True)
    return make_user(*PERMISSIONS[role.removeprefix("former ")], is_active="former" not in role)


def allowed(predicate: object) -> list[str]:
    return [role for role in ROLES if predicate(person(role))]


def entered_by(user: User | None) -> Evidence:
    return Evidence(
        measure=make_measure(make_plan(), kind="qualitative", series=""),
        dated=date(2024, 5, 1),
        kind=Evidence.Kind.INSPECTION,
        title="Victims wait",
        entered_at=datetime(2024, 6, 1, tzinfo=UTC),
        entered_by=user,
    )


def test_analysts_and_above_count_limits_anew() -> None:
    assert allowed(access.may_rebase) == ["analyst", "superuser"]


def test_owners_and_above_explain_signals() -> None:
    assert allowed(access.may_explain) == ["owner", "superuser"]


def test_writers_and_above_enter_evidence() -> None:
    assert allowed(access.may_enter_evidence) == ["writer", "superuser"]


def test_reviewers_and_above_review_evidence_that_others_entered() -> None:
    assert allowed(access.may_review_evidence) == ["reviewer", "superuser"]
    evidence = entered_by(make_user())
    assert allowed(lambda user: access.may_review(user, evidence)) == ["reviewer", "superuser"]


def test_nobody_reviews_what_they_entered_themselves() -> None:
    for user in (make_user("performance.review_evidence"), make_user(is_superuser=True)):
        assert not access.may_review(user, entered_by(user))


def test_writers_and_reviewers_withdraw_evidence() -> None:
    assert allowed(access.may_withdraw_evidence) == ["writer", "reviewer", "superuser"]
