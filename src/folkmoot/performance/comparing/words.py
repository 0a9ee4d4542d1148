"""What a comparison says, in sentences made from its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.core.readings import format_figure
from folkmoot.core.tables import format_count, format_percent
from folkmoot.performance.comparing.compared import Comparison, Row
from folkmoot.performance.presenters.words import capital, unit_of
from folkmoot.sources.tables import listed

MOST_LISTED = 8


def printed(comparison: Comparison, value: float) -> str:
    """Return a rate or a share as it is printed: "4.2", "47%"."""
    if comparison.is_survey:
        return format_percent(value)
    return format_figure(value, 1 if (comparison.line or 0) >= 1 else 2)


def per_words(comparison: Comparison) -> str:
    """Return what a value is of: "per 1,000 residents", "of people asked"."""
    if comparison.is_survey:
        return "of people asked"
    return f"per {format_count(comparison.per)} residents"


def period_words(comparison: Comparison) -> str:
    """Return the period: "12 months to February 2025"."""
    return f"12 months to {comparison.last.label}"


def line_words(comparison: Comparison) -> str:
    """Return what the areas are held against, with its figure."""
    if comparison.line is None:
        return ""
    name = comparison.whole.area.name if comparison.is_survey else "All together"
    return f"{name} {printed(comparison, comparison.line)}"


def headline(comparison: Comparison) -> str:
    """Return how many areas differ by more than chance."""
    many, title = len(comparison.compared), comparison.measure.title
    above, below = len(comparison.on_side(1)), len(comparison.on_side(-1))
    if not above and not below:
        return f"{title}: none of {many} areas differs by more than chance"
    parts = [f"{above} of {many} areas higher"] if above else []
    parts.append(f"{below} lower" if above else f"{below} of {many} areas lower")
    return f"{title}: {' and '.join(parts if below else parts[:1])} than {_usual(comparison)}"


def _usual(comparison: Comparison) -> str:
    if comparison.is_survey:
        return f"{comparison.whole.area.name} by more than chance"
    if comparison.funnel is not None and comparison.funnel.is_exact:
        return "chance explains"
    return "chance and the usual differences explain"


def describe_order(comparison: Comparison) -> str:
    """Return in words what the chart of dots and intervals shows."""
    rows = comparison.compared
    unit = _unit(comparison)
    highest = max(rows, key=lambda row: row.value or 0.0)
    lowest = min(rows, key=lambda row: row.value or 0.0)
    order = (
        f"First those higher than {comparison.whole.area.name}, then those about the same, then "
        "those lower, each in the order of their names."
        if comparison.is_survey
        else "From the highest to the lowest. Where intervals overlap, the order may be chance: "
        "the table gives every place that an area could have."
    )
    return (
        f"{len(rows)} areas, each a dot on its 95% interval: {unit}, {period_words(comparison)}. "
        f"{order} The highest is {_with_interval(comparison, highest)}, the lowest "
        f"{_with_interval(comparison, lowest)}. The dashed line: {_line_in_full(comparison)}."
    )


def describe_funnel(comparison: Comparison) -> str:
    """Return in words what the funnel plot shows."""
    return (
        f"{len(comparison.compared)} areas by their number of residents, around a line: "
        f"{_line_in_full(comparison)}. "
        + _side_sentence("Above the 99.8% limits", comparison.on_side(1))
        + _side_sentence("Below the 99.8% limits", comparison.on_side(-1))
        + "All others are within: their differences are what chance"
        + ("" if _is_exact(comparison) else " and the usual differences between areas")
        + " would give. "
        + width_words(comparison)
    )


def width_words(comparison: Comparison) -> str:
    """Return what makes the limits as wide as they are."""
    if _is_exact(comparison):
        return "Chance alone sets the limits: they are wider where fewer people live."
    return (
        "Areas differ more than chance explains, as places do; the limits are widened by how far "
        "most areas differ, and are wider still where fewer people live."
    )


def _is_exact(comparison: Comparison) -> bool:
    return comparison.funnel is None or comparison.funnel.is_exact


def residents_words(comparison: Comparison) -> str:
    """Return whose number the rates are of, and of when; or why there is no rate."""
    population = comparison.population
    if comparison.is_survey:
        return ""
    if population is None:
        return (
            "No number of residents is known for this period, so there are counts and no rates. "
            "Counts do not compare: more people, more events."
        )
    release = comparison.residents
    whose = f" ({release.publisher}, {release.title})" if release else ""
    when = population.month.label
    if population.is_matched:
        return f"Residents: {when}{whose}, the year of most of the 12 months."
    return (
        f"Residents: {when}{whose}, the latest before these 12 months; where the number of people "
        "has changed since, the rate is off by as much."
    )


def line_note(comparison: Comparison) -> str:
    """Return which areas do not help to set the line; empty where all do."""
    crowded = [row for row in comparison.compared if row.caveat]
    return (
        f"{names(crowded)}: {crowded[0].caveat[:1].lower()}{crowded[0].caveat[1:]}."
        if crowded
        else ""
    )


def names(rows: Sequence[Row]) -> str:
    """Return names as a part of a sentence."""
    return listed([row.area.name for row in rows], MOST_LISTED)


def _with_interval(comparison: Comparison, row: Row) -> str:
    assert row.value is not None
    return (
        f"{row.area.name} with {printed(comparison, row.value)} ({interval_words(comparison, row)})"
    )


def interval_words(comparison: Comparison, row: Row) -> str:
    """Return an interval as it is printed: "3.9 to 4.6"."""
    if row.interval is None:
        return ""
    return f"{printed(comparison, row.interval.lower)} to {printed(comparison, row.interval.upper)}"


def _line_in_full(comparison: Comparison) -> str:
    if comparison.line is None:
        return "none"
    figure = printed(comparison, comparison.line)
    if comparison.is_survey:
        return f"{comparison.whole.area.name}, {figure}"
    crowded = [row for row in comparison.compared if row.caveat]
    without = f" without {names(crowded)}" if crowded else ""
    return f"{figure} {per_words(comparison)}, all areas together{without}"


def _side_sentence(start: str, rows: Sequence[Row]) -> str:
    return f"{start}: {names(rows)}. " if rows else f"{start}: none. "


def subtitle(comparison: Comparison) -> str:
    """Return what the values are, for under a headline."""
    unit = capital(_unit(comparison))
    return f"{unit}, {period_words(comparison)}, with 95% intervals"


def _unit(comparison: Comparison) -> str:
    """Return what the values are: "offences recorded, per 1,000 residents"."""
    if comparison.is_survey:
        return f"share {per_words(comparison)}"
    return f"{unit_of(comparison.measure)}, {per_words(comparison)}"
