"""What is found in the answers to one question: themes, groups of themes, assignments."""

from __future__ import annotations

from dataclasses import dataclass

from folkmoot.texts.campaigns import Campaign
from folkmoot.texts.reading import Status
from folkmoot.texts.sides import Side


@dataclass(frozen=True, slots=True)
class Theme:
    """Something that many answers say."""

    id: int
    """1 for the largest."""
    label: str
    keywords: tuple[str, ...]
    size: int
    """Answers assigned to it, copies of a campaign's letter included."""
    share: float
    """Of the answers assigned to any theme, 0 to 1."""
    exemplars: tuple[int, ...]
    """Rows of the answers that show it best, best first."""
    cohesion: float
    """Mean cosine of its different answers to its centre, 0 to 1."""
    description: str = ""
    """One sentence made from what its answers say."""
    sides: tuple[Side, ...] = ()
    """Two where some of its answers are for something and others against it."""
    group_id: int | None = None
    """Its group; None where there are so few themes that none are needed."""


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """Themes that are near each other, where there are many."""

    id: int
    """1 for the largest."""
    label: str
    theme_ids: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where one answer stands."""

    row: int
    status: Status
    theme_id: int | None
    score: float | None
    """Cosine to the centre of its theme, -1 to 1."""
    second_theme_id: int | None
    campaign_id: int | None
    """1 for the largest campaign; None outside campaigns."""
    language: str = ""
    """Code such as "en"; "" where it cannot be told, or nothing was written."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found: every answer is accounted for in `assignments`, in the order given."""

    answers: int
    empty: int
    cannot_tell: int
    campaigns: tuple[Campaign, ...]
    themes: tuple[Theme, ...]
    assignments: tuple[Assignment, ...]
    groups: tuple[ThemeGroup, ...] = ()
    """Groups of themes, largest first, where there are too many themes for one row."""
    languages: tuple[tuple[str, int], ...] = ()
    """Code of each language and its answers, most first; those that cannot be told are absent."""
    wordings: int = 0
    """Different wordings in the main language, copies of one letter counted once."""
    compared: int = 0
    """How many of them formed the themes: all, unless there were too many."""
