"""One edit of a code frame is one version: locked, compared with what was seen, kept, recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.publishing.purging import count_changed
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.settling import mentions_moved, settle
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, FrameVersion, Theme

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

# What a version keeps of a theme; the rest never changes.
FIELDS = (
    "label",
    "description",
    "includes",
    "excludes",
    "parent_id",
    "stands_in_id",
    "is_accepted",
)
# From which theme, to which, and the keys of the mentions.
Moved = tuple[int, int, list[int]]


class StaleError(ThemesError):
    """Somebody else changed the theme since it was opened; what they did is in the message."""


def locked_frame(frame: CodeFrame, seen: int, touched: Iterable[Theme] = ()) -> CodeFrame:
    """Return the frame, locked until the transaction ends, with what `touched` says now.

    `seen` is the version that whoever edits had before them. Raises ThemesError for a frame that
    was replaced, StaleError where a touched theme was changed since.
    """
    locked = CodeFrame.objects.select_for_update().get(pk=frame.pk)
    if not locked.is_current:
        raise ThemesError(
            "These themes have been replaced since you opened them: look at the new ones first."
        )
    for theme in touched:
        theme.refresh_from_db()
        if theme.changed_in > seen:
            raise StaleError(_what_changed(theme, seen))
    return locked


def keep_version(
    frame: CodeFrame,
    what: str,
    at: datetime,
    by: User | None,
    changed: Collection[Theme] = (),
    *,
    moved: Sequence[Moved] = (),
    undoes: int | None = None,
) -> FrameVersion:
    """Save changed themes and moved mentions as the frame's next version, and settle answers.

    The frame is locked by the caller.
    """
    frame.version += 1
    frame.save(update_fields=["version"])
    for theme in changed:
        theme.changed_in = frame.version
        theme.save(update_fields=[*FIELDS, "changed_in"])
    for _, to, keys in moved:
        for start in range(0, len(keys), 500):
            AssignedTheme.objects.filter(pk__in=keys[start : start + 500]).update(theme=to)
        mentions_moved(keys)
    before = FrameVersion.objects.filter(frame=frame).first()
    version = FrameVersion.objects.create(
        frame=frame,
        number=frame.version,
        at=at,
        by=by,
        what=what[:500],
        themes=snapshot(frame),
        moved=[list(each) for each in moved],
        undoes=undoes,
    )
    if moved or before is None or _places(before.themes) != _places(version.themes):
        _settle_read(frame)
    count_changed()
    return version


def snapshot(frame: CodeFrame) -> dict[str, dict[str, Any]]:
    """Return the fields of every theme of a frame, by their keys."""
    return {
        str(theme.pk): {name: getattr(theme, name) for name in FIELDS}
        for theme in Theme.objects.filter(frame=frame)
    }


def _places(themes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return which themes stand in the place of others."""
    return {key: kept["stands_in_id"] for key, kept in themes.items() if kept["stands_in_id"]}


def _settle_read(frame: CodeFrame) -> None:
    """Settle answers read twice: two readings may be one after a merger, and two after a split."""
    twice = Assignment.objects.filter(frame=frame, readings__gte=2)
    settle(twice.values_list("pk", flat=True))


def _what_changed(theme: Theme, seen: int) -> str:
    since = FrameVersion.objects.filter(
        frame=theme.frame_id, number__gt=seen, number__lte=theme.changed_in
    ).select_related("by")
    told = "; ".join(f"{each.what} ({each.by or 'the site'})" for each in since.order_by("number"))
    return (
        f"“{theme.label}” was changed since you opened it: {told}. Nothing of yours was saved: "
        "compare it with what stands now, and save again."
    )
