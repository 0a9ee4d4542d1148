"""How far those who read the same answers agree, as the workbench prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.core.agreement import (
    Agreement,
    Distance,
    ThemeAgreement,
    krippendorff_alpha,
    theme_agreement,
)
from folkmoot.core.tables import format_count
from folkmoot.themes.agreement import INSTEAD, Pair, compared
from folkmoot.themes.models import Assignment, CodeFrame
from folkmoot.themes.searching.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping

FORETOLD = (
    "The machine with people, each answer foretold by what it learnt from the others that they read"
)
NOT_AVAILABLE = "[x]"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One theme: how far people agree on it with each other, and the machine with them."""

    label: str
    either: str
    """In how many answers read by two people at least one found it."""
    query: str
    """What lists those answers."""
    people: str
    machine: str
    foretold: str
    """The same of what was learnt from other answers than the one foretold."""


@dataclass(frozen=True, slots=True)
class Together:
    """How far two sides agree over all themes; without answers to compare `answers` is empty.

    A query lists the answers that are counted; empty where none does.
    """

    who: str
    alpha: str = ""
    same: str = ""
    same_query: str = ""
    answers: str = ""
    answers_query: str = ""


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """The agreement on all themes together, and theme by theme."""

    together: tuple[Together, ...]
    has_learnt: bool
    rows: tuple[AgreementRow, ...]


def agreement_shown(frame: CodeFrame) -> AgreementShown:
    """Return how far those who read the same answers of a frame agree. Four queries."""
    found = compared(frame)
    people = _by_theme(found.people)
    machine = _by_theme(found.machine)
    foretold = _by_theme(found.foretold)
    labels = {theme.pk: theme.label for theme in frame.themes.standing()}
    labels |= {INSTEAD[each]: Assignment.Status(each).label for each in INSTEAD}
    return AgreementShown(
        together=(
            _together("People with each other", found.people, State.ALIKE, State.TWICE),
            _together(
                "The machine with people, as it suggested before they read",
                found.machine,
                State.AS_SUGGESTED,
                State.READ,
            ),
            *([_together(FORETOLD, found.foretold)] if found.foretold else []),
        ),
        has_learnt=bool(found.foretold),
        rows=tuple(
            AgreementRow(
                label=label,
                either=format_count(_either(people.get(key))),
                query=f"{_WHERE.get(key, f'theme={key}')}&finder=either",
                people=coefficient(people[key].kappa if key in people else None),
                machine=coefficient(machine[key].kappa if key in machine else None),
                foretold=coefficient(foretold[key].kappa if key in foretold else None),
            )
            for key, label in labels.items()
            if key in people or key in machine or key in foretold
        ),
    )


def coefficient(agreement: Agreement | None) -> str:
    """Return a coefficient with its interval as printed: "0.74 (0.66 to 0.82)"."""
    if agreement is None or agreement.coefficient is None:
        return NOT_AVAILABLE
    printed = _two_places(agreement.coefficient)
    if agreement.interval is None:
        return printed
    interval = agreement.interval
    return f"{printed} ({_two_places(interval.lower)} to {_two_places(interval.upper)})"


# What lists answers in which somebody found no theme.
_WHERE = {label: f"found={status}" for status, label in INSTEAD.items()}


def _by_theme(pairs: Sequence[Pair]) -> Mapping[int, ThemeAgreement]:
    rows = theme_agreement([each.first for each in pairs], [each.second for each in pairs])
    return {row.theme: row for row in rows if isinstance(row.theme, int)}


def _together(
    who: str, pairs: Sequence[Pair], same: State | None = None, all_: State | None = None
) -> Together:
    if not pairs:
        return Together(who)
    alpha = krippendorff_alpha([(each.first, each.second) for each in pairs], Distance.MASI)
    return Together(
        who,
        coefficient(alpha),
        format_count(sum(each.is_alike for each in pairs)),
        f"state={same.value}" if same else "",
        "1 answer" if len(pairs) == 1 else f"{format_count(len(pairs))} answers",
        f"state={all_.value}" if all_ else "",
    )


def _either(row: ThemeAgreement | None) -> int:
    return row.both + row.first_only + row.second_only if row else 0


def _two_places(value: float) -> str:
    rounded = round(value, 2)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):.2f}"
