"""Themes accepted, named, described, moved, merged, split and added, and a frame confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Q

from folkmoot.accounts.audit import record
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.versions import Moved, keep_version, locked_frame
from folkmoot.themes.models import AssignedTheme, CodeFrame, FrameVersion, Theme
from folkmoot.themes.slugs import free_slugs

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

# What a person writes of a theme, with the words for it in a version.
WRITTEN = {
    "label": "name",
    "description": "description",
    "includes": "what belongs in it",
    "excludes": "what does not",
}
LONGEST_LABEL = 160
LONGEST_WRITTEN = 2000


def rename_theme(theme: Theme, label: str, by: User, at: datetime) -> Theme:
    """Give a theme the label a person chose; the machine's own stays in `machine_label`.

    The address of its page stays the same. Raises ThemesError for an empty or too long label.
    """
    seen = CodeFrame.objects.get(pk=theme.frame_id).version
    return describe_theme(theme, {"label": label}, seen, by, at)


def describe_theme(
    theme: Theme,
    written: Mapping[str, str],
    seen: int,
    by: User,
    at: datetime,
    *,
    parent: Theme | str | None = "",
) -> Theme:
    """Write of a theme what is in `written`, and move it under another, or under none.

    `seen` is the version that was looked at; `parent` left out leaves it where it is. Raises
    StaleError where somebody changed the theme since, ThemesError for what cannot be kept.
    """
    written = {name: _plain(theme, name, text) for name, text in written.items()}
    with transaction.atomic():
        frame = locked_frame(theme.frame, seen, [theme])
        _refuse_merged(theme)
        before: dict[str, Any] = {}
        for name, text in written.items():
            if getattr(theme, name) != text:
                before[name] = getattr(theme, name)
                setattr(theme, name, text)
        told = [WRITTEN[name] for name in before]
        if not isinstance(parent, str) and (parent.pk if parent else None) != theme.parent_id:
            _refuse_parent(theme, parent)
            before["parent"] = theme.parent.label if theme.parent else ""
            theme.parent = parent
            told.append(f"place, now under “{parent.label}”" if parent else "place, now on its own")
        if not before:
            return theme
        if list(before) == ["label"]:
            act, what = "theme renamed", f"“{before['label']}” named “{theme.label}”"
        else:
            act, what = "theme changed", f"“{theme.label}”: {', '.join(told)}"
        keep_version(frame, what, at, by, [theme])
        after = {name: getattr(theme, name) for name in before if name in WRITTEN}
        if "parent" in before:
            after["parent"] = theme.parent.label if theme.parent else ""
        record(act, theme, at, by=by, before=before, after=after)
    return theme


def accept_themes(frame: CodeFrame, themes: Collection[Theme], by: User, at: datetime) -> int:
    """Accept suggested themes as a person's own; return how many were not accepted before."""
    with transaction.atomic():
        locked = locked_frame(frame, frame.version)
        fresh = Theme.objects.filter(pk__in=[each.pk for each in themes], frame=locked)
        new = list(fresh.filter(is_accepted=False, stands_in=None))
        if not new:
            return 0
        for theme in new:
            theme.is_accepted = True
        labels = [theme.label for theme in new]
        one = f"“{labels[0]}” accepted"
        keep_version(locked, one if len(new) == 1 else f"{len(new)} themes accepted", at, by, new)
        record("themes accepted", locked, at, by=by, after={"themes": labels})
    return len(new)


def merge_themes(theme: Theme, into: Theme, seen: int, by: User, at: datetime) -> FrameVersion:
    """Let `into` stand in the place of a theme: its answers are counted there from now on.

    Both keep their rows and addresses, so that undoing is exact and decisions stay right. Raises
    StaleError where one was changed since `seen`, ThemesError where they cannot be merged.
    """
    if theme.pk == into.pk or theme.frame_id != into.frame_id:
        raise ThemesError("Choose another theme of the same question to merge it into.")
    with transaction.atomic():
        frame = locked_frame(theme.frame, seen, [theme, into])
        _refuse_merged(theme)
        _refuse_merged(into)
        # Those below it go where it goes; a third level does not exist.
        home = into if into.parent_id in (None, theme.pk) else into.parent
        changed = {theme.pk: theme}
        for child in Theme.objects.filter(parent=theme):
            child.parent = None if child.pk == into.pk else home
            changed[child.pk] = child
        for merged in Theme.objects.filter(stands_in=theme):
            merged.stands_in = into
            changed[merged.pk] = merged
        theme.stands_in, theme.parent = into, None
        what = f"“{theme.label}” merged into “{into.label}”"
        version = keep_version(frame, what, at, by, list(changed.values()))
        record("themes merged", theme, at, by=by, after={"into": into.label})
    return version


