"""What the front page and the page of a plan show of consultations."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.consultations.models import Consultation, ConsultationIndex, seconds_to_next
from folkmoot.consultations.presenters import line
from folkmoot.consultations.querysets import assessments_of, by_state
from folkmoot.publishing.slots import register_panel

if TYPE_CHECKING:
    from folkmoot.plans.models import Plan
    from folkmoot.publishing.models import HomePage


def at_home(page: HomePage, at: datetime) -> dict[str, Any] | None:
    """Return all open consultations, or else the one that matters next; None without any."""
    groups = by_state(Consultation.objects.live(), at)
    if not groups:
        return None
    first = [line(each, at) for each in groups[0][1]]
    shown = [each for each in first if each["is_open"]] or first[:1]
    index = ConsultationIndex.objects.live().first()
    turns = [instant for _, each in groups for one in each for instant in one.turning_points()]
    return {
        "seconds_unchanged": seconds_to_next(turns, at),
        "consultations": shown,
        "title": "Have your say" if shown[0]["is_open"] else "Consultations",
        "others": sum(len(members) for _, members in groups) - len(shown),
        "url": index.url if index else "",
    }


def of_plan(plan: Plan, at: datetime) -> dict[str, Any] | None:
    """Return the newest equality impact assessment of a plan; None without any."""
    assessments = assessments_of(plan)
    return {"assessment": assessments[0]} if assessments else None


def register() -> None:
    """Fill the slots of the home page and of a plan."""
    register_panel("home-panels", "consultations/panels/home.html", at_home, order=10, keep=True)
    register_panel("plan-equality", "consultations/panels/plan.html", of_plan, keep=True)
