"""A series read by its own variation: segments with limits, and points with signals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from folkmoot.core.spc.limits import ProcessLimits, process_limits
from folkmoot.core.spc.rebasing import Rebase
from folkmoot.core.spc.rules import Direction, Signal, Variation, broken_rules, variation


class ChartKind(Enum):
    """By what the usual variation of a series is known."""

    INDIVIDUALS = "XmR chart"
    SEASONAL = "XmR chart of the same months"
    RATES = "u′ chart"
    DAYS_BETWEEN = "t chart"
    CASES_BETWEEN = "g chart"


class Assurance(Enum):
    """Whether a target would be met if nothing changed."""

    CONSISTENT_PASS = "consistent_pass"
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class Segment:
    """Points `first` to `last` (indices, both included) that share limits.

    `rebase` says why it begins where it does; None for the first of a chart. Where limits differ
    from point to point, `limits` are those of the last.
    """

    first: int
    last: int
    limits: ProcessLimits
    rebase: Rebase | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A value with the rules that it breaks. `side` is 1 for a high signal, -1 for a low one."""

    value: float
    limits: ProcessLimits
    signals: Signal
    side: int
    variation: Variation


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A series read by its own variation."""

    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    direction: Direction
    assurance: Assurance | None
    target: float | None = None
    kind: ChartKind = ChartKind.INDIVIDUALS

    @property
    def limits(self) -> ProcessLimits:
        """The limits in force at the end of the series."""
        return self.segments[-1].limits


def assurance(limits: ProcessLimits, target: float, direction: Direction) -> Assurance | None:
    """Return whether a target lies outside the limits, and on which side; None if neutral."""
    if direction is Direction.NEUTRAL:
        return None
    if limits.lower <= target <= limits.upper:
        return Assurance.INCONSISTENT
    passes_above = direction is Direction.INCREASE
    return (
        Assurance.CONSISTENT_PASS
        if (limits.lower > target) == passes_above
        else Assurance.CONSISTENT_FAIL
    )


def control_chart(
    values: Sequence[float],
    direction: Direction,
    *,
    baseline: int | None = None,
    rebase: Sequence[int | Rebase] = (),
    screen_outliers: bool = False,
    target: float | None = None,
) -> ControlChart:
    """Return the XmR chart of a series: limits by segment, and each point with its signals.

    `values` holds one value per period, oldest first, without gaps. `rebase` holds where a new
    segment with limits of its own begins, as an index or with its reason; `baseline` is the
    number of first points of each segment that its limits come from (all, where None). Signals
    never run across segments. Assurance is that of the last segment. Raises ValueError for a
    baseline or a segment of fewer than two points; a segment of one point after a break has that
    point for its limits, as it compares with nothing before it.
    """
    if baseline is not None and baseline < 2:
        raise ValueError("A baseline needs at least two points.")
    segments: list[Segment] = []
    points: list[Point] = []
    for start, end, why in spans(len(values), rebase):
        part = values[start:end]
        if len(part) == 1 and why is not None and why.is_break:
            limits = ProcessLimits(part[0], part[0], part[0])
        else:
            limits = process_limits(part[:baseline], screen_outliers=screen_outliers)
        segments.append(Segment(start, end - 1, limits, why))
        kinds = kinds_of(direction)
        points += [
            Point(value, limits, signals, side, kinds[side])
            for value, (signals, side) in zip(part, broken_rules(part, limits), strict=True)
        ]
    return finished_chart(segments, points, direction, target, ChartKind.INDIVIDUALS)


def finished_chart(
    segments: Sequence[Segment],
    points: Sequence[Point],
    direction: Direction,
    target: float | None,
    kind: ChartKind,
) -> ControlChart:
    """Return the chart that segments and points make, with assurance against a target."""
    assured = None if target is None else assurance(segments[-1].limits, target, direction)
    return ControlChart(tuple(segments), tuple(points), direction, assured, target, kind)


def spans(
    number: int, rebase: Sequence[int | Rebase] = ()
) -> Iterator[tuple[int, int, Rebase | None]]:
    """Yield each segment of so many points: its first index, the one after its last, and why.

    Raises ValueError for a rebase that lies outside the series.
    """
    why = {each.at: each for each in (r if isinstance(r, Rebase) else Rebase(r) for r in rebase)}
    if any(not 0 <= start < number for start in why):
        raise ValueError("A rebase lies outside the series.")
    starts = sorted({0, *why})
    for start, end in zip(starts, [*starts[1:], number], strict=True):
        yield start, end, why.get(start)


def kinds_of(direction: Direction) -> dict[int, Variation]:
    """Return what a signal means by its side."""
    return {side: variation(side, direction) for side in (-1, 0, 1)}
