"""What of a plan its pages show, each in one query however long the plan is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from folkmoot.plans.models import (
    Commitment,
    CommitmentExport,
    Measure,
    Outcome,
    Plan,
    PlanVersion,
    Priority,
    Section,
)
from folkmoot.plans.numbering import number_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from folkmoot.plans.models import ProgressUpdate
    from folkmoot.plans.models.versions import VersionKind


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


def sections_of(plan: Plan) -> list[Section]:
    """Return the public sections of a plan in the order of their numbers, without their bodies."""
    return in_order(Section.objects.child_of(plan).live().defer("body"))


def written_sections_of(plan: Plan) -> list[Section]:
    """Return the public sections of a plan in the order of their numbers, bodies and all."""
    return in_order(Section.objects.child_of(plan).live())


def in_order(sections: Iterable[Section]) -> list[Section]:
    """Return sections by number as people count: 2.10 after 2.9."""
    return sorted(sections, key=lambda section: (number_key(section.number), section.path))


def priority_of(plan: Plan, slug: str) -> Priority:
    """Return a priority with outcomes and measures. Raises Http404 with a sentence for none."""
    priority = framework(plan).filter(slug=slug).first()
    if priority is None:
        raise Http404(f"This plan has no priority “{slug}”.")
    return priority


def promised_under(priority: Priority) -> QuerySet[Commitment]:
    """Return the commitments that follow from a priority's sections or move its measures."""
    return (
        Commitment.objects.filter(plan=priority.plan_id)
        .filter(Q(section__priority=priority) | Q(measures__outcome__priority=priority))
        .distinct()
        .prefetch_related("forecasts")
        .order_by("order", "id")
    )


def versions_of(plan: Plan, at: datetime) -> list[PlanVersion]:
    """Return the versions of a plan kept by then, oldest first, without their words."""
    kept = PlanVersion.objects.filter(plan=plan, kept_at__lte=at)
    return list(kept.defer("contents").order_by("kept_at", "id"))


def next_kind(plan: Plan, at: datetime) -> VersionKind:
    """Return the kind of version that a plan will most likely keep next."""
    if any(version.kind == PlanVersion.Kind.FINAL for version in versions_of(plan, at)):
        return PlanVersion.Kind.CORRECTION
    published = plan.stage == plan.Stage.PUBLISHED
    return PlanVersion.Kind.FINAL if published else PlanVersion.Kind.DRAFT


def draft_of(plan: Plan, at: datetime) -> PlanVersion | None:
    """Return the draft that was kept last by then."""
    drafts = PlanVersion.objects.filter(plan=plan, kind=PlanVersion.Kind.DRAFT, kept_at__lte=at)
    return drafts.order_by("-kept_at", "-id").first()


def promised_in(section: Section) -> QuerySet[Commitment]:
    """Return the commitments that follow from a section."""
    return section.commitments.prefetch_related("forecasts").order_by("order", "id")


def promised_by(plan: Plan) -> QuerySet[Commitment]:
    """Return the commitments of a plan, with what was expected of them. Two queries."""
    return plan.commitments.prefetch_related("forecasts").order_by("order", "id")


def listed_commitments(plan: Plan) -> QuerySet[Commitment]:
    """Return the commitments of a plan with all that they are listed by. Three queries."""
    measures = Measure.objects.select_related("outcome__priority").order_by("pk")
    return (
        promised_by(plan)
        .select_related("section__priority")
        .prefetch_related(Prefetch("measures", measures))
    )


def priorities_of(commitment: Commitment) -> dict[str, str]:
    """Return the priorities that a listed commitment serves: titles by slug, in their order.

    Those of its section, and those of the measures that will show whether it worked.
    """
    found = {measure.outcome.priority for measure in commitment.measures.all()}
    if commitment.section is not None and commitment.section.priority is not None:
        found.add(commitment.section.priority)
    ordered = sorted(found, key=lambda each: (each.order, each.pk))
    return {priority.slug: priority.title for priority in ordered}


def commitment_of(plan: Plan, slug: str) -> Commitment:
    """Return a commitment. Raises Http404 with a sentence for none."""
    commitment = (
        plan.commitments.select_related("section")
        .prefetch_related("forecasts__milestone")
        .filter(slug=slug)
        .first()
    )
    if commitment is None:
        raise Http404(f"This plan has no commitment “{slug}”.")
    return commitment


def measures_of(commitment: Commitment) -> QuerySet[Measure]:
    """Return the measures that will show whether a commitment worked, each with its priority."""
    return commitment.measures.select_related("outcome__priority").order_by(
        "outcome__priority__order", "outcome__order", "order", "id"
    )


def reported_by(commitment: Commitment, on: date) -> QuerySet[ProgressUpdate]:
    """Return the progress that was reported by a day, newest first.

    What was withdrawn is among it, with the update that withdraws it; that update itself is not.
    """
    return (
        commitment.progress_updates.filter(on__lte=on, withdraws=None)
        .select_related("withdrawn_by")
        .order_by("-on", "-id")
    )


def exports_of(plan: Plan, marks: Collection[str]) -> dict[str, dict[str, dict[str, str]]]:
    """Return what spreadsheets of a plan's commitments said when they went out, by their marks.

    A mark is "E7"; one that is of another plan, or of no export, is absent.
    """
    keys = [int(mark.removeprefix("E")) for mark in marks]
    found = CommitmentExport.objects.filter(plan=plan, pk__in=keys)
    return {str(made): made.rows for made in found}
