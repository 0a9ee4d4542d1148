"""What a report says: every value, text and chart, computed once and then frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from folkmoot.core.charts import Palette
from folkmoot.core.periods import Month, Quarter, month_range
from folkmoot.core.tables import MINUS, format_change, format_count, format_percent
from folkmoot.performance import presenters
from folkmoot.performance.evidence import entries_dated
from folkmoot.performance.models import Area
from folkmoot.performance.querysets import Observed
from folkmoot.performance.readings import MeasureFigures, figures_of, measures_of
from folkmoot.plans.models import Commitment, Plan

NOT_AVAILABLE = "[x]"
NOT_APPLICABLE = "[z]"
COLUMNS = (
    "Measure",
    "Quarter",
    "A year before",
    "Change",
    "12 months",
    "12 before",
    "Change",
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quarter with the same quarter a year before, and 12 months with the 12 before.

    Counts are sums over months, shares are the rolling figure of the last month; None where a
    month is missing, or where a rolling share has no twelve-month sum.
    """

    quarter: float | None
    year_before: float | None
    twelve: float | None
    twelve_before: float | None


def compare(seen: Observed | None, quarter: Quarter, *, is_rolling: bool) -> Comparison:
    """Return the comparison of a quarter; a period with a missing month is None, never a sum."""
    if seen is None:
        return Comparison(None, None, None, None)
    value_of = dict(zip(seen.months, seen.values, strict=True))

    def total(months: Iterable[Month]) -> float | None:
        values = [value_of.get(month) for month in months]
        present = [value for value in values if value is not None]
        return sum(present) if len(present) == len(values) else None

    last = quarter.months[-1]
    if is_rolling:
        return Comparison(value_of.get(last), value_of.get(last.shift(-12)), None, None)
    return Comparison(
        total(quarter.months),
        total(quarter.year_before.months),
        total(month_range(last.shift(-11), last)),
        total(month_range(last.shift(-23), last.shift(-12))),
    )


def quarterly(
    plan: Plan, body: str, notice: str, area: Area, quarter: Quarter, known_on: date
) -> dict[str, Any]:
    """Return the contents of a quarterly update, in values that JSON keeps.

    Every measure of the plan is in it, whatever its reading; those that got worse come first among
    the headlines.
    """
    last = quarter.months[-1]
    measures = measures_of(plan)
    figures = figures_of(measures, area, known_on, last)
    entries = entries_dated(measures, quarter.months[0].first_day, last.last_day, known_on)
    releases = {each.release for each in figures if each.release is not None}
    commitments = Commitment.objects.filter(plan=plan).prefetch_related("forecasts")
    return {
        "title": f"Quarterly update: {quarter.label}",
        "kind": "Quarterly update",
        "plan": plan.title,
        "body": body,
        "notice": notice,
        "period": str(quarter),
        "period_label": quarter.label,
        "known_on": f"{known_on:%-d %B %Y}",
        "summary": (
            f"Every measure of the plan in {quarter.label}, against the same months a year before "
            f"and over 12 months, on the figures known on {known_on:%-d %B %Y}."
        ),
        "columns": list(COLUMNS),
        "headlines": headlines(figures),
        "priorities": [
            {
                "title": priority.title,
                "measures": [_measure(each, quarter, entries[each.measure.pk]) for each in part],
            }
            for priority, part in groupby(figures, lambda each: each.measure.outcome.priority)
        ],
        "commitments_on": f"{last.last_day:%-d %B %Y}",
        "commitments": [_commitment(each, last.last_day) for each in commitments],
        "notes": notes(figures),
        "releases": [
            {
                "title": release.title,
                "publisher": release.publisher,
                "released_on": f"{release.released_on:%-d %B %Y}",
                "status": release.status,
                "licence": release.licence,
                "files": release.files,
            }
            for release in sorted(releases, key=lambda each: (each.title, each.released_on))
        ],
    }


def headlines(figures: Iterable[MeasureFigures]) -> list[str]:
    """Return the sentences of all measures that changed, those that got worse first.

    None is left out: a report cannot be built without a measure that deteriorates.
    """
    read = [each.reading for each in figures if each.reading is not None]
    changed = [reading for reading in read if reading.tone.value not in {"common", "unknown"}]
    changed.sort(key=lambda reading: presenters.ORDER_OF_TONES.index(reading.tone))
    sentences = [reading.sentence for reading in changed]
    untold = sum(reading.tone.value == "unknown" for reading in read)
    steady = len(read) - len(changed) - untold
    if steady:
        sentences.append(
            "1 other measure is within its usual range or shows no clear change."
            if steady == 1
            else f"{steady} other measures are within their usual range or show no clear change."
        )
    if untold:
        sentences.append(
            "1 other measure has too few figures to tell a change from chance."
            if untold == 1
            else f"{untold} other measures have too few figures to tell a change from chance."
        )
    return sentences or ["No figure of any measure was available for this quarter."]


