"""What other rooms' pages show of workshops, through slots."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from folkmoot.consultations.admin.doors import register_door
from folkmoot.publishing.slots import register_panel
from folkmoot.workshops import access, querysets
from folkmoot.workshops.presenters import line

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation

# After the surveys, before the discussions.
ORDER = 20


def activities(consultation: Consultation, at: datetime) -> dict[str, Any] | None:
    """Return the workshops of a consultation: when, where, what each asks, and what is free."""
    workshops = list(querysets.shown_on(consultation))
    if not workshops:
        return None
    ahead = [
        seconds for workshop in workshops if (seconds := workshop.seconds_unchanged(at)) is not None
    ]
    return {
        "workshops": [line(workshop, at) for workshop in workshops],
        "seconds_unchanged": min(ahead, default=None),
    }


def door(consultation: Consultation, user: User) -> str:
    """Return where the desk of workshops is; empty for somebody who may not see it."""
    return reverse("workshops:workshops") if access.may_see_desk(user) else ""


def register() -> None:
    """Fill the slot of the consultation page, and lead from its admin to the desk."""
    register_panel(
        "consultation-activities",
        "workshops/panel_activities.html",
        activities,
        order=ORDER,
        # Every act that changes how many places are left begins a new edition.
        keep=True,
    )
    register_door("Workshops", door)
