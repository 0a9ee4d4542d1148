"""What a series says of its target, in a sentence."""

from __future__ import annotations

from folkmoot.core.periods import Period
from folkmoot.core.readings.printing import format_figure
from folkmoot.core.spc import Assurance, ControlChart, Direction


def target_sentence(chart: ControlChart, period: Period, digits: int = 0) -> str:
    """Return how often the target would be met if nothing changed; empty where it has none.

    While the last figure is usual, that is said of the present level. After a change it is said
    of the usual one, beside whether the last figure meets the target: the new level has too few
    figures to say how it varies.
    """
    if chart.target is None or chart.assurance is None:
        return ""
    last, target = chart.points[-1], f"the target of {format_figure(chart.target, digits)}"
    prospect = _prospect(chart, period)
    if last.side == 0:
        return f"At this level {target} would be {prospect}."
    is_met = _meets(last.value, chart.target, chart.direction)
    agrees = chart.assurance is Assurance.INCONSISTENT or is_met == (
        chart.assurance is Assurance.CONSISTENT_PASS
    )
    return (
        f"T{target[1:]} was {'met' if is_met else 'missed'} {period.when}, "
        f"{'and' if agrees else 'but'} at its usual level would be {prospect}."
    )


def _prospect(chart: ControlChart, period: Period) -> str:
    assert chart.target is not None
    if chart.assurance is Assurance.CONSISTENT_PASS:
        return f"met every {period.noun}"
    if chart.assurance is Assurance.CONSISTENT_FAIL:
        return f"missed every {period.noun}"
    if _meets(chart.limits.mean, chart.target, chart.direction):
        return "met more often than not, and missed by chance"
    return "met only by luck"


def _meets(value: float, target: float, direction: Direction) -> bool:
    return value >= target if direction is Direction.INCREASE else value <= target
