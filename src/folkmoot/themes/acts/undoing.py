"""A version of a code frame taken back exactly, as a version of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.versions import Moved, keep_version, locked_frame
from folkmoot.themes.models import AssignedTheme, FrameVersion, Theme

if TYPE_CHECKING:
    from folkmoot.accounts.models import User


def undo_version(version: FrameVersion, by: User, at: datetime) -> FrameVersion:
    """Take back what one version changed, and leave everything that others changed.

    A theme that a split made goes on to exist, for a decision may refer to it, and what it was
    split from stands in its place. Raises ThemesError where a later version changed the same.
    """
    with transaction.atomic():
        frame = locked_frame(version.frame, version.frame.version)
        before = FrameVersion.objects.filter(frame=frame, number=version.number - 1).first()
        if before is None:
            raise ThemesError("The first version is what the machine suggested: nothing to undo.")
        if FrameVersion.objects.filter(frame=frame, undoes=version.number).exists():
            raise ThemesError(f"Version {version.number} was undone already.")
        themes = {str(theme.pk): theme for theme in Theme.objects.filter(frame=frame)}
        changed: dict[int, Theme] = {}
        for key, fields in version.themes.items():
            theme = themes.get(key)
            if theme is None:
                continue
            if key not in before.themes:
                changed[theme.pk] = theme
                changed |= _take_away(theme, version, themes)
                continue
            for name, value in fields.items():
                was = before.themes[key][name]
                if was == value:
                    continue
                if getattr(theme, name) != value:
                    raise ThemesError(_changed_since(version, theme))
                setattr(theme, name, was)
                changed[theme.pk] = theme
        _refuse_loose_ends(themes)
        gone = [pk for pk, theme in changed.items() if theme.pk is None]
        moved = [_back(*each) for each in version.moved]
        undone = keep_version(
            frame,
            f"Version {version.number} undone: {version.what}",
            at,
            by,
            [theme for pk, theme in changed.items() if pk not in gone],
            moved=moved,
            undoes=version.number,
        )
        record("themes undone", frame, at, by=by, before={"version": version.number})
    return undone


def _take_away(theme: Theme, version: FrameVersion, themes: dict[str, Theme]) -> dict[int, Theme]:
    """Let what a theme was split from stand in its place; delete one that nobody used.

    Returns the themes taken away before in whose place it stood, which follow it.
    """
    if theme.stands_in_id is not None:
        raise ThemesError(_changed_since(version, theme))
    origins = [str(of) for of, to, _ in version.moved if to == theme.pk]
    if origins:
        theme.stands_in = themes[origins[0]].root
        followed = {}
        for other in themes.values():
            if other.stands_in_id == theme.pk and _was_taken_away(other):
                other.stands_in = theme.stands_in
                followed[other.pk] = other
        return followed
    if _is_used(theme):
        raise ThemesError(
            f"“{theme.label}” is in use already: merge it into another theme instead."
        )
    theme.delete()
    return {}


def _was_taken_away(theme: Theme) -> bool:
    """Whether an undoing, and no merger, put another theme in a theme's place."""
    versions = FrameVersion.objects.filter(frame=theme.frame_id, number=theme.changed_in)
    return versions.filter(undoes__isnull=False).exists()


def _is_used(theme: Theme) -> bool:
    """Whether anything in any room refers to a theme."""
    for relation in Theme._meta.related_objects:
        model: Any = relation.related_model
        if model._base_manager.filter(**{relation.field.name: theme.pk}).exists():
            return True
    return False


def _refuse_loose_ends(themes: dict[str, Theme]) -> None:
    """Refuse what would leave a theme under, or merged into, one that does not stand."""
    standing = {theme.pk for theme in themes.values() if theme.pk and theme.stands_in_id is None}
    for theme in themes.values():
        target = theme.stands_in_id or theme.parent_id
        if theme.pk and target and target not in standing:
            raise ThemesError(
                f"Later versions put “{theme.label}” into what this would take away: undo those "
                "first."
            )


def _back(of: int, to: int, keys: list[int]) -> Moved:
    still = AssignedTheme.objects.filter(pk__in=keys, theme=to) if len(keys) <= 500 else None
    if still is not None:
        return to, of, list(still.values_list("pk", flat=True))
    here = set(AssignedTheme.objects.filter(theme=to).values_list("pk", flat=True))
    return to, of, [key for key in keys if key in here]


def _changed_since(version: FrameVersion, theme: Theme) -> str:
    return (
        f"“{theme.label}” was changed in version {theme.changed_in}, after version "
        f"{version.number}: undo that one first."
    )
