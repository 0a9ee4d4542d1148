"""Who may change a plan, what it promises, and what is reported of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from folkmoot.accounts.models import User
    from folkmoot.plans.models import Plan

FRAMEWORK = ("priority", "outcome", "measure")


def may_edit_plan(user: User | AnonymousUser, plan: Plan) -> bool:
    """Whether they may write a draft of the plan's page."""
    return user.is_active and plan.permissions_for_user(user).can_edit()


def may_publish_plan(user: User | AnonymousUser, plan: Plan) -> bool:
    """Whether they may put a draft of the plan's page before the public."""
    return user.is_active and plan.permissions_for_user(user).can_publish()


def may_edit_framework(user: User | AnonymousUser) -> bool:
    """Whether they may change priorities, outcomes and measures."""
    return user.is_active and all(user.has_perm(f"plans.change_{name}") for name in FRAMEWORK)


def may_edit_commitments(user: User | AnonymousUser) -> bool:
    """Whether they may change what the plan promises, and say that a step is completed."""
    return user.is_active and user.has_perm("plans.change_commitment")


def may_report_progress(user: User | AnonymousUser) -> bool:
    """Whether they may add to what is reported of commitments."""
    return user.is_active and user.has_perm("plans.add_progressupdate")


def may_exchange_commitments(user: User | AnonymousUser) -> bool:
    """Whether they may take commitments out as a spreadsheet, bring changes back, and undo them."""
    return may_edit_commitments(user) and may_report_progress(user)


def may_see_commitments_due(user: User | AnonymousUser) -> bool:
    """Whether they may see the list of commitments that somebody has to look after."""
    return may_edit_commitments(user) or may_report_progress(user)
