"""What the pages of a plan print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from folkmoot.plans import contents, querysets
from folkmoot.plans.numbering import level
from folkmoot.plans.presenters.commitments import (
    commitment_lines,
    forecasts_table,
    milestones_table,
    standing_tag,
    standings_sentence,
    timing,
)
from folkmoot.plans.presenters.versions import printed_parts, since_draft
from folkmoot.plans.presenters.words import compare_url, day, priority_url, version_url
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from folkmoot.plans.models import Plan, Priority, Section


def plan_page(plan: Plan, at: datetime) -> dict[str, Any]:
    """Return what the page of a plan prints."""
    on = local(at).date()
    commitments = list(querysets.promised_by(plan))
    versions = querysets.versions_of(plan, at)
    return {
        "entries": contents_list(querysets.sections_of(plan)),
        "priorities": [
            {"priority": priority, "url": priority_url(plan, priority)}
            for priority in querysets.framework(plan)
        ],
        "commitments": commitment_lines(plan, commitments, on),
        "standings": standings_sentence(commitments, on),
        "versions": [
            {"title": version.title, "url": version_url(plan, version)}
            for version in versions[::-1]
        ],
        "compare_url": compare_url(plan, versions[0].slug, "now") if versions else "",
    }


def contents_list(
    sections: Iterable[Section], current: Section | None = None
) -> list[dict[str, Any]]:
    """Return the entries of a contents list: number, title, url, level, and which one is read.

    The level is counted from the shallowest number, so that a plan that begins at 1.1 is not
    indented.
    """
    listed = list(sections)
    top = min((level(section.number) for section in listed), default=0)
    return [
        {
            "number": section.number,
            "title": section.title,
            "url": section.url,
            "slug": section.slug,
            "level": min(level(section.number) - top, 2),
            "is_current": current is not None and section.pk == current.pk,
        }
        for section in listed
    ]


def section_page(section: Section, at: datetime) -> dict[str, Any]:
    """Return what the page of a section prints: text, contents, neighbours, and what follows."""
    plan = querysets.plan_of(section)
    sections = querysets.sections_of(plan)
    keys = [each.pk for each in sections]
    place = keys.index(section.pk) if section.pk in keys else None
    body = contents.body_html(section)
    text, headings = contents.anchored(body)
    return {
        "plan": plan,
        "text": text,
        "headings": headings,
        "entries": contents_list(sections, section),
        "priority_url": priority_url(plan, section.priority) if section.priority else "",
        "since_draft": since_draft(plan, contents.part_of(section, body), at),
        "previous": sections[place - 1] if place else None,
        "next": sections[place + 1] if place is not None and place + 1 < len(sections) else None,
        "commitments": commitment_lines(plan, querysets.promised_in(section), local(at).date()),
    }


def priority_page(plan: Plan, slug: str, at: datetime) -> dict[str, Any]:
    """Return what the page of a priority prints. Raises Http404 for one the plan has not."""
    on = local(at).date()
    priority = querysets.priority_of(plan, slug)
    promised = list(querysets.promised_under(priority))
    sections = [each for each in querysets.sections_of(plan) if each.priority_id == priority.pk]
    return {
        "priority": priority,
        "entries": contents_list(sections),
        "commitments": commitment_lines(plan, promised, on),
        "standings": standings_sentence(promised, on),
        "others": _other_priorities(plan, priority),
    }


def _other_priorities(plan: Plan, current: Priority) -> list[dict[str, str]]:
    return [
        {"title": priority.title, "url": priority_url(plan, priority)}
        for priority in plan.priorities.order_by("order", "id")
        if priority.pk != current.pk
    ]


def print_page(plan: Plan, at: datetime) -> dict[str, Any]:
    """Return what the page for printing prints: everything, in the order of the plan."""
    on = local(at).date()
    sections = querysets.written_sections_of(plan)
    commitments = list(querysets.promised_by(plan))
    return {
        "entries": contents_list(sections),
        "parts": printed_parts(contents.parts_of(plan, sections)),
        "priorities": querysets.framework(plan),
        "commitments": commitment_lines(plan, commitments, on),
        "standings": standings_sentence(commitments, on),
        "at": at,
    }


def commitment_page(plan: Plan, slug: str, at: datetime) -> dict[str, Any]:
    """Return what the page of a commitment prints. Raises Http404 for one the plan has not."""
    on = local(at).date()
    commitment = querysets.commitment_of(plan, slug)
    section = commitment.section
    return {
        "commitment": commitment,
        "on": day(on),
        "timing": timing(commitment.due, commitment.forecast, commitment.completed, on),
        "completed": commitment.completed
        if commitment.completed and commitment.completed <= on
        else None,
        **standing_tag(commitment, on),
        "section": section if section is not None and section.live else None,
        "milestones": milestones_table(commitment, on),
        "forecasts": forecasts_table(commitment, on),
        "progress": querysets.reported_by(commitment, on),
        "measures": querysets.measures_of(commitment),
    }
