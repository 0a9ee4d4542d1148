"""The way from a consultation to a survey that is made from a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from folkmoot.responses import access

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation


def make_survey_address(consultation: Consultation, user: User) -> str:
    """Return where a survey is made from a workbook; empty for those who may not."""
    if not access.may_make_survey(user, consultation):
        return ""
    return reverse("responses:make_from_xlsform", args=[consultation.pk])
