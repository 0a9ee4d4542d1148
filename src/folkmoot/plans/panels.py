"""What the front page shows of the plan."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.plans.presenters import priority_url
from folkmoot.plans.querysets import counted_priorities, current_plan
from folkmoot.publishing.slots import register_panel

if TYPE_CHECKING:
    from folkmoot.publishing.models import HomePage


def at_home(page: HomePage, at: datetime) -> dict[str, Any] | None:
    """Return the current plan with its priorities; None before there is one."""
    plan = current_plan()
    if plan is None:
        return None
    priorities = [
        {"title": each.title, "summary": each.summary, "url": priority_url(plan, each)}
        for each, _, _ in counted_priorities(plan.pk)
    ]
    return {"plan": plan, "url": plan.url, "priorities": priorities}


def register() -> None:
    """Fill the slot of the home page."""
    register_panel("home-panels", "plans/panels/home.html", at_home, order=20, keep=True)
