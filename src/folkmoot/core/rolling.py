"""Sums over twelve months that roll on by one: for showing, never for reading."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.core.periods import Month

YEAR = 12


def rolling_sums(
    months: Sequence[Month], values: Sequence[float], *, over: int = YEAR
) -> tuple[tuple[Month, float], ...]:
    """Return the sum of so many months up to each, where none of them is missing; oldest first.

    Neighbouring sums share all months but two, so that they wander without cause: no control
    chart is made of them. A month with a gap behind it has none.
    """
    found = []
    for place in range(over - 1, len(months)):
        first = place - over + 1
        if months[first].shift(over - 1) == months[place]:
            found.append((months[place], float(sum(values[first : place + 1]))))
    return tuple(found)
