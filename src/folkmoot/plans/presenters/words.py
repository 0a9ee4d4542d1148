"""Days, numbers and addresses as the pages of a plan print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from folkmoot.core.days import day_in_words as day

if TYPE_CHECKING:
    from folkmoot.plans.models import Commitment, Plan, PlanVersion, Priority


__all__ = ["commitment_url", "compare_url", "counted", "day", "days", "priority_url", "version_url"]


def days(number: int) -> str:
    """Return a number of days in words: "1 day", "5 days"."""
    return f"{number:,} day{'' if number == 1 else 's'}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 section", "3 sections"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def commitment_url(plan: Plan, commitment: Commitment) -> str:
    """Return the address of a commitment, below its plan."""
    return f"{plan.url}commitments/{commitment.slug}/"


def priority_url(plan: Plan, priority: Priority) -> str:
    """Return the address of a priority, below its plan."""
    return f"{plan.url}priorities/{priority.slug}/"


def version_url(plan: Plan, version: PlanVersion) -> str:
    """Return the address at which a version stays readable."""
    return f"{plan.url}versions/{version.slug}/"


def compare_url(plan: Plan, was: str, now: str, anchor: str = "") -> str:
    """Return the address of a comparison; `was` and `now` are slugs of versions, or "now"."""
    return f"{plan.url}compare/?from={was}&to={now}{f'#{anchor}' if anchor else ''}"
