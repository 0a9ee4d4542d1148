"""Small numbers of a list withheld, and others that the total would give away with them."""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_SHOWN = 5
SMALLEST_BASE = 25


def protect(counts: Sequence[int], smallest: int = SMALLEST_SHOWN) -> list[int | None]:
    """Return the counts of a one-way table, None where a cell is withheld.

    A cell from 1 to `smallest` - 1 is withheld. Where the total, shown with the table, would give
    it away, the smallest other cells are withheld as well, zeros last: where only one is withheld,
    and where all are 1 or all `smallest` - 1, so that their sum allows nothing else. Equal cells
    go together, as which of them was chosen would tell. Zeros are shown otherwise. A table of one
    cell, or in which nobody else was counted, cannot be protected so: withhold it by its base.
    """
    withheld = {place for place, count in enumerate(counts) if 0 < count < smallest}
    while withheld and _given_away([counts[place] for place in withheld], smallest):
        others = [place for place in range(len(counts)) if place not in withheld]
        if not others:
            break
        least = min((counts[place] for place in others), key=lambda count: (count == 0, count))
        withheld.update(place for place in others if counts[place] == least)
    return [None if place in withheld else count for place, count in enumerate(counts)]


def _given_away(cells: Sequence[int], smallest: int) -> bool:
    """Return whether cells known to be withheld follow from their sum."""
    return len(cells) == 1 or set(cells) in ({1}, {smallest - 1})
