"""What of a plan its pages show, each in one query however long the plan is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, QuerySet

from folkmoot.plans.models import Commitment, Measure, Outcome, Plan, Priority, Section

if TYPE_CHECKING:
    from datetime import date

    from folkmoot.plans.models import ProgressUpdate


def current_plan() -> Plan | None:
    """Return the live plan that began last."""
    return Plan.objects.live().order_by("-starts_on", "-pk").first()


def plan_of(section: Section) -> Plan:
    """Return the plan that a section belongs to."""
    return Plan.objects.parent_of(section).get()


def framework(plan: Plan) -> QuerySet[Priority]:
    """Return the priorities of a plan with outcomes and measures. Three queries."""
    outcomes = Outcome.objects.prefetch_related(
        Prefetch("measures", Measure.objects.order_by("order", "id"))
    ).order_by("order", "id")
    return plan.priorities.prefetch_related(Prefetch("outcomes", outcomes)).order_by("order", "id")


def counted_priorities(plan_id: int) -> list[tuple[Priority, int, int]]:
    """Return the priorities of a plan, each with its numbers of outcomes and of measures."""
    counted = (
        Priority.objects.filter(plan_id=plan_id)
        .annotate(
            outcomes_number=Count("outcomes", distinct=True),
            measures_number=Count("outcomes__measures", distinct=True),
        )
        .order_by("order", "id")
    )
    return [(each, each.outcomes_number, each.measures_number) for each in counted]


def sections_of(plan: Plan) -> QuerySet[Section]:
    """Return the public sections of a plan in their order."""
    return Section.objects.child_of(plan).live().order_by("path")


def promised_in(section: Section) -> QuerySet[Commitment]:
    """Return the commitments that follow from a section."""
    return section.commitments.order_by("order", "id")


def measures_of(commitment: Commitment) -> QuerySet[Measure]:
    """Return the measures that will show whether a commitment worked, each with its priority."""
    return commitment.measures.select_related("outcome__priority").order_by(
        "outcome__priority__order", "outcome__order", "order", "id"
    )


def reported_by(commitment: Commitment, on: date) -> QuerySet[ProgressUpdate]:
    """Return the progress that was reported by a day, newest first."""
    return commitment.progress_updates.filter(on__lte=on).order_by("-on", "-id")
