"""Who may answer, and who may read what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Draft, Survey

    Visitor = User | AnonymousUser


def may_begin(survey: Survey, at: datetime) -> bool:
    """Whether anybody may begin to answer: while the consultation is open."""
    return survey.live and survey.consultation.is_open(at)


def may_submit(survey: Survey, draft: Draft, at: datetime) -> bool:
    """Whether a draft may be submitted: while open, or in the grace if begun before closing."""
    consultation = survey.consultation
    if not survey.live or at < consultation.opens_at:
        return False
    if at < consultation.closes_at:
        return True
    return draft.begun_at < consultation.closes_at and at < consultation.closes_at + survey.grace


def may_read_responses(user: Visitor) -> bool:
    """Whether somebody may read responses whole: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.view_response"))


def may_read_monitoring(user: Visitor) -> bool:
    """Whether somebody may see equality answers, in counts: staff who were given it."""
    return bool(user.is_active and user.has_perm("responses.view_monitoringanswer"))
