"""How figures, periods and releases are printed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from folkmoot.core.periods import Month
from folkmoot.core.readings import Tone
from folkmoot.core.tables import format_count, format_percent
from folkmoot.performance.models import Release
from folkmoot.performance.readings import MeasureFigures
from folkmoot.plans.models import Measure
from folkmoot.sources.registry import series_named, sources

if TYPE_CHECKING:
    from folkmoot.performance.asked import Asked

NOT_AVAILABLE = "[x]"
# Worst first: an account that hides what deteriorates is none.
ORDER_OF_TONES = (Tone.CONCERN, Tone.IMPROVEMENT, Tone.NEUTRAL, Tone.COMMON, Tone.UNKNOWN)
MONTHS_TO_NEXT = {"monthly": 1, "quarterly": 3, "yearly": 12}


def day(on: date) -> str:
    """Return a day as the public reads it: "10 March 2025"."""
    return f"{on.day} {on:%B %Y}"


def format_value(figures: MeasureFigures, value: float) -> str:
    """Return a value as it is printed: "1,971" for a count, "47%" for a share."""
    return format_percent(value) if figures.is_survey else format_count(value)


def printed(measure: Measure, value: float, digits: int = 0) -> str:
    """Return a value of a measure as it is printed; `digits` are the decimals of a share."""
    series = series_named(measure.series)
    if series is not None and series.is_rolling:
        return format_percent(value, digits)
    return format_count(value)


def unit_of(measure: Measure) -> str:
    """Return what a measure's figures count: its own words, else those of its series."""
    series = series_named(measure.series)
    return measure.unit or (series.unit if series else "")


def capital(words: str) -> str:
    """Return words as they begin a sentence or a heading."""
    return f"{words[:1].upper()}{words[1:]}"


def period_label(figures: MeasureFigures) -> str:
    """Return the latest period with its unit: "February 2025, offences recorded"."""
    seen, series = figures.observed, series_named(figures.measure.series)
    if seen is None or series is None:
        return ""
    label = seen.months[-1].label
    return f"{'12 months to ' if series.is_rolling else ''}{label}, {figures.unit}"


def release_line(release: Release) -> str:
    """Return where a figure comes from, in the words that stand under a chart."""
    return (
        f"Source: {release.publisher}, {release.title}, release of {release.released_on:%B %Y}. "
        f"{capital(release.status)}. {release.licence}."
    )


def status_of(measure: Measure, release: Release | None) -> str:
    """Return what kind of statistic a measure is, as its definition or else its release says."""
    if measure.status:
        return str(measure.get_status_display())
    return capital(release.status) if release else ""


def as_known(asked: Asked) -> str:
    """Return in a sentence as of when the figures are, where a reader asked for a day."""
    if not asked.is_dated:
        return ""
    return (
        f"As known on {day(asked.known_on)}: from the releases published by that day, without what "
        "later ones added or revised."
    )


def next_update(release: Release, on: date) -> str:
    """Return when the next release is to be expected, and whether it is late on a day."""
    source = next((each for each in sources() if each.key == release.source), None)
    frequency = source.frequency if source else ""
    months = MONTHS_TO_NEXT.get(frequency)
    if months is None:
        return "The publisher announces no next update."
    month = Month.from_date(release.released_on).shift(months)
    if month.last_day < on:
        return (
            f"The source is {frequency}: by that an update was due in {month.label}, and none has "
            "been imported since."
        )
    return f"The source is {frequency}: the next update is expected in {month.label}."
