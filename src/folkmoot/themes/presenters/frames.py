"""A code frame as its editor prints it: themes in their places, and what a version changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from folkmoot.core.tables import format_count, format_percent
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, Theme
from folkmoot.themes.querysets import ROOT
from folkmoot.themes.querysets.tallies import keys
from folkmoot.themes.searching.states import counted, not_counted

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
    parent: str
    """The name of the theme that it stands under, or none."""
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
    themes = list(frame.themes.order_by("number"))
    root = {theme.pk: theme.root_id for theme in themes}
    answers: Counter[int] = Counter()
    placed = 0
    alike = counted(frame).filter(status=Assignment.Status.ASSIGNED).order_by()
    for found, many in alike.values_list("found").annotate(many=Count("pk")):
        placed += many
        for theme in {root[key] for key in keys(found)}:
            answers[theme] += many
    by_people = dict(
        AssignedTheme.objects.filter(theme__frame=frame, stands=True, coding__isnull=False)
        .exclude(assignment__answer__in=not_counted(frame.survey_id, frame.question))
        .order_by()
        .annotate(counted_theme=ROOT)
        .values_list("counted_theme")
        .annotate(answers=Count("assignment_id", distinct=True))
    )
    ordered = sorted(
        (theme for theme in themes if theme.stands_in_id is None),
        key=lambda theme: (-answers[theme.pk], theme.number),
    )
    labels = {theme.pk: theme.label for theme in themes}
    return [
        ThemeRow(
            theme,
            labels.get(theme.parent_id or 0, ""),
            format_count(answers[theme.pk]),
            format_percent(answers[theme.pk] / placed) if placed else "",
            format_count(by_people.get(theme.pk, 0)),
        )
        for theme in nested(ordered)
    ]


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


def nested(themes: Sequence[Theme]) -> list[Theme]:
    """Return themes in their order, each followed by those below it."""
    ordered = []
    for theme in themes:
        if theme.parent_id is None:
            ordered += [theme, *(each for each in themes if each.parent_id == theme.pk)]
    return ordered
