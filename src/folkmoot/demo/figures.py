"""The real figures of the demonstration, and the report made from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from folkmoot.demo.building import Building
from folkmoot.demo.pack import LONDON
from folkmoot.performance.acts import import_release
from folkmoot.plans.models import Plan
from folkmoot.publishing.clock import local
from folkmoot.reports.acts import build_report
from folkmoot.reports.models import Report
from folkmoot.sources.derived import read_derived

QUARTER = "2024-Q4"


def add_figures(
    building: Building, announce: Callable[[str], None], folder: Path = LONDON / "figures"
) -> bool:
    """Import the releases that were published by then; return whether all of them were."""
    on = local(building.at).date()
    missing = False
    for path in sorted(folder.glob("*.csv")):
        released_on = read_derived([path]).released_on
        if released_on is None or released_on > on:
            missing = True
            continue
        imported = import_release(
            [path],
            at=building.at,
            by=building.staff,
            announce=announce,
        )
        announce(imported.sentence)
    return not missing


def add_report(building: Building, plan: Plan, announce: Callable[[str], None]) -> None:
    """Build the quarterly report of the last quarter of 2024, as known then."""
    announce(f"Building the report for {QUARTER}")
    build_report(plan.slug, Report.Kind.QUARTERLY, QUARTER, at=building.at, by=building.staff)
