"""Who found what in the same answers: people beside people, and the machine beside people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.responses.models import Standing
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, Coding

if TYPE_CHECKING:
    from collections.abc import Mapping

# What is found in an answer instead of themes counts as a label of its own.
INSTEAD = {Assignment.Status.NONE.value: -1, Assignment.Status.CANNOT_TELL.value: -2}

Labels = frozenset[int]


@dataclass(frozen=True, slots=True)
class Compared:
    """Answers that two read: what each found, as keys of themes or labels of `INSTEAD`."""

    people: tuple[tuple[Labels, Labels], ...]
    """The first and the second reading of each answer that has both."""
    machine: tuple[tuple[Labels, Labels], ...]
    """What the machine suggests and what the first who read it found, of each answer read."""


def compared(frame: CodeFrame) -> Compared:
    """Return what people found in the answers of a frame beside each other's and the machine's.

    Two queries. A theme that was merged is the one in its place.
    """
    codings = Coding.objects.filter(
        assignment__frame=frame, assignment__answer__response__standing=Standing.STANDS
    ).exclude(round=Coding.Round.RESOLVED)
    said: dict[int, dict[int | None, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = AssignedTheme.objects.filter(assignment__in=codings.values("assignment"))
    for assignment, coding, theme, root in rows.values_list(
        "assignment", "coding", "theme", "theme__stands_in"
    ):
        said[assignment][coding].add(root or theme)
    readings: dict[int, dict[str, Labels]] = defaultdict(dict)
    for pk, assignment, round_, status in codings.order_by("pk").values_list(
        "pk", "assignment", "round", "status"
    ):
        readings[assignment][round_] = _labels(said[assignment], pk, status)
    first, second = Coding.Round.FIRST.value, Coding.Round.SECOND.value
    return Compared(
        people=tuple(
            (found[first], found[second]) for found in readings.values() if len(found) == 2
        ),
        machine=tuple(
            (
                _labels(said[assignment], None, Assignment.Status.CANNOT_TELL),
                found.get(first) or found[second],
            )
            for assignment, found in readings.items()
        ),
    )


def _labels(said: Mapping[int | None, set[int]], coding: int | None, status: str) -> Labels:
    """Return what one reading found; the machine's without a theme is "cannot tell"."""
    themes = said.get(coding)
    return frozenset(themes) if themes else frozenset({INSTEAD[status]})
