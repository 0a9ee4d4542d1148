"""The plan: its page, sections, priorities, outcomes, measures, and what it promised."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from folkmoot.accounts.audit import record
from folkmoot.demo.building import Building
from folkmoot.demo.pack import PackError
from folkmoot.plans.models import (
    Commitment,
    Measure,
    Milestone,
    Outcome,
    Plan,
    Priority,
    ProgressUpdate,
    Section,
)
from folkmoot.publishing.clock import instant, local
from folkmoot.publishing.models import HomePage


def add_plan(building: Building, home: HomePage) -> Plan:
    """Add the plan as it stood: draft text before the outcome, final text after it."""
    defined = building.pack.plan
    final = building.outcome_is_out
    plan = Plan(
        title=defined["title"],
        slug=defined["slug"],
        summary=defined["summary"],
        show_in_menus=True,
        stage=_stage(building),
        starts_on=defined["starts_on"],
        ends_on=defined["ends_on"],
        published_on=defined["published_on"] if final else None,
        led_by=defined["led_by"],
        legal_basis=building.rich(defined["legal_basis"]),
        foreword=building.rich(
            [*defined["foreword"]["final" if final else "draft"], defined["framework_note"]]
        ),
    )
    building.add("plan", home, plan)
    _add_framework(building, plan)
    priorities = {priority.slug: priority for priority in plan.priorities.all()}
    for section in defined["sections"]:
        paragraphs = [*section["draft"], *(section["final"] if final else [])]
        page = Section(
            title=section["title"],
            slug=section["slug"],
            summary=section["summary"],
            number=section["number"],
            priority=priorities[section["priority"]],
        )
        page.body = [("text", building.rich(paragraphs))]
        building.add(f"section-{section['slug']}", plan, page)
    return plan


def _stage(building: Building) -> str:
    if building.outcome_is_out:
        return Plan.Stage.PUBLISHED
    opened = building.at >= instant(building.pack.consultation["opens_at"])
    return Plan.Stage.CONSULTATION if opened else Plan.Stage.DRAFT


def _add_framework(building: Building, plan: Plan) -> None:
    sources = building.pack.plan["sources"]
    for order, defined in enumerate(building.pack.plan["priorities"]):
        priority = Priority.objects.create(
            plan=plan,
            order=order,
            **{name: defined[name] for name in ("title", "slug", "summary")},
        )
        for outcome_order, wanted in enumerate(defined["outcomes"]):
            outcome = Outcome.objects.create(
                priority=priority, title=wanted["title"], order=outcome_order
            )
            source = sources.get(wanted.get("source"), {})
            Measure.objects.bulk_create(
                _measure(outcome, measure, source, measure_order)
                for measure_order, measure in enumerate(wanted["measures"])
            )


def _measure(
    outcome: Outcome, defined: dict[str, Any], source: dict[str, str], order: int
) -> Measure:
    series = defined.get("series", "")
    caveats = [source.get("caveat", "") if series else "", defined.get("caveat", "")]
    return Measure(
        outcome=outcome,
        title=defined["title"],
        slug=series or slugify(defined["title"]),
        kind=defined.get("kind", Measure.Kind.QUANTITATIVE),
        series=series,
        better=defined.get("better", Measure.Better.NEUTRAL),
        definition=defined["definition"],
        caveat=" ".join(caveat for caveat in caveats if caveat),
        source_note=defined.get("source_note") or source.get("note", ""),
        order=order,
    )


@transaction.atomic
def add_commitments(building: Building, plan: Plan) -> dict[str, Commitment]:
    """Add what the plan promised and what had come of it by then; return it by slug."""
    on = local(building.at).date()
    sections = {section.number: section for section in Section.objects.child_of(plan)}
    measures = {
        measure.slug: measure for measure in Measure.objects.filter(outcome__priority__plan=plan)
    }
    made = {}
    for order, defined in enumerate(building.pack.commitments):
        late = defined.get("late", {})
        if not late or late["known_on"] > on:
            late = {}
        commitment = Commitment.objects.create(
            plan=plan,
            section=sections[defined["section"]],
            title=defined["title"],
            slug=defined["slug"],
            promise=defined["promise"],
            lead=defined["lead"],
            due=defined["due"],
            forecast=late.get("forecast"),
            completed=_by(defined.get("completed"), on),
            lateness=late.get("reason", ""),
            order=order,
        )
        unknown = [slug for slug in defined["measures"] if slug not in measures]
        if unknown:
            raise PackError(
                f"commitments.yaml: '{defined['title']}' names the measure '{unknown[0]}', "
                "which plan.yaml does not define."
            )
        commitment.measures.set(measures[slug] for slug in defined["measures"])
        Milestone.objects.bulk_create(
            Milestone(
                commitment=commitment,
                sort_order=step,
                title=milestone["title"],
                due=milestone["due"],
                forecast=milestone.get("forecast") if late else None,
                completed=_by(milestone.get("completed"), on),
            )
            for step, milestone in enumerate(defined["milestones"])
        )
        ProgressUpdate.objects.bulk_create(
            ProgressUpdate(commitment=commitment, on=update["dated"], text=update["text"])
            for update in defined["updates"]
            if update["dated"] <= on
        )
        made[commitment.slug] = commitment
    record("demonstration commitments loaded", plan, building.at, by=building.staff)
    return made


def _by(completed: date | None, on: date) -> date | None:
    return completed if completed is not None and completed <= on else None
