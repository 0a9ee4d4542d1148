"""Figures, limits and points of a chart as they are printed."""

from __future__ import annotations

from math import ceil, floor

from folkmoot.core.spc import ControlChart, Point, ProcessLimits, Signal
from folkmoot.core.tables import MINUS, format_count


def format_figure(value: float, digits: int = 0) -> str:
    """Return a number with so many decimals and thousands separators: "1,971.5"."""
    rounded = round(value, digits)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.{digits}f}"


def limits_of_figures(
    limits: ProcessLimits, digits: int = 0, *, is_signed: bool = False
) -> tuple[str, str]:
    """Return the least and the greatest figure of so many decimals within limits, as printed.

    Rounded outwards, a figure just beyond a limit would seem to lie within. Unless `is_signed`,
    none is below zero. With one decimal more where no such figure lies between them.
    """
    scale = 10**digits
    least = limits.lower if is_signed else max(0.0, limits.lower)
    lower, upper = ceil(_settled(least * scale)), floor(_settled(limits.upper * scale))
    if lower > upper:
        return format_figure(limits.lower, digits + 1), format_figure(limits.upper, digits + 1)
    return format_figure(lower / scale, digits), format_figure(upper / scale, digits)


def limits_of_counts(limits: ProcessLimits) -> tuple[str, str]:
    """Return the least and the greatest whole count within the limits, as printed."""
    return limits_of_figures(limits)


def mean_of_counts(limits: ProcessLimits) -> str:
    """Return the average of counts as printed: whole, or with a decimal where it is small."""
    return f"{limits.mean:.1f}" if limits.mean < 10 else format_count(limits.mean)


def usual_range(chart: ControlChart) -> str:
    """Return the limits in force at the end of a chart of counts: "1,165 to 2,491"."""
    return " to ".join(limits_of_counts(chart.points[-1].limits))


def point_words(point: Point) -> str:
    """Return what one point of a chart says, for the column of a table."""
    if point.side == 0:
        return "Within the usual range"
    parts = []
    if Signal.OUTSIDE_LIMITS in point.signals:
        parts.append("above the upper limit" if point.side > 0 else "below the lower limit")
    if Signal.TREND in point.signals:
        parts.append("one of seven or more in a row that rise or fall")
    if Signal.TWO_OF_THREE in point.signals:
        parts.append("one of three with two near a limit")
    if Signal.ONE_SIDE in point.signals:
        parts.append("one of seven or more on one side of the average")
    sentence = ", ".join(parts)
    return f"{point.variation.value.split(',')[0]}: {sentence}"


def _settled(value: float) -> float:
    """Return a whole number where a value is one but for the last digits of its computation."""
    nearest = round(value)
    return float(nearest) if value != nearest and abs(value - nearest) < 1e-9 else value
