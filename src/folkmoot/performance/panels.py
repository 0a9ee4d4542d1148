"""What other rooms' pages show of performance, through slots."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.core.readings import Tone
from folkmoot.performance.models import Dashboard
from folkmoot.performance.presenters import (
    ORDER_OF_TONES,
    dashboard_of,
    measure_reading,
    tile,
)
from folkmoot.performance.presenters.defined import definition
from folkmoot.performance.readings import readings_of_plan
from folkmoot.publishing.slots import register_panel

if TYPE_CHECKING:
    from folkmoot.plans.models import Measure, Plan
    from folkmoot.publishing.models import HomePage

TILES_AT_HOME = 6


def at_home(page: HomePage, at: datetime) -> dict[str, Any] | None:
    """Return the tiles that need looking at most, worst first."""
    board = Dashboard.objects.live().order_by("-statutory_plan__starts_on").first()
    if board is None:
        return None
    read = [
        (ORDER_OF_TONES.index(figures.reading.tone), place, figures)
        for place, figures in enumerate(readings_of_plan(board.statutory_plan_id, at).values())
        if figures.reading is not None
    ]
    if not read:
        return None
    worst = [figures for _, _, figures in sorted(read)[:TILES_AT_HOME]]
    shown = [tile(each, f"{board.url}{each.measure.slug}/") for each in worst]
    return {"tiles": shown, "url": board.url}


def of_plan(plan: Plan, at: datetime) -> dict[str, Any] | None:
    """Return how many measures of a plan read how, worst first."""
    address = dashboard_of(plan.pk)
    readings = [f.reading for f in readings_of_plan(plan.pk, at).values() if f.reading is not None]
    if address is None or not readings:
        return None
    counted = Counter((each.tone, each.word) for each in readings)
    shapes: dict[tuple[Tone, str], set[str]] = defaultdict(set)
    for each in readings:
        shapes[each.tone, each.word].add(each.shape)
    lines = [
        {
            "tone": tone.value,
            "word": word,
            "shape": " ".join(sorted(shapes[tone, word])),
            "number": number,
        }
        for (tone, word), number in sorted(
            counted.items(), key=lambda each: ORDER_OF_TONES.index(each[0][0])
        )
    ]
    return {"lines": lines, "url": address}


def of_measure(measure: Measure, at: datetime) -> dict[str, Any] | None:
    """Return the reading of one measure."""
    return measure_reading(measure, at)


def register() -> None:
    """Fill the slots of the home page, the plan and its measures."""
    register_panel("home-panels", "performance/panel_home.html", at_home, order=30, keep=True)
    register_panel("plan-progress", "performance/panel_plan.html", of_plan, keep=True)
    register_panel("measure-thread", "performance/panel_definition.html", definition, order=-10)
    register_panel("measure-reading", "performance/reading.html", of_measure)
