"""Where a chart begins anew: decided by hand, or because figures are recorded differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from folkmoot.core.periods import Month


@dataclass(frozen=True, slots=True)
class Rebase:
    """A point from which limits are counted anew, and why.

    `at` is the index of the first point of the new segment. `decided_on` is the day on which
    somebody decided it; None for a break in the series, which nobody has to decide.
    """

    at: int
    reason: str = ""
    decided_on: date | None = None

    @property
    def is_break(self) -> bool:
        """Whether figures before and after are recorded differently."""
        return self.decided_on is None and bool(self.reason)


def rebases(
    months: Sequence[Month],
    breaks: Iterable[tuple[Month, str]] = (),
    by_hand: Iterable[tuple[Month, str, date]] = (),
) -> tuple[Rebase, ...]:
    """Return where a series begins anew: at its breaks and where somebody decided it.

    `breaks` hold month and reason, `by_hand` also the day of the decision. Those outside of
    `months`, or in their first, change nothing. Where both name one month, the break is told:
    it holds whatever anybody decides. Raises ValueError for a decision without a reason.
    """
    found: dict[int, Rebase] = {}
    places = {month: place for place, month in enumerate(months)}
    for month, reason, decided_on in by_hand:
        if not reason.strip():
            raise ValueError(f"Say why the limits are counted anew from {month.label}.")
        if places.get(month):
            found[places[month]] = Rebase(places[month], reason, decided_on)
    for month, reason in breaks:
        if places.get(month):
            found[places[month]] = Rebase(places[month], reason)
    return tuple(found[place] for place in sorted(found))


def with_room(found: Sequence[Rebase], number: int) -> tuple[Rebase, ...]:
    """Return those of some rebases, in order, that leave each segment of a chart two points.

    `number` is that of all points. A decision gives way until there are two figures to count
    limits from, and to a break or a later decision in the next month. Breaks always stay.
    """
    kept: list[Rebase] = []
    ends = [*(each.at for each in found), number][1:]
    for each, end in zip(found, ends, strict=True):
        before = kept[-1].at if kept else 0
        leaves_one = each.at - before < 2 and not (kept and kept[-1].is_break)
        if each.is_break or (end - each.at >= 2 and not leaves_one):
            kept.append(each)
    return tuple(kept)
