"""Who may write a consultation, publish it, move its closing time, and vouch for its checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation


def may_edit_consultation(user: User | AnonymousUser, consultation: Consultation) -> bool:
    """Whether they may write a draft of the consultation's page."""
    return user.is_active and consultation.permissions_for_user(user).can_edit()


def may_publish_consultation(user: User | AnonymousUser, consultation: Consultation) -> bool:
    """Whether they may put a draft of the consultation's page before the public."""
    return user.is_active and consultation.permissions_for_user(user).can_publish()


def may_move_closing(user: User | AnonymousUser, consultation: Consultation) -> bool:
    """Whether they may change when the consultation closes: those who may publish it."""
    return may_publish_consultation(user, consultation)


def may_tick_checklist(user: User | AnonymousUser, consultation: Consultation) -> bool:
    """Whether they may vouch for a line of the checklist, and take that back: those who edit."""
    return may_edit_consultation(user, consultation)
