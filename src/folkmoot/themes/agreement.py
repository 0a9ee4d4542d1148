"""Who found what in the same answers: people beside people, and the machine beside people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, Coding
from folkmoot.themes.searching.states import codings

if TYPE_CHECKING:
    from collections.abc import Mapping

# What is found in an answer instead of themes counts as a label of its own.
INSTEAD = {Assignment.Status.NONE.value: -1, Assignment.Status.CANNOT_TELL.value: -2}

Labels = frozenset[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """What two readings of one answer found, as keys of themes or labels of `INSTEAD`."""

    assignment: int
    first: Labels
    second: Labels

    @property
    def is_alike(self) -> bool:
        """Whether both found the same."""
        return self.first == self.second


@dataclass(frozen=True, slots=True)
class Compared:
    """Answers that two read, and what each found."""

    people: tuple[Pair, ...]
    """The first and the second reading of each answer that has both."""
    machine: tuple[Pair, ...]
    """What the machine suggests and what the first who read it found, of each answer read."""
    foretold: tuple[Pair, ...] = ()
    """What is foretold by what was learnt from other answers, beside the same."""


def compared(frame: CodeFrame) -> Compared:
    """Return what people found in the answers of a frame beside each other's and the machine's.

    Three queries. A theme that was merged is the one in its place.
    """
    readings_of = codings(frame).exclude(round=Coding.Round.RESOLVED)
    said: dict[int, dict[int | None, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = AssignedTheme.objects.filter(assignment__in=readings_of.values("assignment"))
    for assignment, coding, theme, root in rows.values_list(
        "assignment", "coding", "theme", "theme__stands_in"
    ):
        said[assignment][coding].add(root or theme)
    readings: dict[int, dict[str, Labels]] = defaultdict(dict)
    suggested: dict[int, Labels] = {}
    foretold: dict[int, Labels] = {}
    roots = dict(frame.themes.values_list("pk", "stands_in"))
    for pk, assignment, round_, status, by_machine, codes in readings_of.order_by("pk").values_list(
        *("pk", "assignment", "round", "status"),
        *("assignment__machine_status", "assignment__foretold"),
    ):
        readings[assignment][round_] = _labels(said[assignment], pk, status)
        instead = by_machine or Assignment.Status.CANNOT_TELL.value
        suggested[assignment] = _labels(said[assignment], None, instead)
        if codes:
            foretold[assignment] = frozenset(roots.get(code) or code for code in codes)
    first, second = Coding.Round.FIRST.value, Coding.Round.SECOND.value
    read = {key: found.get(first) or found[second] for key, found in readings.items()}
    return Compared(
        people=tuple(
            Pair(key, found[first], found[second])
            for key, found in readings.items()
            if len(found) == 2
        ),
        machine=tuple(Pair(key, suggested[key], found) for key, found in read.items()),
        foretold=tuple(
            Pair(key, foretold[key], found) for key, found in read.items() if key in foretold
        ),
    )


def _labels(said: Mapping[int | None, set[int]], coding: int | None, status: str) -> Labels:
    """Return what one reading found; the machine's without a theme is "cannot tell"."""
    themes = said.get(coding)
    return frozenset(themes) if themes else frozenset({INSTEAD[status]})
