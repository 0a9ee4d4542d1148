"""What other rooms' pages show of reports, through slots."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.publishing.slots import register_panel
from folkmoot.reports.models import ReportIndex
from folkmoot.reports.querysets import latest

if TYPE_CHECKING:
    from folkmoot.plans.models import Plan
    from folkmoot.publishing.models import HomePage

SHOWN = 3


def at_home(page: HomePage, at: datetime) -> dict[str, Any] | None:
    """Return the latest reports."""
    return _panel(latest(at), in_side=False)


def of_plan(plan: Plan, at: datetime) -> dict[str, Any] | None:
    """Return the latest reports of a plan."""
    return _panel(latest(at, plan.pk), in_side=True)


def _panel(reports: list[Any], *, in_side: bool) -> dict[str, Any] | None:
    index = ReportIndex.objects.live().first() if reports else None
    if index is None:
        return None
    return {"reports": reports[:SHOWN], "url": index.url, "in_side": in_side}


def register() -> None:
    """Fill the slots of the home page and the plan."""
    register_panel("home-panels", "reports/panel.html", at_home, order=50, keep=True)
    register_panel("plan-reports", "reports/panel.html", of_plan, keep=True)
