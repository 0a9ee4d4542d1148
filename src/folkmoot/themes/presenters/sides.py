"""The majority and the minority view within a theme, as the machine read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.core.disclosure import SMALLEST_SHOWN
from folkmoot.core.tables import format_percent

if TYPE_CHECKING:
    from folkmoot.themes.models import Theme


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side of a theme, and its share of the answers that take a side."""

    label: str
    share: str
    bar: float


def sides_shown(theme: Theme) -> tuple[SideShown, ...]:
    """Return the sides of a theme, the larger first; nothing where it has one, or one is of few.

    They were counted when the machine formed the theme, so that a share is told and no number.
    """
    counts = [int(side["count"]) for side in theme.sides]
    if len(counts) < 2 or min(counts) < SMALLEST_SHOWN:
        return ()
    taking = sum(counts)
    sides = sorted(theme.sides, key=lambda side: -side["count"])
    return tuple(
        SideShown(side["label"], format_percent(side["count"] / taking), side["count"] / taking)
        for side in sides
    )
