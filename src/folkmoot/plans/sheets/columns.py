"""The three sheets and their columns: what is edited, and what only says which row it is."""

from __future__ import annotations

from dataclasses import dataclass

LOCKED = " (locked)"
KEY, EXPORT = "key", "export"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it holds, its heading, and whether it is edited and holds days."""

    field: str
    head: str
    width: int
    is_locked: bool = True
    is_day: bool = False
    most: int = 0

    @property
    def printed(self) -> str:
        """Its heading in the file, with a mark where it is not to be edited."""
        return f"{self.head}{LOCKED}" if self.is_locked else self.head


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sheet: its name, what its CSV is called, what a row is, and its columns."""

    name: str
    slug: str
    noun: str
    columns: tuple[Column, ...]

    @property
    def edited(self) -> tuple[Column, ...]:
        """The columns that officers write in."""
        return tuple(column for column in self.columns if not column.is_locked)


_OF_FILE = (Column(KEY, "Key", 9), Column(EXPORT, "Export", 9))
_DAYS = (
    Column("forecast", "Now expected", 15, is_locked=False, is_day=True),
    Column("completed", "Completed on", 15, is_locked=False, is_day=True),
    Column("lateness", "Why it is late", 50, is_locked=False, most=2_000),
)
COMMITMENTS = SheetKind(
    "Commitments",
    "commitments",
    "commitment",
    (
        *_OF_FILE,
        Column("title", "Commitment", 45),
        Column("due", "Due", 12, is_day=True),
        Column("standing", "Standing when exported", 16),
        Column("lead", "Who leads it", 35, is_locked=False, most=120),
        *_DAYS,
    ),
)
MILESTONES = SheetKind(
    "Milestones",
    "milestones",
    "milestone",
    (
        *_OF_FILE,
        Column("commitment", "Commitment", 35),
        Column("title", "Milestone", 40),
        Column("due", "Due", 12, is_day=True),
        Column("standing", "Standing when exported", 16),
        *_DAYS,
    ),
)
UPDATES = SheetKind(
    "New updates",
    "new-updates",
    "update",
    (
        *_OF_FILE,
        Column("title", "Commitment", 45),
        Column("last_on", "Last reported on", 16, is_day=True),
        Column("on", "Reported on", 15, is_locked=False, is_day=True),
        Column("text", "What came of it", 80, is_locked=False, most=10_000),
    ),
)
SHEETS = (COMMITMENTS, MILESTONES, UPDATES)
