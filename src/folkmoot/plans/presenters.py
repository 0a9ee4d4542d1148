"""What the pages of a plan print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from folkmoot.core.standing import Standing
from folkmoot.core.tables import Table
from folkmoot.plans import querysets
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from datetime import datetime

    from folkmoot.plans.models import Commitment, Milestone, Plan, Priority, Section

TONES = {
    Standing.COMPLETED: "brand",
    Standing.ON_TRACK: "",
    Standing.DELAYED: "draft",
    Standing.OVERDUE: "strong",
}


def day(on: date) -> str:
    """Return a day as the public reads it: "21 January 2022"."""
    return f"{on.day} {on:%B %Y}"


def days(number: int) -> str:
    """Return a number of days in words: "1 day", "5 days"."""
    return f"{number:,} day{'' if number == 1 else 's'}"


def timing(due: date, forecast: date | None, completed: date | None, on: date) -> str:
    """Return in words how work stands to the day it was due, as on the day `on`.

    It goes on a sentence that names that day: "completed 5 days late". A completion after `on`
    had not happened yet.
    """
    if completed is not None and completed <= on:
        late = (completed - due).days
        return f"completed {days(late)} late" if late > 0 else "completed on time"
    if on > due:
        overdue = f"overdue by {days((on - due).days)}"
        return f"{overdue}, expected on {day(forecast)}" if forecast and forecast > on else overdue
    if forecast is not None and forecast > due:
        return f"expected {days((forecast - due).days)} late, on {day(forecast)}"
    return f"{days((due - on).days)} to go" if due > on else "which is today"


def commitment_url(plan: Plan, commitment: Commitment) -> str:
    """Return the address of a commitment, below its plan."""
    return f"{plan.url}commitments/{commitment.slug}/"


def priority_url(plan: Plan, priority: Priority) -> str:
    """Return the address of a priority, below its plan."""
    return f"{plan.url}priorities/{priority.slug}/"


def commitment_lines(
    plan: Plan, commitments: Iterable[Commitment], on: date
) -> list[dict[str, Any]]:
    """Return one line for each commitment: title, url, lead, timing, and standing as a tag."""
    return [
        {
            "title": commitment.title,
            "url": commitment_url(plan, commitment),
            "lead": commitment.lead,
            "due": day(commitment.due),
            "timing": timing(commitment.due, commitment.forecast, commitment.completed, on),
            **standing_tag(commitment, on),
        }
        for commitment in commitments
    ]


def standing_tag(work: Commitment | Milestone, on: date) -> dict[str, str]:
    """Return the word and the tone of the tag that says how work stands."""
    stands = work.standing(on)
    return {"standing": stands.value, "tone": TONES[stands]}


def standings_sentence(commitments: Iterable[Commitment], on: date) -> str:
    """Return how many commitments there are and how they stand; empty where there is none."""
    counted = Counter(commitment.standing(on) for commitment in commitments)
    number = counted.total()
    if not number:
        return ""
    parts = [f"{counted[each]} {each.value.lower()}" for each in Standing if counted[each]]
    return f"{number} commitment{'' if number == 1 else 's'}: {', '.join(parts)}."


def plan_page(plan: Plan, at: datetime) -> dict[str, Any]:
    """Return what the page of a plan prints."""
    on = local(at).date()
    commitments = list(plan.commitments.order_by("order", "id"))
    return {
        "sections": querysets.sections_of(plan),
        "priorities": querysets.framework(plan),
        "commitments": commitment_lines(plan, commitments, on),
        "standings": standings_sentence(commitments, on),
    }


def section_page(section: Section, at: datetime) -> dict[str, Any]:
    """Return what the page of a section prints: its plan, neighbours, and commitments."""
    plan = querysets.plan_of(section)
    sections = list(querysets.sections_of(plan))
    keys = [each.pk for each in sections]
    place = keys.index(section.pk) if section.pk in keys else None
    return {
        "plan": plan,
        "previous": sections[place - 1] if place else None,
        "next": sections[place + 1] if place is not None and place + 1 < len(sections) else None,
        "commitments": commitment_lines(plan, querysets.promised_in(section), local(at).date()),
    }


def commitment_page(plan: Plan, commitment: Commitment, at: datetime) -> dict[str, Any]:
    """Return what the page of a commitment prints."""
    on = local(at).date()
    section = commitment.section
    return {
        "commitment": commitment,
        "timing": timing(commitment.due, commitment.forecast, commitment.completed, on),
        "completed": commitment.completed
        if commitment.completed and commitment.completed <= on
        else None,
        **standing_tag(commitment, on),
        "section": section if section is not None and section.live else None,
        "milestones": milestones_table(commitment, on),
        "progress": querysets.reported_by(commitment, on),
        "measures": querysets.measures_of(commitment),
    }


def milestones_table(commitment: Commitment, on: date) -> Table | None:
    """Return the milestones of a commitment with the days they were due; None without any.

    A completion after `on` had not happened yet; a forecast counts until the completion.
    """
    milestones = list(commitment.milestones.all())
    if not milestones:
        return None
    rows = tuple(_milestone_row(milestone, on) for milestone in milestones)
    return Table("Milestones", ("Step", "How it stands", "Due", "Now expected", "Completed"), rows)


def _milestone_row(milestone: Milestone, on: date) -> tuple[str, ...]:
    done = milestone.completed if milestone.completed and milestone.completed <= on else None
    expected = day(milestone.forecast) if milestone.forecast else "As due"
    return (
        milestone.title,
        capfirst(timing(milestone.due, milestone.forecast, milestone.completed, on)),
        day(milestone.due),
        "Done" if done else expected,
        day(done) if done else "Not yet",
    )
