"""Who may change a plan, role by role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from tests.factories import make_plan, make_user

from folkmoot.accounts.models import User
from folkmoot.plans import access
from folkmoot.plans.models import Plan

pytestmark = pytest.mark.django_db

FRAMEWORK = ("plans.change_priority", "plans.change_outcome", "plans.change_measure")
OFFICER = (*FRAMEWORK, "plans.change_commitment", "plans.add_progressupdate")
ROLES = ["anonymous", "staff", "editor", "moderator", "officer", "former officer", "superuser"]
ONE_OF_TWO = ("plans.change_commitment", "plans.add_progressupdate")


def person(role: str) -> User | AnonymousUser:
    if role == "anonymous":
        return AnonymousUser()
    if role == "superuser":
        return make_user(is_superuser=True)
    user = make_user(*(OFFICER if "officer" in role else ()), is_active="former" not in role)
    if role in {"editor", "moderator"}:
        user.groups.add(Group.objects.get(name=f"{role.title()}s"))
    return user


def allowed(predicate: object, *on: object) -> list[str]:
    return [role for role in ROLES if predicate(person(role), *on)]


def plan() -> Plan:
    return make_plan()


def test_editors_and_above_write_drafts_of_the_plan() -> None:
    assert allowed(access.may_edit_plan, plan()) == ["editor", "moderator", "superuser"]


def test_moderators_and_above_publish_the_plan() -> None:
    assert allowed(access.may_publish_plan, plan()) == ["moderator", "superuser"]


def test_officers_and_above_change_the_framework() -> None:
    assert allowed(access.may_edit_framework) == ["officer", "superuser"]


def test_one_permission_of_three_does_not_open_the_framework() -> None:
    assert not access.may_edit_framework(make_user("plans.change_priority"))


def test_officers_and_above_change_commitments() -> None:
    assert allowed(access.may_edit_commitments) == ["officer", "superuser"]


def test_officers_and_above_report_progress() -> None:
    assert allowed(access.may_report_progress) == ["officer", "superuser"]


def test_officers_and_above_exchange_spreadsheets_of_commitments() -> None:
    assert allowed(access.may_exchange_commitments) == ["officer", "superuser"]


@pytest.mark.parametrize("permission", ONE_OF_TWO)
def test_a_spreadsheet_needs_both_permissions_for_what_is_in_it(permission: str) -> None:
    assert not access.may_exchange_commitments(make_user(permission))


def test_officers_and_above_see_what_is_due() -> None:
    assert allowed(access.may_see_commitments_due) == ["officer", "superuser"]


@pytest.mark.parametrize("permission", ONE_OF_TWO)
def test_either_permission_opens_what_is_due(permission: str) -> None:
    assert access.may_see_commitments_due(make_user(permission))
