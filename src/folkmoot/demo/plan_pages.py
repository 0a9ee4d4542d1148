"""The plan: its page, sections, priorities, outcomes, measures, and what it promised."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from folkmoot.accounts.audit import record
from folkmoot.core.periods import Month
from folkmoot.core.standing import needs_reason
from folkmoot.demo.building import Building
from folkmoot.demo.pack import PackError
from folkmoot.plans.acts import keep_version
from folkmoot.plans.models import (
    Commitment,
    Forecast,
    Measure,
    Milestone,
    Outcome,
    Plan,
    Priority,
    ProgressUpdate,
    Section,
)
from folkmoot.plans.models.versions import VersionKind
from folkmoot.publishing.clock import instant, local
from folkmoot.publishing.models import HomePage

# What a source says of all its measures, unless one says otherwise.
OF_SOURCE = ("unit", "numerator", "denominator", "status")


def add_plan(building: Building, home: HomePage) -> Plan:
    """Add the plan as it stood: the draft, kept as it was when the consultation opened, and then,
    once the outcome was out, the final text, kept too."""
    defined = building.pack.plan
    consultation = building.pack.consultation
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
        foreword=_foreword(building, "draft"),
    )
    building.add("plan", home, plan)
    _add_framework(building, plan)
    drafted = [section for section in defined["sections"] if section["draft"]]
    for section in drafted:
        _add_section(building, plan, section)
    _keep(building, plan, "draft", consultation["opens_at"])
    if final:
        _settle(building, plan)
        _keep(building, plan, "final", consultation["outcome_at"])
    return plan


def _foreword(building: Building, version: str) -> str:
    defined = building.pack.plan
    return building.rich([*defined["foreword"][version], defined["framework_note"]])


def _add_section(building: Building, plan: Plan, section: dict[str, Any]) -> Section:
    page = Section(
        title=section["title"],
        slug=section["slug"],
        summary=section["summary"],
        number=section["number"],
        priority=plan.priorities.get(slug=section["priority"]),
        body=_body(building, section["draft"]),
    )
    return building.add(f"section-{section['slug']}", plan, page)


def _settle(building: Building, plan: Plan) -> None:
    """Write the final text over the draft, and add the sections that are new in it."""
    plan.foreword = _foreword(building, "final")
    plan.save()
    for section in building.pack.plan["sections"]:
        page = building.pages.get(f"section-{section['slug']}")
        if page is None:
            page = _add_section(building, plan, section)
        assert isinstance(page, Section)
        page.body = _body(building, settled(section))
        page.save()


def settled(section: dict[str, Any]) -> list[Any]:
    """Return the paragraphs of a section as published: the draft's, reworded or taken out where
    `reworded` says so by their place (from 1), and then those that are new."""
    reworded = section.get("reworded", {})
    kept = [reworded.get(place, text) for place, text in enumerate(section["draft"], 1)]
    return [*(text for text in kept if text), *section["final"]]


def _body(building: Building, paragraphs: list[Any]) -> list[tuple[str, Any]]:
    """Return paragraphs as the blocks of a section; a mapping is a heading between them."""
    blocks: list[dict[str, Any]] = []
    for is_heading, run in groupby(paragraphs, key=lambda each: isinstance(each, dict)):
        listed = list(run)
        blocks += listed if is_heading else [{"text": listed}]
    return building.body(blocks)


def _keep(building: Building, plan: Plan, kind: str, on: str) -> None:
    """Keep a version of the plan on the day it had, once that day has come."""
    if building.at >= instant(on):
        note = building.pack.plan["versions"][kind]
        keep_version(plan, VersionKind(kind), instant(on), building.staff, note)


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
    """Return a measure as the pack defines it; what its source says of all holds where it is
    silent. Raises PackError where it cannot be read as it is defined."""
    series = defined.get("series", "")
    caveats = [source.get("caveat", "") if series else "", defined.get("caveat", "")]
    said = {name: defined.get(name, source.get(name, "")) for name in OF_SOURCE if series}
    baseline, target = defined.get("baseline", {}), defined.get("target", {})
    measure = Measure(
        outcome=outcome,
        title=defined["title"],
        slug=series or slugify(defined["title"]),
        kind=defined.get("kind", Measure.Kind.QUANTITATIVE),
        series=series,
        better=defined.get("better", Measure.Better.NEUTRAL),
        areas="\n".join(defined.get("areas", ())),
        baseline_from=_month(baseline.get("from")),
        baseline_to=_month(baseline.get("to")),
        target=target.get("value"),
        target_by=_month(target.get("by")),
        trajectory=[[str(month), figure] for month, figure in target.get("trajectory", {}).items()],
        screens=defined.get("screen", False),
        owner=defined.get("owner", source.get("owner", "")),
        definition=defined["definition"],
        caveat=" ".join(caveat for caveat in caveats if caveat),
        source_note=defined.get("source_note") or source.get("note", ""),
        order=order,
        **said,
    )
    try:
        measure.full_clean(exclude=["outcome"], validate_unique=False)
    except ValidationError as error:
        raise PackError(
            f"plan.yaml: the measure '{measure.title}' cannot be read: {' '.join(error.messages)}"
        ) from error
    return measure


def _month(text: str | None) -> date | None:
    """Return the first day of a month of the pack, such as "2019-04"."""
    if text is None:
        return None
    try:
        return Month.parse(str(text)).first_day
    except ValueError as error:
        raise PackError(f"plan.yaml: {error}") from error


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
                lateness=late.get("reason", "") if _is_late(milestone, on) else "",
            )
            for step, milestone in enumerate(defined["milestones"])
        )
        ProgressUpdate.objects.bulk_create(
            ProgressUpdate(commitment=commitment, on=update["dated"], text=update["text"])
            for update in defined["updates"]
            if update["dated"] <= on
        )
        if late:
            Forecast.objects.create(
                commitment=commitment,
                said_on=late["known_on"],
                expected=late["forecast"],
                reason=late["reason"],
            )
        made[commitment.slug] = commitment
    record("demonstration commitments loaded", plan, building.at, by=building.staff)
    return made


def _is_late(milestone: dict[str, Any], on: date) -> bool:
    completed = _by(milestone.get("completed"), on)
    return needs_reason(milestone["due"], milestone.get("forecast"), completed, on)


def _by(completed: date | None, on: date) -> date | None:
    return completed if completed is not None and completed <= on else None