def split_theme(
    theme: Theme, label: str, answers: Collection[int], seen: int, by: User, at: datetime
) -> Theme:
    """Make a new theme of some answers of a theme, and return it.

    `answers` are keys of assignments; those that do not mention the theme are left alone. What
    machine and people found in them moves as well. Raises StaleError and ThemesError.
    """
    label = _plain(theme, "label", label)
    with transaction.atomic():
        frame = locked_frame(theme.frame, seen, [theme])
        _refuse_merged(theme)
        rows = _mentions(theme, answers)
        if not rows:
            raise ThemesError(
                f"None of the chosen answers is in “{theme.label}”: choose at least one that is."
            )
        made = new_theme(frame, label)
        moved: dict[int, list[int]] = {}
        for pk, of in rows:
            moved.setdefault(of, []).append(pk)
        many = len(set(answers))
        said = "1 answer" if many == 1 else f"{many:,} answers"
        what = f"“{made.label}” split from “{theme.label}” with {said}"
        moves: list[Moved] = [(of, made.pk, keys) for of, keys in moved.items()]
        keep_version(frame, what, at, by, [theme, made], moved=moves)
        record("theme split", theme, at, by=by, after={"into": made.label, "answers": many})
    return made


def add_theme(frame: CodeFrame, label: str, seen: int, by: User, at: datetime) -> Theme:
    """Add a theme that the machine did not suggest, without answers yet, and return it."""
    label = _plain(Theme(frame=frame), "label", label)
    with transaction.atomic():
        locked = locked_frame(frame, seen)
        made = new_theme(locked, label)
        keep_version(locked, f"“{made.label}” added", at, by, [made])
        record("theme added", made, at, by=by, after={"label": made.label})
    return made


def new_theme(frame: CodeFrame, label: str) -> Theme:
    """Return a new theme of a frame that a person makes, inside the caller's transaction."""
    (slug,) = free_slugs(frame, [label])
    last = Theme.objects.filter(frame=frame).aggregate(last=Max("number"))["last"] or 0
    return Theme.objects.create(
        frame=frame, number=last + 1, slug=slug, label=label, is_accepted=True
    )


def confirm_frame(frame: CodeFrame, by: User, at: datetime) -> CodeFrame:
    """Confirm the themes of a question as a person's own finding; all that stand are accepted.

    Raises ThemesError where the frame is no longer current or is confirmed already.
    """
    with transaction.atomic():
        kept = locked_frame(frame, frame.version)
        if not kept.is_draft:
            raise ThemesError("These themes are confirmed already: there is nothing to do.")
        kept.confirmed_at, kept.confirmed_by = at, by
        kept.save(update_fields=["confirmed_at", "confirmed_by"])
        standing = list(kept.themes.standing())
        for theme in standing:
            theme.is_accepted = True
        keep_version(kept, "All themes accepted and confirmed", at, by, standing)
        record(
            "themes confirmed",
            kept,
            at,
            by=by,
            before={"confirmed": False},
            after={"confirmed": True, "themes": [theme.label for theme in standing]},
        )
    return kept


def _mentions(theme: Theme, answers: Collection[int]) -> list[tuple[int, int]]:
    """Return the mentions of a theme in some answers, with the theme they name."""
    family = Theme.objects.filter(Q(pk=theme.pk) | Q(stands_in=theme)).values("pk")
    keys, found = sorted(set(answers)), []
    for start in range(0, len(keys), 500):
        rows = AssignedTheme.objects.filter(
            assignment__in=keys[start : start + 500], theme__in=family
        )
        found += list(rows.values_list("pk", "theme_id"))
    return found


def _plain(theme: Theme, name: str, text: str) -> str:
    text = " ".join(text.split()) if name == "label" else text.strip()
    longest = LONGEST_LABEL if name == "label" else LONGEST_WRITTEN
    called = f"theme {theme.number}" if theme.number else "the new theme"
    if name == "label" and not text:
        raise ThemesError(
            f"{called[:1].upper()}{called[1:]} needs a name: write what these people said."
        )
    if len(text) > longest:
        what = "name" if name == "label" else WRITTEN[name]
        raise ThemesError(
            f"The {what} of {called} has {len(text)} characters: write it in at most {longest}."
        )
    return text


def _refuse_merged(theme: Theme) -> None:
    if theme.stands_in is not None:
        raise ThemesError(
            f"“{theme.label}” was merged into “{theme.stands_in.label}”: change that one, or undo "
            "the merger first."
        )


def _refuse_parent(theme: Theme, parent: Theme | None) -> None:
    if parent is None:
        return
    parent.refresh_from_db()
    if parent.frame_id != theme.frame_id or parent.pk == theme.pk or parent.stands_in_id:
        raise ThemesError("Choose another theme of the same question to put it under.")
    if parent.parent is not None:
        raise ThemesError(
            f"“{parent.label}” stands under “{parent.parent.label}” itself: there are two levels, "
            "choose a theme of the first."
        )
    if theme.children.exists():
        raise ThemesError(
            f"Other themes stand under “{theme.label}”: move them first, for there are two levels."
        )
