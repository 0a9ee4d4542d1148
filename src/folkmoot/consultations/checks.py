"""What an editor should know of a consultation's dates: cautions, which never block.

Source: Cabinet Office, Consultation principles (2018): E, consultations last for a proportionate
amount of time, and one that spans a holiday period takes mitigating action; K, they are not
generally launched in local or national election periods. The six weeks are this project's own
threshold: the principles name no number, and the courts ask whether the time was adequate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

LEAST_DAYS = 42


class Concern(Enum):
    """What a caution is about."""

    SHORT = "short"
    HOLIDAYS = "holidays"
    ELECTION = "election"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class Period:
    """Days with a name, the first and the last included."""

    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Caution:
    """One sentence for the editor."""

    concern: Concern
    sentence: str


def window_warnings(
    first: date, last: date, holidays: Sequence[Holiday], elections: Sequence[Period]
) -> list[Caution]:
    """Return what an editor should know of a window from its first to its last day inclusive.

    Holidays and pre-election periods outside the window are passed over. A window that ends
    before it begins has no warnings: the form refuses it.
    """
    if last < first:
        return []
    warnings = []
    days = (last - first).days + 1
    if days < LEAST_DAYS:
        warnings.append(
            Caution(
                Concern.SHORT,
                f"People have {_days(days)} to answer, which is less than six weeks "
                f"({LEAST_DAYS} days): give more time, or write in the checklist why this is "
                "enough.",
            )
        )
    within = sorted((each for each in holidays if first <= each.on <= last), key=_by_day)
    if within:
        named = _listed([f"{each.name} ({_day(each.on)})" for each in within])
        noun = "a public holiday" if len(within) == 1 else f"{len(within)} public holidays"
        warnings.append(
            Caution(
                Concern.HOLIDAYS,
                f"The consultation runs across {noun}: {named}. "
                "People may be away: consider giving more time.",
            )
        )
    warnings += [
        Caution(
            Concern.ELECTION,
            f"The consultation runs into the pre-election period “{each.title}” "
            f"({_day(each.first)} to {_day(each.last)}): take advice before it opens.",
        )
        for each in sorted(elections, key=lambda period: (period.first, period.title))
        if each.first <= last and first <= each.last
    ]
    return warnings


def _by_day(holiday: Holiday) -> tuple[date, str]:
    return holiday.on, holiday.name


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
