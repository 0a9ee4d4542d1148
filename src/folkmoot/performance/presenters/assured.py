"""Whether a target would be met if nothing changed: a shape with words."""

from __future__ import annotations

from dataclasses import dataclass

from folkmoot.core.spc import Assurance
from folkmoot.performance.presenters.words import printed
from folkmoot.performance.readings import MeasureFigures

SHAPES = {
    Assurance.CONSISTENT_PASS: ("\N{BLACK CIRCLE}", "would be met every month"),
    Assurance.INCONSISTENT: ("\N{CIRCLE WITH LEFT HALF BLACK}", "would be met some months"),
    Assurance.CONSISTENT_FAIL: ("\N{WHITE CIRCLE}", "would be missed every month"),
}


@dataclass(frozen=True, slots=True)
class Assured:
    """The assurance of a target: its kind, a shape, and the words that always go with it."""

    name: str
    shape: str
    words: str


def assured(figures: MeasureFigures) -> Assured | None:
    """Return the assurance of a measure's target; None where it has none, or no chart tells."""
    chart, target = figures.chart, figures.target
    if chart is None or chart.assurance is None or target is None:
        return None
    shape, words = SHAPES[chart.assurance]
    said = f"Target of {printed(figures.measure, target)} {words}"
    return Assured(chart.assurance.value, shape, said)
