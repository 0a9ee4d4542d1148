"""The list of plans: those in force first, then those to come, then those that are over."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

from folkmoot.plans.models import Plan
from folkmoot.publishing.clock import local
from folkmoot.publishing.visibility import public_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from folkmoot.plans.models import PlanIndex

A_PAGE = 20
HEADINGS = ("In force", "To come", "Before")


def index_page(index: PlanIndex, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Return what the list of plans prints: every plan of the site, wherever it stands in the tree.

    A constant number of queries however many there are.
    """
    today = local(at).date()
    public = public_pages(index.get_site(), at).values("pk")
    plans = sorted(
        Plan.objects.filter(pk__in=public), key=lambda plan: (_when(plan, today), -_day(plan))
    )
    page = Paginator(plans, A_PAGE).get_page(asked.get("page"))
    return {"groups": _groups(page, today), "pages": page}


def _when(plan: Plan, today: date) -> int:
    """Return the place in `HEADINGS` of the group that a plan is listed in."""
    if plan.starts_on > today:
        return 1
    return 0 if plan.ends_on >= today else 2


def _day(plan: Plan) -> int:
    return plan.starts_on.toordinal()


def _groups(plans: Iterable[Plan], today: date) -> list[dict[str, Any]]:
    groups: dict[int, list[Plan]] = {}
    for plan in plans:
        groups.setdefault(_when(plan, today), []).append(plan)
    return [{"title": HEADINGS[when], "plans": listed} for when, listed in groups.items()]
