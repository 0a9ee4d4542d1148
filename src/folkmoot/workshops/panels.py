"""What other rooms' pages show of workshops, through slots."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.publishing.slots import register_panel
from folkmoot.workshops import querysets
from folkmoot.workshops.presenters import line

if TYPE_CHECKING:
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


def register() -> None:
    """Fill the slot of the consultation page."""
    register_panel(
        "consultation-activities", "workshops/panel_activities.html", activities, order=ORDER
    )
