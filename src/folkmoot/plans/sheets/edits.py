"""What a spreadsheet says once it is read: edits, new updates, and faults with their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Any

from folkmoot.plans.sheets.columns import SHEETS, SheetKind


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in one sentence that says what to do, and where in the file."""

    sheet: str
    row: int | None
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that its author changed: what the export said, and what is wanted. Days as text."""

    sheet: str
    row: int
    key: str
    field: str
    was: str
    wanted: str


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """Something that is reported of a commitment on a day."""

    row: int
    key: str
    on: str
    text: str


@dataclass(slots=True)
class ReadFile:
    """A file as it was read: what it changes, what it reports, and what is wrong with it."""

    name: str
    sha256: str
    edits: list[Edit] = field(default_factory=list)
    updates: list[NewUpdate] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def as_values(self) -> dict[str, Any]:
        """Return what is to be remembered until somebody says yes, as values of JSON."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "edits": [asdict(each) for each in self.edits],
            "updates": [asdict(each) for each in self.updates],
        }

    @classmethod
    def of_values(cls, said: Mapping[str, Any]) -> ReadFile:
        """Return what `as_values` gave."""
        return cls(
            name=said["name"],
            sha256=said["sha256"],
            edits=[Edit(**each) for each in said["edits"]],
            updates=[NewUpdate(**each) for each in said["updates"]],
        )


def heading(kind: SheetKind, name: str) -> str:
    """Return the heading of a field of a sheet."""
    return next((each.head for each in kind.columns if each.field == name), name)


def sheet_of(name: str) -> SheetKind:
    """Return a sheet by its name."""
    return next(each for each in SHEETS if each.name == name)


def all_faults(*found: Iterable[Fault]) -> list[Fault]:
    """Return faults in the order of the file."""
    order = {kind.name: place_ for place_, kind in enumerate(SHEETS)}
    faults = list(chain(*found))
    return sorted(faults, key=lambda each: (order.get(each.sheet, -1), each.row or 0))
