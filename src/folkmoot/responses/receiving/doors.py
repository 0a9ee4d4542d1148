"""From a consultation in the admin to what brings its responses in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from folkmoot.consultations.admin.doors import register_door
from folkmoot.responses.access import may_enter_letters, may_import

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation


def _imports(consultation: Consultation, user: User) -> str:
    if not may_import(user):
        return ""
    return f"{reverse('responses:imports')}?consultation={consultation.pk}"


def _letters(consultation: Consultation, user: User) -> str:
    if not may_enter_letters(user):
        return ""
    return f"{reverse('responses:letters')}?consultation={consultation.pk}"


def register() -> None:
    """Add both doors. Called in `AppConfig.ready()`."""
    register_door("Import responses from another product", _imports)
    register_door("Enter letters and e-mails", _letters)
