"""Small numbers protected before they are published. See `docs/methods/disclosure.md`."""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_SHOWN = 5
SMALLEST_BASE = 25


def protect(counts: Sequence[int], smallest: int = SMALLEST_SHOWN) -> list[int | None]:
    """Return the counts of a one-way table, None where a cell is withheld.

    A cell from 1 to `smallest` - 1 is withheld. Where only one is, the total would give it away:
    the smallest other cell is withheld as well, zero cells last. Zero is shown.
    """
    withheld = {place for place, count in enumerate(counts) if 0 < count < smallest}
    if len(withheld) == 1:
        others = [place for place in range(len(counts)) if place not in withheld]
        if others:
            withheld.add(min(others, key=lambda place: (counts[place] == 0, counts[place], place)))
    return [None if place in withheld else count for place, count in enumerate(counts)]
