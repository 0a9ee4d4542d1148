"""What is odd about files of crime below the borough, though all of it can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from folkmoot.core.periods import Month
from folkmoot.sources.mps_small_areas.part import Level, Part
from folkmoot.sources.tables import listed, months_in_words


def notes(parts: Sequence[Part], level: Level, empty: Sequence[Month]) -> Iterator[str]:
    """Yield a sentence for everything odd about the files of one release."""
    if len(parts) == 1:
        part = parts[0]
        yield (
            f"This is one file, {part.months[0].label} to {part.months[-1].label}, and a release "
            "has two: what the other holds is not available, not zero."
        )
    yield (
        f"Offences that nobody could place are in no row: {level.places} add up to less than "
        "boroughs, and are never added up."
    )
    if empty:
        yield (
            f"No offence stands anywhere in {months_in_words(empty)}: not available, as a month "
            "without a crime in all of London is none that was counted."
        )
    for part in parts:
        name = part.sheet.file.name
        if part.unplaced:
            yield f"{name}: {part.unplaced:,} offences have no code of a place, and are left out."
        cells = part.counts["category"].n_unique() * len(part.areas)
        rows = part.counts.select("category", "area_code").unique().height
        yield (
            f"{name}: {cells - rows:,} of {cells:,} pairs of category and place have no row, which "
            "means no offence in any month of the file: they count as zero."
        )
        if part.counts.height > rows:
            yield (
                f"{name}: {part.counts.height - rows:,} rows are of a place that stands under two "
                "boroughs; a place’s rows count together."
            )
    gone = sorted({*parts[0].areas} ^ {*parts[-1].areas}) if len(parts) > 1 else []
    if gone:
        yield (
            f"{len(gone):,} places are in one of the files only, as boundaries changed "
            f"({listed(gone, 3)}): no figure is available for the months of the other."
        )
