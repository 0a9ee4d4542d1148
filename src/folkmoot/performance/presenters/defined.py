"""How a measure is defined: what is counted, from when limits come, what is to be reached."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.performance.presenters.words import day, printed
from folkmoot.performance.rebasing import in_force
from folkmoot.publishing.clock import local
from folkmoot.sources.tables import listed

if TYPE_CHECKING:
    from folkmoot.performance.models import Rebasing
    from folkmoot.plans.models import Measure


def definition(measure: Measure, at: datetime) -> dict[str, Any] | None:
    """Return what a panel prints of a measure's definition; None where nothing is defined of it."""
    facts = [
        ("Counted", _counted(measure)),
        ("Given for", listed(measure.area_names) if measure.area_names else ""),
        ("Usual range from", _baseline(measure)),
        ("Target", _target(measure)),
        ("On the way", _trajectory(measure)),
        # With figures it stands beside their source.
        ("Answered for by", "" if measure.series else measure.owner),
    ]
    rebases = [_rebased(each) for each in in_force(measure, local(at).date())]
    facts = [(word, said) for word, said in facts if said]
    return {"facts": facts, "rebases": rebases} if facts or rebases else None


def _counted(measure: Measure) -> str:
    out_of = f", out of {measure.denominator}" if measure.denominator else ""
    return f"{measure.numerator}{out_of}" if measure.numerator else ""


def _baseline(measure: Measure) -> str:
    screened = "outlying months left out" if measure.screens else ""
    if measure.baseline is None:
        return screened
    first, last = measure.baseline
    return ", ".join(filter(None, (f"{first.label} to {last.label}", screened)))


def _target(measure: Measure) -> str:
    if measure.target is None:
        return ""
    by = f" by {measure.target_by:%B %Y}" if measure.target_by else ""
    return f"{printed(measure, measure.target)}{by}"


def _trajectory(measure: Measure) -> str:
    if not measure.trajectory:
        return ""
    points = [
        f"{printed(measure, value)} by {month.label}" for month, value in measure.target_points
    ]
    return listed(points[:-1], most=len(points))


def _rebased(rebasing: Rebasing) -> str:
    where = f" in {rebasing.area.name}" if rebasing.area else ""
    return (
        f"Limits are counted anew from {rebasing.period:%B %Y}{where}: "
        f"{rebasing.reason.rstrip('.')}. Decided by {rebasing.decided_by} on "
        f"{day(rebasing.decided_on)}."
    )
