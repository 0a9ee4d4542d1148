"""What is odd about street-level files, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from folkmoot.sources.police_uk import months_without_a_file
from folkmoot.sources.street_crime.counting import Counted
from folkmoot.sources.tables import listed


def notes(found: Counted, empty: Sequence[str]) -> Iterator[str]:
    """Yield what was counted once, has no number or place, lies elsewhere, or has no figure."""
    rows, numbered, unplaced = found.cells.select("rows", "numbered", "unplaced").sum().row(0)
    again = found.repeated["again"].sum()
    if again:
        yield (
            f"{again:,} of {rows:,} rows repeat the number of a crime that "
            "was counted already: each crime is counted once."
        )
    if rows > numbered:
        yield (
            f"{rows - numbered:,} rows have no number (anti-social behaviour has none), so that "
            "one that stands there twice is counted twice."
        )
    if unplaced:
        yield f"{unplaced:,} rows have no place. They count for their force."
    for (force,), group in found.elsewhere.group_by("force") if found.elsewhere.height else ():
        yield (
            f"{group['rows'].sum():,} rows of {force} lie in another district by their LSOA "
            f"({listed(sorted(group['district']), 3)}). They count for the force that recorded "
            "them."
        )
    yield from months_without_a_file(found.cells.select("force", "month").unique().iter_rows())
    if empty:
        yield f"Files without a crime give no figure: {listed(empty)}."
