"""Who came to a session, for the count of people."""

from __future__ import annotations

from folkmoot.consultations.taking_part import register_activity
from folkmoot.workshops.models import Registration


def register() -> None:
    """Let whoever came to a session count as a person, with or without a response."""
    register_activity("workshops", lambda: Registration.objects.filter(arrived_at__isnull=False))