def notes(figures: Iterable[MeasureFigures]) -> list[str]:
    """Return what a reader must know of the figures: shorthand, caveats, missing measures."""
    figures = list(figures)
    said = [
        "[x] means not available: no release known by then holds the figure. A missing month is "
        "never counted as zero. [z] means not applicable.",
        "A reading comes from a control chart of the last five years, or for a survey from points "
        "four quarters apart, and not from the changes printed beside it: two periods always "
        "differ, by chance alone.",
        "Counts of a quarter are sums of its three months. Survey shares are of the 12 months up "
        "to the end of the quarter, and their change is in percentage points.",
    ]
    said += sorted({each.measure.caveat for each in figures if each.measure.caveat})
    return said


def _measure(figures: MeasureFigures, quarter: Quarter, entries: int) -> dict[str, Any]:
    measure, reading = figures.measure, figures.reading
    compared = compare(figures.observed, quarter, is_rolling=figures.is_survey)
    latest = figures.observed.months[-1] if figures.observed else None
    is_current = latest == quarter.months[-1]
    return {
        "title": measure.title,
        "slug": measure.slug,
        "kind": measure.kind,
        "definition": measure.definition,
        "caveat": measure.caveat,
        "cells": _cells(figures, compared),
        "values": {
            "quarter": compared.quarter,
            "year_before": compared.year_before,
            "twelve": compared.twelve,
            "twelve_before": compared.twelve_before,
        },
        "is_share": figures.is_survey,
        "reading": (
            {
                "word": reading.word,
                "shape": reading.shape,
                "tone": reading.tone.value,
                "sentence": reading.sentence,
            }
            if reading
            else None
        ),
        "note": _note(figures, latest, is_current=is_current, entries=entries),
        "description": presenters.describe(figures),
        "subtitle": _subtitle(figures),
        "chart": presenters.chart_svg(figures, width=600, height=220, palette=Palette.PRINT),
        "source": presenters.release_line(figures.release) if figures.release else "",
    }


def _note(figures: MeasureFigures, latest: Month | None, *, is_current: bool, entries: int) -> str:
    if figures.measure.kind == "qualitative":
        return _read(entries)
    if latest is None:
        return "[x] Not available: no release known by then holds this measure."
    if not is_current:
        return f"[x] The latest figure known by then is for {latest.label}; the reading is of it."
    return ""


def _read(entries: int) -> str:
    if not entries:
        return "Read, not counted: no evidence has been published for this quarter."
    number = "1 entry" if entries == 1 else f"{entries} entries"
    return f"Read, not counted: {number} of evidence for this quarter, on the measure’s page."


def _subtitle(figures: MeasureFigures) -> str:
    seen = figures.observed
    if seen is None:
        return ""
    return (
        f"{figures.measure.title}, {figures.area.name}, {seen.months[0].label} to "
        f"{seen.months[-1].label}"
    )


def _cells(figures: MeasureFigures, compared: Comparison) -> list[str]:
    if figures.measure.kind == "qualitative":
        return [NOT_APPLICABLE] * (len(COLUMNS) - 1)
    if figures.is_survey:
        return [
            *(_share(value) for value in (compared.quarter, compared.year_before)),
            _points(compared.quarter, compared.year_before),
            *[NOT_APPLICABLE] * 3,
        ]
    return [
        *(_count(value) for value in (compared.quarter, compared.year_before)),
        _relative(compared.quarter, compared.year_before),
        *(_count(value) for value in (compared.twelve, compared.twelve_before)),
        _relative(compared.twelve, compared.twelve_before),
    ]


def _count(value: float | None) -> str:
    return NOT_AVAILABLE if value is None else format_count(value)


def _share(value: float | None) -> str:
    return NOT_AVAILABLE if value is None else format_percent(value)


def _relative(later: float | None, earlier: float | None) -> str:
    if later is None or earlier is None:
        return NOT_AVAILABLE
    return NOT_APPLICABLE if earlier == 0 else format_change(later / earlier - 1)


def _points(later: float | None, earlier: float | None) -> str:
    if later is None or earlier is None:
        return NOT_AVAILABLE
    points = round((later - earlier) * 100)
    sign = "+" if points > 0 else MINUS if points < 0 else ""
    return f"{sign}{abs(points)} points"


def _commitment(commitment: Commitment, on: date) -> dict[str, str]:
    return {
        "title": commitment.title,
        "lead": commitment.lead,
        "due": f"{commitment.due:%-d %B %Y}",
        "standing": commitment.standing(on).value,
        "lateness": commitment.lateness,
    }
