"""Who may say something of figures: rebase, explain, enter and review evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from folkmoot.accounts.models import User
    from folkmoot.performance.models import Evidence

SPEAKS = ("add_rebasing", "add_commentary", "add_evidence", "review_evidence")


def may_rebase(user: User | AnonymousUser) -> bool:
    """Whether they may count limits anew, and take that back."""
    return user.is_active and user.has_perm("performance.add_rebasing")


def may_explain(user: User | AnonymousUser) -> bool:
    """Whether they may explain a signal to the public."""
    return user.is_active and user.has_perm("performance.add_commentary")


def may_enter_evidence(user: User | AnonymousUser) -> bool:
    """Whether they may enter evidence, and withdraw it; somebody else has to review it."""
    return user.is_active and user.has_perm("performance.add_evidence")


def may_review_evidence(user: User | AnonymousUser) -> bool:
    """Whether they may review what others entered."""
    return user.is_active and user.has_perm("performance.review_evidence")


def may_review(user: User | AnonymousUser, evidence: Evidence) -> bool:
    """Whether they may review this entry: never what they entered themselves."""
    return may_review_evidence(user) and evidence.entered_by_id != user.pk


def may_withdraw_evidence(user: User | AnonymousUser) -> bool:
    """Whether they may withdraw an entry, shown or not."""
    return may_enter_evidence(user) or may_review_evidence(user)
