"""How figures, periods and releases are printed."""

from __future__ import annotations

from folkmoot.core.readings import Tone
from folkmoot.core.tables import format_count, format_percent
from folkmoot.performance.models import Release
from folkmoot.performance.readings import MeasureFigures
from folkmoot.sources.registry import series_named

NOT_AVAILABLE = "[x]"
# Worst first: an account that hides what deteriorates is none.
ORDER_OF_TONES = (Tone.CONCERN, Tone.IMPROVEMENT, Tone.NEUTRAL, Tone.COMMON, Tone.UNKNOWN)


def format_value(figures: MeasureFigures, value: float) -> str:
    """Return a value as it is printed: "1,971" for a count, "47%" for a share."""
    return format_percent(value) if figures.is_survey else format_count(value)


def period_label(figures: MeasureFigures) -> str:
    """Return the latest period with its unit: "February 2025, offences recorded"."""
    seen, series = figures.observed, series_named(figures.measure.series)
    if seen is None or series is None:
        return ""
    label = seen.months[-1].label
    return f"{'12 months to ' if series.is_rolling else ''}{label}, {series.unit}"


def release_line(release: Release) -> str:
    """Return where a figure comes from, in the words that stand under a chart."""
    return (
        f"Source: {release.publisher}, {release.title}, release of {release.released_on:%B %Y}. "
        f"{release.status[:1].upper()}{release.status[1:]}. {release.licence}."
    )
