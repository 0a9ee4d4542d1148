"""Whether a measure can be read as it is defined: what is wrong, a sentence for each field.

What only a higher room knows, such as which areas there are, it checks itself: it registers the
check in its `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from folkmoot.core.periods import Month, months_between
from folkmoot.core.readings import FEWEST_POINTS
from folkmoot.sources.registry import series_named

if TYPE_CHECKING:
    from folkmoot.plans.models import Measure
    from folkmoot.sources.tables import Series

Problems = dict[str, str]
_CHECKS: list[Callable[[Measure], Mapping[str, str]]] = []


class TrajectoryError(ValueError):
    """A trajectory cannot be read; the message says which line, and what to write."""


def register_check(check: Callable[[Measure], Mapping[str, str]]) -> None:
    """Let a higher room say what is wrong with a measure; the same check twice has no effect."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def problems(measure: Measure) -> Problems:
    """Return what is wrong with a measure, a sentence for each field; empty where nothing is."""
    found: Problems = {}
    series = series_named(measure.series) if measure.series else None
    if measure.series and series is None:
        found["series"] = (
            f"No source here has a series “{measure.series}”: choose one of those that "
            "“folkmoot data sources” lists, or leave it empty until its source is described."
        )
    if series is not None and series.is_rolling:
        found |= _of_survey(measure)
    elif series is not None:
        found |= _of_baseline(measure, series)
    found |= _of_trajectory(measure)
    for check in _CHECKS:
        found |= check(measure)
    return found


def _of_survey(measure: Measure) -> Problems:
    """A rolling survey figure never stands on a control chart, and is a share of people."""
    found: Problems = {}
    chart_only = "its points share interviews, so it is never put on a control chart"
    if measure.baseline is not None:
        found["baseline_from"] = f"This survey has no baseline: {chart_only}. Leave it empty."
    if measure.screens:
        found["screens"] = f"This survey has no limits: {chart_only}. Leave the box empty."
    if measure.target is not None and not 0 <= measure.target <= 1:
        found["target"] = "A share of people is written between 0 and 1: 0.7 for 70%."
    return found


def _of_baseline(measure: Measure, series: Series) -> Problems:
    if measure.baseline is None:
        return {}
    first, last = measure.baseline
    number = months_between(first, last) + 1
    # A baseline that ends before it begins is refused by the database's own constraint.
    if 0 < number < FEWEST_POINTS:
        return {
            "baseline_to": f"{first.label} to {last.label} is {number} "
            f"month{'s' * (number != 1)}, and limits need {FEWEST_POINTS}: "
            "choose a longer baseline."
        }
    within = [mark for mark in series.breaks if first < mark.month <= last]
    if within:
        return {
            "baseline_from": f"Figures are recorded differently from {within[0].month.label} "
            f"({within[0].label}), within this baseline: let it end before, or begin then."
        }
    return {}


def _of_trajectory(measure: Measure) -> Problems:
    if not measure.trajectory:
        return {}
    try:
        months = [month for month, _ in parsed(printed(measure.trajectory))]
    except TrajectoryError as error:
        return {"trajectory": str(error)}
    if measure.target is None or measure.target_by is None:
        return {"trajectory": "A trajectory leads to a target: give the target and its month too."}
    last = Month.from_date(measure.target_by)
    if months[-1] > last:
        return {
            "trajectory": f"The trajectory goes on to {months[-1].label}, after the target’s "
            f"{last.label}: let it end there."
        }
    return {}


def parsed(text: str) -> tuple[tuple[Month, float], ...]:
    """Return the points of a trajectory, one a line: "2024-03 1900", earliest first.

    Raises TrajectoryError with the line that is not so.
    """
    points: list[tuple[Month, float]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        month, _, figure = line.strip().replace("\t", " ").partition(" ")
        try:
            points.append((Month.parse(month), _figure(figure)))
        except ValueError as error:
            raise TrajectoryError(
                f"Line {number}, “{line.strip()}”, is not a month and a figure: write it like "
                "2024-03 1900."
            ) from error
    for (before, _), (after, _) in pairwise(points):
        if after <= before:
            raise TrajectoryError(
                f"{after.label} stands after {before.label}: put the months in order, each once."
            )
    return tuple(points)


def printed(trajectory: Sequence[Sequence[str | float]]) -> str:
    """Return stored points as they are typed, one a line."""
    return "\n".join(
        f"{month} {figure if isinstance(figure, str) else f'{figure:.12g}'}"
        for month, figure in trajectory
    )


def stored(points: Sequence[tuple[Month, float]]) -> list[list[str | float]]:
    """Return points as a measure keeps them."""
    return [[str(month), figure] for month, figure in points]


def _figure(text: str) -> float:
    figure = float(text.replace(",", ""))
    if figure != figure or figure in (float("inf"), float("-inf")):
        raise ValueError("Not a finite number.")
    return figure
