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
from folkmoot.themes.agreement import INSTEAD, Labels, compared
from folkmoot.themes.models import Assignment, CodeFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_AVAILABLE = "[x]"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One theme: how far people agree on it with each other, and the machine with them."""

    label: str
    either: str
    """In how many answers read by two people at least one found it."""
    people: str
    machine: str


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """The agreement on all themes together, in sentences, and theme by theme."""

    sentences: tuple[str, ...]
    rows: tuple[AgreementRow, ...]


def agreement_shown(frame: CodeFrame) -> AgreementShown:
    """Return how far those who read the same answers of a frame agree. Three queries."""
    found = compared(frame)
    people = _by_theme(found.people)
    machine = _by_theme(found.machine)
    labels = {theme.pk: theme.label for theme in frame.themes.standing()}
    labels |= {INSTEAD[each]: Assignment.Status(each).label for each in INSTEAD}
    return AgreementShown(
        sentences=(
            _together("People with each other", found.people),
            _together("The machine with people, as it suggested before they read", found.machine),
        ),
        rows=tuple(
            AgreementRow(
                label=label,
                either=format_count(_either(people.get(key))),
                people=coefficient(people[key].kappa if key in people else None),
                machine=coefficient(machine[key].kappa if key in machine else None),
            )
            for key, label in labels.items()
            if key in people or key in machine
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


def _by_theme(pairs: Sequence[tuple[Labels, Labels]]) -> Mapping[int, ThemeAgreement]:
    rows = theme_agreement([first for first, _ in pairs], [second for _, second in pairs])
    return {row.theme: row for row in rows if isinstance(row.theme, int)}


def _together(who: str, pairs: Sequence[tuple[Labels, Labels]]) -> str:
    many = "1 answer" if len(pairs) == 1 else f"{format_count(len(pairs))} answers"
    if not pairs:
        return f"{who}: no answers to compare yet."
    alpha = krippendorff_alpha(pairs, Distance.MASI)
    same = sum(first == second for first, second in pairs)
    return (
        f"{who}, over all themes: Krippendorff’s alpha {coefficient(alpha)} by MASI distance; "
        f"exactly the same in {format_count(same)} of {many}."
    )


def _either(row: ThemeAgreement | None) -> int:
    return row.both + row.first_only + row.second_only if row else 0


def _two_places(value: float) -> str:
    rounded = round(value, 2)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):.2f}"
