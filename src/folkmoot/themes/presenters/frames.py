"""A code frame as its editor prints it: themes in their places, and what a version changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from folkmoot.core.tables import format_count, format_percent
from folkmoot.themes.models import AssignedTheme, CodeFrame, Theme
from folkmoot.themes.querysets import ROOT

if TYPE_CHECKING:
    from folkmoot.themes.models import FrameVersion

WORDS = {
    "label": "Name",
    "description": "Description",
    "includes": "What belongs in it",
    "excludes": "What does not",
    "parent_id": "Under",
    "stands_in_id": "Merged into",
    "is_accepted": "Accepted",
}


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme in the list of the editor."""

    theme: Theme
    answers: str
    share: str
    by_people: str
    """In how many answers a person found it."""


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """A theme in a version: its name, and each field with what it was and what it is."""

    label: str
    fields: tuple[tuple[str, str, str], ...]


def listed_themes(frame: CodeFrame) -> list[ThemeRow]:
    """Return the themes that stand, by their answers, each followed by those below it.

    Three queries. An answer that mentions several themes counts in each.
    """
    counted = {
        theme: (answers, by_people)
        for theme, answers, by_people in AssignedTheme.objects.filter(
            stands=True, theme__frame=frame
        )
        .order_by()
        .annotate(counted_theme=ROOT)
        .values_list("counted_theme")
        .annotate(
            answers=Count("assignment_id", distinct=True),
            by_people=Count("assignment_id", distinct=True, filter=Q(coding__isnull=False)),
        )
    }
    placed = frame.assignments.filter(status="assigned").count()
    themes = sorted(
        frame.themes.standing().select_related("parent"),
        key=lambda theme: (-counted.get(theme.pk, (0, 0))[0], theme.number),
    )
    return [_row(theme, counted.get(theme.pk, (0, 0)), placed) for theme in _nested(themes)]


def version_changes(version: FrameVersion, before: FrameVersion | None) -> list[ThemeChange]:
    """Return what a version changed against the one before it; without one, all that it says."""
    names = {key: fields["label"] for key, fields in version.themes.items()}
    changes = []
    for key, fields in version.themes.items():
        was = before.themes.get(key, {}) if before else {}
        told = tuple(
            (WORDS[name], _told(was.get(name), names), _told(value, names))
            for name, value in fields.items()
            if value != was.get(name) and (value or was.get(name))
        )
        if told:
            changes.append(ThemeChange(fields["label"], told))
    return changes


def _told(value: Any, names: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return names.get(str(value), str(value))
    return value or ""


def _row(theme: Theme, counts: tuple[int, int], placed: int) -> ThemeRow:
    answers, by_people = counts
    share = format_percent(answers / placed) if placed else ""
    return ThemeRow(theme, format_count(answers), share, format_count(by_people))


def _nested(themes: Sequence[Theme]) -> list[Theme]:
    ordered = []
    for theme in themes:
        if theme.parent_id is None:
            ordered += [theme, *(each for each in themes if each.parent_id == theme.pk)]
    return ordered
